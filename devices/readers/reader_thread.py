"""The thread that reads one reader, of whatever kind, and posts what it reads as events.

The rule: it lives as long as the program. A reader that is unplugged, noisy or missing becomes an event and another
attempt; only a bug ends the thread, and then its heartbeat stands still. Whatever may take long happens beside it.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event, Thread
from typing import Protocol

from devices.faults import Fault, ReaderFault
from devices.ports.background_open import BackgroundOpen
from devices.ports.backoff import STEPS, Backoff
from devices.ports.errors import PortError
from devices.protocols.decoder import BadFrame, CardNumber
from devices.protocols.polling import SILENT
from devices.readers.events import CardLeft, CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from devices.readers.repeat_filter import HOLD_SECONDS, RepeatFilter

TICK_SECONDS = 0.5
"""The longest that a source waits for something to come in, and so the age of a heartbeat."""

STALL_SECONDS = 3.0
"""A longer pause between two ticks means that this process did not run, so the time at which the bytes in
the port were sent is not known. A port was seen to keep 96 seconds of taps."""

SLOW_OPEN_SECONDS = 5.0
"""A reader that takes longer to open is reported lost, though it may yet open."""

CARD_LEFT_SECONDS = 60.0
"""A card that lies there for so long was forgotten: no person waits for a minute to be let in."""

NOISE_AGAIN_SECONDS = 5.0
"""How often noise without a pause is reported."""

JOIN_SECONDS = 5.0
"""How long `stop` waits for the thread, which never waits longer than a tick itself."""

STALLED = Fault(ReaderFault.STALLED)
SLOW = Fault(ReaderFault.SLOW)


def seconds_since_boot() -> float:
    """A clock that never goes back, and unlike `time.monotonic` goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ReaderSource(Protocol):
    """An open reader. One thread waits, reads and closes; any other may `cancel`."""

    @property
    def answers(self) -> bool | None:
        """Whether the reader answers; None while that is not known yet. True for one that only sends."""
        ...

    def wait(self) -> bool:
        """Wait until something comes in, a tick at most; whether what came must be discarded should it be old.

        Raises:
            PortLost: the reader is gone.
        """
        ...

    def take_readings(self) -> list[CardNumber | BadFrame]:
        """What came in during the last wait, in order. Silence can complete something too.

        Raises:
            PortLost: the reader is gone.
        """
        ...

    def discard(self) -> None:
        """Forget what came in, and begin again.

        Raises:
            PortLost: the reader is gone.
        """
        ...

    def cancel(self) -> None:
        """End a wait that another thread is in, if that can be done; else it ends with its tick."""
        ...

    def close(self) -> None:
        """Give the reader back. May be called twice."""
        ...


