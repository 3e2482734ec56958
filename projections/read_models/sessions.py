"""Read model: meetings and training sessions of the unit, and who of those invited was there (R-047, R-073, R-116).

Rule: presence in the session counts as far as no rostered duty takes it (R-033). A volunteer who did not come is not
absent, and one who served a duty through the whole session is neither counted as present nor as invited.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from domain.model.standing import StandingChange, find_standing
from domain.policy import Policy
from domain.spans import Second, Span, length, subtract_all
from projections.engine.stored_values import read_day, read_id, read_numbers
from projections.engine.views import Views
from projections.evaluation.attendance_state import TimeSpan, is_attendance_of, is_invited
from projections.read_models.day_filter import EVERYTHING, DayFilter

NOBODY = UUID(int=0)
"""The volunteer of a row of which only the state is asked."""
SessionState = Literal["attended", "on_duty", "not_come"]


class SessionRow(NamedTuple):
    """A session that was not called off."""

    session: str
    kind: str
    title: str
    date: date
    start: Second
    end: Second
    training: str | None
    """Of a training, its kind."""
    category: str | None
    hours: float | None
    chair: UUID | None
    """The note of who takes the chair (R-116); None where nobody has said."""
    invited: int
    """Volunteers, without those who served a duty meanwhile."""
    attended: int

    @property
    def rate(self) -> float | None:
        """How many of those invited came, from 0 to 1; None where there was nobody."""
        return self.attended / self.invited if self.invited else None


class SessionAttendanceRow(NamedTuple):
    """How a volunteer who was invited stands to a session that has begun."""

    session: str
    kind: str
    title: str
    date: date
    volunteer: UUID
    state: SessionState
    arrived: Second | None
    """When the visit began; None where they did not come, or no card shows it."""
    minutes: int | None
    """Present in the session, none of them service; None where no departure is known."""
    added: int | None
    """The position of the event that added them without a card."""


class AttendanceCount(NamedTuple):
    """Sessions that a volunteer was invited to, and came to."""

    volunteer: UUID
    meetings: int
    meetings_attended: int
    trainings: int
    trainings_attended: int


class SessionSum(NamedTuple):
    """Sessions of one kind."""

    month: str | None
    """`2026-11`; None for all of them."""
    kind: str
    training: str | None
    sessions: int
    invited: int
    participants: int
    """Each volunteer as often as they came."""


class _Session(NamedTuple):
    session: str
    kind: str
    title: str
    day: int
    start: Second
    end: Second
    listed: frozenset[int] | None
    training: str | None
    category: str | None
    hours: float | None
    chair: UUID | None


class PresentStay(NamedTuple):
    """A visit that is not void."""

    check_in: Second
    check_out: Second | None


def list_sessions(views: Views, day_filter: DayFilter = EVERYTHING) -> list[SessionRow]:
    """The sessions of some days, with those that are still to come, by start; `day_filter` is of all volunteers."""
    begun = {one.session: (present, people) for one, present, people in _load_attendance(views, day_filter)}
    rows: list[SessionRow] = []
    for one in _load_sessions(views, day_filter):
        invited = came = 0
        if one.session in begun:
            present, people = begun[one.session]
            invited, came = present.count(key for key, _ in people)
        rows.append(_build_session_row(one, invited, came))
    return rows


def load_session(views: Views, session: str) -> tuple[SessionRow, list[SessionAttendanceRow]] | None:
    """One session with everybody who was invited; None where there is none, or it was called off."""
    query = "SELECT day FROM sessions WHERE session = ? AND NOT cancelled"
    day = next((read_day(day) for (day,) in views.rows(query, (session,))), None)
    if day is None:
        return None
    of_day = DayFilter(day, day)
    found = next(one for one in _load_sessions(views, of_day) if one.session == session)
    rows = [row for row in list_session_attendance(views, of_day, session) if row.session == session]
    invited, came = sum(row.state != "on_duty" for row in rows), sum(row.state == "attended" for row in rows)
    return _build_session_row(found, invited, came), rows


def _build_session_row(one: _Session, invited: int, came: int) -> SessionRow:
    held = (one.session, one.kind, one.title, read_day(one.day), one.start, one.end)
    return SessionRow(*held, one.training, one.category, one.hours, one.chair, invited, came)


def list_session_attendance(
    views: Views, day_filter: DayFilter = EVERYTHING, session: str | None = None
) -> Iterator[SessionAttendanceRow]:
    """Everybody who was invited to the sessions of some days that have begun, by start, then by volunteer's key.

    `session` names one of them; None means all.
    """
    for _, present, people in _load_attendance(views, day_filter, session):
        for key, volunteer in people:
            yield present.build_row(key, volunteer)


def _load_attendance(
    views: Views, day_filter: DayFilter, only: str | None = None
) -> Iterator[tuple[_Session, "_Presence", list[tuple[int, UUID]]]]:
    """The sessions that have begun, the visits around each, and who was invited."""
    begun = [one for one in _load_sessions(views, day_filter) if one.start <= views.evaluated_at]
    sessions = [one for one in begun if only in (None, one.session)]
    if not sessions:
        return
    views.ensure_intact(min(one.day for one in sessions) - 1, max(one.day for one in sessions) + 1)
    people, policies = Invitations(views, day_filter.volunteer), views.load_unit().policies
    for session in sessions:
        present = _Presence(views, session, policies.on(session.day))
        yield session, present, list(people.list_invited(session.listed, session.day))


def count_attendance(views: Views, day_filter: DayFilter = EVERYTHING) -> list[AttendanceCount]:
    """Meetings and trainings by volunteer, for the assessment (R-061): 8 of 10 meetings, 2 of 3 trainings."""
    found: dict[tuple[int, UUID], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for session, present, people in _load_attendance(views, day_filter):
        first = 2 if session.kind == "training" else 0
        for one in people:
            state = present.find_state(one[0])
            if state != "on_duty":
                found[one][first] += 1
                found[one][first + 1] += state == "attended"
    return [AttendanceCount(volunteer, *numbers) for (_, volunteer), numbers in found.items()]


def sum_sessions(rows: Iterable[SessionRow], *, by_month: bool = False) -> list[SessionSum]:
    """Sessions and participants by kind, and by month where that is asked for, in order (R-047, R-073, R-116)."""
    found: dict[tuple[str, str, str], list[SessionRow]] = defaultdict(list)
    for row in rows:
        found[row.date.isoformat()[:7] if by_month else "", row.kind, row.training or ""].append(row)
    return [
        SessionSum(
            *(month or None, kind, training or None),
            *(len(held), sum(row.invited for row in held), sum(row.attended for row in held)),
        )
        for (month, kind, training), held in sorted(found.items())
    ]


# --- Who is invited ---


class Invitations:
    """Everybody who was ever enrolled, or one volunteer."""

    def __init__(self, views: Views, volunteer: int | None) -> None:
        self._turns: dict[int, list[StandingChange]] = defaultdict(list)
        for key, *turn in views.rows("SELECT volunteer, kind, day, recorded FROM turns ORDER BY volunteer, position"):
            self._turns[key].append(StandingChange(*turn))
        rows = views.rows("SELECT key, volunteer FROM people WHERE mode IS NOT NULL ORDER BY key")
        self._ids = [(key, read_id(stored)) for key, stored in rows if volunteer in (None, key)]

    def list_invited(self, listed: Collection[int] | None, day: int) -> Iterator[tuple[int, UUID]]:
        """Those of the volunteers listed, None means all, who are in service on a day."""
        for key, volunteer in self._ids:
            if is_invited(listed, key) and find_standing(self._turns[key], day) == "in_service":
                yield key, volunteer


def _load_sessions(views: Views, day_filter: DayFilter) -> list[_Session]:
    span, found = day_filter.bounds[:2], list[_Session]()
    for name, kind, title, day, start, end, listed, training, category, hours, chair in views.rows(_SESSIONS, span):
        invited = None if listed is None else frozenset(read_numbers(listed))
        note = chair and read_id(chair)
        found.append(_Session(name, kind, title, day, start, end, invited, training, category, hours, note))
    return found


# --- Who was there ---


class _Presence:
    """Visits and duties around one session."""

    def __init__(self, views: Views, session: _Session, policy: Policy) -> None:
        self._session, self._policy = session, policy
        values = {"day": session.day, "start": session.start, "end": session.end, "session": session.session}
        self._stays: dict[int, list[PresentStay]] = defaultdict(list)
        for key, check_in, check_out in views.rows(_VISITS, values):
            self._stays[key].append(PresentStay(check_in, check_out))
        self._duties: dict[int, list[Span]] = defaultdict(list)
        for key, start, end in views.rows(_DUTIES, values):
            self._duties[key].append((start, end))
        self._added = dict(views.rows("SELECT volunteer, position FROM session_added WHERE session = :session", values))

    def count(self, keys: Iterable[int]) -> tuple[int, int]:
        """Of volunteers who were invited, how many were not on duty, and how many of those came."""
        states = [self.find_state(key) for key in keys]
        return len(states) - states.count("on_duty"), states.count("attended")

    def find_state(self, key: int) -> SessionState:
        """How one of those invited stands to the session."""
        if key not in self._stays and key not in self._added:  # nearly everybody of a large unit
            return "not_come"
        return self.build_row(key, NOBODY).state

    def build_row(self, key: int, volunteer: UUID) -> SessionAttendanceRow:
        """The same with when they came and how long they stayed."""
        session, added = self._session, self._added.get(key)
        facts = (session.session, session.kind, session.title, read_day(session.day), volunteer)
        window = TimeSpan(session.start, session.end)
        stays = [stay for stay in self._stays.get(key, ()) if is_attendance_of(stay, window, self._policy)]
        spans = [(max(stay.check_in, window.start), min(stay.check_out or window.end, window.end)) for stay in stays]
        left = subtract_all(spans, self._duties.get(key, ()))
        if not left:
            state: SessionState = "attended" if added else "on_duty" if stays else "not_come"
            return SessionAttendanceRow(*facts, state, None, None, added)
        is_ended = all(stay.check_out is not None for stay in stays)
        minutes = length(_merge(left)) // 60 if is_ended else None
        return SessionAttendanceRow(*facts, "attended", stays[0].check_in, minutes, added)


def _merge(spans: Sequence[Span]) -> list[Span]:
    """The same seconds, each once: where the desk and a late tap cross, visits overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        merged += subtract_all([span], merged)
    return merged


_SESSIONS = """
SELECT session, kind, title, day, starts, ends, listed, training, category, hours, chair FROM sessions
WHERE NOT cancelled AND day BETWEEN ? AND ? ORDER BY starts, session
"""
_VISITS = """
SELECT volunteer, check_in, check_out FROM visits WHERE day BETWEEN :day - 1 AND :day + 1 AND status != 'void'
    AND check_in < :end AND coalesce(check_out, :end) > :start ORDER BY check_in
"""
_DUTIES = """
SELECT volunteer, starts, ends FROM duties WHERE day BETWEEN :day - 1 AND :day + 1 AND starts < :end AND ends > :start
    AND outcome IN ('attended', 'no_check_out')
"""
