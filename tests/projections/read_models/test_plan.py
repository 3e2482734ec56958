"""Read model: planned duties, how far they cover the half-days (R-040), and what speaks against one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from projections.projectors.unit_rules import read_unit
from projections.read_models.plan import (
    Coverage,
    Planned,
    PlannedDuty,
    find_planned_duty,
    list_last_duties,
    list_planned_duties,
    list_planned_starts,
    measure_coverage,
)
from projections.read_models.plan_conflicts import REMARKS, Conflict, ConflictKind, find_conflicts, load_plan_facts
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, NOTE, local_second, local_time, span

DAY = "2026-11-19"
MONDAY, SUNDAY = date(2026, 11, 16).toordinal(), date(2026, 11, 22).toordinal()


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Office]:
    """Ann and Ben are trained; Ann has the morning of a Thursday."""
    office = Office(tmp_path, ANN, BEN)
    office.at("2026-11-01 09:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    yield office
    office.close_down()


def propose(start: str, end: str, *who: UUID, shift: str = "NEW", post: str | None = None) -> PlannedDuty:
    """A duty that is not saved."""
    starts = local_second(start)
    day = date.fromisoformat(start[:10])
    people = tuple(Planned(one, "responsible") for one in who)
    return PlannedDuty(
        shift, day.toordinal(), starts, local_second(f"{day} {end}"), post, None, is_cancelled=False, people=people
    )


def compare(office: Office, *duties: PlannedDuty) -> dict[str, list[Conflict]]:
    unit = read_unit(office.log, None)
    views = office.current_views()
    return find_conflicts(duties, load_plan_facts(views, unit, duties, local_second("2026-11-01 09:00")))


def find_kinds(office: Office, *duties: PlannedDuty) -> set[ConflictKind]:
    return {conflict.kind for conflicts in compare(office, *duties).values() for conflict in conflicts}


# --- What is planned ---


def test_a_duty_names_everybody_and_how_they_stand_to_it(planned: Office) -> None:
    planned.swap("AM", ANN, BEN)
    planned.request_leave("AM", BEN)
    duty = find_planned_duty(planned.current_views(), "AM")
    assert duty is not None
    assert set(duty.people) == {Planned(ANN, "handed_over"), Planned(BEN, "on_leave")}
    assert (duty.responsible, duty.is_vacant) == ([], True)
    planned.enrol(CAT)
    planned.assign("AM", CAT)
    duty = find_planned_duty(planned.current_views(), "AM")
    assert duty is not None
    assert (duty.responsible, duty.is_vacant) == ([CAT], False)


def test_a_cancelled_duty_is_not_vacant(planned: Office) -> None:
    planned.cancel_shift("AM")
    (duty,) = list_planned_duties(planned.current_views(), MONDAY, SUNDAY)
    assert (duty.is_cancelled, duty.is_vacant) == (True, False)


def leave_service(office: Office, how: str, last_day: date) -> None:
    """Ann serves until the end of a day."""
    if how == "suspended":
        office.suspend(ANN, f"{last_day + timedelta(days=1)}")
    else:
        office.end(ANN, f"{last_day}")


@pytest.mark.parametrize("how", ["suspended", "agreement_ended"])
@pytest.mark.parametrize(("last_day", "serves"), [("2026-11-18", False), (DAY, True)])
def test_a_duty_of_a_volunteer_who_is_not_in_service_on_its_day_is_vacant(
    planned: Office, how: str, last_day: str, serves: bool
) -> None:
    """R-040: as the roster and the outcome of the duty have it; the duty stays theirs until it is taken from them."""
    leave_service(planned, how, date.fromisoformat(last_day))
    unit, views = read_unit(planned.log, None), planned.current_views()
    duty = find_planned_duty(views, "AM")
    assert duty is not None
    assert list_planned_duties(views, MONDAY, SUNDAY) == [duty]
    assert (duty.people, duty.assigned) == ((Planned(ANN, "responsible" if serves else "not_in_service"),), [ANN])
    assert (duty.responsible, duty.is_vacant) == (([ANN], False) if serves else ([], True))
    assert measure_coverage(list_planned_starts(views, MONDAY, SUNDAY), unit, MONDAY, SUNDAY).covered == serves
    assert list_last_duties(views, MONDAY) == ({ANN: duty.start} if serves else {})
    assert [one.kind for one in compare(planned, duty)["AM"]] == ([] if serves else [how])


def test_a_duty_is_filled_again_once_the_volunteer_resumes(planned: Office) -> None:
    planned.suspend(ANN, "2026-11-10")
    planned.resume(ANN, DAY)
    duty = find_planned_duty(planned.current_views(), "AM")
    assert duty is not None
    assert duty.responsible == [ANN]


def test_a_cancelled_duty_says_who_was_responsible(planned: Office) -> None:
    planned.cancel_shift("AM")
    duty = find_planned_duty(planned.current_views(), "AM")
    assert duty is not None
    assert duty.people == (Planned(ANN, "responsible"),)


def test_a_duty_that_was_changed_in_the_read_models_is_not_shown_as_filled(planned: Office) -> None:
    """Who is in service is read from the duties, which are compared with their digests."""
    planned.suspend(ANN, DAY)
    views = planned.current_views()
    with closing(sqlite3.connect(views.file)) as other, other:
        other.execute("UPDATE duties SET outcome = 'upcoming'")
    duty = find_planned_duty(views, "AM")
    assert duty is not None
    assert duty.is_vacant


def test_the_days_of_a_plan_include_the_first_and_the_last(planned: Office) -> None:
    views, day = planned.current_views(), date.fromisoformat(DAY).toordinal()
    assert [duty.shift for duty in list_planned_duties(views, day, day)] == ["AM"]
    assert list_planned_duties(views, day + 1, day + 7) == list_planned_duties(views, day - 7, day - 1) == []
    assert find_planned_duty(views, "NONE") is None


# --- Coverage ---


def test_nine_of_ten_half_days_of_a_week_are_covered(office: Office) -> None:
    """R-040: the example of the rule: from 16 to 20 November only Wednesday afternoon has nobody."""
    office.at("2026-11-01 09:00").import_closed_days("2026-11-21", "2026-11-22")
    for day in range(16, 21):
        office.schedule_shift(f"{day}A", f"2026-11-{day} 09:00", "12:00", ANN)
        office.schedule_shift(f"{day}P", f"2026-11-{day} 14:00", "17:00", *([ANN] if day != 18 else []))
    unit, starts = read_unit(office.log, None), list_planned_starts(office.current_views(), MONDAY, SUNDAY)
    assert measure_coverage(starts, unit, MONDAY, SUNDAY) == Coverage(needed=10, covered=9)


def test_a_half_day_counts_once_however_many_posts_it_has(planned: Office) -> None:
    """R-040: it is covered as soon as one volunteer is responsible; a duty on a closed day wants one too, unless it is
    cancelled."""
    planned.schedule_shift("AM2", f"{DAY} 09:00", "12:00")
    planned.schedule_shift("SAT", "2026-11-21 09:00", "12:00")
    planned.schedule_shift("SUN", "2026-11-22 09:00", "12:00", ANN)
    planned.cancel_shift("SUN")
    unit, views = read_unit(planned.log, None), planned.current_views()
    starts = list_planned_starts(views, MONDAY, SUNDAY)
    assert measure_coverage(starts, unit, MONDAY, SUNDAY) == Coverage(needed=11, covered=1)


# --- What speaks against a duty ---


def test_a_duty_without_a_conflict_has_none(planned: Office) -> None:
    """R-041: three hours in a week are what is wanted, neither more nor less."""
    assert find_kinds(planned, propose("2026-11-26 09:00", "12:00", ANN)) == set()


@pytest.mark.parametrize(("start", "is_double"), [("11:59", True), ("12:00", False)])
def test_two_duties_at_one_time_are_a_double_booking(planned: Office, start: str, is_double: bool) -> None:
    found = find_kinds(planned, propose(f"{DAY} {start}", "13:00", ANN, post="other"))
    assert ("double" in found) == is_double


def test_proposed_duties_are_compared_with_each_other(planned: Office) -> None:
    morning = "2026-11-26 09:00"
    first = propose(morning, "12:00", BEN, shift="1", post="front")
    second = propose(morning, "12:00", BEN, shift="2", post="back")
    assert compare(planned, first, second)["1"][0] == Conflict("double", BEN, second)
    assert "occupied" in find_kinds(planned, first, second._replace(post="front"))


def test_a_post_that_has_its_volunteer_is_said(planned: Office) -> None:
    """R-040"""
    assert find_kinds(planned, propose(f"{DAY} 09:00", "12:00", BEN)) == {"occupied"}


@pytest.mark.parametrize(("day", "kind"), [("2026-11-21", "weekend"), ("2026-11-20", "holiday"), ("2026-11-18", None)])
def test_a_closed_day_is_said(planned: Office, day: str, kind: ConflictKind | None) -> None:
    """R-048"""
    planned.import_closed_days("2026-11-20", "2026-11-21")
    assert find_kinds(planned, propose(f"{day} 09:00", "12:00", BEN)) == ({kind} if kind else set())


@pytest.mark.parametrize(("end", "kinds"), [("12:00", set[str]()), ("12:01", {"no_desk_session"})])
def test_a_duty_outside_the_sessions_of_the_desk_at_its_post_is_said(
    planned: Office, end: str, kinds: set[str]
) -> None:
    """R-027; a post without a calendar has none, one whose sessions were all called off has."""
    planned.desk.schedule_desk_session("desk", *span("2026-11-26 09:00", "12:00"), planned.act)
    planned.desk.schedule_desk_session("other", *span("2026-11-26 09:00", "12:00"), planned.act)
    planned.desk.cancel_desk_session("other", local_time("2026-11-26 09:00"), NOTE, planned.act)
    duty = propose("2026-11-26 10:00", end, post="desk")
    assert find_kinds(planned, duty) == kinds
    assert find_kinds(planned, duty._replace(post="other")) == {"no_desk_session"}
    assert find_kinds(planned, duty._replace(post="front")) == find_kinds(planned, duty._replace(post=None)) == set()


def test_who_is_on_leave_that_day_is_said(planned: Office) -> None:
    planned.request_leave("AM", ANN)
    found = compare(planned, propose(f"{DAY} 14:00", "17:00", ANN))["NEW"]
    assert [(one.kind, one.volunteer, one.other and one.other.shift) for one in found] == [("leave", ANN, "AM")]


def test_a_standing_counts_from_its_day_on(planned: Office) -> None:
    planned.suspend(BEN, "2026-11-27")
    planned.end(BEN, "2026-12-03")
    days = {"2026-11-26": set[str](), "2026-11-27": {"suspended"}, "2026-12-04": {"agreement_ended"}}
    assert {day: find_kinds(planned, propose(f"{day} 09:00", "12:00", BEN)) for day in days} == days


def test_a_training_that_is_missing_is_said(planned: Office) -> None:
    """R-002, R-005: basic training first, then the special one of the category."""
    planned.enrol(CAT)
    duty = propose("2026-11-26 09:00", "12:00", CAT)
    assert find_kinds(planned, duty) == {"before_training"}
    planned.train(CAT, "basic")
    assert find_kinds(planned, duty) == {"no_special_training"}
    planned.adopt_policy("2026-11-26", require_training=False)
    assert find_kinds(planned, duty) == set()


def test_a_week_of_more_than_its_hours_is_said(planned: Office) -> None:
    """R-041: Ann has three hours on Thursday; Monday of the week after is another week."""
    found = compare(planned, propose("2026-11-20 09:00", "09:01", ANN))["NEW"]
    assert [(one.kind, one.minutes) for one in found] == [("week_over", 181)]
    assert find_kinds(planned, propose("2026-11-23 09:00", "12:00", ANN)) == set()
    planned.adopt_policy("2026-11-16", weekly_target_minutes=181)
    assert find_kinds(planned, propose("2026-11-20 09:00", "09:01", ANN)) == set()


def test_a_week_of_less_is_said_where_the_whole_week_is_planned(planned: Office) -> None:
    """R-041: a week that is planned in part, or has a holiday, has no target."""
    monday, friday = (propose(f"2026-11-{day} 09:00", "10:00", BEN, shift=str(day)) for day in (23, 27))
    assert find_kinds(planned, monday, friday) == {"week_under"}
    assert find_kinds(planned, monday) == set()
    planned.import_closed_days("2026-11-25")
    assert find_kinds(planned, monday, friday) == set()


def test_a_time_that_is_past_is_said(planned: Office) -> None:
    assert "past" in find_kinds(planned, propose("2026-10-30 09:00", "12:00", BEN))


def test_a_remark_is_no_reason_to_leave_a_duty_out() -> None:
    assert {"before_training", "no_special_training", "week_over", "week_under"} == REMARKS
