"""A program that copies personal data is killed, then the person is erased: no copy is left in the home or beside."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.support.forked_process import ForkedProcess
from tests.support.kiosk_program import ENROL_ANN, ISSUE_ANNS_CARD, OPEN_UNIT, line, run_kiosk, write_batch

ROUNDS = 60 if LONG else 2
SEED = 20261127
NAME = "a-name-that-stands-nowhere-else"
PROGRAM = """
import os, signal, sys
from kiosk.cli.program import run
steps = int(sys.argv[1])
def count_step(event, arguments):
    global steps
    if event in ("os.rename", "os.mkdir", "sqlite3.connect", "os.remove", "os.rmdir", "fcntl.flock", "os.chmod"):
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count_step)
sys.exit(run(sys.argv[2:]))
"""
"""Kills itself at the n-th file that it locks, makes, renames or deletes."""
STEPS = {"apply": (22, 100), "backup": (19, 32), "restore": (4, 100)}
"""The steps from the first copy to the last, seen on a home of this size."""


def make_home(folder: Path) -> Path:
    """A home with a volunteer whose agreement has ended, and a backup of it."""
    home = folder / "home"
    Home.make(home, simulation=True).close()
    ended = line("end_agreement", "2026-01-02T08:00", volunteer="V001", on="2026-01-02", reason=NAME)
    later = line("tap", "2026-02-02T08:00", card="04000000000009")
    lines = (OPEN_UNIT, {**ENROL_ANN, "name": NAME, "group": NAME}, ISSUE_ANNS_CARD, ended, later)
    assert run_kiosk("apply", write_batch(folder / "day.jsonl", *lines), "--home", home).status == 0
    return home


def list_copying_commands(home: Path, usb: Path) -> Iterator[tuple[str, ...]]:
    """What copies the people store."""
    yield "apply", "--check", str(home.parent / "day.jsonl")
    yield "backup", str(usb / "another")
    yield "restore", "--drill"


def run_until_killed(*arguments: str) -> int:
    """Run the program that kills itself; its exit status."""
    with Path(os.devnull).open("r+b") as nothing:
        return ForkedProcess(["-c", PROGRAM, *arguments], (nothing.fileno(),) * 3, os.environ).wait(60)


def list_files_with_name(*folders: Path) -> list[Path]:
    """The files that hold the name, but for the people store and finished backups."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    kept = ("people.db", "people.db-wal")
    return [
        path
        for path in found
        if NAME.encode() in path.read_bytes()
        and not (path.parent.name == "home" and path.name in kept)
        and not path.parent.name.startswith("backup-")
    ]


def test_no_copy_of_an_erased_person_is_left_whoever_was_killed_before(tmp_path: Path) -> None:
    chance, tried, left_by_kill, lost = Random(SEED), 0, 0, 0  # noqa: S311 - replayable
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        home, usb = make_home(folder), folder / "usb"
        assert run_kiosk("backup", usb, "--home", home).status == 0
        for command in list_copying_commands(home, usb):
            steps = str(chance.randrange(*STEPS[command[0]]))
            tried += run_until_killed(steps, *command, "--home", str(home)) != 0
            left_by_kill += len(list_files_with_name(home, usb)) > 0
        assert run_kiosk("erase", "V001", "--basis", "request", "--yes", "--home", home).status == 0
        lost += len(list_files_with_name(home, usb)) + (NAME.encode() in (home / "people.db").read_bytes())
    remark = f"copies lay about after {left_by_kill} kills"
    ATTACK_RESULTS.append(AttackResult("kill what copies the people store, then erase", tried, tried, lost, remark))
    assert lost == 0
