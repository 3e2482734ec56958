"""Read model: the duties that are planned, with everybody who was ever responsible for each, and what is covered.

Rule: a half-day on which the unit is open wants a volunteer (R-040); it is covered once one is responsible and in
service on that day, as the evaluation of the duty has it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal, NamedTuple
from uuid import UUID

from domain.calendar import HALF_DAYS, HalfDay, find_half_day
from domain.model.duty_description import PlannedKind
from domain.model.shift import Responsibility
from domain.spans import Second
from projections.engine.stored_values import read_day, read_id
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.read_models.day_filter import LAST_DAY

PlannedState = Responsibility | Literal["not_in_service"]
"""`not_in_service`: responsible, and suspended or without an agreement on the day of the duty."""
ASSIGNED_STATES: frozenset[PlannedState] = frozenset({"responsible", "not_in_service"})
"""Whose duty it is until it is taken from them, whether or not they come."""


class Planned(NamedTuple):
    """A volunteer in a planned duty."""

    volunteer: UUID
    state: PlannedState


class PlannedDuty(NamedTuple):
    """A shift, past or to come."""

    shift: str
    day: int
    """The service day on which it starts."""
    start: Second
    end: Second
    post: str | None
    category: str | None
    is_cancelled: bool
    people: tuple[Planned, ...]
    """In the order in which they became what they are."""

    @property
    def responsible(self) -> list[UUID]:
        """Those who are expected to come."""
        return [one.volunteer for one in self.people if one.state == "responsible"]

    @property
    def assigned(self) -> list[UUID]:
        """Those whose duty it is, in service on that day or not."""
        return [one.volunteer for one in self.people if one.state in ASSIGNED_STATES]

    @property
    def is_vacant(self) -> bool:
        """Whether it takes place and nobody is expected."""
        return not (self.is_cancelled or self.responsible)


def list_planned_duties(views: Views, first: int, last: int) -> list[PlannedDuty]:
    """The duties of a run of service days, both included, by start and shift."""
    return _load_duties(views, "s.day BETWEEN ? AND ?", (first, last))


def list_duties_at(views: Views, posts: Collection[str], since: int) -> list[PlannedDuty]:
    """The duties of some posts from a service day on, by start and shift."""
    return _load_duties(views, f"s.day >= ? AND s.post IN ({', '.join('?' * len(posts))})", (since, *posts))


def find_planned_duty(views: Views, shift: str) -> PlannedDuty | None:
    """One duty; None where there is no shift of that name."""
    return next(iter(_load_duties(views, "s.shift = ?", (shift,))), None)


def _load_duties(views: Views, condition: str, values: tuple[Any, ...]) -> list[PlannedDuty]:
    first, last = next(views.rows(f"SELECT min(s.day), max(s.day) FROM shifts s WHERE {condition}", values))
    if first is None:
        return []
    views.ensure_intact(first, last)
    rows = views.rows(_DUTIES.format(condition), values)
    return [_build_duty(head, group) for head, group in groupby(rows, key=lambda row: row[:HEAD])]


_EVALUATED = "LEFT JOIN duties d ON d.volunteer = r.volunteer AND d.day = r.day AND d.shift = r.shift"
"""Of a shift that takes place, the duties of who is not in service on its day are cancelled."""
_DUTIES = f"""
SELECT s.shift, s.day, s.starts, s.ends, s.post, s.category, s.cancelled, p.volunteer,
    iif(r.state = 'responsible' AND d.outcome = 'cancelled' AND NOT s.cancelled, 'not_in_service', r.state)
