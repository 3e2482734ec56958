"""Meetings and trainings: who came, who was on duty, and that nobody is absent (R-033, R-047, R-073, R-116)."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from domain.model.attendance import Attendance
from domain.model.unit_session import (
    AttendanceAddedAlready,
    NoSuchSession,
    NotInvited,
    SessionCancelled,
    SessionScheduledAlready,
    SessionTooLong,
    UnitSession,
)
from domain.policy import Policies
from domain.use_cases.unit_rules import UnitRules
from projections.engine.as_of import views_as_of
from projections.engine.rebuild import replay
from projections.read_models.day_filter import DayFilter
from projections.read_models.event_turnout import list_event_turnout
from projections.read_models.pending_work import list_pending
from projections.read_models.sessions import (
    count_attendance,
    list_session_attendance,
    list_sessions,
    sum_sessions,
)
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, CAT, local_second, local_time

DAY = "2026-11-24"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Ann and Ben serve by roster, Cat is flexible; the time is the eve of the meeting."""
    made = Office(tmp_path, ANN, BEN)
    made.onboard(CAT, "flexible")
    made.at("2026-11-23 17:00")
    return made


def states(office: Office) -> dict[str, dict[str, str]]:
    """Who was there, by session."""
    names, found = {ANN: "Ann", BEN: "Ben", CAT: "Cat"}, dict[str, dict[str, str]]()
    for row in list_session_attendance(office.current_views()):
        found.setdefault(row.session, {})[names[row.volunteer]] = row.state
    return found


def pending_kinds(office: Office) -> list[str]:
    policies: Policies = UnitRules(office.log).load().policies
    return [row.kind for row in list_pending(office.current_views(), office.log, policies)]


def test_who_is_present_attended_and_nobody_else_is_absent(office: Office) -> None:
    """R-116, R-123: the invited who do not come are not absent; R-033: no minute is service."""
    office.schedule_session("M1", f"{DAY} 10:00", "12:00")
    office.tap(ANN, f"{DAY} 09:55")
    office.tap(ANN, f"{DAY} 12:03")
    office.tap(CAT, f"{DAY} 10:20")
    office.at("2026-11-26 09:00")
    assert states(office) == {"M1": {"Ann": "attended", "Ben": "not_come", "Cat": "attended"}}
    (session,) = list_sessions(office.current_views())
    assert (session.invited, session.attended) == (3, 2)
    assert office.list_absences() == []
    assert [row.minutes for row in office.list_hours()] == []
    assert pending_kinds(office) == [], "a tap at a session waits for nobody, with a check-out and without"


def test_what_is_known_of_each_is_when_they_came_and_how_long_they_stayed(office: Office) -> None:
    office.schedule_session("M1", f"{DAY} 10:00", "12:00")
    office.tap(ANN, f"{DAY} 09:55")
    office.tap(ANN, f"{DAY} 11:30")
    office.tap(BEN, f"{DAY} 10:20")
    office.at("2026-11-26 09:00")
    rows = {row.volunteer: (row.arrived, row.minutes) for row in list_session_attendance(office.current_views())}
    assert rows[ANN] == (local_second(f"{DAY} 09:55"), 90)
    assert rows[BEN] == (local_second(f"{DAY} 10:20"), None)
    assert rows[CAT] == (None, None)


def test_a_volunteer_on_duty_serves_and_is_no_part_of_the_count(office: Office) -> None:
    """R-033: the duty wins for its minutes; who stays for the rest of the session attended it."""
    office.schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN)
    office.schedule_shift("EARLY", f"{DAY} 09:00", "10:30", BEN)
    office.schedule_session("M1", f"{DAY} 10:00", "12:00")
    for who in (ANN, BEN):
        office.tap(who, f"{DAY} 08:55")
        office.tap(who, f"{DAY} 12:05")
    office.at("2026-11-26 09:00")
    assert states(office) == {"M1": {"Ann": "on_duty", "Ben": "attended", "Cat": "not_come"}}
    assert {row.volunteer: row.minutes for row in office.list_hours()} == {ANN: 180, BEN: 90}
    (session,) = list_sessions(office.current_views())
    assert (session.invited, session.attended) == (2, 1)


