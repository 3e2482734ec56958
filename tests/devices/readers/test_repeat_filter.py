"""What counts as one presentation of a card."""

from itertools import accumulate, repeat

import pytest

from devices.readers.repeat_filter import (
    LIES_AFTER_SECONDS,
    LONGEST_MEMORY,
    LYING_HOLD_SECONDS,
    RepeatFilter,
    compute_hold,
)

HELD_FOR_A_MINUTE = [(0.05 * frame, "ann") for frame in range(1200)]
ALTERNATING = [(0.1 * tap, ("ann", "ben")[tap % 2]) for tap in range(20)]
FLAKY = [(at, "ann") for at in accumulate([0.3, 0.9, 0.6] * 20)]


@pytest.mark.parametrize(
    ("sights", "presented"),
    [
        pytest.param([(0.0, "ann")], ["ann"], id="a card"),
        pytest.param(HELD_FOR_A_MINUTE, ["ann"], id="a card that lies on the reader"),
        pytest.param(ALTERNATING, ["ann", "ben"], id="two cards that alternate"),
        pytest.param(FLAKY, ["ann"], id="a coupling that fails for up to 0.9 seconds"),
        pytest.param([(0.0, "ann"), (0.999, "ann")], ["ann"], id="back within the second"),
        pytest.param([(0.0, "ann"), (1.0, "ann")], ["ann", "ann"], id="back after a second"),
        pytest.param([(0.0, "ann"), (0.9, "ben"), (1.1, "ann")], ["ann", "ben", "ann"], id="one stays, one leaves"),
    ],
)
def test_a_card_is_presented_once_until_it_was_gone_for_a_second(
    sights: list[tuple[float, str]], presented: list[str]
) -> None:
    hold = RepeatFilter[str]()
    assert [card for at, card in sights if hold.is_new(card, at)] == presented


def test_a_shorter_hold_counts_from_now_on_and_so_does_the_one_before() -> None:
    hold = RepeatFilter[str](4.5)
    assert hold.is_new("ann", 0.0)
    hold.set_hold(1.0)
    assert not hold.is_new("ann", 0.5)
    assert hold.is_new("ann", 1.5)
    hold.set_hold(4.5)
    assert not hold.is_new("ann", 5.5)
    assert hold.is_new("ann", 10.0)


def test_the_hold_forgets_what_is_gone() -> None:
    hold = RepeatFilter[int]()
    for card, at in enumerate(accumulate(repeat(0.5, 1000))):
        hold.is_new(card, at)
    assert len(hold._last_seen) == 2


def present(hold: RepeatFilter[str], *sights: float, card: str = "ann") -> list[float]:
    """When a card was new, of the times at which it was seen."""
    return [at for at in sights if hold.is_new(card, at)]


@pytest.mark.parametrize("interval", [2.0, 2.5, 3.0])
def test_a_card_that_a_slow_reader_repeats_all_day_is_one_presentation(interval: float) -> None:
    day = [interval * reading for reading in range(10_000)]
    assert present(RepeatFilter[str](compute_hold(3.0)), *day) == [0.0]


def test_a_second_tap_counts_when_the_card_was_gone_for_half_as_long_again_as_the_reader_repeats() -> None:
    assert present(RepeatFilter[str](compute_hold(3.0)), 0.0, 4.4, 8.9) == [0.0, 8.9]


def test_a_reader_that_repeats_twenty_times_a_second_holds_a_card_for_a_second() -> None:
    assert (compute_hold(0.05), compute_hold(0.0)) == (1.0, 1.0)


def build_lying_card() -> tuple[RepeatFilter[str], float]:
    """A card that has been seen for as long as it takes to be one that lies there, and when it was last seen."""
    hold = RepeatFilter[str]()
    sights = [0.5 * reading for reading in range(int(2 * LIES_AFTER_SECONDS) + 1)]
    assert present(hold, *sights) == [0.0]
    return hold, sights[-1]


def test_a_card_that_lies_there_is_not_new_when_another_covered_it() -> None:
    hold, last = build_lying_card()
    assert present(hold, last + 1.0, last + 3.0, card="ben") == [last + 1.0, last + 3.0]
    assert present(hold, last + LYING_HOLD_SECONDS - 0.1) == []


def test_a_card_that_lay_there_is_new_when_it_was_gone_for_longer() -> None:
    hold, last = build_lying_card()
    assert present(hold, last + LYING_HOLD_SECONDS) == [last + LYING_HOLD_SECONDS]


def test_a_card_that_was_seen_for_less_than_ten_seconds_does_not_lie_there() -> None:
    hold = RepeatFilter[str]()
    assert present(hold, *(0.9 * reading for reading in range(11)), 10.5) == [0.0, 10.5]


def test_the_time_in_which_nothing_could_be_read_is_no_absence() -> None:
    hold, last = build_lying_card()
    hold.skip(3600)
    assert present(hold, last + 3601) == []


def test_it_is_known_since_when_a_card_lies_there() -> None:
    hold, last = build_lying_card()
    assert (hold.find_lying_since(last), hold.find_lying_since(last + LYING_HOLD_SECONDS)) == (0.0, None)


def test_noise_that_never_repeats_is_not_remembered_without_end() -> None:
    hold = RepeatFilter[int]()
    assert all(hold.is_new(card, at=0.0) for card in range(10 * LONGEST_MEMORY))
    assert len(hold._last_seen) == LONGEST_MEMORY


def test_a_flood_does_not_make_a_card_new_that_lies_there() -> None:
    hold, last = build_lying_card()
    for other in range(2 * LONGEST_MEMORY):
        hold.is_new(f"noise {other}", last)
    assert present(hold, last + 1.0) == []
