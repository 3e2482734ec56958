"""R-027: shifts of a post that a visiting desk serves lie inside its sessions; each boundary as a pair."""

from collections.abc import Callable

import pytest

from domain.errors import DomainError, EndsBeforeStart
from domain.model.desk_sessions import (
    DeskSessionOverlaps,
    DeskSessions,
    DeskSessionTooLong,
    NoDeskSession,
    NoSuchDeskSession,
)
from domain.model.planned_period import Plan
from domain.model.shift import Shift
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, NOTE, local_time, span

POST = "新住民服務台"
WEDNESDAY, THURSDAY = "2026-11-18", "2026-11-19"
Times = tuple[str, str]


@pytest.fixture
def visited(office: Office) -> Office:
    """The immigration desk is there on Wednesday from 9 to 12."""
    office.at("2026-11-01 09:00")
    schedule_session(f"{WEDNESDAY} 09:00", "12:00")(office)
    return office


def schedule_session(start: str, end: str) -> Callable[[Office], None]:
    return lambda office: office.desk.schedule_desk_session(POST, *span(start, end), office.act)


def cancel_session(start: str) -> Callable[[Office], None]:
    return lambda office: office.desk.cancel_desk_session(POST, local_time(start), NOTE, office.act)


def schedule_shift(start: str, end: str, post: str | None = POST, name: str = "S1") -> Callable[[Office], None]:
    return lambda office: office.desk.schedule_shift(name, Plan(*span(start, end), post=post), [ANN], office.act)


def no_session(start: str, end: str, name: str = "S1") -> DomainError:
    return NoDeskSession(name, POST, *span(start, end))


def test_a_shift_is_allowed_while_the_desk_is_there_and_refused_on_another_day(visited: Office) -> None:
    """R-027, its example."""
    schedule_shift(f"{WEDNESDAY} 09:00", "12:00")(visited)
    other_day = (f"{THURSDAY} 09:00", "12:00")
    assert_refused(visited, schedule_shift(*other_day, name="S2"), no_session(*other_day, name="S2"))
    assert [shift.shift for shift in visited.list_events(Shift.Created)] == ["S1"]


@pytest.mark.parametrize(
    ("inside", "outside"),
    [(("09:00", "10:00"), ("08:59:59", "10:00")), (("11:00", "12:00"), ("11:00", "12:00:01"))],
)
def test_to_the_second_a_shift_begins_and_ends_with_the_session(visited: Office, inside: Times, outside: Times) -> None:
    """R-027"""
    start, end = f"{WEDNESDAY} {outside[0]}", outside[1]
    assert_refused(visited, schedule_shift(start, end), no_session(start, end))
    schedule_shift(f"{WEDNESDAY} {inside[0]}", inside[1])(visited)


def test_a_shift_may_go_over_two_sessions_that_meet_and_over_no_gap(visited: Office) -> None:
    """R-027"""
    over = (f"{WEDNESDAY} 11:00", "14:00")
    schedule_session(f"{WEDNESDAY} 12:00:01", "15:00")(visited)
    assert_refused(visited, schedule_shift(*over), no_session(*over))
    cancel_session(f"{WEDNESDAY} 12:00:01")(visited)
    schedule_session(f"{WEDNESDAY} 12:00", "15:00")(visited)
    schedule_shift(*over)(visited)


def test_a_shift_is_not_moved_out_of_the_session(visited: Office) -> None:
    """R-027"""
    schedule_shift(f"{WEDNESDAY} 09:00", "12:00")(visited)
    moved = (f"{THURSDAY} 09:00", "12:00")
    assert_refused(visited, lambda office: office.change_shift("S1", *moved), no_session(*moved))
    visited.change_shift("S1", f"{WEDNESDAY} 10:00", "12:00")


@pytest.mark.parametrize("post", ["櫃檯", None])
def test_posts_without_a_calendar_are_planned_as_ever(visited: Office, post: str | None) -> None:
    schedule_shift(f"{THURSDAY} 09:00", "12:00", post)(visited)


def test_a_post_is_compared_as_people_read_it(office: Office) -> None:
    """The letter é, composed and in two parts."""
    times = (f"{WEDNESDAY} 09:00", "12:00")
    office.at("2026-11-01 09:00").desk.schedule_desk_session("caf\u00e9", *span(*times), office.act)
    outside = (f"{WEDNESDAY} 13:00", "14:00")
    refused = NoDeskSession("S1", "cafe\u0301", *span(*outside))
    assert_refused(office, schedule_shift(*outside, "cafe\u0301"), refused)


def test_a_session_that_is_called_off_leaves_its_shifts_and_allows_no_other(visited: Office) -> None:
    """R-027: the post still has a calendar. The session may be put back."""
    schedule_shift(f"{WEDNESDAY} 09:00", "12:00")(visited)
    cancel_session(f"{WEDNESDAY} 09:00")(visited)
    second = (f"{WEDNESDAY} 09:00", "10:00")
    assert_refused(visited, schedule_shift(*second, name="S2"), no_session(*second, name="S2"))
    assert visited.list_duties()[0].outcome == "upcoming"
    schedule_session(f"{WEDNESDAY} 09:00", "12:00")(visited)
    schedule_shift(*second, name="S2")(visited)


def test_presence_outside_the_session_is_unscheduled(visited: Office) -> None:
    """R-027, R-024: the shift is inside the session, so one who stays longer earns nothing more."""
    schedule_shift(f"{WEDNESDAY} 09:00", "12:00")(visited)
    visited.tap(ANN, f"{WEDNESDAY} 08:50")
    visited.tap(ANN, f"{WEDNESDAY} 12:30")
    (visit,) = visited.at(f"{THURSDAY} 08:00").list_visits()
    assert visit.credited_minutes == 180
    assert {stretch[2] for stretch in visit.uncredited} == {"unscheduled"}


def test_sessions_that_cannot_be_are_refused(visited: Office) -> None:
    whole_day, longer = f"{THURSDAY} 09:00", "2026-11-20 09:00:01"
    refusals: list[tuple[Callable[[Office], None], DomainError]] = [
        (schedule_session(f"{THURSDAY} 09:00", "09:00"), EndsBeforeStart(*span(f"{THURSDAY} 09:00", "09:00"))),
        (schedule_session(whole_day, longer), DeskSessionTooLong(POST, *span(whole_day, longer))),
        (
            schedule_session(f"{WEDNESDAY} 11:59:59", "13:00"),
            DeskSessionOverlaps(POST, *span(f"{WEDNESDAY} 09:00", "12:00")),
        ),
        (cancel_session(f"{WEDNESDAY} 10:00"), NoSuchDeskSession(POST, local_time(f"{WEDNESDAY} 10:00"))),
    ]
    for action, refusal in refusals:
        assert_refused(visited, action, refusal)
    schedule_session(f"{WEDNESDAY} 12:00", "13:00")(visited)
    schedule_session(whole_day, "2026-11-20 09:00")(visited)
    assert len(visited.list_events(DeskSessions.Scheduled)) == 3
