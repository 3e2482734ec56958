"""The read models are compared with the log while people tap: a difference is reported where there is one, and never
because a person arrived in the middle of the comparison."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.faults.tap_process import TapProcess
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.waiting import TIMEOUT_SECONDS

ROUNDS = 40 if LONG else 5


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "office.jsonl", *OFFICE_LINES), "--home", tmp_path / "home").out
    assert run_kiosk("visits", "--home", tmp_path / "home").status == 0
    return tmp_path / "home"


@contextmanager
def people_tap(home: Path) -> Iterator[TapProcess]:
    """For as long as the block lasts, two people tap in turn in another process, and the views follow."""
    over = Event()
    with TapProcess(home, dict(os.environ)) as door:

        def tap_in_turn() -> None:
            minute = 0
            while not over.is_set():
                door.tap((ANNS_CARD_NUMBER, LANS_CARD_NUMBER)[minute % 2], minute)
                minute += 1

        tapping = Thread(target=tap_in_turn)
        tapping.start()
        try:
            yield door
        finally:
            over.set()
            tapping.join()


def adopt_policies(home: Path, number: int) -> None:
    policy = line("adopt_policy", "2026-11-19T05:00", effective_from="2026-11-19", grace_minutes_in=number)
    assert run_kiosk("apply", write_batch(home.parent / f"{number}.jsonl", policy), "--home", home).status == 0


def find_last_second(home: Path) -> str:
    """The second that is being recorded right now."""
    with Home.open(home) as opened:
        return opened.log.find_last_recorded().isoformat(timespec="seconds")


@pytest.mark.parametrize("past", [False, True], ids=["now", "as of this second"])
def test_replay_finds_no_difference_while_people_tap(home: Path, past: bool) -> None:
    wolves: list[str] = []
    with people_tap(home):
        for _ in range(ROUNDS):
            instant = ("--as-of", find_last_second(home)) if past else ()
            ended = run_kiosk("replay", *instant, "--home", home)
            wolves += [ended.out + ended.err] if ended.status else []
    what = f"replay{' --as-of' * past} while people tap: false alarms"
    ATTACK_RESULTS.append(AttackResult(what, ROUNDS, ROUNDS - len(wolves), len(wolves)))
    assert wolves == []


def test_replay_finds_no_difference_while_policies_change(home: Path) -> None:
    with people_tap(home):
        ended = []
        for number in range(ROUNDS):
            changing = Thread(target=adopt_policies, args=(home, number))
            changing.start()
            ended.append(run_kiosk("replay", "--home", home))
            changing.join()
    wolves = [result.out for result in ended if result.status]
    ATTACK_RESULTS.append(
        AttackResult("replay while policies change: false alarms", ROUNDS, ROUNDS - len(wolves), len(wolves))
    )
    assert wolves == []


def count_rebuilds(home: Path) -> int:
    """How often a program found read models that were not as they had been left, and built them again."""
    log = home / "kiosk.log"
    return log.read_text(encoding="utf-8").count("views.db was not as it had been left") if log.exists() else 0


def test_an_altered_row_is_found_while_people_tap(home: Path) -> None:
    """By the replay, or before it by a program that a tap made look at the row."""
    seen = 0
    with people_tap(home):
        for number in range(ROUNDS):
            rebuilt = count_rebuilds(home)
            with closing(sqlite3.connect(home / "views.db", timeout=TIMEOUT_SECONDS)) as views, views:
                views.execute("UPDATE shifts SET starts = starts - ?", (60 + number,))
            seen += run_kiosk("replay", "--home", home).status == 1 or count_rebuilds(home) > rebuilt
    ATTACK_RESULTS.append(AttackResult("a row of the views altered while people tap", ROUNDS, seen, ROUNDS - seen))
    assert seen == ROUNDS
