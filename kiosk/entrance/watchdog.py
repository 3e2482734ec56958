"""What watches over the entrance from outside, and how it is spoken to: datagrams to a socket that it names.

The rule: whoever does not listen is no reason to end. Source: sd_notify(3); a name that begins with @ is abstract.
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
from kiosk.words.screens import ScreenText

ADDRESS = "NOTIFY_SOCKET"
"""The variable in which a supervisor names its socket."""


class Supervisor:
    """A supervisor that wants to be told."""

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The one that started this program; None where nobody wants to be told."""
        address = environment.get(ADDRESS, "")
        return cls(address) if address.startswith(("/", "@")) else None

    def notify(self, **said: str) -> None:
        """Send assignments, such as `READY="1"`, in one datagram; a value is one line."""
        lines = (f"{name}={' '.join(value.split())}" for name, value in said.items())
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as to_them:
            to_them.sendto("\n".join(lines).encode(), self._address)


LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes warnings over the screen

READER_SECONDS = 5.0
"""A reader's thread that did not go round for so long hangs: one that is well does so twice a second."""
STORE_SECONDS = 15.0
"""A store that has not answered for so long hangs: a writer waits ten seconds for the others, and says so then."""
PROBE_SECONDS = 5.0
"""Between two questions to a store to which nobody writes: what was written is an answer."""
JOIN_SECONDS = 1.0
"""How long the end waits for an answer of the store."""


@dataclass(frozen=True, slots=True)
class Heartbeats:
    """What shows that the parts live, in seconds of one clock that never goes back."""

    readers: Mapping[str, float]
    """When the thread of each reader last went round."""
    store_pending_since: float | None
    """Since when the store owes an answer; None where it owes none."""

    def find_hanging_part(self, now: float) -> str:
        """Which part hangs, for an administrator; empty when none does."""
        for name, last in self.readers.items():
            if now - last >= READER_SECONDS:
                return ScreenText.THREAD_READER_NOT_GO_ROUND.fill(name=name)
        if self.store_pending_since is not None and now - self.store_pending_since >= STORE_SECONDS:
            return ScreenText.EVENT_LOG_NOT_ANSWER
        return ""


class StoreProbe:
    """Asks the store now and then, in a thread of its own, so that one that hangs does not take the screen along."""

    def __init__(self, probe: Callable[[], bool]) -> None:
        """`ask` says whether something could be written, and may hang."""
        self._probe = probe
        self._probed_at: float | None = None
        self._answered_at = -PROBE_SECONDS
        self._thread: Thread | None = None
        self.refuses = False
        """What it answered last: that nothing can be written."""

    @property
    def pending_since(self) -> float | None:
        """When the question was asked that is not answered yet."""
        return self._probed_at if self._thread and self._thread.is_alive() else None

    def record_write(self, now: float) -> None:
        """Something was written: the best of answers."""
        self._answered_at, self.refuses = now, False

    def probe_when_due(self, now: float) -> None:
        """Ask, unless an answer is fresh or owed."""
        if self.pending_since is None and now - self._answered_at >= PROBE_SECONDS:
            self._probed_at = self._answered_at = now
            self._thread = Thread(target=self._run, name="store probe", daemon=True)
            self._thread.start()

    def join(self) -> None:
        """Let an answer come in before the store is closed."""
        if self._thread:
            self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        try:
            self.refuses = not self._probe()
        except Exception:
            LOG.exception("the store cannot be asked")
            self.refuses = True


class Watchdog:
    """Speaks to the supervisor. Every method is called by the screen's thread."""

    def __init__(
        self, supervisor: Supervisor, probe_store: Callable[[], bool], clock: Callable[[], float] = seconds_since_boot
    ) -> None:
        """`clock` is the one that the readers go by."""
        self._supervisor = supervisor
        self._store = StoreProbe(probe_store)
        self._clock = clock
        self._last_status = ""

    def report_ready(self) -> None:
        """The screen is painted and the readers are started."""
        self._supervisor.notify(READY="1")

    def record_write(self) -> None:
        """The store has taken a tap."""
        self._store.record_write(self._clock())

    def tick(self, readers: Mapping[str, float], troubles: Sequence[str]) -> None:
        """Once a second: tell that all parts live, or which one hangs. `troubles` are told besides."""
        now = self._clock()
        self._store.probe_when_due(now)
        hanging = Heartbeats(readers, self._store.pending_since).find_hanging_part(now)
        if hanging:
            self._notify_status(f"hangs: {hanging}")
            return
        refused = (ScreenText.NOTHING_WRITTEN_EVENT_LOG,) if self._store.refuses else ()
        self._notify_status("; ".join((*troubles, *refused)) or ScreenText.CARDS_READ)
        self._supervisor.notify(WATCHDOG="1")

    def report_stopping(self) -> None:
        """The entrance ends."""
        self._supervisor.notify(STOPPING="1")
        self._store.join()

    def _notify_status(self, status: str) -> None:
        if status != self._last_status:
            self._supervisor.notify(STATUS=status)
            self._last_status = status