def test_a_session_that_is_scheduled_afterwards_derives_the_day_again(office: Office) -> None:
    """And one that is called off gives it back: the order of arrival changes nothing."""
    office.tap(CAT, f"{DAY} 09:00")
    office.tap(CAT, f"{DAY} 12:00")
    office.tap(ANN, f"{DAY} 10:05")
    office.tap(ANN, f"{DAY} 12:00")
    office.at("2026-11-26 09:00")
    assert ({row.volunteer: row.minutes for row in office.list_hours()}, pending_kinds(office)) == (
        {CAT: 180},
        ["unscheduled"],
    )
    office.schedule_session("M1", f"{DAY} 10:00", "12:00")
    assert ({row.volunteer: row.minutes for row in office.list_hours()}, pending_kinds(office)) == ({CAT: 60}, [])
    assert states(office)["M1"] == {"Ann": "attended", "Ben": "not_come", "Cat": "attended"}
    assert replay(office.log, office.current_views()).differences == []
    office.at("2026-11-26 10:00").cancel_session("M1")
    assert ({row.volunteer: row.minutes for row in office.list_hours()}, pending_kinds(office)) == (
        {CAT: 180},
        ["unscheduled"],
    )
    assert (states(office), list_sessions(office.current_views())) == ({}, [])
    assert replay(office.log, office.current_views()).differences == []


def test_as_of_an_instant_a_session_is_as_the_log_said_then(office: Office) -> None:
    office.tap(ANN, f"{DAY} 10:05")
    office.tap(ANN, f"{DAY} 12:00")
    office.at("2026-11-26 09:00").schedule_session("M1", f"{DAY} 10:00", "12:00")
    with views_as_of(office.log, local_second("2026-11-25 09:00")) as views:
        assert list_sessions(views) == []
    with views_as_of(office.log, local_second("2026-11-26 09:00")) as views:
        assert [row.attended for row in list_sessions(views)] == [1]


def test_only_those_who_are_listed_are_invited(office: Office) -> None:
    office.schedule_session("M1", f"{DAY} 10:00", "12:00", BEN)
    office.tap(ANN, f"{DAY} 10:05")
    office.tap(ANN, f"{DAY} 12:00")
    office.at("2026-11-26 09:00")
    assert (states(office), pending_kinds(office)) == ({"M1": {"Ben": "not_come"}}, ["unscheduled"])


def test_a_volunteer_who_forgot_the_card_is_added_with_a_reason_and_taken_back(office: Office) -> None:
    """R-121."""
    office.schedule_session("M1", f"{DAY} 10:00", "12:00", ANN, BEN)
    office.at(f"{DAY} 13:00").add_session_attendance("M1", BEN)
    assert states(office) == {"M1": {"Ann": "not_come", "Ben": "attended"}}
    (row,) = [one for one in list_session_attendance(office.current_views()) if one.added]
    assert office.list_events(UnitSession.AttendanceAdded)[0].volunteer_id == row.volunteer
    assert row.added == office.log.head().position
    assert_refused(office, lambda it: it.add_session_attendance("M1", BEN), AttendanceAddedAlready(BEN, "M1"))
    assert_refused(office, lambda it: it.add_session_attendance("M1", CAT), NotInvited(CAT, "M1"))
    office.retract(row.added or 0)
    assert states(office) == {"M1": {"Ann": "not_come", "Ben": "not_come"}}


def test_a_void_visit_is_no_attendance(office: Office) -> None:
    """R-007."""
    office.schedule_session("M1", f"{DAY} 10:00", "12:00", ANN)
    office.tap(ANN, f"{DAY} 10:05")
    office.at("2026-11-26 09:00").annotate_misuse(ANN, f"{DAY} 10:05")
    assert states(office) == {"M1": {"Ann": "not_come"}}


def test_a_volunteer_who_does_not_serve_on_the_day_is_not_invited(office: Office) -> None:
    office.schedule_session("M1", f"{DAY} 10:00", "12:00")
    office.suspend(ANN, DAY)
    office.end(CAT, "2026-11-23")
    office.at("2026-11-26 09:00")
    assert states(office) == {"M1": {"Ben": "not_come"}}


