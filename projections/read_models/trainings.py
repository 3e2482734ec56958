"""Read model: the ledger of trainings, and whom it leaves without one (R-073, R-074, R-075, R-106, R-124).

Rule: what was attended is counted here; what is complete, and from when on it counts, the log says.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from domain.calendar import add_years
from domain.model.standing import find_standing
from projections.engine.stored_values import read_day, read_id, read_texts
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.read_models.day_filter import EVERYTHING, DayFilter

GROWTH_YEARS, LEADERSHIP_YEARS = 1, 3
"""Full years of service before growth (R-074) and leadership training (R-075)."""

Course = Literal["growth", "leadership"]


class TrainingSession(NamedTuple):
    """A session of a training that a volunteer attended, or a training that was recorded whole."""

    volunteer: UUID
    date: date
    kind: str
    category: str | None
    hours: float | None
    """None where they are not on record."""
    modules: list[str]
    session: str | None
    """The session of the unit in which it was held."""
    position: int


class TrainingCount(NamedTuple):
    """Trainings of one kind in a period (R-106)."""

    kind: str
    persons: int
    person_times: int
    """Each volunteer as often as they attended one."""
    minutes: int
    """Of those whose hours are on record."""
    without_hours: int
    """Person-times whose hours are not on record."""


class TrainingProgress(NamedTuple):
    """What a volunteer has of one training."""

    kind: str
    category: str | None
    minutes: int | None
    """Attended; None where no hours are on record."""
    modules: list[str]
    is_complete: bool


class UntrainedRow(NamedTuple):
    """A volunteer in service whose basic training is not complete (R-124)."""

    volunteer: UUID
    enrolled_on: date
    """The first service day of the first agreement."""
    days: int
    """Since then."""
    lost_minutes: int
    """Present, and worth nothing because it was before the training (R-002)."""


class CourseCandidate(NamedTuple):
    """A volunteer in service who may take part in a course that follows the first trainings."""

    volunteer: UUID
    trained_on: date
    """The later of basic and the first special training: seniority begins (R-081)."""
    eligible_from: date


def list_training_sessions(views: Views, day_filter: DayFilter = EVERYTHING) -> Iterator[TrainingSession]:
    """The ledger, by day and position."""
    query = f"""
    SELECT p.volunteer, day, kind, category, hours, modules, session, position
    FROM (SELECT * FROM training_sessions WHERE {day_filter.where}) t JOIN people p ON p.key = t.volunteer
    ORDER BY day, position
    """
    for stored, day, kind, category, hours, modules, *rest in views.rows(query, day_filter.values):
        done = read_texts(modules) if modules else []
        yield TrainingSession(read_id(stored), read_day(day), kind, category, hours, done, *rest)


def count_trainings(sessions: Iterable[TrainingSession]) -> list[TrainingCount]:
    """Persons and person-times by kind (R-106)."""
    found: dict[str, list[TrainingSession]] = defaultdict(list)
    for one in sessions:
        found[one.kind].append(one)
    return [
        TrainingCount(
            kind,
            len({one.volunteer for one in of_kind}),
            len(of_kind),
            sum(round((one.hours or 0) * 60) for one in of_kind),
            sum(one.hours is None for one in of_kind),
        )
        for kind, of_kind in sorted(found.items())
    ]


def list_training_progress(views: Views, volunteer: int) -> list[TrainingProgress]:
    """What a volunteer (a key in the views) has of each training, in the order in which they were begun."""
    complete = set(views.rows("SELECT kind, category FROM trainings WHERE volunteer = ?", (volunteer,)))
    found: dict[tuple[str, str | None], list[TrainingSession]] = {}
    for one in list_training_sessions(views, DayFilter(volunteer=volunteer)):
        found.setdefault((one.kind, one.category), []).append(one)
    return [
        TrainingProgress(
            *training,
            None if all(one.hours is None for one in of_it) else sum(round((one.hours or 0) * 60) for one in of_it),
            sorted({module for one in of_it for module in one.modules}),
            training in complete,
        )
        for training, of_it in found.items()
    ]


def list_untrained(views: Views, unit: UnitInForce, day: int) -> list[UntrainedRow]:
    """Who serves on a day without basic training, by enrolment (R-124)."""
    views.ensure_intact(*DayFilter(until=read_day(day)).bounds)
    trained = _load_trained(views, unit, day)
    lost = dict(views.rows(_LOST, (day,)))
    rows: list[UntrainedRow] = []
    for volunteer, person in views.load_people(unit).items():
        if find_standing(person.turns, day) == "in_service" and "basic" not in trained.get(person.key, {}):
            since = min(turn.day for turn in person.turns if turn.kind == "agreement")
            minutes = lost.get(person.key, 0) // 60
            rows.append(UntrainedRow(volunteer, read_day(since), day - since, minutes))
    return sorted(rows, key=lambda row: (row.enrolled_on, row.volunteer))


def list_course_candidates(views: Views, unit: UnitInForce, day: int, course: Course) -> list[CourseCandidate]:
    """Who may be recommended for a course on a day, by when they became eligible (R-074, R-075).

    Service elsewhere is attested on paper and not counted here. Those who completed the course are left out.
    """
    trained, rows = _load_trained(views, unit, day), list[CourseCandidate]()
    for volunteer, person in views.load_people(unit).items():
        done = trained.get(person.key, {})
        if (
            find_standing(person.turns, day) != "in_service"
            or course in done
            or not {"basic", "special"} <= done.keys()
        ):
            continue
        since = read_day(max(done["basic"], done["special"]))
        eligible_from = _find_eligible(since, done, course)
        if eligible_from and eligible_from.toordinal() <= day:
            rows.append(CourseCandidate(volunteer, since, eligible_from))
    return sorted(rows, key=lambda row: (row.eligible_from, row.volunteer))


def _find_eligible(trained_on: date, done: Mapping[str, int], course: Course) -> date | None:
    """From when on; None while growth training, which leadership training follows, is not complete."""
    if course == "growth":
        return add_years(trained_on, GROWTH_YEARS)
    if "growth" not in done:
        return None
    return max(add_years(trained_on, LEADERSHIP_YEARS), read_day(done["growth"]))


def _load_trained(views: Views, unit: UnitInForce, day: int) -> Mapping[int, dict[str, int]]:
    """The first service day on which each kind of training was complete, by the volunteer's key, up to a day."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for key, kind, on, instant in views.rows("SELECT volunteer, kind, day, instant FROM trainings"):
        completed = unit.days.ordinal(instant) if on is None else on
        if completed <= day:
            found[key][kind] = min(completed, found[key].get(kind, completed))
    return found


_LOST = """
SELECT volunteer, sum(json_extract(e.value, '$[1]') - json_extract(e.value, '$[0]'))
FROM visits, json_each(uncredited) e
WHERE day <= ? AND json_extract(e.value, '$[2]') = 'before_training' GROUP BY volunteer
"""
