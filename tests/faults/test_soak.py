"""A queue that never ends: cards as fast as a reader can send them, hour after hour. None is lost, nothing swells."""

import os
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from domain.attendance import Tapped
from domain.log.event_log import EventLog
from domain.log.ours import OUR_NAMES
from tests.support.hall import Hall, visitors

LONG = os.environ.get("KIOSK_FAULTS") == "long"
ROUNDS = 50 if LONG else 1
PEOPLE = 200
WARM = 10
"""Rounds after which the program has all that it keeps."""
SWELLING = 6.0
"""Megabytes by which it may grow afterwards."""


def test_every_tap_of_a_queue_at_full_speed_is_in_the_log_and_the_program_does_not_swell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights: list[float] = []
    with Hall(tmp_path, visitors(PEOPLE)) as hall:
        for _ in range(ROUNDS):
            hall.everybody_taps()
            weights.append(hall.resident())
    taps = taps_in(hall.home / "log.db")
    with capsys.disabled():
        print(f"\nsoak: {ROUNDS * PEOPLE} taps, {taps.total()} in the log, {weights[-1]:.1f} MB")  # noqa: T201 - asked
    assert sorted(taps.values()) == [ROUNDS] * PEOPLE
    assert max(weights) - weights[:WARM][-1] < SWELLING


def taps_in(path: Path) -> Counter[str]:
    """How many taps of each card a log holds; the log is whole."""
    with closing(EventLog.open(path, OUR_NAMES)) as log:
        verdict = log.verify()
        assert verdict.whole, verdict.why
        events = (event for _, event in log.entries(limit=verdict.events))
        return Counter(event.card for event in events if isinstance(event, Tapped))
