"""The turn of the service day decides under which day a visit is filed, and nothing else (decision 8)."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import TAIPEI
from domain.errors import NoSuchVisit
from domain.spans import Second, instant
from domain.use_cases.unit_rules import UnitRules
from projections.read_models.presence import list_present
from tests.faults.result_table import LONG
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, local_second, local_time


def list_outcomes(office: Office) -> list[tuple[str, str, int]]:
    return [(row.shift, row.outcome, row.late_minutes) for row in office.list_duties()]


def list_minutes(office: Office) -> list[tuple[str, str, int]]:
    return [(format_local(row.check_in), row.status, row.credited_minutes) for row in office.list_visits()]


def format_local(at: Second) -> str:
    return f"{instant(at).astimezone(TAIPEI):%m-%d %H:%M}"


# --- A duty soon after the turn ---


@pytest.mark.parametrize(("arrives", "outcome"), [("03:45", "attended"), ("03:44", "absent")])
def test_a_volunteer_who_comes_before_the_turn_for_a_duty_after_it_came(
    office: Office, arrives: str, outcome: str
) -> None:
    """R-020: within the early window of 30 minutes; the visit stands under the day before."""
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-20 04:15", "08:00", ANN)
    office.tap(ANN, f"2026-11-20 {arrives}")
    office.at("2026-11-20 03:50")
    views, rules = office.current_views(), UnitRules(office.log).load()
    (present,) = list_present(views, rules.days, rules.policies, local_second("2026-11-20 03:50"))
    assert present.duty == ("S1" if outcome == "attended" else None)
    assert list_outcomes(office) == [("S1", "attended" if outcome == "attended" else "upcoming", 0)]
    office.at("2026-11-20 12:00")
    assert [row.outcome for row in office.list_duties()] == ["no_check_out" if outcome == "attended" else "absent"]
    assert [row.date.day for row in office.list_visits()] == [19]


def test_a_visit_over_the_turn_that_the_desk_closes_is_credited_for_the_duty(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-20 04:15", "08:00", ANN)
    office.tap(ANN, "2026-11-20 03:55")
    office.at("2026-11-20 12:00").close_visit(ANN, "2026-11-20 03:55", "08:00")
    assert list_outcomes(office) == [("S1", "attended", 0)]
    assert list_minutes(office) == [("11-20 03:55", "closed", 225)]


def test_a_wider_window_counts_from_when_it_is_adopted(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-20 05:00", "08:00", ANN)
    office.tap(ANN, "2026-11-20 03:30")
    office.at("2026-11-21 12:00")
    assert [row.outcome for row in office.list_duties()] == ["absent"]
    office.adopt_policy("2026-11-20", checkin_window_before_start_min=90)
    assert [row.outcome for row in office.list_duties()] == ["no_check_out"]


# --- Opening hours that go on ---


@contextmanager
def open_office(folder: Path, opens: tuple[dict[str, object], ...] = ()) -> Iterator[Office]:
    """An office of a flexible Ann and a rostered Ben."""
    office = Office(folder)
    office.onboard(ANN, "flexible")
    office.onboard(BEN)
    try:
        yield office
    finally:
        office.close_down()


@pytest.mark.parametrize("comes_again", [False, True])
def test_opening_hours_that_go_on_over_the_turn_go_on(tmp_path: Path, *, comes_again: bool) -> None:
    """R-026: from three to 06:41 in a unit that is always open are 221 minutes, also who comes again."""
    with open_office(tmp_path) as office:
        office.at("2026-11-21 10:00").add_visit(ANN, "2026-11-20 03:00", "2026-11-20 06:41")
        if comes_again:
            office.add_visit(ANN, "2026-11-20 10:00", "2026-11-20 11:00")
        assert list_minutes(office)[0] == ("11-20 03:00", "closed", 221)
        assert sum(row.minutes for row in office.list_hours()) == 221 + 60 * comes_again


def test_a_visit_over_the_end_of_a_month_stands_in_its_first_month_beside_one_of_the_next_day(tmp_path: Path) -> None:
    """R-028: half a minute on each side of the turn is not put together; hours and visits agree, month by month."""
    with open_office(tmp_path) as office:
        office.at("2026-12-01 20:00").add_visit(ANN, "2026-12-01 03:00:00", "2026-12-01 06:00:30")
        office.add_visit(ANN, "2026-12-01 10:00:00", "2026-12-01 11:00:30")
        assert [row[2] for row in list_minutes(office)] == [180, 60]
        assert [(row.month, row.minutes) for row in office.list_hours(by_month=True)] == [
            ("2026-11", 180),
            ("2026-12", 60),
        ]


# --- Events ---


def test_an_event_written_down_after_a_visit_that_reaches_into_it_counts(office: Office) -> None:
    """R-023: the visit began on the day before the event."""
    office.at("2026-11-21 10:00").add_visit(ANN, "2026-11-20 03:00", "2026-11-20 06:00")
    assert list_minutes(office) == [("11-20 03:00", "closed", 0)]
    office.at("2026-11-22 09:00").schedule_event("Fair", "2026-11-20 05:00", "07:00")
    assert list_minutes(office) == [("11-20 03:00", "closed", 60)]


def test_what_is_earned_at_an_event_over_the_end_of_a_month_stands_in_the_month_of_the_visit(office: Office) -> None:
    """R-023, R-028: hours and visits agree, month by month."""
    office.at("2026-11-01 08:00").schedule_event("Fair", "2026-11-30 09:00", "2026-12-01 18:00")
    for day, out in (("2026-11-30", "11:00"), ("2026-12-01", "10:30")):
        office.tap(ANN, f"{day} 10:00")
        office.tap(ANN, f"{day} {out}")
    hours = {row.month: (row.minutes, row.duties) for row in office.list_hours(by_month=True)}
    assert hours == {"2026-11": (60, 1), "2026-12": (30, 1)}
    assert [(row.minutes, row.duties) for row in office.list_hours()] == [(90, 1)]


# --- The turn is moved ---


def test_a_correction_made_before_the_turn_was_moved_stands_and_a_visit_stays_correctable(office: Office) -> None:
    office.at("2026-11-01 08:00").schedule_shift("S1", "2026-11-20 01:00", "03:30", ANN)
    office.tap(ANN, "2026-11-20 01:00")
    office.at("2026-11-20 12:00").close_visit(ANN, "2026-11-20 01:00", "2026-11-20 03:00")
    office.at("2026-11-21 12:00").adopt_policy("2026-11-01", day_ends_at="00:30:00")
    assert list_minutes(office) == [("11-20 01:00", "closed", 120)]
    office.void_visit(ANN, "2026-11-20 01:00")
    office.add_visit(ANN, "2026-11-20 01:00", "2026-11-20 03:30")
    assert list_minutes(office) == [("11-20 01:00", "void", 0), ("11-20 01:00", "closed", 150)]
    office.at("2026-11-22 12:00").adopt_policy("2026-11-01", day_ends_at="04:00:00")
    assert list_minutes(office) == [("11-20 01:00", "void", 0), ("11-20 01:00", "closed", 150)]
    office.void_visit(ANN, "2026-11-20 01:00")
    assert [row.status for row in office.list_visits()] == ["void", "void"]
    no_visit = NoSuchVisit(ANN, local_time("2026-11-20 02:00"))
    assert_refused(office, lambda office: office.void_visit(ANN, "2026-11-20 02:00"), no_visit)


def test_the_door_counts_what_stood_before_the_turn_was_moved(office: Office) -> None:
    """A tap at one in the morning is of another day since the turn is at half past midnight."""
    office.at("2026-11-19 12:00")
    office.tap(ANN, "2026-11-20 01:00")
    office.at("2026-11-20 01:05").adopt_policy("2026-11-01", day_ends_at="00:30:00")
    assert office.tap(ANN, "2026-11-20 02:00").outcome == "checked_out"
    office.at("2026-11-20 02:10").void_visit(ANN, "2026-11-20 01:00")
    office.at("2026-11-20 02:11").adopt_policy("2026-11-01", day_ends_at="04:00:00")
    assert office.tap(ANN, "2026-11-20 02:20").outcome == "checked_in"


# --- Whatever happens ---


class History(NamedTuple):
    """What happens on three days, in minutes of a day; presence avoids four o'clock and noon."""

    stays: list[tuple[int, int, int]]
    """Day, arrival and departure."""
    shifts: list[tuple[int, int, int]]
    voided: set[int]
    """Which stays are annulled."""
    added: bool
    moves_late: bool
    """The turn is moved once everything is recorded."""
    is_flexible: bool


