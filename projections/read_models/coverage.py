"""Read model: how many active volunteers are insured (R-100) and have a record book (R-101); who has not; who could.

Rule: active is who serves on the day, with an agreement in force and not suspended (R-100). A book whose number is not
known counts as none, but nobody applies for another (R-009). What is not known of a person is said, never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from domain.calendar import count_full_years
from projections.engine.stored_values import read_id
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.read_models.headcount import Share
from projections.read_models.volunteers import VolunteerState, list_active

Obstacle = Literal["no_book", "birth_date_unknown", "too_old"]
"""Why the shared contract does not take a volunteer."""


class Coverage(NamedTuple):
    """A share of volunteers on one service day."""

    counted: int
    covered: int
    target: float
    """0 to 1, of the policy in force that day."""
    missing: list[UUID]
    """Those who are counted and not covered, in the order in which they were enrolled."""

    @property
    def share(self) -> float | None:
        """0 to 1, not rounded; None of nobody."""
        return self.covered / self.counted if self.counted else None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None of nobody."""
        return None if self.share is None else Share(self.covered, self.counted).meets(self.target)


class BookCoverage(NamedTuple):
    """The share of record books on a service day, in two ways (R-101)."""

    active: Coverage
    """Of all active volunteers: the figure that is compared with targets."""
    trained: Coverage
    """Of those of them whose training was complete by that day."""


class BookApplication(NamedTuple):
    """A volunteer for whom a record book is to be applied for."""

    volunteer: UUID
    trained_on: date
    """The service day on which the last training that is demanded was completed."""


class InsurableRow(NamedTuple):
    """An active volunteer, and what keeps them off the shared contract; nothing for one whom it takes."""

    volunteer: UUID
    age: int | None
    """Full years on the day; None where the birth date is not on file."""
    obstacles: list[Obstacle]


def find_insurance_coverage(views: Views, unit: UnitInForce, day: int) -> Coverage:
    """The share of the active volunteers who are insured on a service day (R-100)."""
    return measure_insurance(list_active(views, unit, day), unit.policies.on(day).insurance_target)


def measure_insurance(active: list[VolunteerState], target: float) -> Coverage:
    """The same of active volunteers who are listed already."""
    return _build_coverage([(one.volunteer, one.is_insured) for one in active], target)


def find_book_coverage(views: Views, unit: UnitInForce, day: int) -> BookCoverage:
    """The share of the active volunteers who hold a record book on a service day (R-101)."""
    active, target = list_active(views, unit, day), unit.policies.on(day).book_target
    trained = load_training_days(views, unit, day)
    return BookCoverage(
        measure_books(active, target), measure_books([one for one in active if one.volunteer in trained], target)
    )


def measure_books(active: list[VolunteerState], target: float) -> Coverage:
    """The share of holders of a record book among active volunteers who are listed already."""
    return _build_coverage([(one.volunteer, one.book == "held") for one in active], target)


def _build_coverage(counted: list[tuple[UUID, bool]], target: float) -> Coverage:
    missing = [volunteer for volunteer, is_covered in counted if not is_covered]
    return Coverage(len(counted), len(counted) - len(missing), target, missing)


def list_book_applications(views: Views, unit: UnitInForce, day: int) -> list[BookApplication]:
    """Who is trained, has no record book and none applied for, by when training was complete (R-011)."""
    trained = load_training_days(views, unit, day)
    found = [
        BookApplication(one.volunteer, date.fromordinal(trained[one.volunteer]))
        for one in list_active(views, unit, day)
        if one.volunteer in trained and one.book == "none"
    ]
    return sorted(found, key=lambda one: (one.trained_on, one.volunteer))


def list_insurable(
    views: Views, unit: UnitInForce, day: int, birth_dates: Mapping[UUID, date | None]
) -> list[InsurableRow]:
    """Every active volunteer on a service day, and whether the shared contract takes them (R-072).

    It takes holders of a record book up to the age limit of the policy, that age included.
    """
    limit, rows = unit.policies.on(day).insurance_age_limit, list[InsurableRow]()
    for one in list_active(views, unit, day):
        born, obstacles = birth_dates.get(one.volunteer), list[Obstacle]()
        age = None if born is None else count_full_years(born, date.fromordinal(day))
        if one.book != "held":
            obstacles.append("no_book")
        if age is None:
            obstacles.append("birth_date_unknown")
        elif age > limit:
            obstacles.append("too_old")
        rows.append(InsurableRow(one.volunteer, age, obstacles))
    return rows


def load_training_days(views: Views, unit: UnitInForce, day: int) -> Mapping[UUID, int]:
    """Whose basic training, and special training for the unit's category, was complete by a service day, and when.

    Whatever the policy demands for hours: a record book needs the training in any case (R-006, R-011).
    """
    required = {("basic", None), *({("special", unit.category)} if unit.category else ())}
    days: dict[UUID, dict[tuple[str, str | None], int]] = defaultdict(dict)
    for stored, kind, category, on, instant in views.rows(_TRAININGS):
        completed = unit.days.ordinal(instant) if on is None else on
        training, known = (kind, category if kind == "special" else None), days[read_id(stored)]
        known[training] = min(completed, known.get(training, completed))
    return {
        volunteer: _find_last(required, done)
        for volunteer, done in days.items()
        if required <= done.keys() and _find_last(required, done) <= day
    }


def _find_last(required: Iterable[tuple[str, str | None]], done: Mapping[tuple[str, str | None], int]) -> int:
    return max(done[training] for training in required)


_TRAININGS = """
SELECT p.volunteer, t.kind, t.category, t.day, t.instant FROM trainings t JOIN people p ON p.key = t.volunteer
WHERE t.kind IN ('basic', 'special')
"""
