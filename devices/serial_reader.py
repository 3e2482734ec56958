"""The thread that reads one serial reader and tells its program what it saw.

The rule: it lives as long as the program. A reader that is unplugged, noisy or missing becomes an event
and another attempt; only a bug ends the thread, and then its heartbeat stands still.

`read(1)`, then whatever waits: a frame is on its way within milliseconds, where `readline()` costs a second.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event, Thread

from devices.backoff import STEPS, Backoff
from devices.decoding import BadFrame, CardNumber
from devices.events import CardPresented, ReaderEvent, ReaderLost, ReaderReady, Unreadable
from devices.hold import Hold
from devices.ports import Port, PortTrouble, open_port
from devices.profiles import Profile

STALL_SECONDS = 3.0
"""A longer pause between two ticks means that this process did not run: nobody knows when what lies in
the port was sent. A port was seen to keep 96 seconds of taps."""

JOIN_SECONDS = 5.0
"""How long `stop` waits for the thread: a network port may be in the middle of connecting."""

STALLED = "the machine slept while cards were read; what came meanwhile is not counted, tap again."


def seconds_since_boot() -> float:
    """A clock that never goes back, and unlike `time.monotonic` goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class SerialReader:
    """Reads a port in a thread of its own and posts events, from that thread.

    Args:
        name: what the events call this reader.
        port: a device of this machine, or `socket://host:port`.
        profile: what the reader prints.
        post: takes each event; it must not block.
        now: the aware instant that a card's bytes are stamped with.
        clock: seconds, never going back, for holds and stalls.
        backoff: seconds to wait before each further attempt, as in `Backoff`.
    """

    def __init__(
        self,
        name: str,
        port: str,
        profile: Profile,
        post: Callable[[ReaderEvent], object],
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = seconds_since_boot,
        backoff: Sequence[float] = STEPS,
    ) -> None:
        self.name = name
        self._address = port
        self._profile = profile
        self._post = post
        self._now = now
        self._clock = clock
        self._backoff = Backoff(backoff)
        self._cards = Hold[CardNumber]()
        self._noise = Hold[None]()
        self._decoder = profile.decoder()
        self._port: Port | None = None
        self._lost = False
        self._heartbeat = clock()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=f"reader {name}", daemon=True)

    @property
    def heartbeat(self) -> float:
        """When the thread last went round, in seconds of its `clock`.

        At most half a second old while a port is open, two while it is missing, and some eight while a
        network port is being connected.
        """
        return self._heartbeat

    @property
    def running(self) -> bool:
        """Whether the thread lives."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to read. A reader is started once."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and give the port back. May be called twice, and before `start`."""
        self._stopping.set()
        if self._port is not None:
            self._port.cancel()
        if self._thread.ident is not None:
            self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._heartbeat = self._clock()
            try:
                self._read_until_stopped()
            except PortTrouble as trouble:
                self._report_lost(trouble.reason)
                self._stopping.wait(self._backoff.failed())

    def _read_until_stopped(self) -> None:
        with open_port(self._address, self._profile.baud) as self._port:
            self._begin()
            while not self._stopping.is_set():
                self._take(self._port, self._port.read())
                self._backoff.worked()

    def _begin(self) -> None:
        self._decoder = self._profile.decoder()
        self._heartbeat = self._clock()
        self._lost = False
        self._post(ReaderReady(self.name))

    def _take(self, port: Port, data: bytes) -> None:
        last, self._heartbeat = self._heartbeat, self._clock()
        if not data:
            return
        if self._heartbeat - last > STALL_SECONDS:
            self._forget_what_waits(port)
            return
        read_at = self._now()
        for reading in self._decoder.feed(data):
            self._report(reading, read_at)

    def _report(self, reading: CardNumber | BadFrame, read_at: datetime) -> None:
        if isinstance(reading, BadFrame):
            self._report_unreadable(reading.reason)
        elif self._cards.is_new(reading, at=self._heartbeat):
            self._post(CardPresented(reading, self.name, read_at))

    def _report_unreadable(self, reason: str) -> None:
        if self._noise.is_new(None, at=self._heartbeat):
            self._post(Unreadable(self.name, reason))

    def _forget_what_waits(self, port: Port) -> None:
        port.discard()
        self._decoder = self._profile.decoder()
        self._report_unreadable(STALLED)

    def _report_lost(self, reason: str) -> None:
        if not self._lost:
            self._lost = True
            self._post(ReaderLost(self.name, reason))
