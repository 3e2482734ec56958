"""The watchdog: reports to the supervisor (systemd) that all parts of the entrance work, in datagrams to its socket.

The rule: a supervisor that cannot be reached never ends the entrance. Source: sd_notify(3); a name that begins with @
is abstract.
"""

import logging
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
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


LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes warnings over the screen

READER_SECONDS = 5.0
"""Seconds without a heartbeat after which a reader's thread hangs; a working one has two heartbeats a second."""
STORE_SECONDS = 15.0
"""Seconds without an answer after which the store hangs; a writer gives up its wait for others after ten."""
PROBE_SECONDS = 5.0
"""Seconds between two probes of a store to which no tap is written; a written tap counts as a probe."""
JOIN_SECONDS = 1.0
"""Seconds for which the end of the program waits for a running probe."""


@dataclass(frozen=True, slots=True)
class Heartbeats:
    """Signs of life of the parts, in seconds of one monotonic clock."""

    readers: Mapping[str, float]
    """The last heartbeat of each reader's thread."""
    store_pending_since: float | None
    """When the running probe of the store began; None where none is running."""

    def find_hanging_part(self, now: float) -> str:
        """The part that hangs, in a sentence for an administrator; empty when none does."""
        for name, last in self.readers.items():
            if now - last >= READER_SECONDS:
                return ScreenText.READER_HANGS.fill(name=name)
        if self.store_pending_since is not None and now - self.store_pending_since >= STORE_SECONDS:
            return ScreenText.STORE_HANGS
        return ""


class StoreProbe:
    """Probes the store every few seconds in a thread of its own, so that one that hangs does not block the screen."""

    def __init__(self, probe: Callable[[], bool]) -> None:
        """`probe` returns whether the log can be written, and may hang."""
        self._probe = probe
        self._probed_at: float | None = None
        self._answered_at = -PROBE_SECONDS
        self._thread: Thread | None = None
        self.refuses = False
        """The last probe found that nothing can be written."""

    @property
    def pending_since(self) -> float | None:
        """When the running probe began; None where none is running."""
        return self._probed_at if self._thread and self._thread.is_alive() else None

    def record_write(self, now: float) -> None:
        """Count a written tap as a probe that succeeded."""
        self._answered_at, self.refuses = now, False

    def probe_when_due(self, now: float) -> None:
        """Start a probe, unless one is running or the last answer is recent."""
        if self.pending_since is None and now - self._answered_at >= PROBE_SECONDS:
            self._probed_at = self._answered_at = now
            self._thread = Thread(target=self._run, name="store probe", daemon=True)
            self._thread.start()

    def join(self) -> None:
        """Wait for a running probe before the store is closed."""
        if self._thread:
            self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        try:
            self.refuses = not self._probe()
        except Exception:
            LOG.exception("the store cannot be asked")
            self.refuses = True


class Watchdog:
    """Reports to the supervisor. Every method is called by the screen's thread."""

    def __init__(
        self, supervisor: Supervisor, probe_store: Callable[[], bool], clock: Callable[[], float] = seconds_since_boot
    ) -> None:
        """`clock` is the one that the readers' heartbeats use, in seconds."""
        self._supervisor = supervisor
        self._store = StoreProbe(probe_store)
        self._clock = clock
        self._last_status = ""

    def report_ready(self) -> None:
        """Report that the screen is drawn and the readers are started."""
        self._supervisor.notify(READY="1")

    def record_write(self) -> None:
        """Note that a tap was written to the store."""
        self._store.record_write(self._clock())

    def tick(self, readers: Mapping[str, float], troubles: Sequence[str]) -> None:
        """Once a second, report that all parts work, or which one hangs; `troubles` go into the status."""
        now = self._clock()
        self._store.probe_when_due(now)
        hanging = Heartbeats(readers, self._store.pending_since).find_hanging_part(now)
        if hanging:
            self._notify_status(ScreenText.HANGS.fill(part=hanging))
            return
        refused = (ScreenText.STORE_REFUSES,) if self._store.refuses else ()
        self._notify_status("; ".join((*troubles, *refused)) or ScreenText.READING_CARDS)
        self._supervisor.notify(WATCHDOG="1")

    def report_stopping(self) -> None:
        """Report that the entrance ends, and wait for a running probe."""
        self._supervisor.notify(STOPPING="1")
        self._store.join()

    def _notify_status(self, status: str) -> None:
        if status != self._last_status:
            self._supervisor.notify(STATUS=status)
            self._last_status = status
