"""`kiosk backup`: a copy that is proved before anybody is told of it, made while people tap."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.log.scratch import PREFIX
from kiosk.backups.backup import LOCK, back_up
from kiosk.backups.drill import find_newest_backup
from kiosk.backups.folder import FILES, list_backups, read_description
from kiosk.backups.record import RECORD, read_record
from kiosk.errors import UserError
from kiosk.home import Home
from tests.kiosk.conftest import Apply, read_head
from tests.support.full_disk import full_disk
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk
from tests.support.tampering import flip_bit

NIGHT = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    """A home in which Ann serves."""
    assert apply(simulation, *ANNS_UNIT_LINES).status == 0
    return simulation


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """Where another disk would be."""
    return tmp_path / "usb"


# --- What is made ---


def test_a_backup_holds_the_home_and_says_where_its_log_ends(home: Path, usb: Path) -> None:
    ended = run_kiosk("backup", usb, "--home", home)
    (folder,) = list_backups(usb)
    position, chain = read_head(home)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"{folder} holds {position} events, whole and proved\nhead {chain.hex()}\n"
    assert sorted(file.name for file in folder.iterdir()) == sorted((*FILES, "backup.json"))
    assert read_description(folder).head == (position, chain)


def test_without_a_folder_it_goes_into_the_home(home: Path) -> None:
    assert run_kiosk("backup", "--home", home).status == 0
    assert len(list_backups(home / "backups")) == 1


@pytest.mark.parametrize("inside", ["", "deeper/still"])
def test_a_backup_is_not_made_in_a_backup(home: Path, usb: Path, inside: str) -> None:
    run_kiosk("backup", usb, "--home", home)
    (folder,) = list_backups(usb)
    before = sorted(folder.rglob("*"))
    ended = run_kiosk("backup", folder / inside, "--home", home)
    assert (ended.status, ended.out) == (1, "")
    assert f"{folder} is a backup; name a folder outside it" in ended.err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("command", ["init --home", "restore BACKUP --to"])
def test_no_home_is_made_in_a_backup(home: Path, usb: Path, command: str) -> None:
    run_kiosk("backup", usb, "--home", home)
    (folder,) = list_backups(usb)
    words = [folder if word == "BACKUP" else word for word in command.split()]
    ended = run_kiosk(*words, folder / "home")
    assert (ended.status, f"{folder} is a backup; name a folder outside it" in ended.err) == (1, True)
    assert not (folder / "home").exists()


def test_only_its_owner_can_read_it(home: Path, usb: Path) -> None:
    usb.mkdir(mode=0o755)
    run_kiosk("backup", usb, "--home", home)
    (folder,) = list_backups(usb)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_the_answer_is_available_as_json(home: Path, usb: Path) -> None:
    told = json.loads(run_kiosk("backup", usb, "--home", home, "--format", "json").out)
    assert told["folder"] == str(list_backups(usb)[0])
    assert (told["events"], bytes.fromhex(told["head"])) == read_head(home)


def test_the_home_records_its_last_backup(home: Path, usb: Path) -> None:
    with Home.open(home) as opened:
        folder, made = back_up(opened, usb, 14, NIGHT)
    kept = read_record(home).made
    assert kept
    assert (kept.at, kept.folder, kept.position, kept.chain) == (NIGHT, folder, made.position, made.chain)


def test_the_newest_are_kept_and_no_other_file_is_deleted(
    home: Path, real_home: Path, usb: Path, tmp_path: Path
) -> None:
    run_kiosk("backup", usb, "--home", real_home)
    (usb / "backup-of-my-photos").mkdir()
    others = set(usb.iterdir())
    with Home.open(home) as opened:
        made = [back_up(opened, usb, 3, NIGHT + timedelta(days=n))[0] for n in range(5)]
    assert set(usb.iterdir()) == {*others, *made[2:]}


# --- While people tap ---


def test_taps_go_on_and_those_acknowledged_before_are_in_it(home: Path, usb: Path) -> None:
    """Another process makes the backup; here people tap as fast as they can."""
    command = [sys.executable, "-c", "import sys; from kiosk.cli.program import run; sys.exit(run(sys.argv[1:]))"]
    with Home.open(home) as door:
        before = door.log.head().position
        backup = subprocess.Popen([*command, "backup", str(usb), "--home", str(home)], stdout=subprocess.DEVNULL)
        while backup.poll() is None:
            door.door.record_tap("0" * 32, "door", reading=door.read_clock(None), recorded=door.clock.now())
        position, chain = read_description(list_backups(usb)[0]).head
        assert backup.returncode == 0
        assert before <= position <= door.log.head().position
        assert door.log.chain_at(position) == chain


# --- What goes wrong ---


def test_a_backup_that_does_not_verify_is_not_made(home: Path, usb: Path) -> None:
    """The home's own log was altered: a copy of it would be worth nothing."""
    log = home / "log.db"
    flip_bit(log, log.read_bytes().index(b'"shift":"S1"') + 9, 0)
    ended = run_kiosk("backup", usb, "--home", home)
    assert ended.status == 1
    assert ended.first_error_line.startswith("kiosk: no backup was made: in the copy of the log, event ")
    assert [path.name for path in usb.iterdir()] == [LOCK]
    assert read_record(home).made is None


