"""The door and the evaluation mean the same by a tap: random nights, over which the desk closes visits."""

from datetime import datetime, timedelta
from random import Random

import pytest

from domain.calendar import TAIPEI
from domain.errors import DomainError
from projections.evaluation.evaluate import EvaluatedVisit
from projections.read_models.explanation import explain
from tests.support.office import Office
from tests.support.people import ANN

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
