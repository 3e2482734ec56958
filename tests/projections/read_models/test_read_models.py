"""What the read models answer: hours, presence, absences, one's own day, replay."""

from datetime import date

import pytest

from domain.use_cases.unit_rules import UnitRules
from projections.engine.rebuild import replay
from projections.evaluation.attendance_state import find_duty_for_arrival
from projections.read_models.day_filter import DayFilter
from projections.read_models.duties import list_duties
from projections.read_models.presence import list_present
from projections.read_models.today import load_today
from tests.support.office import Office
from tests.support.people import ANN, BEN, CATEGORY, COORDINATOR, local_second


def in_at(office: Office, at: str) -> list[tuple[object, str | None]]:
    rules = UnitRules(office.log).load()
    rows = list_present(office.current_views(), rules.days, rules.policies, local_second(at))
    return [(row.volunteer, row.duty) for row in rows]


def served(office: Office, day: str, start: str = "09:00", end: str = "12:00") -> None:
    office.at("2026-10-01 08:00").schedule_shift(f"S {day}", f"{day} {start}", end, ANN)
    office.tap(ANN, f"{day} {start}")
    office.tap(ANN, f"{day} {end}")


def test_hours_add_up_by_month_and_category(office: Office) -> None:
    """R-028: by the month of the service day."""
    for day in ("2026-10-30", "2026-11-02", "2026-11-03"):
        served(office, day)
    assert [(row.minutes, row.duties) for row in office.list_hours()] == [(540, 3)]
    assert [(row.month, row.minutes) for row in office.list_hours(by_month=True)] == [
        ("2026-10", 180),
        ("2026-11", 360),
    ]
    assert [(row.category, row.duties) for row in office.list_hours(by_category=True)] == [(CATEGORY, 3)]


def test_a_duty_over_midnight_belongs_to_the_month_of_its_service_day(office: Office) -> None:
    """R-028 as decided: a visit belongs to the service day on which it began."""
    office.at("2026-10-01 08:00").schedule_shift("Night", "2026-11-30 22:00", "2026-12-01 02:00", ANN)
    office.tap(ANN, "2026-11-30 22:00")
    office.tap(ANN, "2026-12-01 02:00")
    assert [(row.month, row.minutes) for row in office.list_hours(by_month=True)] == [("2026-11", 240)]


def test_minutes_are_floored_before_they_are_summed(office: Office) -> None:
    """R-034: two duties of 2:34:30 are 308 minutes and not 309."""
    for day in ("2026-11-02", "2026-11-03"):
        served(office, day, end="11:34:30")
    assert [row.minutes for row in office.list_hours()] == [308]


def test_questions_can_be_narrowed_to_days_and_a_volunteer(office: Office) -> None:
    for day in ("2026-11-02", "2026-11-03", "2026-11-04"):
        served(office, day)
    views = office.current_views()
    narrow = DayFilter(date(2026, 11, 3), date(2026, 11, 4), views.find_key(ANN))
    assert [row.date.day for row in list_duties(views, narrow)] == [3, 4]
    assert list(list_duties(views, DayFilter(volunteer=views.find_key(BEN)))) == []


def test_somebody_is_in_from_the_check_in_to_the_check_out(office: Office) -> None:
    """The second of the check-out is already outside."""
    served(office, "2026-11-19")
    assert in_at(office, "2026-11-19 08:59:59") == []
    assert in_at(office, "2026-11-19 09:00:00") == [(ANN, "S 2026-11-19")]
    assert in_at(office, "2026-11-19 11:59:59") == [(ANN, "S 2026-11-19")]
    assert in_at(office, "2026-11-19 12:00:00") == []


def test_without_a_check_out_somebody_is_in_until_the_day_ends(office: Office) -> None:
    """Decision 8."""
    office.tap(ANN, "2026-11-19 20:00")
    assert in_at(office, "2026-11-20 03:59:59") == [(ANN, None)]
    assert in_at(office, "2026-11-20 04:00:00") == []


def test_nobody_is_in_twice(office: Office) -> None:
    """A second arrival without a departure between: the first visit is over, though nobody knows since when."""
    office.tap(ANN, "2026-11-19 09:00", direction="in")
    office.tap(ANN, "2026-11-19 10:00", direction="in")
    office.tap(ANN, "2026-11-19 11:00")
    assert [len(in_at(office, f"2026-11-19 {at}")) for at in ("09:59:59", "10:30", "11:30")] == [1, 1, 0]


def test_a_void_visit_shows_nobody(office: Office) -> None:
    """R-007."""
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-19 10:00").void_visit(ANN, "2026-11-19 09:00")
    assert in_at(office, "2026-11-19 10:30") == []


def test_an_excused_absence_names_who_excused_it(office: Office) -> None:
    """R-045."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.at("2026-11-20 09:00").excuse_absence("AM", ANN)
    assert [(row.volunteer, row.kind, row.excused_by) for row in office.list_absences()] == [
        (ANN, "leave", COORDINATOR),
        (BEN, "unexcused", None),
    ]


def test_at_the_door_people_learn_of_their_own_day(office: Office) -> None:
    """R-125: their duty, their minutes today and this month, and a check-out forgotten last time."""
    served(office, "2026-11-12")
    office.tap(ANN, "2026-11-13 09:00")
    served(office, "2026-11-19")
    views, day = office.current_views(), date(2026, 11, 19).toordinal()
    key = views.find_key(ANN)
    assert key is not None
    own = load_today(views, key, day)
    assert (own.minutes, own.month_minutes, own.forgot_last_time) == (180, 360, True)
    policy = UnitRules(office.log).load().policies.on(day)
    assert [
        find_duty_for_arrival(own.duties, local_second(f"2026-11-19 {at}"), policy) is None
        for at in ("07:00", "11:59", "12:00")
    ] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("table", ["visits", "duties"])
def test_replay_shows_rows_that_do_not_follow_from_the_events(office: Office, table: str) -> None:
    """R-126: a person wrote into the views by hand."""
    served(office, "2026-11-19")
    views = office.current_views()
    assert replay(office.log, views).differences == []
    next(views.rows(f"DELETE FROM {table}"), None)
    assert {difference.table for difference in replay(office.log, views).differences} == {table}
