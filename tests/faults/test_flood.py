"""A reader that floods: cards without end, as fast as its line takes them. None is lost, nothing swells."""

import os
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from devices.profiles.registry import find_profile
from devices.readers.events import CardPresented, ReaderEvent, ReaderReady
from devices.readers.serial_reader import SerialReader
from devices.simulated.scenario import ScenarioBuilder
from devices.simulated.scenario_player import Player
from devices.simulated.scripted_reader import ScriptedReader
from tests.devices.readers.listener import NINE
from tests.faults.result_table import LONG
from tests.support.waiting import wait_until

ROUNDS = 20 if LONG else 2
CARDS = 10_000 if LONG else 2_000
WARM = 2 if LONG else 1
"""Rounds after which the program has all that it keeps."""
SWELLING = 2.0
"""Megabytes by which it may grow afterwards."""

PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6


class Counting:
    """A program that only counts."""

    def __init__(self) -> None:
        self.cards = 0
        self.others: Counter[str] = Counter()

    def post(self, event: ReaderEvent) -> None:
        if isinstance(event, CardPresented):
            self.cards += 1
        elif not isinstance(event, ReaderReady):
            self.others[repr(event)] += 1

    def has(self, cards: int) -> bool:
        return self.cards >= cards

    def describe(self, cards: int) -> str:
        return f"{self.cards} of {cards}"


def resident() -> float:
    """Megabytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


def test_of_a_flood_no_card_is_lost_and_the_program_does_not_swell(capsys: pytest.CaptureFixture[str]) -> None:
    counting, weights = Counting(), []
    profile = find_profile("rdm6300")
    with ScriptedReader() as scripted:
        reader = SerialReader("door", scripted.port, profile, counting.post, now=lambda: NINE)
        reader.start()
        assert scripted.wait_until_opened()
        for turn in range(1, ROUNDS + 1):
            Player(scripted, profile).play(ScenarioBuilder(profile, seed=turn).flood(CARDS))
            wait_until(partial(counting.has, CARDS * turn), describe_failure=partial(counting.describe, CARDS * turn))
            weights.append(resident())
        reader.stop()
    with capsys.disabled():
        print(f"\nflood: {counting.cards} cards, {weights[-1]:.1f} MB")  # noqa: T201 - asked
    assert (counting.cards, counting.others) == (CARDS * ROUNDS, Counter())
    assert max(weights) - weights[WARM - 1] < SWELLING
