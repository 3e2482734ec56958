"""What goes wrong with a reader, whatever it hangs on: it cannot be opened, or it is gone.

The rule: a trouble carries one sentence for the person who stands beside the machine: why, and what to do.
"""

from dataclasses import dataclass


@dataclass(eq=False)
class PortError(Exception):
    """The port cannot be used. `reason` is one sentence that says why and what to do."""

    port: str
    reason: str

    def __str__(self) -> str:
        return f"{self.port}: {self.reason}"


class PortUnavailable(PortError):
    """The port could not be opened."""


class PortLost(PortError):
    """The port failed while it was open: unplugged, switched off, or its server went away."""
