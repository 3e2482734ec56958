"""`kiosk restore --drill`: the newest backup is restored on trial, and the home says when that was last done."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.calendar import TAIPEI
from kiosk.backups.folder import list_backups
from kiosk.backups.record import DRILL_DUE, BackupRecord, Drill, find_drill_trouble, read_record
from tests.kiosk.backups.conftest import NIGHT, sentence
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import flip_bit


def test_a_drill_restores_and_verifies_the_newest_backup_and_leaves_nothing(home: Path, backup: Path) -> None:
    before = set(home.iterdir())
    ended = run_kiosk("restore", "--drill", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(f"{backup} can be restored: ")
    assert {file.name for file in set(home.iterdir()) - before} <= {"log.db-wal", "log.db-shm"}, "SQLite's own"
    good = read_record(home).good_drill
    assert good
    assert (good.folder, good.why) == (backup, "")
    assert run_kiosk("restore", "--drill", "--check", "--home", home).status == 0


def test_a_drill_that_fails_is_reported_and_recorded(home: Path, backup: Path) -> None:
    run_kiosk("restore", "--drill", "--home", home)
    flip_bit(backup / "people.db", 5_000, 1)
    ended = run_kiosk("restore", "--drill", "--home", home)
    assert (ended.status, sentence(ended).startswith("the drill failed: ")) == (1, True)
    record = read_record(home)
    assert (record.drill and bool(record.drill.why), record.good_drill and record.good_drill.why) == (True, "")
    checked = run_kiosk("restore", "--drill", "--check", "--home", home)
    assert (checked.status, sentence(checked).startswith("the last drill failed: ")) == (1, True)


def test_a_drill_that_is_kept_from_the_log_of_the_home_is_not_one_that_failed(home: Path, backup: Path) -> None:
    run_kiosk("restore", "--drill", "--home", home)
    kept = read_record(home)
    (home / "log.db.lock").unlink()
    (home / "log.db.lock").mkdir()
    ended = run_kiosk("restore", "--drill", backup, "--home", home)
    assert (ended.status, sentence(ended).startswith("cannot open the event log ")) == (2, True)
    assert read_record(home) == kept


def test_a_drill_without_a_backup_and_a_check_without_a_drill_exit_1(home: Path) -> None:
    assert "there is no backup of" in sentence(run_kiosk("restore", "--drill", "--home", home))
    ended = run_kiosk("restore", "--drill", "--check", "--home", home)
    assert (ended.status, "no backup was ever restored on trial" in sentence(ended)) == (1, True)


def test_a_drill_ignores_the_backup_of_another_home(home: Path, real_home: Path, tmp_path: Path) -> None:
    run_kiosk("backup", tmp_path / "other", "--home", real_home)
    ended = run_kiosk("restore", "--drill", list_backups(tmp_path / "other")[0], "--home", home)
    assert (ended.status, "is a backup of another home" in sentence(ended)) == (1, True)


@pytest.mark.parametrize(("late", "trouble"), [(timedelta(), False), (timedelta(seconds=1), True)])
def test_a_drill_is_due_a_day_after_the_last_good_one(late: timedelta, trouble: bool) -> None:
    done = Drill(NIGHT, Path("backup"), 1.0)
    said = find_drill_trouble(BackupRecord(drill=done, good_drill=done), NIGHT + DRILL_DUE + late, TAIPEI)
    assert bool(said) is trouble
    assert not said or f"{NIGHT.astimezone(TAIPEI):%Y-%m-%d %H:%M}+08:00" in said


def test_a_record_that_cannot_be_read_counts_as_none(home: Path) -> None:
    (home / "backups.json").write_text("not what we wrote")
    assert read_record(home) == BackupRecord()
    assert run_kiosk("backup", "--home", home).status == 0
    assert read_record(home).made


def test_the_next_drill_cleans_up_after_a_killed_one(home: Path, backup: Path) -> None:
    left = home / ".restoring-killed"
    left.mkdir()
    (left / "people.db").write_text("somebody")
    assert run_kiosk("restore", "--drill", "--home", home).status == 0
    assert not left.exists()
