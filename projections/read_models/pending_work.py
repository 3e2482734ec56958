"""Read model: what a person has to look at, of today and of all days before, until it is settled.

Rule: this is the one list of it; the roster, `kiosk status`, `kiosk pending` and the night's report go by its rows. A
row leaves it when an event settles it: a correction, an excuse, a decision, a card that is issued, a later tap; or when
a person has acknowledged all its events. Of refused taps those that were acknowledged are left out, and later ones are
shown.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args
from uuid import UUID

import msgspec

from domain.model.pending_row import MOST_EVENTS, RowState, SeenRow
from domain.spans import Second, second
from projections.engine.noted_policies import PoliciesOfQuestion
from projections.engine.row_source import KeyedSource, RowSource
from projections.engine.standing_views import NotStanding
from projections.engine.stored_values import read_day, read_id, read_numbers
from projections.read_models.day_filter import EVERYTHING, DayFilter
from projections.read_models.exits import list_exits
from projections.read_models.pending_queries import (
    ABSENT,
    ACKNOWLEDGED,
    ACKNOWLEDGED_IN,
    AWAITS_ITS_END,
    CONTRADICTED,
    LATE_LEAVE,
    REFUSED,
    UNKNOWN_CARD,
    UNMATCHED,
    VISITS,
)
from projections.read_models.tap_errors import list_unsettled_tap_errors
from projections.read_models.uninsured_visits import list_uninsured_visits
from projections.read_models.unsynchronised_taps import list_waiting_clocks

if TYPE_CHECKING:
    from domain.log.standing_log import LogToRead

    Log = LogToRead | None

PendingKind = Literal[
    "no_check_out",
    "unmatched",
    "contradicted",
    "accepted_in_error",
    "refused_in_error",
    "case",
    "clock",
    "unreadable",
    "uninsured",
    "absent",
    "late_leave",
    "unscheduled",
    "refused",
    "unknown_card",
]
"""Visits without a departure, departures without an arrival, closed visits that a late tap contradicts; taps that a
kiosk accepted or refused, not knowing what was recorded elsewhere; exit cases that wait for a decision, clocks with
taps that wait to be put right, events in quarantine; visits of volunteers who were not insured (R-071), unexcused
absences, leave that reached the log when its duty had started (R-044), visits outside what their volunteer may earn in,
refused taps of a volunteer, and cards that nobody had been given."""
KINDS: tuple[PendingKind, ...] = get_args(PendingKind)
"""In the order in which they are shown: first what keeps minutes or decisions waiting."""


class PendingRow(NamedTuple):
    """One thing to look at."""

    kind: PendingKind
    day: date | None
    """None for clocks and unreadable events, which are of no day yet; a case has the day that raised it."""
    volunteer: UUID | None
    since: Second | None
    """The instant of what it is about: check-in, tap, end of the duty, recording; None where an event hides that."""
    events: list[int]
    """Positions in the log, ascending; at most `MOST_EVENTS`, the first ones, where they are listed."""
    shift: str | None = None
    check_in: Second | None = None
    """Of the visit."""
    check_out: Second | None = None
    """Of the same; of a closed visit that a late tap contradicts, as it was closed."""
    kiosk: str | None = None
    taps: int | None = None
    """How many there were, where a row sums them."""
    reason: str | None = None
    """Why taps were refused, or an event cannot be read."""
    rule: str | None = None
    """Of a case."""


def count_pending(rows: Iterable[PendingRow]) -> Mapping[PendingKind, int]:
    """How many rows of each kind, each above 0, in the order of `KINDS`."""
    counts = Counter(row.kind for row in rows)
    return {kind: counts[kind] for kind in KINDS if counts[kind]}


def list_pending(
    views: KeyedSource, log: "Log", policies: PoliciesOfQuestion, day_filter: DayFilter = EVERYTHING
) -> list[PendingRow]:
    """All of it, by kind, in each by day. What is of no day is there whatever days `day_filter` names.

    The caller has ensured that the days are intact. Raises: NotStanding without a log that is needed.
    """
    rows = _list_unacknowledged(views, log, policies, day_filter)
    return [row._replace(events=row.events[:MOST_EVENTS]) for row in rows]


def find_row_state(views: KeyedSource, log: "LogToRead", policies: PoliciesOfQuestion, seen: SeenRow) -> RowState:
    """What is to be said now of a row that was shown.

    The caller has ensured that the days are intact.
    """
    key = None if seen.volunteer_id is None else views.find_key(seen.volunteer_id) or NOBODY
    for row in _list_unacknowledged(views, log, policies, DayFilter(volunteer=key)):
        is_meant = (row.kind, row.volunteer) == (seen.kind, seen.volunteer_id)
        if is_meant and row.events[:MOST_EVENTS] == sorted(seen.events):
            return RowState(row.day, row.events)
    values = {"kind": seen.kind, "volunteer": key or 0, "events": msgspec.json.encode([*seen.events]).decode()}
    return RowState(acknowledged_at=next(views.rows(ACKNOWLEDGED_IN, values))[0])


NOBODY = -1
"""The key of a volunteer of whom these views know nothing."""


def _list_unacknowledged(views: KeyedSource, log: "Log", by: PoliciesOfQuestion, wanted: DayFilter) -> list[PendingRow]:
    """By kind, in each by day, every row with all its events."""
    known = {*views.rows(ACKNOWLEDGED)}
    return [row for row in _list_rows(views, log, by, wanted) if not _is_acknowledged(row, known)]


def _is_acknowledged(row: PendingRow, known: Set[tuple[str, bytes | None, int]]) -> bool:
    whose = row.volunteer and row.volunteer.bytes
    return bool(row.events) and all((row.kind, whose, event) in known for event in row.events)


def _list_rows(views: KeyedSource, log: "Log", policies: PoliciesOfQuestion, day_filter: DayFilter) -> list[PendingRow]:
    found = [
        *_list_of_days(views, day_filter),
        *_list_unmatched(views, policies, day_filter),
        *(found_errors := [*_list_tap_errors(views, log, day_filter)]),
        *_list_cases(views, day_filter),
        *_list_clocks(views, day_filter),
        *_list_uninsured(views, day_filter),
        *(_list_unreadable(views, log) if day_filter.volunteer is None else ()),
    ]
    listed = {event for row in found_errors for event in row.events}
    rows = [row for row in found if row.kind != "refused" or not listed.issuperset(row.events)]
    return sorted(rows, key=lambda row: KINDS.index(row.kind))


def _list_of_days(views: RowSource, day_filter: DayFilter) -> Iterator[PendingRow]:
    for kind, query in _QUERIES.items():
        for day, volunteer, since, events, *rest in views.rows(query.format(where=day_filter.where), day_filter.values):
            yield PendingRow(kind, read_day(day), _parse_id(volunteer), since, sorted(read_numbers(events)), *rest)


_QUERIES: Mapping[PendingKind, str] = {
    "no_check_out": VISITS.replace("{condition}", AWAITS_ITS_END),
    "unscheduled": VISITS.replace("{condition}", "WHERE unscheduled = 1"),
    "contradicted": CONTRADICTED,
    "absent": ABSENT,
    "late_leave": LATE_LEAVE,
    "refused": REFUSED,
    "unknown_card": UNKNOWN_CARD,
}


def _list_unmatched(views: RowSource, policies: PoliciesOfQuestion, day_filter: DayFilter) -> Iterator[PendingRow]:
    """Departures that belong to no visit, and are no repetition of one that does."""
    for day, volunteer, at, kiosk, position, left in views.rows(
        UNMATCHED.format(where=day_filter.where), day_filter.values
    ):
        if left is None or at - left >= policies.on(day).debounce_seconds:
            yield PendingRow("unmatched", read_day(day), _parse_id(volunteer), at, [position], kiosk=kiosk)


def _list_tap_errors(views: KeyedSource, log: "Log", day_filter: DayFilter) -> Iterator[PendingRow]:
    for one in list_unsettled_tap_errors(views, log, day_filter):
        kind = "accepted_in_error" if one.accepted else "refused_in_error"
        facts = (one.day, one.volunteer, one.at, [one.position])
        yield PendingRow(kind, *facts, kiosk=one.kiosk, check_in=one.check_in, reason=one.reason)


def _list_cases(views: RowSource, day_filter: DayFilter) -> Iterator[PendingRow]:
    for case in list_exits(views, day_filter):
        if case.status == "raised":
            facts = (case.raised_on, case.volunteer, case.raised_at, [case.position])
            yield PendingRow("case", *facts, rule=case.rule)


def _list_uninsured(views: RowSource, day_filter: DayFilter) -> Iterator[PendingRow]:
    rows = [*list_uninsured_visits(views, day_filter)]
    for day, volunteer, check_in, events in sorted(rows, key=lambda row: (row.day, row.check_in)):
        yield PendingRow("uninsured", day, volunteer, check_in, sorted(read_numbers(events)), check_in=check_in)


def _list_clocks(views: RowSource, day_filter: DayFilter) -> Iterator[PendingRow]:
    """The day of a tap on a wrong clock is not known before it is put right."""
    for clock in list_waiting_clocks(views, day_filter.volunteer):
        yield PendingRow("clock", None, None, clock.first, clock.positions, kiosk=clock.kiosk, taps=clock.taps)


def _list_unreadable(views: RowSource, log: "Log") -> Iterator[PendingRow]:
    for position, why in views.rows("SELECT position, why FROM quarantine ORDER BY position"):
        if log is None:
            raise NotStanding
        from domain.log.event_rows import decode_recorded_at  # noqa: PLC0415 - questions load no log

        (*_, state) = log.read_rows(position - 1, 1)[0]
        recorded = decode_recorded_at(state)
        since = None if recorded is None else second(recorded)
        yield PendingRow("unreadable", None, None, since, [position], reason=why)


def _parse_id(volunteer: Any) -> UUID | None:
    return None if volunteer is None else read_id(volunteer)
