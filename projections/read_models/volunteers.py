"""Read model: every volunteer with standing, agreement, trainings, cards and hours (R-124).

Rule: a training counts as done once it is on file; which minutes it makes count is for the evaluation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.model.book_status import BookStatus
from domain.model.insurance_cover import is_covered
from domain.model.standing import Standing, StandingChange, find_agreement, find_standing
from projections.engine.noted_policies import RulesOfQuestion
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_id
from projections.read_models.day_filter import DayFilter
from projections.read_models.hours import list_hours
from projections.read_models.insurance import load_covers
from projections.read_models.record_books import load_book_statuses

TrainingDone = tuple[str, str | None]
"""Its kind, and the category of a special one."""


class VolunteerState(NamedTuple):
    """A volunteer as of a service day, without hours."""

    volunteer: UUID
    mode: str
    standing: Standing
    agreement_from: int | None
    """The service day on which the agreement of that day began; where there was none yet, the next one."""
    agreement_to: int | None
    """The last service day of it; None while no end is on record."""
    trainings: list[TrainingDone]
    trainings_missing: list[TrainingDone]
    """Basic, and special for the category of the unit, where the policy of the day requires training."""
    cards: int
    book: BookStatus
    is_insured: bool


class VolunteerRow(NamedTuple):
    """A volunteer as of a service day: a state, and the hours."""

    volunteer: UUID
    mode: str
    standing: Standing
    agreement_from: int | None
    agreement_to: int | None
    trainings: list[TrainingDone]
    trainings_missing: list[TrainingDone]
    cards: int
    book: BookStatus
    is_insured: bool
    minutes_month: int
    """Credited in the month of the day, up to it."""
    minutes_year: int


class VolunteerFilter(NamedTuple):
    """Which volunteers are wanted; several conditions hold together."""

    no_card: bool = False
    training_missing: bool = False
    ends_within: int | None = None
    """Days from the day asked about, that day included, in which the agreement ends."""
    no_book: bool = False
    """A book whose number is not known counts as none (R-009)."""
    not_insured: bool = False

    def admits(self, row: VolunteerState, day: int) -> bool:
        """Whether a volunteer is wanted. Who serves no more lacks nothing."""
        is_serving = row.standing != "agreement_ended"
        return (
            (not self.no_card or (is_serving and row.cards == 0))
            and (not self.training_missing or (is_serving and bool(row.trainings_missing)))
            and (not self.no_book or (is_serving and row.book != "held"))
            and (not self.not_insured or (is_serving and not row.is_insured))
            and (
                self.ends_within is None
                or (row.agreement_to is not None and day <= row.agreement_to <= day + self.ends_within)
            )
        )


EVERYBODY = VolunteerFilter()


def list_volunteers(
    views: RowSource, unit: RulesOfQuestion, day: int, wanted: VolunteerFilter = EVERYBODY
) -> Iterator[VolunteerRow]:
    """Everybody who was ever enrolled, as of a service day, as far as they are wanted."""
    hours = _sum_hours(views, date.fromordinal(day))
    for state in list_states(views, unit, day, wanted):
        yield VolunteerRow(*state, *hours[state.volunteer])


def list_states(
    views: RowSource, unit: RulesOfQuestion, day: int, wanted: VolunteerFilter = EVERYBODY
) -> Iterator[VolunteerState]:
    """The same without the hours, whose sums take long where there are many."""
    turns = load_standing_changes(views)
    trainings: dict[int, set[TrainingDone]] = defaultdict(set)
    for key, kind, category in views.rows("SELECT volunteer, kind, category FROM trainings"):
        trainings[key].add((kind, category))
    cards = dict(views.rows("SELECT volunteer, count(*) FROM cards WHERE held GROUP BY volunteer"))
    books, covers = load_book_statuses(views, day), load_covers(views)
    enrolled = "SELECT key, volunteer, mode FROM people WHERE mode IS NOT NULL ORDER BY key"
    for key, stored, mode in list(views.rows(enrolled)):
        who = read_id(stored)
        state = VolunteerState(
            who,
            mode,
            find_standing(turns[key], day),
            *find_agreement_span(turns[key], day),
            _sort_trainings(trainings[key]),
            _sort_trainings(_list_required(unit, day) - trainings[key]),
            cards.get(key, 0),
            books.get(key, "none"),
            is_covered(covers.get(key, ()), day),
        )
        if wanted.admits(state, day):
            yield state


def find_active(views: RowSource, day: int) -> set[UUID]:
    """The volunteers in service on a service day: with an agreement, and not suspended (R-100)."""
    return next(list_active_by_day(views, [day]))


def list_active_by_day(views: RowSource, days: Iterable[int]) -> Iterator[set[UUID]]:
    """The same for each of several days."""
    changes = load_standing_changes(views)
    enrolled = [
        (read_id(who), changes[key])
        for key, who in views.rows("SELECT key, volunteer FROM people WHERE mode IS NOT NULL")
    ]
    for day in days:
        yield {who for who, turns in enrolled if find_standing(turns, day) == "in_service"}


def list_active(views: RowSource, unit: RulesOfQuestion, day: int) -> list[VolunteerState]:
    """The same with what is on file of them, in the order in which they were enrolled."""
    active = find_active(views, day)
    return [state for state in list_states(views, unit, day) if state.volunteer in active]


def load_standing_changes(views: RowSource) -> defaultdict[int, list[StandingChange]]:
    """What changed the standing of every volunteer, by their keys in the views."""
    turns = defaultdict[int, list[StandingChange]](list)
    for key, *turn in views.rows("SELECT volunteer, kind, day, recorded FROM turns ORDER BY volunteer, position"):
        turns[key].append(StandingChange(*turn))
    return turns


def find_agreement_span(turns: list[StandingChange], day: int) -> tuple[int | None, int | None]:
    """The first and the last service day of the agreement of a day; before the first one, of the next."""
    begins = sorted(turn.day for turn in turns if turn.kind == "agreement")
    start = find_agreement(turns, day)
    if start is None:
        start = next(iter(begins), None)
    if start is None:
        return None, None
    following = next((begin for begin in begins if begin > start), None)
    ends = [turn.day for turn in turns if turn.kind == "ended" and turn.day >= start]
    return start, min((end for end in ends if following is None or end < following), default=None)


def _list_required(unit: RulesOfQuestion, day: int) -> set[TrainingDone]:
    if not unit.policies.on(day).require_training:
        return set()
    required: set[TrainingDone] = {("basic", None)}
    if unit.category:
        required.add(("special", unit.category))
    return required


def _sort_trainings(trainings: set[TrainingDone]) -> list[TrainingDone]:
    return sorted(trainings, key=lambda done: (done[0], done[1] or ""))


def _sum_hours(views: RowSource, day: date) -> dict[UUID, tuple[int, int]]:
    """Minutes in the month and in the year of a day, up to it."""
    this_month, found = day.isoformat()[:7], defaultdict[UUID, tuple[int, int]](lambda: (0, 0))
    for row in list_hours(views, DayFilter(day.replace(month=1, day=1), day), by_month=True):
        month, year = found[row.volunteer]
        found[row.volunteer] = (row.minutes if row.month == this_month else month), year + row.minutes
    return found
