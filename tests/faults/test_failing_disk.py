"""The disk fails under an open entrance: never "checked in" without a commit, trouble is said within a second, and when
the disk is well again so is the entrance, with nothing lost and nothing twice."""

import os
import shutil
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.log.writer_lock import LOCK_TIMEOUT
from domain.model.attendance import TapEvent
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from tests.faults.result_table import FAULT_RESULTS, LONG, FaultResult
from tests.faults.tap_process import STORAGE_TROUBLE, TapProcess, TapReply
from tests.support.faulty_disk import FAULTS, FaultyDisk
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import run_kiosk, write_batch
from tests.support.small_disk import fill_disk, needs_a_small_disk, small_disk

ROUNDS = 40 if LONG else 2
"""How often each fault comes and goes."""
AT_ONCE = LOCK_TIMEOUT / 2
"""Seconds that an answer may take which waits for no lock, on a busy machine."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Ann and Lan serve, to be copied."""
    folder = tmp_path_factory.mktemp("office")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "office.jsonl", *OFFICE_LINES), "--home", folder / "home").err == ""
    return folder / "home"


def positions_of_taps(home: Path) -> list[int]:
    """Where the taps stand in a log that is whole."""
    with closing(open_sqlite_log(home / LOG_FILE, REGISTERED_NAMES)) as log:
        verdict = log.verify()
        assert verdict.whole, verdict
        entries = log.read_entries(limit=verdict.events)
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    return [entry.position for entry in entries if isinstance(entry.event, TapEvent)]


def succeeded(answers: list[TapReply]) -> list[int]:
    """Where the log holds what the screen said."""
    return [answer.position for answer in answers if answer.state != STORAGE_TROUBLE]


# --- What the disk says ---


@pytest.mark.parametrize("faults", [[fault] for fault in FAULTS] if LONG else [[*FAULTS]], ids="; ".join)
def test_a_fault_of_the_disk_costs_no_acknowledged_tap_and_is_over_when_it_is_over(
    tmp_path: Path, office: Path, faults: list[str]
) -> None:
    """One after the other, at an entrance that stays open."""
    home = Path(shutil.copytree(office, tmp_path / "home"))
    disk, minute, answers = FaultyDisk(home), count(step=5), list[TapReply]()
    with TapProcess(home, disk.environment()) as door:
        for fault in faults * ROUNDS:
            answers.append(door.tap(ANNS_CARD_NUMBER, next(minute)))
            with disk.inject_fault(*FAULTS[fault]):
                failed = [door.tap(card, next(minute)) for card in (ANNS_CARD_NUMBER, LANS_CARD_NUMBER)]
                assert not door.is_ready()
            assert door.is_ready()
            answers += [*failed, door.tap(LANS_CARD_NUMBER, next(minute))]
            assert [(answer.state, answer.seconds < AT_ONCE) for answer in failed] == [(STORAGE_TROUBLE, True)] * 2
    stored = positions_of_taps(home)
    rounds, lost = len(faults) * ROUNDS, len(set(succeeded(answers)) - set(stored))
    FAULT_RESULTS.append(FaultResult(f"disk: {'; '.join(faults)}", rounds, 2 * rounds, lost))
    assert stored == succeeded(answers)


# --- Where it is really full ---


@needs_a_small_disk
def test_on_a_full_disk_taps_go_on_in_the_reserve_and_then_on_paper_until_there_is_room(
    tmp_path: Path, office: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        home = Path(shutil.copytree(office, disk / "home"))
        reserve = home / "log.reserve"
        reserve.write_bytes(bytes(2**21))
        minute, answers = count(step=5), list[TapReply]()
        with TapProcess(home, dict(os.environ)) as door:
            filling = fill_disk(disk)
            answers += [door.tap(ANNS_CARD_NUMBER, next(minute)) for _ in range(10)]
            assert (succeeded(answers) != [], reserve.exists()) == (True, False)
            kept_on = len(succeeded(answers))
            fill_disk(disk)
            failed = door.tap(ANNS_CARD_NUMBER, next(minute))
            while failed.state != STORAGE_TROUBLE:
                fill_disk(disk)
                answers.append(failed)
                failed = door.tap(ANNS_CARD_NUMBER, next(minute))
            assert (door.is_ready(), failed.seconds < AT_ONCE) == (False, True)
            filling.unlink()
            assert door.is_ready()
            answers.append(door.tap(LANS_CARD_NUMBER, next(minute)))
        stored = positions_of_taps(home)
        FAULT_RESULTS.append(
            FaultResult("disk: really full", 2, len(succeeded(answers)), len(set(succeeded(answers)) - set(stored)))
        )
        assert (kept_on, stored) == (10, succeeded(answers))


@needs_a_small_disk
def test_an_entrance_that_starts_on_a_full_disk_opens_in_the_reserve(tmp_path: Path, office: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        home = Path(shutil.copytree(office, disk / "home"))
        (home / "log.reserve").write_bytes(bytes(2**20))
        fill_disk(disk)
        with TapProcess(home, dict(os.environ)) as door:
            assert door.tap(ANNS_CARD_NUMBER, 0).state == "checked_in"
        assert len(positions_of_taps(home)) == 1


# --- Killed between the commit and the answer ---


def test_who_taps_again_because_nothing_beeped_is_checked_in_already(tmp_path: Path, office: Path) -> None:
    home = Path(shutil.copytree(office, tmp_path / "home"))
    disk = FaultyDisk(home)
    with TapProcess(home, disk.environment()) as door:
        disk.set_fault("kill", 0, "log.head")
        assert door.tap(ANNS_CARD_NUMBER, 0).state == ""
    disk.clear_fault()
    (home / "views.db").unlink(missing_ok=True)
    with TapProcess(home, disk.environment()) as door:
        assert door.tap(ANNS_CARD_NUMBER, 0).state == "already"
        assert run_kiosk("presence", "--format", "json", "--home", home).out.count('"V001"') == 1
        assert door.tap(ANNS_CARD_NUMBER, 90).state == "checked_out"
    assert len(positions_of_taps(home)) == 3
