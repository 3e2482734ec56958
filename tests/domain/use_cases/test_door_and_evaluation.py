"""The door and the evaluation mean the same by a tap: random nights, over which the desk closes visits."""

from datetime import datetime, timedelta
from random import Random

import pytest

from domain.calendar import TAIPEI
from domain.errors import DomainError
from projections.evaluation.evaluate import EvaluatedVisit
from projections.read_models.explanation import explain
from tests.support.office import Office
from tests.support.people import ANN, local_second

EVENING = datetime(2026, 11, 19, 21, tzinfo=TAIPEI)
STORIES = 30
SHOWN = {"checked_in": 0, "checked_out": 1}
"""Which event of its visit a tap is that was shown so: the first, or a later one."""


def write(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def list_evaluated(office: Office) -> list[EvaluatedVisit]:
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    days = (EVENING.date() + timedelta(days=days) for days in range(-1, 4))
    return [visit for day in days for visit in explain(views, key, day).visits]


def find_place(office: Office, event: int | None) -> int | None:
    """Whether a tap began its visit (0), belongs to it otherwise (1), or to none."""
    for evaluated in list_evaluated(office):
        if event in evaluated.visit.positions:
            return min(1, evaluated.visit.positions.index(event))
    return None


def list_shown_and_evaluated(office: Office, *taps: str) -> list[tuple[str, int | None]]:
    answers = [office.tap(ANN, at) for at in taps]
    return [(answer.outcome, find_place(office, answer.event)) for answer in answers]


AS_SHOWN = [("checked_in", 0), ("checked_out", 1)]


@pytest.mark.parametrize("at", ["04:00:00", "04:00:01"], ids=["at the turn", "behind it"])
def test_a_closing_up_to_the_turn_of_the_day_covers_the_tap_there(office: Office, at: str) -> None:
    """Decision 8: the tap is the departure of the night before, and not the arrival of the day."""
    office.tap(ANN, "2026-11-19 22:00")
    covered = office.tap(ANN, f"2026-11-20 {at}")
    office.at("2026-11-20 09:00").close_visit(ANN, "2026-11-19 22:00", f"2026-11-20 {at}")
    assert list_shown_and_evaluated(office, "2026-11-20 12:00", "2026-11-20 15:00") == AS_SHOWN
    assert find_place(office, covered.event) is None


def test_an_arrival_within_a_closing_that_was_voided_before_counts(office: Office) -> None:
    """R-007, R-036: what the desk adds afterwards in its place stays, also over the turn of the day."""
    office.tap(ANN, "2026-11-19 22:00")
    office.at("2026-11-20 09:00").close_visit(ANN, "2026-11-19 22:00", "2026-11-20 09:00")
    office.at("2026-11-20 09:10").void_visit(ANN, "2026-11-19 22:00")
    office.at("2026-11-20 09:20").add_arrival(ANN, "2026-11-20 08:00")
    assert list_shown_and_evaluated(office, "2026-11-20 12:00", "2026-11-20 15:00") == [
        ("checked_out", 1),
        ("checked_in", 0),
    ]
    assert [visit.check_in for visit in office.list_visits()][1] == local_second("2026-11-20 08:00")


@pytest.mark.parametrize(
    ("closed", "written"), [("09:00:00", "09:00:00"), ("09:00:00", "09:00:01"), ("09:00:01", "09:00:01")]
)
def test_a_closing_of_the_same_second_covers_the_first_tap_of_the_day(
    office: Office, closed: str, written: str
) -> None:
    """Decision 8: the desk may close up to now while the volunteer taps."""
    office.tap(ANN, "2026-11-19 22:00")
    office.at(f"2026-11-20 {closed}").close_visit(ANN, "2026-11-19 22:00", f"2026-11-20 {closed}")
    answer = office.tap(ANN, "2026-11-20 09:00:00", f"2026-11-20 {written}")
    assert (answer.outcome, find_place(office, answer.event)) == ("duplicate", None)


@pytest.mark.parametrize(("again", "shown"), [("04:00:00.800000", "duplicate"), ("04:00:00.900000", "checked_in")])
def test_a_tap_a_minute_before_the_turn_is_repeated_until_the_minute_is_over(
    office: Office, again: str, shown: str
) -> None:
    """Decision 9: instants are compared before they are cut to whole seconds."""
    office.tap(ANN, "2026-11-20 03:59:00.900000")
    answer = office.tap(ANN, f"2026-11-20 {again}")
    assert (answer.outcome, find_place(office, answer.event)) == (shown, SHOWN.get(shown))


@pytest.mark.parametrize("story", range(STORIES))
def test_what_the_door_shows_is_what_is_evaluated(office: Office, story: int) -> None:
    """Decisions 8 and 9."""
    chance, now, marks = Random(story), EVENING, list[datetime]()  # noqa: S311 - a story that can be told again
    office.adopt_policy("2026-01-01", debounce_seconds=chance.choice((0, 60, 3_600)))
    for _ in range(12):
        now += timedelta(seconds=chance.choice((1, 59, 60, 3_600, 7_200, 14_400)))
        try:
            if not marks or chance.random() < 0.65:
                answer = office.tap(ANN, write(now))
                assert find_place(office, answer.event) == SHOWN.get(answer.outcome), (story, write(now))
            elif chance.random() < 0.7:
                since, until = sorted(chance.sample([*marks, now], 2))
                office.at(write(now)).close_visit(ANN, write(since), write(until))
            else:
                office.at(write(now)).void_visit(ANN, write(chance.choice(marks)))
        except DomainError:
            continue
        marks.append(now)