def test_eight_of_ten_meetings_and_two_of_three_trainings(office: Office) -> None:
    """R-047 and R-061, their examples: 80 % of ten meetings in 2026; trainings beside them."""
    for month in range(1, 11):
        office.at(f"2026-{month:02d}-01 08:00").schedule_session(f"M{month}", f"2026-{month:02d}-15 10:00", "11:00")
        if month > 2:
            office.tap(ANN, f"2026-{month:02d}-15 09:58")
    for number in (1, 2, 3):
        office.at("2026-11-01 08:00")
        office.schedule_session(f"T{number}", f"2026-11-0{number + 1} 10:00", "12:00", ANN, kind="training", hours=2)
        if number < 3:
            office.tap(ANN, f"2026-11-0{number + 1} 10:00")
    office.at("2026-12-01 08:00")
    year = DayFilter(date(2026, 1, 1), date(2026, 12, 31))
    (ann,) = [row for row in count_attendance(office.current_views(), year) if row.volunteer == ANN]
    assert (ann.meetings_attended, ann.meetings, ann.trainings_attended, ann.trainings) == (8, 10, 2, 3)
    sessions = list_sessions(office.current_views(), year)
    meetings, trainings = sum_sessions(sessions)
    assert (meetings.kind, meetings.sessions, trainings.training, trainings.participants) == (
        "meeting",
        10,
        "in_service",
        2,
    )
    assert [(row.month, row.sessions) for row in sum_sessions(sessions, by_month=True)][:3] == [
        ("2026-01", 1),
        ("2026-02", 1),
        ("2026-03", 1),
    ]
    assert next(row for row in sessions if row.session == "M3").rate == 1 / 3


def test_two_liaison_meetings_of_27_and_25_come_to_52_participants(office: Office) -> None:
    """R-116, its example: each volunteer counts as often as they came. R-073 counts trainings in the same way."""
    people = [UUID(int=number << 96) for number in range(1, 28)]
    for who in people:
        office.onboard(who)
    for name, day, came in (("L1", "2026-11-25", 27), ("L2", "2026-11-26", 25)):
        office.schedule_session(name, f"{day} 14:00", "16:00", *people, kind="liaison_meeting")
        for who in people[:came]:
            office.tap(who, f"{day} 13:50")
    office.at("2026-11-27 09:00")
    (held,) = sum_sessions(list_sessions(office.current_views()))
    assert (held.kind, held.sessions, held.invited, held.participants) == ("liaison_meeting", 2, 54, 52)


def test_a_session_ends_after_it_begins_and_within_a_day(office: Office) -> None:
    start, end, longer = (local_time(f"2026-11-{at}") for at in ("24 10:00", "25 10:00", "25 10:00:01"))
    office.schedule_session("M1", f"{DAY} 10:00", "2026-11-25 10:00")
    assert end - start == office.list_events(UnitSession.Created)[0].end - start
    assert_refused(
        office,
        lambda it: it.schedule_session("M2", f"{DAY} 10:00", "2026-11-25 10:00:01"),
        SessionTooLong("M2", start, longer),
    )
    assert_refused(office, lambda it: it.schedule_session("M1", f"{DAY} 10:00", "11:00"), SessionScheduledAlready("M1"))
    assert_refused(office, lambda it: it.cancel_session("M9"), NoSuchSession("M9"))
    office.cancel_session("M1")
    assert_refused(office, lambda it: it.cancel_session("M1"), SessionCancelled("M1"))


def test_a_tap_at_a_session_is_a_tap_as_any_other(office: Office) -> None:
    """What it was shown as stands in its event; what it counts for is judged later."""
    office.schedule_session("M1", f"{DAY} 10:00", "12:00")
    assert office.tap(ANN, f"{DAY} 10:05").outcome == "checked_in"
    assert len(office.list_events(Attendance.CheckedIn)) == 1


def test_eleven_of_nineteen_come_to_an_event_and_the_eight_others_are_not_absent(tmp_path: Path) -> None:
    """R-123, its example: 57.9 %."""
    office, people = Office(tmp_path), [UUID(int=number << 96) for number in range(1, 20)]
    for who in people:
        office.onboard(who)
    office.at("2026-10-01 08:00").schedule_event("Fair", "2026-10-31 09:00", "12:00")
    for who in people[:11]:
        office.tap(who, "2026-10-31 08:55")
    office.at("2026-11-02 08:00")
    (turnout,) = list_event_turnout(office.current_views())
    assert (turnout.invited, turnout.came, round((turnout.rate or 0) * 100, 1)) == (19, 11, 57.9)
    assert office.list_absences() == []
