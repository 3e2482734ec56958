"""A reader that sends distinct valid codes without a pause: the door hears the next card, and the log stays small."""

import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from devices.protocols.em4100 import encode
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.model.attendance import RefusedTaps
from kiosk.status.run import run_checks
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.kiosk.conftest import list_topics
from tests.support.entrance_process import EntranceProcess, visitors
from tests.support.waiting import wait_until

FRAMES = 45_500 if LONG else 10_000
PIECE = 100
"""Frames that are sent at once."""
MOST_EVENTS = 40
"""Ten refusals, and sums of two reasons for each of a few minutes."""
MOST_MEGABYTES = 30.0
"""By which the program may grow."""


@pytest.fixture
def entrance(tmp_path: Path) -> Iterator[EntranceProcess]:
    with EntranceProcess(tmp_path, visitors(1)) as entrance:
        yield entrance


def build_flood(frames: int, seed: int) -> Iterator[bytes]:
    """Valid frames with numbers drawn at random, in pieces."""
    drawn = random.Random(seed)  # noqa: S311 - the same noise every time, not a secret
    for _ in range(frames // PIECE):
        yield b"".join(encode(drawn.randbytes(5)) for _ in range(PIECE))


def count_refusals(home: Path) -> int:
    """Refusals in the log, summed ones too."""
    log = open_sqlite_log(home / "log.db", REGISTERED_NAMES)
    events = [entry.event for entry in log.read_entries(limit=10_000)]
    log.close()
    refused = [event for event in events if isinstance(event, RefusedTaps.TapRefused)]
    return sum(event.count if isinstance(event, RefusedTaps.RefusalsSummed) else 1 for event in refused)


def test_after_a_flood_of_valid_codes_the_next_card_is_answered(entrance: EntranceProcess) -> None:
    events, weight = len(list_topics(entrance.home)), entrance.resident_megabytes()
    (ann,) = entrance.people
    for piece in build_flood(FRAMES, seed=1):
        entrance.reader.send_all(piece)
    ended = monotonic()
    entrance.reader.send_all(ann.frame)
    entrance.terminal.wait_for_drawn_text(ann.masked_name)
    waited = monotonic() - ended
    entrance.terminal.wait_for_text("讀取異常")
    (noise,) = (check for check in run_checks(entrance.home) if check.name == "reader_noise")
    assert not noise.ok
    grown = entrance.resident_megabytes() - weight
    entrance.terminal.send_signal(signal.SIGTERM)
    assert entrance.terminal.wait_for_exit() == 0
    refused, written = count_refusals(entrance.home), len(list_topics(entrance.home)) - events
    remark = f"answered after {waited:.2f} s, {written} events, {grown:.0f} MB"
    ATTACK_RESULTS.append(AttackResult("distinct valid codes without a pause", FRAMES, refused, 0, remark))
    assert (refused, written <= MOST_EVENTS, grown < MOST_MEGABYTES) == (FRAMES, True, True)


def has_reached_the_door(entrance: EntranceProcess) -> bool:
    """Whether refusals are in the log; its screen is read meanwhile, as a terminal does."""
    entrance.terminal.read_for(0.1)
    return count_refusals(entrance.home) > 10


def test_in_the_midst_of_a_flood_a_signal_ends_the_entrance(entrance: EntranceProcess) -> None:
    over = threading.Event()

    def send_without_end() -> None:
        for piece in build_flood(10_000_000, seed=2):
            if over.is_set():
                return
            entrance.reader.send(piece)

    flood = threading.Thread(target=send_without_end)
    flood.start()
    try:
        wait_until(lambda: has_reached_the_door(entrance), lambda: "the flood does not reach the door")
        entrance.terminal.send_signal(signal.SIGTERM)
        status = entrance.terminal.wait_for_exit()
    finally:
        over.set()
        flood.join()
    ATTACK_RESULTS.append(AttackResult("a signal in the midst of valid codes", 1, 1, 0, f"status {status}"))
    assert status == 0