def test_a_full_disk_leaves_no_part_of_a_backup_and_the_home_as_it_was(home: Path, usb: Path) -> None:
    usb.mkdir()
    (usb / LOCK).touch()
    head = read_head(home)
    with Home.open(home) as opened, full_disk(), pytest.raises(Exception, match=r"File too large|full|disk I/O"):
        back_up(opened, usb, 14, NIGHT)
    assert [path.name for path in usb.iterdir()] == [LOCK]
    assert read_head(home) == head


def test_a_backup_that_would_not_fit_is_not_started(home: Path, usb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.backups.backup.MARGIN", 2**60)
    ended = run_kiosk("backup", usb, "--home", home)
    assert (ended.status, "MiB free, a backup needs" in ended.first_error_line) == (1, True)
    assert list(usb.iterdir()) == []


def test_a_second_backup_in_the_same_second_is_refused(home: Path, usb: Path) -> None:
    with Home.open(home) as opened:
        folder, _ = back_up(opened, usb, 14, NIGHT)
        with pytest.raises(UserError, match="exists already"):
            back_up(opened, usb, 14, NIGHT)
    assert list_backups(usb) == [folder]


def test_a_folder_that_is_a_file_is_refused_in_one_sentence(home: Path, usb: Path) -> None:
    usb.write_text("mine")
    ended = run_kiosk("backup", usb, "--home", home)
    assert (ended.status, ended.first_error_line) == (
        2,
        f"kiosk: no backup can be written to {usb} (File exists): choose another folder",
    )
    assert usb.read_text() == "mine"


def test_one_backup_at_a_time_goes_to_a_folder(home: Path, usb: Path) -> None:
    program = (
        "import fcntl, sys, time; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX);"
        "print('held', flush=True); time.sleep(60)"
    )
    usb.mkdir()
    with subprocess.Popen([sys.executable, "-c", program, str(usb / LOCK)], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        ended = run_kiosk("backup", usb, "--home", home)
        other.kill()
    assert (ended.status, "is being written to" in ended.first_error_line) == (1, True)


def test_a_killed_run_leaves_no_backup_and_the_next_cleans_up(home: Path, usb: Path) -> None:
    """Killed while it copies: what it left has no description and another name."""
    program = (
        "import sys, time, kiosk.backups.backup as backup; from kiosk.cli.program import run;"
        "backup.verify_copy = lambda path: (print('copied', flush=True), time.sleep(60)); run(sys.argv[1:])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, "backup", str(usb), "--home", str(home)], stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout
        assert killed.stdout.readline() == b"copied\n"
        killed.kill()
    (left,) = usb.glob(f"{PREFIX}*")
    ended = run_kiosk("restore", left, "--to", usb / "home")
    assert (ended.status, "is no finished backup (it has no backup.json)" in ended.first_error_line) == (2, True)
    assert run_kiosk("backup", usb, "--home", home).status == 0
    assert (left.exists(), len(list_backups(usb))) == (False, 1)


# --- A clock that was ahead ---


def test_the_backup_just_made_stays_though_others_have_later_names(home: Path, usb: Path) -> None:
    """Nights on a clock twenty days ahead fill the folder with later names; then the time is right again."""
    with Home.open(home) as opened:
        for night in range(20, 23):
            back_up(opened, usb, 3, NIGHT + timedelta(days=night))
        for night in range(4):
            folder, _ = back_up(opened, usb, 3, NIGHT + timedelta(days=night))
            assert folder in list_backups(usb)
    assert len(list_backups(usb)) == 3


@pytest.mark.parametrize("keep", [1, 2])
def test_of_the_others_those_that_hold_the_most_stay(home: Path, usb: Path, apply: Apply, keep: int) -> None:
    """In the order of the log, whatever their names say."""
    made: list[Path] = []
    for number, night in enumerate((30, 20, 0, 10)):
        assert apply(home, line("import_calendar", f"2026-11-20T0{number}:00", year=2026)).status == 0
        with Home.open(home) as opened:
            made.append(back_up(opened, usb, 9, NIGHT + timedelta(days=night))[0])
    with Home.open(home) as opened:
        newest, _ = back_up(opened, usb, keep, NIGHT + timedelta(days=1))
    assert list_backups(usb) == sorted([newest, *made[::-1][: keep - 1]])


def test_the_drill_takes_the_one_that_holds_the_most(home: Path, apply: Apply) -> None:
    with Home.open(home) as opened:
        back_up(opened, home / "backups", 9, NIGHT + timedelta(days=20))
        assert apply(home, line("import_calendar", "2026-11-20T01:00", year=2026)).status == 0
        newest, _ = back_up(opened, home / "backups", 9, NIGHT)
    (home / RECORD).unlink()
    assert find_newest_backup(home) == newest
