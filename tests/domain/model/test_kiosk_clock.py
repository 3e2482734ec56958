"""When a tap counts that was read on a wrong clock: by which correction, whatever came first."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.kiosk_clock import SECOND_NS, ClockCorrection, apply_corrections
from domain.spans import Second

BOOTED = 1_795_000_000
SHOWN, UP_FOR = BOOTED - 21_000 + 60, 60 * SECOND_NS
"""A clock that was 21,000 s behind, a minute after the boot."""


def measured(until: int, anchor: int = BOOTED) -> ClockCorrection:
    """After `until` seconds the clock was right; then it showed that the machine was booted at `anchor`."""
    return ClockCorrection(anchor + until, 21_000, anchor * SECOND_NS, until * SECOND_NS)


def said(seconds: int, at: Second = 0, place: int = 0) -> ClockCorrection:
    return ClockCorrection(at, seconds, position=place)


def test_without_a_correction_a_tap_counts_at_what_the_clock_showed() -> None:
    assert apply_corrections(SHOWN, UP_FOR, []) == (SHOWN, None)


@pytest.mark.parametrize(("until", "at"), [(61, BOOTED + 60), (60, SHOWN)])
def test_a_measurement_holds_for_the_taps_before_it(until: int, at: Second) -> None:
    assert apply_corrections(SHOWN, UP_FOR, [measured(until)])[0] == at


def test_a_measurement_counts_from_the_boot_however_often_the_clock_was_set_meanwhile() -> None:
    for shown in (SHOWN, SHOWN + 3_600, 0):
        assert apply_corrections(shown, UP_FOR, [measured(100)])[0] == BOOTED + 60


def test_of_two_measurements_the_next_after_the_tap_counts() -> None:
    """The reference was lost and found again: the clock may have drifted until then."""
    assert apply_corrections(SHOWN, UP_FOR, [measured(900, BOOTED + 5), measured(100)])[0] == BOOTED + 60


def test_what_somebody_states_outweighs_a_measurement_and_a_later_word_an_earlier_one() -> None:
    known = [said(3_600, at=2), measured(100), said(60, at=1)]
    assert apply_corrections(SHOWN, UP_FOR, known) == (SHOWN + 3_600, known[0])


@pytest.mark.parametrize(("earlier", "later"), [(60, 3_600), (3_600, 60)])
def test_of_two_words_in_one_second_the_one_that_was_recorded_later_counts(earlier: int, later: int) -> None:
    known = [said(later, at=1, place=8), said(earlier, at=1, place=7)]
    assert apply_corrections(SHOWN, UP_FOR, known) == (SHOWN + later, known[0])


corrections = st.builds(
    ClockCorrection,
    st.integers(0, 9),
    st.integers(-99, 99),
    st.none() | st.just(BOOTED * SECOND_NS),
    st.integers(0, 10**12),
    st.integers(0, 3),
)


@given(st.lists(corrections, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_corrections_become_known_changes_nothing(
    known: list[ClockCorrection], chance: random.Random
) -> None:
    shuffled = [*known]
    chance.shuffle(shuffled)
    assert apply_corrections(SHOWN, UP_FOR, shuffled) == apply_corrections(SHOWN, UP_FOR, known)
