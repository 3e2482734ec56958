"""The watchdog: reports to the supervisor (systemd) that all parts of the entrance work, in datagrams to its socket.

The rule: a supervisor that cannot be reached never ends the entrance. Source: sd_notify(3); a name that begins with @
is abstract.
"""

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from devices.readers.reader_thread import seconds_since_boot
from kiosk.words.reports import ScreenText

ADDRESS = "NOTIFY_SOCKET"
"""The variable in which a supervisor names its socket."""


class Supervisor:
    """The supervisor that started this program, by the address of its socket."""

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The supervisor named in the environment; None where there is none."""
        address = environment.get(ADDRESS, "")
        return cls(address) if address.startswith(("/", "@")) else None

    def notify(self, **assignments: str) -> None:
        """Send assignments, such as `READY="1"`, in one datagram; a value is one line."""
        lines = (f"{name}={' '.join(value.split())}" for name, value in assignments.items())
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sender:
            sender.sendto("\n".join(lines).encode(), self._address)


READER_SECONDS = 5.0
"""Seconds without a heartbeat after which a reader's thread hangs; a working one has two heartbeats a second."""
STORE_SECONDS = 15.0
"""Seconds without an answer after which the store hangs: a disk that takes so long for one write is broken."""
PROBE_SECONDS = 5.0
"""Seconds between two probes of a store to which no tap is written; a written tap counts as a probe."""


@dataclass(frozen=True, slots=True)
class Heartbeats:
    """Signs of life of the parts, in seconds of one monotonic clock."""

    readers: Mapping[str, float]
    """The last heartbeat of each reader's thread."""
    store_busy_since: float | None
    """When the running call to the store began; None where none is running."""

    def find_hanging_part(self, now: float) -> str:
        """The part that hangs, in a sentence for an administrator; empty when none does."""
        for name, last in self.readers.items():
            if now - last >= READER_SECONDS:
                return ScreenText.READER_HANGS.fill(name=name)
        if self.store_busy_since is not None and now - self.store_busy_since >= STORE_SECONDS:
            return ScreenText.STORE_HANGS
        return ""


class Watchdog:
    """Reports to the supervisor. Every method is called by the screen's thread."""

    def __init__(self, supervisor: Supervisor, clock: Callable[[], float] = seconds_since_boot) -> None:
        """`clock` is the one that the heartbeats use, in seconds."""
        self._supervisor = supervisor
        self._clock = clock
        self._last_status = ""
        self._probe_at = -PROBE_SECONDS
        self._refuses = False

    def report_ready(self) -> None:
        """Report that the screen is drawn and the readers are started."""
        self._supervisor.notify(READY="1")

    def is_probe_due(self) -> bool:
        """Whether the store should be probed now: for some seconds nothing was written to it, and no probe began."""
        if self._clock() - self._probe_at < PROBE_SECONDS:
            return False
        self._probe_at = self._clock()
        return True

    def record_probe(self, *, ready: bool) -> None:
        """Note what a probe of the store found; a written tap counts as one that succeeded."""
        self._refuses = not ready
        self._probe_at = self._clock() if ready else self._probe_at

    def tick(self, heartbeats: Heartbeats, troubles: Sequence[str]) -> None:
        """Once a second, report that all parts work, or which one hangs; `troubles` go into the status."""
        hanging = heartbeats.find_hanging_part(self._clock())
        if hanging:
            self._notify_status(ScreenText.HANGS.fill(part=hanging))
            return
        refused = (ScreenText.STORE_REFUSES,) if self._refuses else ()
        self._notify_status("; ".join((*troubles, *refused)) or ScreenText.READING_CARDS)
        self._supervisor.notify(WATCHDOG="1")

    def report_stopping(self) -> None:
        """Report that the entrance ends."""
        self._supervisor.notify(STOPPING="1")

    def _notify_status(self, status: str) -> None:
        if status != self._last_status:
            self._supervisor.notify(STATUS=status)
            self._last_status = status
