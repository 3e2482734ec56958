"""The watch over a clock: steps, and the moment at which it is right again. Every clock here is a made-up one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import NO_BOOT, OK, SIMULATED, UNKNOWN, UNSYNCHRONISED, Reading
from domain.model.kiosk_clock import SECOND_NS, ClockStep
from domain.model.step_detector import ClockChange, StepDetector

BOOTED = datetime(2026, 11, 19, 1, tzinfo=UTC)
OFFSET_NS = round(BOOTED.timestamp()) * SECOND_NS
MINUTE = 60.0


def shows(up_for: float, wrong_by: float = 0, trust: str = OK, boot: str = "boot-1") -> Reading:
    """A machine that has run for so many seconds, whose wall clock is wrong by so many."""
    at = BOOTED + timedelta(seconds=up_for + wrong_by)
    return Reading(at, trust, boot, round(up_for * SECOND_NS), OFFSET_NS + round(wrong_by * SECOND_NS))


def noticed(*readings: Reading, guard: StepDetector | None = None) -> list[ClockChange]:
    guard = guard or StepDetector()
    return [found for reading in readings if (found := guard.observe(reading))]


# --- Steps ---


@pytest.mark.parametrize(
    ("seconds", "is_step"),
    [
        pytest.param(-63, True, id="a person sets it back by a minute"),
        pytest.param(54 * 365.25 * 86_400, True, id="fifty-four years on"),
        pytest.param(2, False, id="two seconds are none"),
        pytest.param(2.001, True, id="a little more is one"),
        pytest.param(-2, False, id="nor two seconds back"),
        pytest.param(-2.001, True, id="a little more back is one"),
    ],
)
def test_a_step_is_a_change_of_more_than_two_seconds(seconds: float, is_step: bool) -> None:
    found = noticed(shows(10), shows(11, seconds))
    assert bool(found) is is_step
    if found:
        after_ns = OFFSET_NS + round(seconds * SECOND_NS)
        assert found[0].step == ClockStep(OFFSET_NS, after_ns, 11 * SECOND_NS)


def test_a_clock_that_is_slewed_to_the_right_time_makes_no_step() -> None:
    """The kernel lets wall and boot clock run faster alike; what is left between them are trifles a second."""
    assert noticed(*(shows(second, second * 0.0005) for second in range(7_200))) == []


@given(st.lists(st.floats(-2, 2), max_size=30))
def test_no_change_of_two_seconds_or_less_between_two_looks_is_a_step(changes: list[float]) -> None:
    wrong_by = [0.0]
    for change in changes:
        wrong_by.append(round(wrong_by[-1] + change * 0.999, 9))
    assert noticed(*(shows(second, wrong) for second, wrong in enumerate(wrong_by))) == []


@pytest.mark.parametrize(
    "reading", [shows(11, 600, boot=NO_BOOT), Reading(BOOTED, SIMULATED, "simulation", 0), Reading(BOOTED, OK, "b", 1)]
)
def test_a_reading_without_a_boot_clock_shows_nothing(reading: Reading) -> None:
    assert noticed(shows(10), reading) == []


# --- Right again ---


def test_when_the_kernel_vouches_again_the_step_says_how_far_behind_the_clock_was() -> None:
    """5 h 51 min."""
    wrong = [shows(second, -21_060, UNSYNCHRONISED) for second in (10, 20)]
    (found,) = noticed(*wrong, shows(21))
    assert (found.behind, found.since_ns, found.reading.trust) == (21_060, 20 * SECOND_NS, OK)
    assert found.step == ClockStep(OFFSET_NS - 21_060 * SECOND_NS, OFFSET_NS, 21 * SECOND_NS)


def test_a_clock_that_was_right_all_the_time_was_behind_by_nothing() -> None:
    """Its taps need not wait any longer: that is news, though there is no step."""
    (found,) = noticed(shows(10, 0, UNSYNCHRONISED), shows(11))
    assert (found.behind, found.step) == (0, None)


@pytest.mark.parametrize(("before", "after"), [(OK, UNSYNCHRONISED), (UNKNOWN, OK), (UNSYNCHRONISED, UNKNOWN)])
def test_only_from_unsynchronised_to_vouched_for_is_right_again(before: str, after: str) -> None:
    assert noticed(shows(10, trust=before), shows(11, trust=after)) == []


def test_a_step_while_nobody_vouches_is_a_step_and_no_correction() -> None:
    """A person set it by hand, who knows how well."""
    (found,) = noticed(shows(10, -21_060, UNSYNCHRONISED), shows(11, -300, UNSYNCHRONISED))
    assert (found.behind, found.step is not None) == (None, True)


# --- Earlier than the last tap of an earlier session ---

FLOOR = round(BOOTED.timestamp()) + 30


@pytest.mark.parametrize(("up_for", "trust"), [(29, UNSYNCHRONISED), (30, OK)])
def test_a_clock_before_the_last_tap_of_an_earlier_session_is_not_believed(up_for: float, trust: str) -> None:
    """Even where the kernel is content with it."""
    assert StepDetector(FLOOR).rate(shows(up_for)).trust == trust


def test_once_disbelieved_a_clock_must_be_set_before_it_is_believed() -> None:
    """It does not become right by running past the last tap."""
    guard = StepDetector(FLOOR)
    assert noticed(shows(10), shows(50), guard=guard) == []
    assert guard.rate(shows(60)).trust == UNSYNCHRONISED
    (found,) = noticed(shows(61, 3_600), guard=guard)
    assert (found.behind, found.reading.trust) == (3_600, OK)
    assert guard.rate(shows(62, 3_600)).trust == OK


def test_a_clock_that_is_set_to_before_the_last_tap_again_is_still_not_believed() -> None:
    guard = StepDetector(FLOOR + 7_200)
    (found,) = noticed(shows(10), shows(11, 3_600), guard=guard)
    assert (found.behind, found.reading.trust) == (None, UNSYNCHRONISED)