PERIODS = ((5 * 60, 11 * 60), (13 * 60, 19 * 60), (20 * 60, 27 * 60))
"""Morning, afternoon, and evening until three."""


@st.composite
def histories(draw: st.DrawFn) -> History:
    stays: list[tuple[int, int, int]] = []
    for day in range(3):
        for first, last in PERIODS:
            if draw(st.booleans()):
                start = draw(st.integers(first, last - 20))
                stays.append((day, start, draw(st.integers(start + 5, last))))
    spans = st.tuples(st.integers(0, 2), st.integers(0, 30 * 60), st.integers(30, 6 * 60))
    shifts = [(day, start, start + length) for day, start, length in draw(st.lists(spans, max_size=3))]
    voided = draw(st.sets(st.integers(0, 8), max_size=2))
    return History(stays, shifts, voided, draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))


def at_minute(day: int, minute: int) -> str:
    return f"2026-11-{17 + day + minute // 1440:02d} {minute % 1440 // 60:02d}:{minute % 60:02d}"


def live_through(office: Office, history: History, ends_at: str) -> tuple[object, ...]:
    who = ANN if history.is_flexible else BEN
    office.at("2026-11-01 08:00").schedule_event("Fair", "2026-11-18 21:00", "2026-11-19 02:00")
    for number, (day, start, end) in enumerate(history.shifts):
        office.schedule_shift(f"S{number}", at_minute(day, start), at_minute(day, end), who)
    if not history.moves_late:
        office.adopt_policy("2024-01-02", day_ends_at=ends_at)
    for day, start, end in history.stays:
        office.tap(who, at_minute(day, start))
        office.tap(who, at_minute(day, end))
    office.at("2026-11-22 12:00")
    if history.moves_late:
        office.adopt_policy("2024-01-02", day_ends_at=ends_at)
    for number in history.voided:
        if number < len(history.stays):
            office.void_visit(who, at_minute(*history.stays[number][:2]))
    if history.added:
        office.add_visit(who, "2026-11-20 22:00", "2026-11-21 02:00")
    visits = [(row.check_in, row.check_out, row.status, row.credited_minutes) for row in office.list_visits()]
    duties = [
        (row.shift, row.outcome, row.late_minutes, row.early_minutes, row.credited_minutes)
        for row in office.list_duties()
    ]
    return visits, sorted(duties), sum(row.minutes for row in office.list_hours())


@settings(max_examples=100 if LONG else 8, deadline=None)
@given(histories())
def test_moving_the_turn_to_an_hour_without_presence_changes_no_minute(history: History) -> None:
    """Decision 8: neither before anything is recorded, nor after."""
    found: list[object] = []
    for ends_at in ("04:00:00", "12:00:00"):
        with tempfile.TemporaryDirectory() as folder, open_office(Path(folder)) as office:
            found.append(live_through(office, history, ends_at))
    assert found[0] == found[1]