FROM shifts s LEFT JOIN roster r ON r.shift = s.shift {_EVALUATED} LEFT JOIN people p ON p.key = r.volunteer
WHERE {{}} ORDER BY s.starts, s.shift, r.position, r.volunteer
"""


def _build_duty(head: Any, rows: Iterator[Any]) -> PlannedDuty:
    shift, day, starts, ends, post, category, cancelled = head
    people = tuple(Planned(read_id(volunteer), state) for *_, volunteer, state in rows if volunteer)
    return PlannedDuty(shift, day, starts, ends, post, category, bool(cancelled), people)


HEAD = 7
"""The columns of the duty itself; the two after them are of a volunteer."""


# --- What is usual ---


def list_recent_spans(views: Views) -> list[tuple[Second, Second]]:
    """When the duties of the last days that have any begin and end; the newest first."""
    query = "SELECT starts, ends FROM shifts WHERE NOT cancelled ORDER BY day DESC, shift DESC LIMIT 200"
    return list(views.rows(query))


def list_shift_names(views: Views, days: Collection[date]) -> list[str]:
    """The names in use that begin with a date of these days, as the forms of the plan name duties."""
    if not days:
        return []
    bounds = (f"{min(days):%y%m%d}", f"{max(days):%y%m%d}~")
    query = "SELECT shift FROM shifts WHERE shift BETWEEN ? AND ? ORDER BY shift"
    return [shift for (shift,) in views.rows(query, bounds)]


def list_posts(views: Views, since: int) -> list[str]:
    """The posts of the duties since a service day, those that were planned first at the head."""
    query = "SELECT post FROM shifts WHERE day >= ? AND post IS NOT NULL GROUP BY post ORDER BY min(starts), min(shift)"
    return [post for (post,) in views.rows(query, (since,))]


def list_last_duties(views: Views, since: int) -> dict[UUID, Second]:
    """When the last duty of each volunteer begins, done or to come; of those who have one since a service day."""
    views.ensure_intact(since, LAST_DAY)
    query = (
        f"SELECT p.volunteer, max(s.starts) FROM shifts s JOIN roster r ON r.shift = s.shift {_EVALUATED}"
        " JOIN people p ON p.key = r.volunteer"
        " WHERE s.day >= ? AND r.state = 'responsible' AND d.outcome != 'cancelled' GROUP BY p.volunteer"
    )
    return {read_id(volunteer): starts for volunteer, starts in views.rows(query, (since,))}


# --- What is done ---


class PlannedWork(NamedTuple):
    """The duties of a post, or an event, of which the same is said: what is done there (R-022)."""

    kind: PlannedKind
    of: str | None
    """The post of the shifts, None where they have none; the event."""
    item: str | None
    content: str | None
    names: tuple[str, ...]
    """The shifts, or the event."""


def list_planned_work(views: Views, first: int, last: int) -> list[PlannedWork]:
    """What is done in the duties of a run of service days, both included, by post; then in the events."""
    span = {"first": first, "last": last}
    return [
        PlannedWork(kind, of, item, content, tuple(name for *_, name in rows))
        for (kind, of, item, content), rows in groupby(views.rows(_WORK, span), key=lambda row: row[:-1])
    ]


def find_described_work(views: Views, shift: str) -> tuple[str | None, str | None]:
    """Item and content of a shift, as they were said last, else of its post; None where nobody has (R-022)."""
    query = "SELECT item, content FROM duty_work WHERE kind = 'shift' AND name = ?"
    return next(iter(views.rows(query, (shift,))), (None, None))


_WORK = """
SELECT kind, of, (SELECT item FROM duty_work w WHERE w.kind = c.kind AND w.name = c.name) AS item,
    (SELECT content FROM duty_work w WHERE w.kind = c.kind AND w.name = c.name) AS content, name
FROM (
    SELECT 'shift' AS kind, post AS of, shift AS name, starts FROM shifts
    WHERE day BETWEEN :first AND :last AND NOT cancelled
    UNION ALL SELECT 'event', event, event, starts FROM events WHERE day BETWEEN :first AND :last
) c
ORDER BY kind DESC, of, item, content, starts, name
"""


class PostWork(NamedTuple):
    """What is usually done at a post, from a service day until the next one of the same post (R-022)."""

    post: str
    since: date
    item: str | None
    content: str | None


def list_post_work(views: Views) -> list[PostWork]:
    """The defaults of all posts, by post; of each the latest first."""
    query = "SELECT post, since, item, content FROM post_descriptions ORDER BY post, since DESC"
    return [PostWork(post, read_day(since), *work) for post, since, *work in views.rows(query)]


# --- Coverage ---


class Coverage(NamedTuple):
    """The half-days of a run of days on which a volunteer is wanted (R-040)."""

    needed: int
    covered: int


class PlannedStart(NamedTuple):
    """When some duties begin, none of them cancelled."""

    day: int
    start: Second
    is_covered: bool
    """Whether a volunteer is expected for at least one of them."""


def list_planned_starts(views: Views, first: int, last: int) -> list[PlannedStart]:
    """When the duties of a run of service days begin, both included: a row an instant, however many duties it has."""
    views.ensure_intact(first, last)
    return [PlannedStart(day, start, bool(covered)) for day, start, covered in views.rows(_STARTS, (first, last))]


_STARTS = f"""
SELECT s.day, s.starts, max(coalesce(r.state = 'responsible' AND d.outcome != 'cancelled', 0))
FROM shifts s LEFT JOIN roster r ON r.shift = s.shift {_EVALUATED}
WHERE s.day BETWEEN ? AND ? AND NOT s.cancelled GROUP BY s.day, s.starts
"""


def measure_coverage(starts: Iterable[PlannedStart], unit: UnitInForce, first: int, last: int) -> Coverage:
    """How many half-days of the days from first to last want a volunteer, and how many have one."""
    planned = [((one.day, _find_half(one, unit)), one) for one in starts]
    covered = {half for half, one in planned if one.is_covered}
    open_halves = {(day, half) for day in range(first, last + 1) for half in _list_open_halves(unit, day)}
    return Coverage(len(open_halves | {half for half, _ in planned}), len(covered))


def _find_half(one: PlannedStart, unit: UnitInForce) -> HalfDay:
    return find_half_day(datetime.fromtimestamp(one.start, unit.days.zone), date.fromordinal(one.day))


def _list_open_halves(unit: UnitInForce, day: int) -> list[HalfDay]:
    """Morning and afternoon of a working day; of a unit with opening hours those in which it is open for an hour."""
    civil = date.fromordinal(day)
    if unit.open_days.find_closure(civil):
        return []
    spans = unit.open_days.list_spans(civil)
    noon = int(datetime(civil.year, civil.month, civil.day, 12, tzinfo=unit.days.zone).timestamp())
    is_open = (any(start <= noon - HOUR for start, _ in spans), any(end >= noon + 2 * HOUR for _, end in spans))
    return [half for half, opens in zip(HALF_DAYS, is_open, strict=False) if opens]


HOUR = 3_600
"""Seconds."""
