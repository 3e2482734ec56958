"""By which events a row changed: those of its days and of what reaches into them, and no others (R-126)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, SETUP_LINES, BatchLine, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk

BEFORE, AFTER = "2026-12-03T08:00", "2026-12-03T12:00"
Find = Callable[[str, str], list[str]]


@pytest.fixture
def find_acts(simulation: Path, apply: Apply) -> Callable[..., Find]:
    """What was recorded before the third of December, and on it; gives the names of the events behind a row."""

    def compare(earlier: list[BatchLine], later: list[BatchLine]) -> Find:
        assert apply(simulation, *SETUP_LINES, *earlier, *later, tap(BEN, "12-03 12:00")).err == ""
        rows = ask(simulation, "difference", "--as-of", BEFORE, "--as-of", AFTER)
        replayed = run_kiosk("replay", "--as-of", BEFORE, "--format", "json", "--home", simulation)
        assert json.loads(replayed.out)["identical"], replayed.out
        assert all(row["events"] for row in rows), rows

        def find(view: str, day: str) -> list[str]:
            (events,) = {tuple(one["events"]) for one in rows if one["view"] == view and day in one["key"].values()}
            return [ask(simulation, "event", str(position))["name"] for position in events]

        return find

    return compare


def ask(home: Path, *words: str) -> Any:
    done = run_kiosk(*words, "--format", "json", "--home", home)
    assert done.err == ""
    return json.loads(done.out)


def close(check_in: str, check_out: str, at: str = "12-03 10:00", do: str = "close_visit") -> BatchLine:
    return coordinator_line(do, at, volunteer=ANN, check_in=f"2026-{check_in}", check_out=f"2026-{check_out}")


def void(check_in: str, at: str = "12-03 11:00") -> BatchLine:
    return coordinator_line("void_visit", at, volunteer=ANN, check_in=f"2026-{check_in}")


EARLY = [shift("E1", "12-02", ANN, hours="04:15-08:00"), tap(ANN, "12-02 03:55")]
"""A duty soon after the turn of the service day, and an arrival before it."""
CLOSED, VOIDED = "corrections.visit-closed", "corrections.visit-voided"


def test_a_duty_follows_from_the_closing_of_a_visit_that_began_the_day_before(find_acts: Callable[..., Find]) -> None:
    """Also where something of its own day was corrected."""
    find = find_acts(
        [*EARLY, tap(ANN, "12-02 08:00")], [void("12-02T08:00", "12-03 09:00"), close("12-02T03:55", "12-02T08:00")]
    )
    assert find("duties", "2026-12-02") == [VOIDED, CLOSED]


def test_a_duty_follows_from_the_void_of_a_visit_that_the_desk_had_closed_beyond_the_turn(
    find_acts: Callable[..., Find],
) -> None:
    find = find_acts([*EARLY, close("12-02T03:55", "12-02T08:00", "12-02 12:00")], [void("12-02T03:55")])
    assert (find("duties", "2026-12-02"), find("visits", "2026-12-01")) == ([VOIDED], [VOIDED])


def test_a_duty_follows_from_a_tap_before_the_turn_that_arrives_late(find_acts: Callable[..., Find]) -> None:
    late = EARLY[1] | {"recorded_at": "2026-12-03T09:00"}
    assert find_acts(EARLY[:1], [late])("duties", "2026-12-02") == ["attendance.checked-in"]


def test_a_visit_follows_from_a_change_of_the_duty_that_it_reaches(find_acts: Callable[..., Find]) -> None:
    moved = line("change_shift", "2026-12-03T09:00", shift="E1", start="2026-12-02T04:15", end="2026-12-02T06:00")
    find = find_acts([*EARLY, close("12-02T03:55", "12-02T08:00", "12-02 12:00")], [moved])
    assert find("visits", "2026-12-01") == ["shift.changed"]


def test_a_duty_over_the_turn_follows_from_a_visit_of_the_day_after(find_acts: Callable[..., Find]) -> None:
    span = {"start": "2026-11-30T22:00", "end": "2026-12-01T06:00"}
    night = line("schedule_shift", "2026-11-01T08:00", shift="N1", volunteers=[ANN], **span)
    find = find_acts([night], [close("12-01T05:00", "12-01T06:00", do="add_visit")])
    assert find("duties", "2026-11-30") == ["corrections.visit-added"]
    assert find("hours", "2026-11") == ["corrections.visit-added"]


def test_a_tap_just_before_the_turn_is_behind_the_one_that_it_absorbs(find_acts: Callable[..., Find]) -> None:
    """Decision 9: less than a minute after it another one changes nothing, whatever day it shows."""
    late = tap(ANN, "12-02 03:59:30") | {"recorded_at": "2026-12-03T09:00"}
    find = find_acts([tap(ANN, "12-02 04:00:10"), tap(ANN, "12-02 05:00")], [late])
    assert find("visits", "2026-12-02") == ["attendance.checked-in"]


def test_hours_of_a_month_follow_from_what_bears_on_that_month(find_acts: Callable[..., Find]) -> None:
    """The last day of one and the first of the next are a pair; so are a duty that begins in it and its visit."""
    served = [shift("S1", "11-30", ANN), tap(ANN, "11-30 09:00"), tap(ANN, "11-30 12:00"), *EARLY]
    find = find_acts(served, [void("11-30T09:00", "12-03 09:00"), close("12-02T03:55", "12-02T08:00")])
    assert (find("hours", "2026-11"), find("hours", "2026-12")) == ([VOIDED], [CLOSED])


def test_hours_of_december_follow_from_a_visit_that_is_filed_under_november(find_acts: Callable[..., Find]) -> None:
    early = [shift("E1", "12-01", ANN, hours="04:15-08:00"), tap(ANN, "12-01 03:55")]
    assert find_acts(early, [close("12-01T03:55", "12-01T08:00")])("hours", "2026-12") == [CLOSED]


def test_an_act_of_the_day_before_is_not_behind_a_row_that_nothing_reaches(find_acts: Callable[..., Find]) -> None:
    served = [shift("S1", "12-01", ANN), shift("S2", "12-02", ANN)]
    taps = [tap(ANN, f"{day} {at}") for day in ("12-01", "12-02") for at in ("09:00", "12:00")]
    moved = line("change_shift", "2026-12-03T10:00", shift="S2", start="2026-12-02T09:00", end="2026-12-02T11:00")
    find = find_acts([*served, *taps], [void("12-01T09:00", "12-03 09:00"), moved])
    assert (find("duties", "2026-12-01"), find("duties", "2026-12-02")) == ([VOIDED], ["shift.changed"])


# --- Several duties of one volunteer on a day ---

TWO_SHIFTS = [shift("S1", "12-02", ANN, hours="09:00-11:00"), shift("S2", "12-02", ANN, hours="10:00-12:00")]
STAYED = [tap(ANN, "12-02 09:00"), tap(ANN, "12-02 12:00")]
LATER = "2026-12-03T09:00"
BY_THE_OFFICE = {"by": "林主任", "reason": "on paper"}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (line("cancel_shift", LATER, shift="S1", reason="a typhoon"), "shift.cancelled"),
        (line("change_shift", LATER, shift="S1", start="2026-12-02T09:00", end="2026-12-02T10:00"), "shift.changed"),
        (line("swap", LATER, shift="S1", from_=ANN, to=BEN, retroactive=True, **BY_THE_OFFICE), "shift.handed-over"),
    ],
)
def test_a_duty_follows_from_a_change_of_another_one_that_took_its_minutes(
    find_acts: Callable[..., Find], change: BatchLine, name: str
) -> None:
    assert find_acts([*TWO_SHIFTS, *STAYED], [change])("duties", "S2") == [name]


def test_a_duty_follows_from_one_that_was_assigned_afterwards(find_acts: Callable[..., Find]) -> None:
    unstaffed = shift("S1", "12-02", hours="09:00-11:00")
    assigned = line("assign", LATER, shift="S1", volunteer=ANN)
    assert find_acts([unstaffed, TWO_SHIFTS[1], *STAYED], [assigned])("duties", "S2") == ["shift.assigned"]


def test_a_duty_follows_from_one_that_it_does_not_overlap_where_presence_outside_of_both_counts(
    find_acts: Callable[..., Find],
) -> None:
    """Without `cap_to_shift` what lies between and after them is of the first."""
    uncapped = line("adopt_policy", "2026-11-01T09:00", effective_from="2026-11-01", cap_to_shift=False)
    shifts = [shift("S1", "12-02", ANN, hours="09:00-10:00"), shift("S2", "12-02", ANN, hours="11:00-12:00")]
    find = find_acts([uncapped, *shifts, *STAYED], [line("cancel_shift", LATER, shift="S1", reason="a typhoon")])
    assert find("duties", "S2") == ["shift.cancelled"]


def test_a_duty_follows_from_a_visit_that_reaches_it_by_the_duty_of_the_night_before(
    find_acts: Callable[..., Find],
) -> None:
    """A visit without check-out may count up to the end of its duty; of a later one in it less is left for that."""
    generous = {"missing_checkout_credit": "shift_end", "effective_from": "2026-11-01", "cap_to_shift": False}
    span = {"start": "2026-12-01T22:00", "end": "2026-12-02T08:00"}
    night = line("schedule_shift", "2026-11-01T08:00", shift="N1", volunteers=[ANN], **span)
    lines = [
        line("adopt_policy", "2026-11-01T09:00", **generous),
        night,
        shift("S2", "12-02", ANN, hours="07:00-10:00"),
    ]
    taps = [tap(ANN, at) for at in ("12-01 22:00", "12-02 07:00", "12-02 10:30")]
    assert find_acts([*lines, *taps], [void("12-01T22:00")])("duties", "S2") == [VOIDED]


@pytest.mark.parametrize("view", ["absences", "duties"])
def test_what_has_the_same_minutes_as_before_follows_from_its_own_shift_alone(
    find_acts: Callable[..., Find], view: str
) -> None:
    """Minutes are all that a change of another one could take."""
    excused = coordinator_line("excuse_absence", "12-03 10:00", volunteer=ANN, shift="S2")
    find = find_acts(TWO_SHIFTS, [line("cancel_shift", LATER, shift="S1", reason="a typhoon"), excused])
    assert find(view, "S2") == ["shift.absence-excused"]


# --- What ends at the turn of the service day ---


def schedule_night(end: str) -> BatchLine:
    span = {"start": "2026-12-01T20:00", "end": f"2026-12-02T{end}"}
    return line("schedule_shift", "2026-11-01T08:00", shift="N1", volunteers=[ANN], **span)


@pytest.mark.parametrize(("end", "names"), [("04:00", [VOIDED]), ("04:01", [VOIDED, VOIDED])])
def test_the_days_of_a_duty_that_ends_at_the_turn_do_not_belong_together(
    find_acts: Callable[..., Find], end: str, names: list[str]
) -> None:
    """A minute later they do."""
    taps = [tap(ANN, at) for at in ("12-01 20:00", "12-02 03:59", "12-02 09:00", "12-02 12:00")]
    lines = [schedule_night(end), shift("S2", "12-02", ANN), *taps]
    find = find_acts(lines, [void("12-01T20:00", "12-03 10:00"), void("12-02T09:00")])
    assert find("visits", "2026-12-02") == names


def test_a_tap_at_the_very_turn_follows_from_the_visit_that_was_closed_up_to_it(find_acts: Callable[..., Find]) -> None:
    """It is the departure of that visit, though it shows the day after."""
    taps = [tap(ANN, at) for at in ("12-01 20:00", "12-02 04:00", "12-02 05:00")]
    find = find_acts([schedule_night("04:00"), *taps], [close("12-01T20:00", "12-02T04:00")])
    assert find("visits", "2026-12-02") == [CLOSED]


def test_a_tap_just_after_the_turn_follows_from_an_arrival_just_before_it(find_acts: Callable[..., Find]) -> None:
    """Less than a minute after an arrival that the desk entered it changes nothing."""
    arrived = coordinator_line("add_visit", "12-03 10:00", volunteer=ANN, check_in="2026-12-02T03:59:30")
    find = find_acts([tap(ANN, "12-02 04:00:10"), tap(ANN, "12-02 05:00")], [arrived])
    assert find("visits", "2026-12-02") == ["corrections.arrival-added"]


def test_a_tap_just_after_the_turn_follows_from_the_void_of_a_visit_just_before_it(
    find_acts: Callable[..., Find],
) -> None:
    voided = coordinator_line("void_visit", "12-02 04:00:05", volunteer=ANN, check_in="2026-12-02T03:59:30")
    taps = [tap(ANN, at) for at in ("12-02 03:59:30", "12-02 04:00:10", "12-02 05:00")]
    find = find_acts(taps, [voided | {"recorded_at": "2026-12-03T09:00"}])
    assert find("visits", "2026-12-02") == [VOIDED]
