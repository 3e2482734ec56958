"""A card that is left on a reader which sends it again and again: one arrival, and nobody goes who did not tap."""

import signal
import time
from pathlib import Path

from devices.simulated.scripted_reader import ScriptedReader
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.kiosk.conftest import list_topics
from tests.support.kiosk_program import KIOSK, OPEN_UNIT, add_reader, line, run_kiosk, write_batch
from tests.support.terminal import Terminal
from tests.support.waiting import wait_until

CARDS = {"V001": ("陳美玉", "26DEFAE7"), "V002": ("林秀蘭", "04416D412B0289")}
ANN, BEN = (card.encode() + b"\r\n" for _, card in CARDS.values())
READINGS, INTERVAL = (16, 2.5) if LONG else (3, 1.2)
"""How often the card is read, and after how many seconds: at the longest, as slow readers do."""


def make_home(folder: Path, port: str) -> Path:
    """A home in which every tap counts at once: whatever keeps a card from going is the reader's."""
    home = folder / "home"
    policy = line("adopt_policy", "2024-01-01T08:00", effective_from="2024-01-01", debounce_seconds=0)
    people = [
        command
        for number, (name, card) in CARDS.items()
        for command in (
            line(
                "enrol_volunteer",
                "2024-01-02T08:00",
                volunteer=number,
                mode="flexible",
                name=name,
                agreement_from="2024-01-02",
            ),
            line("issue_card", "2024-01-11T08:00", volunteer=number, card=card),
        )
    ]
    assert run_kiosk("init", "--home", home).status == 0
    assert (
        run_kiosk("apply", write_batch(folder / "people.jsonl", OPEN_UNIT, policy, *people), "--home", home).err == ""
    )
    return add_reader(home, port, "hex-uid")


def count_taps(home: Path) -> tuple[int, int]:
    """Arrivals and departures in the log."""
    topics = list_topics(home)
    return topics.count("attendance.checked-in"), topics.count("attendance.checked-out")


def test_a_card_that_is_left_arrives_once_and_does_not_go(tmp_path: Path, reader: ScriptedReader) -> None:
    home = make_home(tmp_path, reader.port)
    with Terminal([str(KIOSK), "run", "--home", str(home)]) as terminal:
        terminal.wait_for_text("Please tap your card")
        assert reader.wait_until_opened()
        reader.send(ANN)
        terminal.wait_for_drawn_text("陳〇玉")
        began = time.monotonic()
        for reading in range(1, READINGS + 1):
            terminal.read_for(began + reading * INTERVAL - time.monotonic())
            reader.send(BEN + ANN if reading == READINGS // 2 else ANN)
        wait_until(lambda: count_taps(home) == (2, 0), lambda: str(count_taps(home)))
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 0
    arrivals, departures = count_taps(home)
    remark = f"read every {INTERVAL} s, one visitor in between"
    ATTACK_RESULTS.append(AttackResult("a card left on a reader", READINGS, READINGS, departures, remark))
    assert (arrivals, departures) == (2, 0)
