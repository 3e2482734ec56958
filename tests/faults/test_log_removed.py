"""The log is taken away under an open entrance: no tap is answered "signed in" that is not in the log at its path."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.copying import copy_log
from domain.log.errors import LogError
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.faults.tap_process import STORAGE_TROUBLE, TapProcess, TapReply
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import run_kiosk, run_kiosk_process, write_batch

TAPS_BEFORE = (0, 1, 5, 40) if LONG else (0, 3)
"""How much the open entrance has written when it happens."""
TAPS_AFTER = 4


class Office:
    """A home that is closed, with an older state of its log and a backup; to be copied for each attack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home, self.young = folder / "home", folder / "young.db"
        Home.make(self.home, simulation=True).close()
        copy_log(self.home / LOG_FILE, self.young)
        batch = write_batch(folder / "office.jsonl", *OFFICE_LINES)
        assert run_kiosk("apply", batch, "--home", self.home).err == ""
        self.older = folder / "older.db"
        copy_log(self.home / LOG_FILE, self.older)
        assert run_kiosk("backup", folder / "backups", "--home", self.home).status == 0
        (self.backup,) = (path for path in (folder / "backups").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


Attack = Callable[[Path, Office], object]


def remove(name: str) -> Attack:
    return lambda home, _: (home / name).unlink()


def cut(name: str, share: float) -> Attack:
    return lambda home, _: os.truncate(home / name, int((home / name).stat().st_size * share))


def move_away(home: Path, _: Office) -> None:
    home.rename(home.with_name("office.lost"))


def move_away_and_restore(home: Path, office: Office) -> None:
    move_away(home, office)
    (home.parent / "office.lost" / "entrance.lock").unlink(missing_ok=True)
    assert run_kiosk_process("restore", office.backup, "--home", home).status == 0


def rename_over(home: Path, office: Office) -> None:
    Path(shutil.copy(office.older, home / "older")).rename(home / LOG_FILE)


ATTACKS: dict[str, Attack] = {
    "rm log.db": remove(LOG_FILE),
    "rm log.db-wal": remove(f"{LOG_FILE}-wal"),
    "rm log.db-shm": remove(f"{LOG_FILE}-shm"),
    "rm log.db.lock": remove(f"{LOG_FILE}.lock"),
    "rm log.db.turn": remove(f"{LOG_FILE}.turn"),
    "rm -rf of the home": lambda home, _: shutil.rmtree(home),
    "an older log renamed over it": rename_over,
    "an older log copied over it": lambda home, office: shutil.copyfile(office.older, home / LOG_FILE),
    "a much older log copied over it": lambda home, office: shutil.copyfile(office.young, home / LOG_FILE),
    "log.db cut in half": cut(LOG_FILE, 0.5),
    "log.db emptied": cut(LOG_FILE, 0),
    "log.db-wal emptied": cut(f"{LOG_FILE}-wal", 0),
    "mv of the home": move_away,
    "mv of the home, and a restore in its place": move_away_and_restore,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_tap_is_acknowledged_into_a_log_that_is_gone(tmp_path: Path, office: Office, attack: str) -> None:
    lost = troubles = 0
    for before in TAPS_BEFORE:
        home = Path(shutil.copytree(office.home, tmp_path / f"home {before}" / "office"))
        with TapProcess(home, dict(os.environ)) as door:
            for minute in range(before):
                assert door.tap(ANNS_CARD_NUMBER, 5 * minute).state != STORAGE_TROUBLE
            ATTACKS[attack](home, office)
            replies = [door.tap(LANS_CARD_NUMBER, 300 + 5 * minute) for minute in range(TAPS_AFTER)]
        lost += count_lost(home, replies)
        troubles += sum(reply.state == STORAGE_TROUBLE for reply in replies)
    tried = TAPS_AFTER * len(TAPS_BEFORE)
    ATTACK_RESULTS.append(AttackResult(attack, tried, troubles, lost))
    assert lost == 0
    assert troubles == tried or attack == "an older log copied over it"


def count_lost(home: Path, replies: list[TapReply]) -> int:
    """Taps that were acknowledged and are not in the log at its path."""
    acknowledged = [reply.position for reply in replies if reply.state != STORAGE_TROUBLE]
    if not acknowledged:
        return 0
    try:
        with closing(open_sqlite_log(home / LOG_FILE, REGISTERED_NAMES)) as log:
            reached = log.head().position if log.verify().whole else 0
            return sum(position > reached for position in acknowledged)
    except LogError:
        return len(acknowledged)
