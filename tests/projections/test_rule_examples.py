"""Worked examples of the rule book that run through several parts: the desk, the door, the night and the hours."""

from uuid import UUID

import pytest

from domain.model.planned_period import Plan
from domain.model.training import Training
from tests.support.office import Office
from tests.support.people import ANN, BEN, CATEGORY, STRANGER, local_time, span


def serve(office: Office, who: UUID, day: str, check_in: str, check_out: str) -> None:
    for at in (check_in, check_out):
        office.tap(who, f"{day} {at}")


def list_minutes(office: Office) -> list[tuple[str, int]]:
    return sorted((f"{row.date}", row.credited_minutes) for row in office.list_duties())


@pytest.mark.parametrize(
    ("swapped", "minutes", "absent"),
    [(True, [("2026-11-19", 180), ("2026-11-20", 180)], []), (False, [], [ANN, BEN])],
)
def test_a_swap_moves_hours_and_absences(
    office: Office, swapped: bool, minutes: list[tuple[str, int]], absent: list[UUID]
) -> None:
    """V-05, the example of R-025 and R-043: without the swap both presences count nothing, and both are absent."""
    office.at("2026-11-01 09:00")
    office.schedule_shift("Thursday", "2026-11-19 09:00", "12:00", ANN)
    office.schedule_shift("Friday", "2026-11-20 14:00", "17:00", BEN)
    if swapped:
        office.at("2026-11-17 18:00").swap("Thursday", ANN, BEN, "Friday")
    serve(office, BEN, "2026-11-19", "08:58", "12:01")
    serve(office, ANN, "2026-11-20", "13:55", "17:02")
    office.at("2026-11-21 05:00").reconcile("2026-11-19")
    office.reconcile("2026-11-20")
    assert [row for row in list_minutes(office) if row[1]] == minutes
    assert sorted(row.volunteer for row in office.list_absences()) == absent


@pytest.mark.parametrize("until", [None, "17:00"])
def test_hours_count_once_both_trainings_are_complete(office: Office, until: str | None) -> None:
    """V-09, the example of R-002: the morning before counts nothing, whether the training's end is known or its day."""
    office.at("2026-09-01 09:00").enrol(STRANGER)
    office.issue(STRANGER)
    office.at("2026-09-05 17:00").train(STRANGER, "basic", on="2026-09-05")
    for day in ("2026-09-16", "2026-09-18"):
        office.at("2026-09-06 09:00").schedule_shift(day, f"{day} 09:00", "12:00", STRANGER)
    serve(office, STRANGER, "2026-09-16", "09:00", "12:00")
    ends = local_time(f"2026-09-16 {until}") if until else None
    training = Training("special", CATEGORY, None if until else "2026-09-16", ends, None)
    office.at("2026-09-16 17:00").desk.complete_training(STRANGER, training, None, office.act)
    serve(office, STRANGER, "2026-09-18", "09:00", "12:00")
    assert list_minutes(office) == [("2026-09-16", 0), ("2026-09-18", 180)]


def test_hours_of_another_category_count_from_its_own_training(office: Office) -> None:
    """The example of R-005: three hours of health, those after the training of health; the duty before says why."""
    for day in ("2026-03-04", "2026-05-13"):
        plan = Plan(*span(f"{day} 09:00", "12:00"), category="衛生")
        office.at("2026-03-01 09:00").desk.schedule_shift(day, plan, [ANN], office.act)
        serve(office, ANN, day, "09:00", "12:00")
        training = Training("special", "衛生", "2026-03-15", None, None)
        if day == "2026-03-04":
            office.at("2026-03-15 17:00").desk.complete_training(ANN, training, None, office.act)
    assert list_minutes(office) == [("2026-03-04", 0), ("2026-05-13", 180)]
    assert [(row.category, row.minutes) for row in office.list_hours(by_category=True)] == [("衛生", 180)]
