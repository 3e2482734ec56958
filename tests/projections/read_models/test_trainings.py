"""The ledger of trainings: who attended what, who may go on, who has none yet (R-073 to R-075, R-106, R-124)."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from domain.model.training import Requirement, Training
from projections.engine.as_of import views_as_of
from projections.read_models.day_filter import DayFilter
from projections.read_models.trainings import (
    Course,
    count_trainings,
    list_course_candidates,
    list_training_progress,
    list_training_sessions,
    list_untrained,
)
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, CATEGORY, local_second

SECOND_HALF = DayFilter(date(2026, 7, 1), date(2026, 12, 31))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).at("2026-08-01 08:00")


def candidates(office: Office, day: str, course: Course) -> list[UUID]:
    views = office.current_views()
    found = list_course_candidates(views, views.load_unit(), date.fromisoformat(day).toordinal(), course)
    return [row.volunteer for row in found]


def test_persons_and_person_times_are_counted_by_kind_and_period(office: Office) -> None:
    """R-106, its example: basic 3 persons, special 3, in-service 17 persons and 29 person-times."""
    people = [UUID(int=number << 96) for number in range(1, 18)]
    for who in people:
        office.enrol(who)
    for who in people[:3]:
        office.train(who, "basic", "2026-08-02")
        office.train(who, "special", "2026-08-03")
    office.train(people[4], "basic", "2026-06-30")
    for who, on in [*((who, "2026-09-01") for who in people), *((who, "2026-10-01") for who in people[:12])]:
        office.desk.complete_training(who, Training("in_service", None, on, None, 2), None, office.act)
    counted = count_trainings(list_training_sessions(office.current_views(), SECOND_HALF))
    assert [(row.kind, row.persons, row.person_times) for row in counted] == [
        ("basic", 3, 3),
        ("in_service", 17, 29),
        ("special", 3, 3),
    ]
    assert [(row.minutes, row.without_hours) for row in counted] == [(0, 3), (29 * 120, 0), (0, 3)]


def test_a_sum_of_sessions_is_no_session_more(office: Office) -> None:
    """R-004, R-106: two sessions are two person-times, however the training came to be complete."""
    office.enrol(ANN)
    for on in ("2026-08-02", "2026-08-05"):
        session = Training("special", CATEGORY, on, None, 2)
        office.desk.complete_training(ANN, session, None, office.act, Requirement(4))
    views = office.current_views()
    (counted,) = count_trainings(list_training_sessions(views))
    assert (counted.persons, counted.person_times, counted.minutes) == (1, 2, 240)
    (progress,) = list_training_progress(views, views.find_key(ANN) or 0)
    assert (progress.category, progress.minutes, progress.is_complete) == (CATEGORY, 240, True)


def test_modules_are_listed_until_the_training_is_complete(office: Office) -> None:
    """R-003: two of three modules are not complete."""
    office.enrol(ANN)
    requirement = Requirement(None, frozenset({"ethics", "regulations", "experience"}))
    for module in ("regulations", "ethics"):
        training = Training("basic", None, "2026-08-02", None, None, (module,))
        office.desk.complete_training(ANN, training, None, office.act, requirement)
    views = office.current_views()
    (progress,) = list_training_progress(views, views.find_key(ANN) or 0)
    assert (progress.modules, progress.minutes, progress.is_complete) == (["ethics", "regulations"], None, False)


def test_growth_training_is_open_after_a_year(office: Office) -> None:
    """R-074 and R-081: trained on 2025-11-19, eligible from 2026-11-19."""
    office.enrol(ANN)
    office.train(ANN, "basic", "2025-11-01")
    office.train(ANN, "special", "2025-11-19")
    office.enrol(BEN)
    office.train(BEN, "basic", "2025-01-01")
    assert candidates(office, "2026-11-18", "growth") == []
    assert candidates(office, "2026-11-19", "growth") == [ANN]
    office.train(ANN, "growth", "2026-11-25")
    assert candidates(office, "2026-11-24", "growth") == [ANN]
    assert candidates(office, "2026-11-25", "growth") == []


def test_a_leap_day_has_its_anniversary_on_1_march(office: Office) -> None:
    """R-081: so that a full year has passed."""
    office.enrol(ANN)
    office.train(ANN, "basic", "2024-02-29")
    office.train(ANN, "special", "2024-02-29")
    assert (candidates(office, "2025-02-28", "growth"), candidates(office, "2025-03-01", "growth")) == ([], [ANN])


def test_leadership_training_is_open_after_three_years_and_growth_training(office: Office) -> None:
    """R-075: with growth training on 2026-06-01 and two years and a half, not yet."""
    office.enrol(ANN)
    office.train(ANN, "basic", "2023-12-01")
    office.train(ANN, "special", "2023-12-01")
    assert candidates(office, "2026-12-01", "leadership") == []
    office.train(ANN, "growth", "2026-06-01")
    assert candidates(office, "2026-06-02", "leadership") == []
    assert candidates(office, "2026-11-30", "leadership") == []
    assert candidates(office, "2026-12-01", "leadership") == [ANN]


def test_who_is_without_basic_training_is_listed_with_what_was_lost(office: Office) -> None:
    """R-124, its example: enrolled 2026-09-01, 12 hours present, 12 hours not countable."""
    office.enrol(ANN, since="2026-09-01")
    office.issue(ANN)
    for number, day in enumerate(("2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28")):
        office.at("2026-09-02 08:00").schedule_shift(f"S{number}", f"{day} 09:00", "12:00", ANN)
        office.tap(ANN, f"{day} 08:55")
        office.tap(ANN, f"{day} 12:05")
    office.onboard(BEN)
    office.enrol(CAT, since="2026-09-01")
    office.end(CAT, "2026-09-30")
    office.at("2026-10-01 09:00")
    views, day = office.current_views(), date(2026, 10, 1).toordinal()
    (row,) = list_untrained(views, views.load_unit(), day)
    assert (row.volunteer, row.enrolled_on, row.days, row.lost_minutes) == (ANN, date(2026, 9, 1), 30, 12 * 60)
    office.train(ANN, "basic", "2026-09-30")
    views = office.current_views()
    assert list_untrained(views, views.load_unit(), day) == []
    assert len(list_untrained(views, views.load_unit(), day - 2)) == 2


def test_as_of_an_instant_the_ledger_is_as_the_log_said_then(office: Office) -> None:
    office.enrol(ANN)
    office.at("2026-09-01 08:00").train(ANN, "basic", "2026-08-01")
    with views_as_of(office.log, local_second("2026-08-31 08:00")) as views:
        assert list(list_training_sessions(views)) == []
    with views_as_of(office.log, local_second("2026-09-01 08:00")) as views:
        assert [row.date for row in list_training_sessions(views)] == [date(2026, 8, 1)]
