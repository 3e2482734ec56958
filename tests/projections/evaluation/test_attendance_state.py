"""Attendance of a duty, by the pure functions: who is in, for what, and when a departure is overdue."""

from typing import NamedTuple

import pytest

from domain.policy import Policy
from domain.spans import Second
from projections.evaluation.attendance_state import (
    OVERDUE_AFTER,
    Attendance,
    EventSpan,
    TimeSpan,
    evaluate_attendance,
    find_current,
    find_presence,
    find_presence_kind,
    find_release,
    is_attendance_of,
)

HOUR = 3_600
DAY_START = 4 * HOUR
DUTY = TimeSpan(9 * HOUR, 12 * HOUR)


class Visit(NamedTuple):
    """From a check-in to a check-out, or to nothing yet."""

    check_in: Second
    check_out: Second | None = None


def state(*visits: Visit, now: Second, excused: bool = False) -> tuple[str, int]:
    """How the volunteer of the duty stands to it, and how late."""
    (found,) = evaluate([DUTY], *visits, now=now, excused=excused)
    return found.state, found.late_minutes


def evaluate(duties: list[TimeSpan], *visits: Visit, now: Second, excused: bool = False) -> list[Attendance]:
    """How the volunteer of these duties stands to each of them."""
    presence = find_presence([visit for visit in visits if visit.check_in <= now], duties, Policy(), now, DAY_START)
    return [evaluate_attendance(duty, presence, Policy(), is_excused=excused) for duty in duties]


def test_the_last_visit_decides_who_is_in() -> None:
    """A later one took the place of an open one; an open one ends with its service day."""
    first, second = Visit(9 * HOUR), Visit(10 * HOUR, 11 * HOUR)
    assert find_current([first], 10 * HOUR, DAY_START) is first
    assert find_current([first, second], 11 * HOUR - 1, DAY_START) is second
    assert find_current([first, second], 11 * HOUR, DAY_START) is None
    assert find_current([Visit(DAY_START - 1)], DAY_START, DAY_START) is None


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (12 * HOUR - 1, ("here", 0)),
        (12 * HOUR + OVERDUE_AFTER - 1, ("here", 0)),
        (12 * HOUR + OVERDUE_AFTER, ("no_check_out", 0)),
    ],
)
def test_a_departure_is_overdue_half_an_hour_after_the_last_duty(now: Second, stands: tuple[str, int]) -> None:
    """R-035."""
    assert state(Visit(9 * HOUR), now=now) == stands


def test_an_open_visit_from_before_the_window_serves_and_counts_once_it_is_closed_and_overlaps() -> None:
    """Decision 5 says what counts; the volunteer, who is in, is `here` meanwhile."""
    came = 8 * HOUR
    assert not is_attendance_of(Visit(came), DUTY, Policy())
    assert [state(Visit(came), now=now) for now in (came, 12 * HOUR)] == [("here", 0), ("here", 0)]
    assert state(Visit(came), now=12 * HOUR + OVERDUE_AFTER) == ("no_check_out", 0)
    assert state(Visit(came, 10 * HOUR), now=10 * HOUR) == ("left", 0)
    assert state(Visit(came, 9 * HOUR), now=10 * HOUR) == ("late", 60)


@pytest.mark.parametrize(
    ("came", "now", "states"),
    [
        (7, 7 * HOUR, ["here", "expected", "expected"]),
        (7, 13 * HOUR + 1_800 - 1, ["here", "expected", "expected"]),
        (7, 13 * HOUR + 1_800, ["here", "here", "expected"]),
        (7, 18 * HOUR, ["here", "here", "here"]),
        (12, 12 * HOUR, ["absent", "here", "expected"]),
        (17, 17 * HOUR, ["absent", "absent", "here"]),
        (21, 21 * HOUR, ["absent", "absent", "absent"]),
    ],
)
def test_who_is_in_serves_what_has_begun_or_is_about_to_and_else_the_next(
    came: int, now: Second, states: list[str]
) -> None:
    duties = [DUTY, TimeSpan(14 * HOUR, 17 * HOUR), TimeSpan(18 * HOUR, 21 * HOUR)]
    assert [found.state for found in evaluate(duties, Visit(came * HOUR), now=now)] == states


def test_an_excused_absence_is_leave_until_they_come_after_all() -> None:
    """R-045."""
    assert state(now=10 * HOUR, excused=True) == ("on_leave", 0)
    assert state(Visit(10 * HOUR), now=10 * HOUR, excused=True) == ("here", 60)


def test_a_break_makes_nobody_late_and_an_open_visit_under_a_later_one_has_no_departure() -> None:
    assert state(Visit(9 * HOUR, 10 * HOUR), Visit(11 * HOUR), now=11 * HOUR) == ("here", 0)
    assert state(Visit(9 * HOUR), Visit(12 * HOUR, 13 * HOUR), now=13 * HOUR) == ("no_check_out", 0)


@pytest.mark.parametrize(
    ("visit", "kind"),
    [
        (Visit(8 * HOUR), "shift"),
        (Visit(12 * HOUR - 1), "shift"),
        (Visit(12 * HOUR), "event"),
        (Visit(8 * HOUR, 9 * HOUR), "unplanned"),
        (Visit(8 * HOUR, 9 * HOUR + 1), "shift"),
        (Visit(13 * HOUR, 18 * HOUR), "unplanned"),
        (Visit(13 * HOUR, 18 * HOUR + 1), "event"),
        (Visit(20 * HOUR), "unplanned"),
    ],
)
def test_a_closed_visit_must_overlap_what_it_was_for_and_an_open_one_may_yet_reach_it(visit: Visit, kind: str) -> None:
    """R-023, R-024."""
    event = EventSpan[int](18 * HOUR, 20 * HOUR, [1])
    assert find_presence_kind(visit, [DUTY], [event], 1, is_flexible=False) == kind


@pytest.mark.parametrize(("listed", "kind"), [(None, "event"), ([1], "event"), ([2], "flexible"), ([], "flexible")])
def test_an_event_is_for_everybody_or_for_those_listed(listed: list[int] | None, kind: str) -> None:
    """An empty list invites no volunteer."""
    event = EventSpan(9 * HOUR, 12 * HOUR, listed)
    assert find_presence_kind(Visit(9 * HOUR), [], [event], 1, is_flexible=True) == kind


def test_what_was_handed_over_stays_so_when_it_is_cancelled() -> None:
    assert [find_release("handed_over", cancelled=True), find_release("on_leave", cancelled=True)] == [
        "handed_over",
        "cancelled",
    ]
    assert [find_release("on_leave", cancelled=False), find_release("excused", cancelled=False)] == ["on_leave", None]
