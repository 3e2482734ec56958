"""The line on which a kiosk sends its events: at once where there are any, and its signed head now and then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

from typing_extensions import override

from domain.clock import Clock
from domain.log.errors import LogError
from domain.log.source_messages import MOST_ROWS
from kiosk.sync.exchange import Exchange, Session, Sessions
from kiosk.sync.hub_connection import HubConnection, HubRefused
from kiosk.sync.own_log import OwnLog
from kiosk.sync.retry import Draw, Pause, draw_at_random
from kiosk.sync.sync_report import ClockOffset, HeldLog, SyncReport
from kiosk.wire_protocol.messages import EXCHANGE, ExchangeAnswer, ExchangeRequest, Push, Refusal

BEAT_SECONDS = 240.0
"""How often the head is sent although nothing is new: so the hub hears it at least each 5 minutes."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Pusher(Exchange):
    """Sends the own events as soon as they are there, and the head of the log now and then."""

    def __init__(
        self,
        connection: HubConnection,
        sessions: Sessions,
        report: SyncReport,
        own: OwnLog,
        clock: Clock,
        draw: Draw = draw_at_random,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(connection, sessions, report, draw)
        self._own = own
        self._clock = clock
        self._seconds = seconds
        self._held = 0
        self._most_rows = MOST_ROWS
        self._beat_due = 0.0

    def has_news(self) -> bool:
        """Whether the own log has an event that the hub has not; also where it cannot be read: a step says why."""
        try:
            return self._own.find_end() > self._held
        except LogError:
            return True

    @override
    def _begin(self, session: Session) -> None:
        self._held, self._most_rows, self._beat_due = session.held, MOST_ROWS, self._seconds()

    @override
    def _talk(self, session: Session) -> Pause:
        end = self._own.find_end()
        if end < self._held:  # other files than those that greeted: the hub is to hear of it
            raise HubRefused(Refusal("behind"))
        if end == self._held and self._seconds() < self._beat_due:
            return Pause(self._beat_due - self._seconds(), is_idle=True)
        self._push(session)
        return Pause(0.0 if self.has_news() else BEAT_SECONDS, is_idle=True)

    def _push(self, session: Session) -> None:
        before = self._clock.now()
        answer, held = push_batch(self.connection, session, self._own, self._held, self._most_rows)
        after = self._clock.now()
        self._held, self._beat_due = held.position, self._seconds() + BEAT_SECONDS
        self._report.record_push(answer, held, compute_offset(answer.hub_time, before, after))

    @override
    def _handle(self, refusal: Refusal) -> Pause:
        if refusal.code != "too_much" or self._most_rows == 1:
            return super()._handle(refusal)
        self._most_rows //= 2
        return self._backoff.record_failure()


def push_batch(
    connection: HubConnection, session: Session, own: OwnLog, held: int, most_rows: int = MOST_ROWS
) -> tuple[ExchangeAnswer, HeldLog]:
    """Send the next own events behind what is held; the answer, and what is held then.

    Raises: HubRefused, HubNotReached, OwnLogAltered, LogError.
    """
    batch = own.build_batch(held, most_rows)
    answer = connection.send(EXCHANGE, ExchangeRequest(session.token, Push.of(batch)), ExchangeAnswer)
    end = batch.end.head
    if answer.held is None or answer.held == end.position:
        return answer, HeldLog(end.position, end.chain)
    return answer, HeldLog(answer.held, None)


def compute_offset(hub_time: int, before: datetime, after: datetime) -> ClockOffset:
    """The hub's time, as it was between two instants of this machine, minus the one in their middle."""
    sent, received = (1_000 * ((at - _EPOCH) // timedelta(microseconds=1)) for at in (before, after))
    return ClockOffset(hub_time - (sent + received) // 2, abs(received - sent) // 2)
