"""What goes wrong with the port of a reader, of whatever kind: it cannot be opened, or it is lost."""

from dataclasses import dataclass

from devices.faults import Fault


@dataclass(eq=False)
class PortError(Exception):
    """The port cannot be used. `fault` says why."""

    port: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.port}: {self.fault}"


class PortUnavailable(PortError):
    """The port could not be opened."""


class PortLost(PortError):
    """The port failed while it was open: unplugged, switched off, or its server went away."""
