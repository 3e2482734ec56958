"""What a kiosk is sent of the log of its unit: what decides a tap, and what its screen shows. Nothing else.

Rule: a stream is sent whole or not at all. A copy has one day from which on it holds visits and duties; whether a
stream is among them is decided by its first event, so that later ones never come without it. A tap is of the day that
it shows, and of the one on which it was recorded: the clock may have been far behind, which is known later. A copy
whose day lies too far back, or ahead of the hub's clock, begins anew; so does one that lacks the beginning of a stream
to which such a tap was added. No score is sent: one that an older log holds among the events of a volunteer is sent as
0. Of every event that was looked at the leaf is sent, so that the kiosk computes the chain itself.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from domain.log.chain import EMPTY_HEAD, GENESIS, Head, compute_leaf
from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow, decode_recorded_at
from domain.log.source_messages import MOST_BYTES
from domain.model.attendance import Attendance
from domain.model.card import Card
from domain.model.corrections import Corrections
from domain.model.kiosk_clock import BootsPutRight, KioskClock
from domain.model.service_event import ServiceEvent
from domain.model.shift import Shift
from domain.model.unit import Unit
from domain.model.volunteer import Volunteer
from domain.typed_decoding import build_json_decoder
from kiosk.wire_protocol.messages import MOST_PULLED, Copied, CopiedRow, Pull

SENT_WHOLE = frozenset(kind.TOPIC for kind in (Unit, Card, Volunteer, KioskClock, BootsPutRight))
"""Kinds of stream of which a kiosk gets all."""
SENT_SINCE = {kind.TOPIC: days for kind, days in ((Attendance, 2), (Corrections, 2), (Shift, 92), (ServiceEvent, 92))}
"""Kinds of which it gets those since a day, and so many days before: an instant does not say its service day, and a
duty may be planned far from where it was planned at first."""
SHORTEST_PAST, LONGEST_PAST = timedelta(days=14), timedelta(days=62)
"""How far a copy reaches back: at least when it begins, and at most before it begins anew."""
MOST_READ = 20_000
"""Events of the log that are looked at for one answer."""
PAGE = 1_000


class SentFields(msgspec.Struct):
    """What an event says of when it is about; the first that it says counts."""

    at: datetime | None = None
    """Of a tap: when the card was seen."""
    check_in: datetime | None = None
    """Of a correction: when the visit began that it is about."""
    end: datetime | None = None
    """Of a duty."""

    @property
    def about(self) -> datetime | None:
        """When what it is about ended, or was."""
        return self.end or self.check_in or self.at


_read_fields = build_json_decoder(SentFields).decode


def choose_since(today: date) -> date:
    """The day from which on a copy that begins today holds visits and duties: of this month, and of two weeks."""
    return min(today.replace(day=1), today - SHORTEST_PAST)


def read_rows_for(log: EventLog, asker: UUID, pull: Pull, today: date, end: int | None = None) -> Copied:
    """The next events for a kiosk, up to a position, by default that of the last event.

    `asker`: its source, whose own events are not among them. Raises: CannotRead.
    """
    begin = Head(pull.after, pull.chain_after)
    since = _find_since(log, pull, begin, today)
    if is_anew := since is None:
        begin, since = EMPTY_HEAD, choose_since(today)
    end = log.head().position if end is None else end
    while True:
        scan = _Scan(log, since, choose_since(today) - LONGEST_PAST, min(pull.limit, MOST_PULLED))
        rows, upto = scan.read(begin.position, end, asker)
        if scan.needed_since is None:
            break
        begin, since, is_anew = EMPTY_HEAD, scan.needed_since, True
    chain = log.chain_at(upto) if upto else GENESIS
    return Copied(log.log_id, upto, chain, tuple(rows), is_anew, since, bytes(scan.leaves))


def _find_since(log: EventLog, pull: Pull, begin: Head, today: date) -> date | None:
    """The day of a copy that goes on, or is still empty; None for one that begins anew."""
    since = choose_since(today) if begin == EMPTY_HEAD else pull.since
    return since if since and _is_in_time(since, today) and _is_of_log(log, pull.unit, begin) else None


def _is_of_log(log: EventLog, unit: UUID | None, begin: Head) -> bool:
    """Whether a copy that reaches up to there is one of this log."""
    if begin == EMPTY_HEAD:
        return unit in (None, log.log_id)
    return unit == log.log_id and log.find_objection(begin) is None


def _is_in_time(since: date, today: date) -> bool:
    newest = choose_since(today)
    return newest - LONGEST_PAST <= since <= newest


class _Scan:
    """One look along the log."""

    def __init__(self, log: EventLog, since: date, earliest: date, most: int) -> None:
        """`earliest`: no copy reaches back further."""
        self._log, self._since, self._earliest, self._most = log, since, earliest, most
        self._sent: dict[str, bool] = {}
        """Whether a stream is sent, of those since a day."""
        self._received: dict[int, datetime] = {}
        """When events that are looked at were taken, of those that came from kiosks."""
        self.leaves = bytearray()
        """Of all that was looked at."""
        self.needed_since: date | None = None
        """How far back a copy must reach, for the sake of a stream that it was not sent and now needs."""

    def read(self, after: int, end: int, asker: UUID) -> tuple[list[CopiedRow], int]:
        """Rows to be sent, and the position up to which all was looked at."""
        last = min(end, after + MOST_READ)
        rows: list[CopiedRow] = []
        size = 0
        while after < last:
            page = self._log.read_rows(after, PAGE, last)
            own = self._log.sources.find_positions(asker, after, last)
            self._received = {**self._log.find_received(page)}
            for row in map(EventRow._make, page):
                self.leaves += compute_leaf(row[0], row.stream.encode(), row.version, row.topic.encode(), row.state)
                if row.position not in own and self._is_for_kiosk(row):
                    rows.append(_build_row(row))
                    size += len(row.state)
                if len(rows) >= self._most or size >= MOST_BYTES or self.needed_since:
                    return rows, row.position
            after = page[-1][0] if page else last
        return rows, last

    def _is_for_kiosk(self, row: EventRow) -> bool:
        kind = row.topic.partition(".")[0]
        if kind not in SENT_SINCE:
            return kind in SENT_WHOLE
        day = self._since - timedelta(days=SENT_SINCE[kind])
        is_tap = kind == Attendance.TOPIC
        is_sent = self._sent.get(row.stream)
        if is_sent is None:
            is_sent = self._sent[row.stream] = self._is_recent(self._find_first(row), day, is_tap=is_tap)
        if is_tap and not is_sent and self._was_recorded_since(row, day):
            self._need(self._find_first(row))
        return is_sent

    def _find_first(self, row: EventRow) -> EventRow:
        if row.version == 1:
            return row
        first = EventRow(*self._log.read_stream_rows(UUID(row.stream))[0])
        self._received.update(self._log.find_received([first]))
        return first

    def _is_recent(self, first: EventRow, day: date, *, is_tap: bool) -> bool:
        """Whether a stream is one of those since a day, by its first event."""
        about = _find_instant(first.state)
        return about is None or about.date() >= day or (is_tap and self._was_recorded_since(first, day))

    def _was_recorded_since(self, row: EventRow, day: date) -> bool:
        """By the hub's clock where a kiosk sent it: no tap was later than that, whatever is learned of its clock."""
        at = self._received.get(row.position) or decode_recorded_at(row.state)
        return at is not None and at.date() >= day

    def _need(self, first: EventRow) -> None:
        about = _find_instant(first.state)
        if about and about.date() >= self._earliest:
            self.needed_since = about.date()


def _find_instant(state: bytes) -> datetime | None:
    """When an event says that what it is about was; None where it does not say it."""
    try:
        return _read_fields(state).about
    except msgspec.MsgspecError:
        return None


def _build_row(row: EventRow) -> CopiedRow:
    state = _blank_score(row.state) if row.topic == Volunteer.Assessed.TOPIC else row.state
    return CopiedRow(row.position, UUID(row.stream), row.version, row.topic, state)


def _blank_score(state: bytes) -> bytes:
    """The same event with another score: its place in the stream must not stay empty."""
    fields: dict[str, object] = msgspec.json.decode(state)
    return msgspec.json.encode({**fields, "score": 0.0})
