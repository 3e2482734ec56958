"""The checks of free space, file modes, clock and backups."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from domain.calendar import TAIPEI
from domain.clock import MachineClock
from kiosk.backups.heads.head_notes import COSIGNED
from kiosk.backups.record import DRILL_DUE, RECORD, CompletedBackup, Drill, read_record, record_backup, record_drill
from kiosk.entrance.preflight import CLOCK_MARGIN
from kiosk.home import Home
from kiosk.home_files import HEADS_FOLDER
from kiosk.status.backups import BACKUP_AGE
from kiosk.status.checked_home import CheckedHome
from kiosk.status.machine import (
    DISK_BYTES_PER_LOG_BYTE,
    GIB,
    MIN_FREE_SPACE,
    build_clock_check,
    build_space_check,
    check_clock,
)
from tests.kiosk.status.conftest import run_check
from tests.support.fake_machine import FakeMachine
from tests.support.kiosk_program import run_kiosk
from tests.support.small_disk import needs_a_small_disk, small_disk

CLOCK = MachineClock()
MINUTE = timedelta(minutes=1)
BACKUP_DISK_BYTES = 32 << 20


# --- Room ---


@pytest.mark.parametrize(("free", "ok"), [(MIN_FREE_SPACE - 1, False), (MIN_FREE_SPACE, True)])
def test_a_disk_wants_a_gibibyte_free(simulation: Path, free: int, ok: bool) -> None:
    with CheckedHome(simulation) as subject:
        check = build_space_check(subject, free)
    assert (check.ok, "make room" in check.detail) == (ok, not ok)


def test_a_log_that_grows_fast_wants_more(real_home: Path) -> None:
    """A file of a gibibyte in its first month is twelve in a year."""
    os.truncate(real_home / "log.db", GIB)
    with CheckedHome(real_home) as subject:
        assert not build_space_check(subject, 12 * DISK_BYTES_PER_LOG_BYTE * GIB).ok
        assert build_space_check(subject, 13 * DISK_BYTES_PER_LOG_BYTE * GIB).ok


def test_a_home_whose_reserve_was_used_up_needs_room(real_home: Path) -> None:
    with Home.open(real_home) as home:
        home.fill_reserve()
        assert run_check(real_home, "free_space").ok or not home.log.reserve.is_held
        home.log.reserve.release()
    check = run_check(real_home, "free_space")
    assert (check.ok, "no room is kept for taps" in check.detail) == (False, True)


def test_room_is_looked_at_also_where_the_log_is_gone(real_home: Path) -> None:
    (real_home / "log.db").unlink()
    with CheckedHome(real_home) as subject:
        assert build_space_check(subject, MIN_FREE_SPACE).ok


# --- Files ---


def test_files_that_are_their_owners_alone_are_well(real_home: Path) -> None:
    assert run_check(real_home, "files").ok


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602])
def test_a_file_that_others_may_open_is_named(real_home: Path, mode: int) -> None:
    (real_home / "reports").mkdir(mode=0o700)
    report = real_home / "reports" / "2026-11-19.json"
    report.touch(mode=0o600)
    assert run_check(real_home, "files").ok
    report.chmod(mode)
    check = run_check(real_home, "files")
    assert check.detail.startswith(f"2026-11-19.json is open to others ({mode:04o}): run `chmod -R go= {real_home}`")
    assert not check.ok


@pytest.mark.parametrize(("mode", "is_ok"), [(0o644, True), (0o664, False), (0o646, False)])
def test_what_a_witness_signed_may_be_read_by_others_and_not_be_changed(
    real_home: Path, mode: int, is_ok: bool
) -> None:
    beside = real_home / HEADS_FOLDER / f"{COSIGNED}auditor"
    beside.mkdir(mode=0o700, parents=True)
    (beside / "0a1b2c3d-000000000005.txt").touch()
    (beside / "0a1b2c3d-000000000005.txt").chmod(mode)
    assert run_check(real_home, "files").ok is is_ok


def test_many_files_are_counted(real_home: Path) -> None:
    for number in range(5):
        (real_home / f"copy{number}").touch()
        (real_home / f"copy{number}").chmod(0o644)
    assert ", and 2 more: run `chmod" in run_check(real_home, "files").detail


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_file_of_another_user_is_named(real_home: Path) -> None:
    os.chown(real_home / "kiosk.toml", 12345, -1)
    check = run_check(real_home, "files")
    assert (check.ok, "kiosk.toml belongs to another user" in check.detail) == (False, True)


# --- The clock ---


@pytest.mark.parametrize(("trust", "ok"), [("ok", True), ("unsynchronised", False), ("unknown", False)])
def test_a_clock_has_to_be_synchronised(trust: str, ok: bool) -> None:
    check = build_clock_check(trust)
    assert (check.ok, "timedatectl" in check.detail) == (ok, not ok)


@pytest.mark.parametrize(("behind", "named"), [(CLOCK_MARGIN, False), (CLOCK_MARGIN + timedelta(seconds=1), True)])
def test_a_clock_that_stands_before_the_last_record_was_set_back(
    real_home: Path, behind: timedelta, named: bool
) -> None:
    with CheckedHome(real_home) as subject:
        last = subject.home.log.find_last_recorded()
        subject.home.use_clock(FakeMachine(f"{last.astimezone(TAIPEI):%Y-%m-%d %H:%M:%S}", behind))
        check = check_clock(subject)
    assert (check.ok, "before the last record" in check.detail) == (False, named)


def test_the_clock_of_a_simulation_is_always_ok(simulation: Path) -> None:
    assert run_check(simulation, "clock").ok


def test_a_real_home_is_told_what_the_kernel_says(real_home: Path) -> None:
    assert run_check(real_home, "clock").ok == (MachineClock().read().trust == "ok")


# --- The copies ---


def remembers(home: Path, made: timedelta | None = None, drilled: timedelta | None = None, why: str = "") -> None:
    """The home remembers a backup and a drill of so long ago."""
    folder = Path("/mnt/usb/backup-1")
    if made is not None:
        record_backup(home, CompletedBackup(CLOCK.now() - made, folder, 1, "00"))
    if drilled is not None:
        record_drill(home, Drill(CLOCK.now() - drilled, folder, 1.5, why))


@pytest.mark.parametrize("name", ["backup", "restore_drill"])
def test_a_real_home_wants_copies_and_a_simulation_does_not(real_home: Path, simulation: Path, name: str) -> None:
    assert [run_check(home, name).ok for home in (real_home, simulation)] == [False, True]


@pytest.mark.parametrize(("age", "ok"), [(BACKUP_AGE - MINUTE, True), (BACKUP_AGE + MINUTE, False)])
def test_a_backup_is_good_for_a_day(real_home: Path, simulation: Path, age: timedelta, ok: bool) -> None:
    for home in (real_home, simulation):
        remembers(home, made=age)
    assert [run_check(home, "backup").ok for home in (real_home, simulation)] == [ok, True]


@pytest.mark.parametrize(("age", "ok"), [(DRILL_DUE - MINUTE, True), (DRILL_DUE + MINUTE, False)])
def test_a_drill_is_good_for_a_day(real_home: Path, age: timedelta, ok: bool) -> None:
    remembers(real_home, drilled=age)
    assert run_check(real_home, "restore_drill").ok == ok


def test_a_failed_drill_is_not_ok_until_one_succeeds(real_home: Path) -> None:
    remembers(real_home, drilled=MINUTE, why="the disk is gone")
    check = run_check(real_home, "restore_drill")
    assert (check.ok, check.detail) == (False, "the last drill failed: the disk is gone")
    remembers(real_home, drilled=MINUTE)
    assert run_check(real_home, "restore_drill").ok


def test_a_backup_on_the_same_disk_is_told(real_home: Path) -> None:
    assert run_kiosk("backup", "--home", real_home).status == 0
    check = run_check(real_home, "backup")
    assert (check.ok, "another disk would be better" in check.detail) == (True, True)
    remembers(real_home, made=MINUTE)
    assert "another disk" not in run_check(real_home, "backup").detail


def test_a_backup_that_was_deleted_is_not_ok(real_home: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "usb", real_home / "backups"):
        assert run_kiosk("backup", place, "--home", real_home).status == 0
        (made,) = place.glob("backup-*")
        assert run_check(real_home, "backup").ok
        (tmp_path / "usb" / "another").touch()
        shutil.rmtree(made)
        check = run_check(real_home, "backup")
        assert (check.ok, "was deleted or moved away" in check.detail) == (False, True)


@pytest.mark.parametrize("is_folder_left", [True, False])
def test_a_backup_that_was_deleted_with_all_beside_it_is_not_ok(
    real_home: Path, tmp_path: Path, is_folder_left: bool
) -> None:
    """On a fixed disk, which is there."""
    place = tmp_path / "fixed" / "backups"
    assert run_kiosk("backup", place, "--home", real_home).status == 0
    shutil.rmtree(place.parent)
    if is_folder_left:
        place.mkdir(parents=True)
    check = run_check(real_home, "backup")
    assert (check.ok, "was deleted or moved away" in check.detail) == (False, True)


@needs_a_small_disk
def test_a_backup_whose_disk_was_taken_out_is_ok_for_a_day_and_said_to_be_away(real_home: Path, tmp_path: Path) -> None:
    mount_point = tmp_path / "usb"
    with small_disk(mount_point, BACKUP_DISK_BYTES):
        assert run_kiosk("backup", mount_point / "backups", "--home", real_home).status == 0
        assert run_check(real_home, "backup").ok
    check = run_check(real_home, "backup")
    assert (check.ok, "may have been taken out" in check.detail) == (True, True)
    mount_point.rmdir()
    assert run_check(real_home, "backup") == check

    made = read_record(real_home).made
    assert made
    record_backup(real_home, msgspec.structs.replace(made, at=made.at - BACKUP_AGE - MINUTE))
    assert not run_check(real_home, "backup").ok


@needs_a_small_disk
def test_a_backup_that_was_deleted_from_a_disk_that_is_there_is_not_ok(real_home: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "usb", BACKUP_DISK_BYTES) as disk:
        assert run_kiosk("backup", disk / "backups", "--home", real_home).status == 0
        shutil.rmtree(disk / "backups")
        check = run_check(real_home, "backup")
    assert (check.ok, "was deleted or moved away" in check.detail) == (False, True)


def test_of_a_backup_of_an_earlier_version_it_is_said_that_this_is_not_known(real_home: Path) -> None:
    remembers(real_home, made=MINUTE)
    check = run_check(real_home, "backup")
    assert (check.ok, "taken out or it was deleted is not known" in check.detail) == (True, True)


def test_what_the_home_remembers_of_a_damaged_record_is_nothing(real_home: Path) -> None:
    (real_home / RECORD).write_text("{")
    assert "no backup has been made" in run_check(real_home, "backup").detail


@pytest.mark.parametrize(("ahead", "ok"), [(CLOCK_MARGIN - MINUTE, True), (CLOCK_MARGIN + MINUTE, False)])
def test_a_copy_dated_later_than_now_is_no_fresh_one(real_home: Path, ahead: timedelta, ok: bool) -> None:
    """It was made by a clock that was ahead, and would be fresh for as long as that was."""
    remembers(real_home, made=-ahead, drilled=-ahead)
    assert [run_check(real_home, name).ok for name in ("backup", "restore_drill")] == [ok, ok]