class ReaderThread:
    """Reads a source in a thread of its own and posts events, from that thread.

    Args:
        name: what the events call this reader.
        open_source: opens it, or raises `PortUnavailable`.
        post: takes each event; it must not block.
        now: the aware instant that a card is stamped with.
        clock: seconds, never going back, for holds and stalls.
        backoff: seconds to wait before each further attempt, as in `Backoff`.
        hold: seconds for which a card must be gone to be new again.
    """

    def __init__(
        self,
        name: str,
        open_source: Callable[[], ReaderSource],
        post: Callable[[ReaderEvent], object],
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = seconds_since_boot,
        backoff: Sequence[float] = STEPS,
        hold: float = HOLD_SECONDS,
    ) -> None:
        self.name = name
        self._open = open_source
        self._post = post
        self._now = now
        self._clock = clock
        self._backoff = Backoff(backoff)
        self._hold = hold
        self._card_filter = RepeatFilter[CardNumber](hold)
        self._noise_filter = RepeatFilter[None]()
        self._noise_reported_at = 0.0
        self._lost_at = 0.0
        self._card_left = False
        self._source: ReaderSource | None = None
        self._ready: bool | None = None
        self._heartbeat = clock()
        self._stopping = Event()
        self._thread = Thread(target=self._reconnect_until_stopped, name=f"reader {name}", daemon=True)

    @property
    def heartbeat(self) -> float:
        """When the thread last went round, in seconds of its `clock`: half a second ago at most while it is well.

        That holds whatever the reader does: also while it is missing, connected to, or waited for.
        """
        return self._heartbeat

    @property
    def running(self) -> bool:
        """Whether the thread lives."""
        return self._thread.is_alive()

    def allow_quick_repeat(self, *, allowed: bool) -> None:
        """Whether a card that was gone for a second is new, also at a reader that is slow to repeat one.

        For a step that asks for one card twice. From any thread.
        """
        self._card_filter.set_hold(HOLD_SECONDS if allowed else self._hold)

    def start(self) -> None:
        """Begin to read. A reader is started once."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and give the reader back. May be called twice, and before `start`."""
        self._stopping.set()
        if self._source is not None:
            self._source.cancel()
        if self._thread.ident is not None:
            self._thread.join(JOIN_SECONDS)

    def _reconnect_until_stopped(self) -> None:
        """Open the reader and read it; when it is lost, retry after a backoff."""
        while not self._stopping.is_set():
            try:
                self._read_until_stopped()
            except PortError as trouble:
                self._report_lost(trouble.fault)
                self._wait_to_retry(self._backoff.record_failure())

    def _read_until_stopped(self) -> None:
        self._source = source = self._open_source()
        if source is None:
            return
        try:
            self._heartbeat = self._clock()
            self._report_state(source)
            while not self._stopping.is_set():
                self._read_tick(source)
                self._backoff.record_success()
        finally:
            source.close()

    # --- Opening, and waiting for the retry ---

    def _open_source(self) -> ReaderSource | None:
        """The source, or None when the program ended meanwhile."""
        attempt, waited = BackgroundOpen(self._open), 0.0
        while not self._stopping.is_set():
            self._heartbeat = self._clock()
            if attempt.has_ended(within=TICK_SECONDS):
                return attempt.result()
            waited += TICK_SECONDS
            if waited >= SLOW_OPEN_SECONDS:
                self._report_lost(SLOW)
        attempt.abandon()
        return None

    def _wait_to_retry(self, seconds: float) -> None:
        while seconds > 0 and not self._stopping.wait(min(seconds, TICK_SECONDS)):
            self._heartbeat = self._clock()
            seconds -= TICK_SECONDS

    # --- Reading ---

    def _read_tick(self, source: ReaderSource) -> None:
        came = source.wait()
        last, self._heartbeat = self._heartbeat, self._clock()
        self._report_state(source)
        if self._heartbeat - last > STALL_SECONDS:
            self._card_filter.skip(self._heartbeat - last)
            self._discard_stale(source, came)
            return
        readings, read_at = source.take_readings(), self._now()
        for reading in readings:
            self._report(reading, read_at)
        self._report_card_left()

    def _discard_stale(self, source: ReaderSource, came: bool) -> None:
        source.discard()
        if came:
            self._report_unreadable(STALLED)

    # --- Events ---

    def _report_state(self, source: ReaderSource) -> None:
        """Post that the reader is ready or lost, as far as its answers show it."""
        if source.answers is False:
            self._report_lost(SILENT)
        elif source.answers and self._ready is not True:
            if self._ready is False:
                self._card_filter.skip(self._heartbeat - self._lost_at)
            self._ready = True
            self._post(ReaderReady(self.name))

    def _report(self, reading: CardNumber | BadFrame, read_at: datetime) -> None:
        if isinstance(reading, BadFrame):
            if self._card_filter.find_lying_since(self._heartbeat) is None:  # else it is that card, read badly
                self._report_unreadable(reading.fault)
        elif self._card_filter.is_new(reading, at=self._heartbeat):
            self._post(CardPresented(reading, self.name, read_at))

    def _report_unreadable(self, fault: Fault) -> None:
        goes_on = not self._noise_filter.is_new(None, at=self._heartbeat)
        if goes_on and self._heartbeat - self._noise_reported_at < NOISE_AGAIN_SECONDS:
            return
        self._noise_reported_at = self._heartbeat
        self._post(InputUnreadable(self.name, fault))

    def _report_card_left(self) -> None:
        since = self._card_filter.find_lying_since(self._heartbeat)
        left = since is not None and self._heartbeat - since >= CARD_LEFT_SECONDS
        if left != self._card_left:
            self._card_left = left
            self._post(CardLeft(self.name, left))

    def _report_lost(self, fault: Fault) -> None:
        if self._ready is not False:
            self._ready, self._lost_at = False, self._heartbeat
            self._post(ReaderLost(self.name, fault))
