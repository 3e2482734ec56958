"""What counts as one presentation of a card."""

from itertools import accumulate, repeat

import pytest

from devices.readers.repeat_filter import RepeatFilter

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


def test_the_hold_forgets_what_is_gone() -> None:
    hold = RepeatFilter[int]()
    for card, at in enumerate(accumulate(repeat(0.5, 1000))):
        hold.is_new(card, at)
    assert len(hold._last_seen) == 2
