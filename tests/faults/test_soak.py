"""A queue that never ends: cards as fast as a reader can send them, hour after hour. None is lost, nothing swells."""

from collections import Counter
from contextlib import closing
from pathlib import Path

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.model.attendance import TapEvent
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.support.entrance_process import EntranceProcess, visitors

ROUNDS = 50 if LONG else 1
PEOPLE = 200
WARM = 10
"""Rounds after which the program has all that it keeps."""
SWELLING = 6.0
"""Megabytes by which it may grow afterwards."""


def test_every_tap_of_a_queue_at_full_speed_is_in_the_log_and_the_program_does_not_swell(
    tmp_path: Path,
) -> None:
    weights: list[float] = []
    with EntranceProcess(tmp_path, visitors(PEOPLE)) as hall:
        for _ in range(ROUNDS):
            hall.tap_everyone()
            weights.append(hall.resident_megabytes())
    taps = taps_in(hall.home / "log.db")
    lost = ROUNDS * PEOPLE - taps.total()
    FAULT_RESULTS.append(
        FaultResult("a queue at full speed", 0, ROUNDS * PEOPLE, lost, f"the program weighs {weights[-1]:.1f} MB")
    )
    assert sorted(taps.values()) == [ROUNDS] * PEOPLE
    assert max(weights) - weights[:WARM][-1] < SWELLING


def taps_in(path: Path) -> Counter[str]:
    """How many taps of each card a log holds; the log is whole."""
    with closing(open_sqlite_log(path, REGISTERED_NAMES)) as log:
        verdict = log.verify()
        assert verdict.whole, verdict
        events = (event for _, event in log.read_entries(limit=verdict.events))
        return Counter(event.card for event in events if isinstance(event, TapEvent))
