"""Every command is given a backup, or a home on read-only media: it reads, or refuses, and changes no byte."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.backups.folder import list_backups
from kiosk.cli.program import COMMANDS
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, AttackResult
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

READS: dict[str, tuple[str, ...]] = {
    "visits": (),
    "duties": (),
    "hours": ("--by", "month"),
    "absences": (),
    "exits": (),
    "pending": (),
    "volunteers": (),
    "awards": ("--short",),
    "accesses": (),
    "presence": (),
    "explain": ("V001", "2026-11-19"),
    "difference": ("--as-of", "2026-11-19T09:00", "--as-of", "2026-11-20T09:00"),
    "what-if": ("--policy", str(Path(__file__).with_name("policy.toml")), "--from", "2026-11-01"),
    "replay": (),
    "verify": (),
    "event": ("2",),
    "prove": ("2",),
    "month": ("lines", "2026-11"),
    "kiosks": (),
}
"""The commands that answer from a backup as from the home, and what they are given."""
WRITES: dict[str, tuple[str, ...]] = {
    "ministry": ("2026-11", "--output", "hours.xlsx"),
    "tap": ("04000000000001", "--at", "2026-11-21T09:00"),
    "issue": ("V001",),
    "erase": ("V001", "--basis", "request", "--yes"),
    "coordinator": ("lin",),
    "account": ("add", "lin", "--role", "coordinator"),
    "token": ("issue", "hr-system", "--scope", "read"),
    "desk": ("--port", "0"),
    "hub": ("--port", "0"),
    "hub-certificate": ("--host", "hub.example.org"),
    "join": ("http://127.0.0.1:9", "12345678"),
    "sync": (),
    "add-kiosk": ("north",),
    "restore": ("--drill",),
    "apply": ("BATCH",),
    "import": ("BATCH", "--at", "2026-11-21T09:00"),
    "reconcile": ("--date", "2026-11-19"),
    "backup": (),
    "move-log": ("--to", "file"),
    "notify": (),
    "document": ("monthly_hours", "month=2026-11", "--output", "no-such-folder/x.pdf"),
    "bundle": ("2026", "--output", "no-such-folder/x.zip"),
    "run": (),
    "init": (),
}
OPEN_NO_HOME = {"demo", "readers", "install-service", "roster", "status", "witness"}
"""Commands that open no home, write nothing of one, or are looked at by a test of their own."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a visit."""
    Home.make(tmp_path / "home", simulation=True).close()
    taps = (line("tap", f"2026-11-{day}T09:00", card="04000000000001") for day in ("19", "20"))
    batch = write_batch(tmp_path / "day.jsonl", *ANNS_UNIT_LINES, *taps)
    assert run_kiosk("apply", batch, "--home", tmp_path / "home").status == 0
    return tmp_path / "home"


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    assert run_kiosk("backup", tmp_path / "usb", "--home", home).status == 0
    return list_backups(tmp_path / "usb")[0]


@contextmanager
def mount_read_only(folder: Path, at: Path) -> Iterator[Path]:
    """The folder once more, on a file system that cannot be written."""
    at.mkdir()
    done = subprocess.run(["mount", "--bind", str(folder), str(at)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only a system administrator can mount a folder")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(at)], check=True)
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def read_folder(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its content and its modification time."""
    return {
        str(path.relative_to(folder)): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in (folder, *folder.rglob("*"))
    }


VERIFIED = re.compile(r"(the whole log was verified|not yet part of a verification).*")


def mask_rate(out: str) -> str:
    """An output without the speed of this machine, and without when the home was verified last."""
    return VERIFIED.sub("", out).partition(" (")[0]


def answer(home: Path, command: str) -> tuple[int, str]:
    ended = run_kiosk(command, *READS[command], "--home", home)
    assert "Traceback" not in ended.err
    return ended.status, mask_rate(ended.out)


def test_every_command_is_tried() -> None:
    assert READS.keys() | WRITES.keys() | OPEN_NO_HOME == COMMANDS.keys()


def test_a_backup_answers_like_its_home_and_nothing_of_it_changes(home: Path, backup: Path, tmp_path: Path) -> None:
    before, harmed = read_folder(backup), list[str]()
    for command in READS:
        assert answer(backup, command) == answer(home, command), command
        harmed += [command] if read_folder(backup) != before else []
    for command, arguments in WRITES.items():
        given = [str(tmp_path / "day.jsonl") if each == "BATCH" else each for each in arguments]
        ended = run_kiosk(command, *given, "--home", backup)
        assert ended.status != 0, command
        assert "\n" not in ended.err.strip(), ended.err
        harmed += [command] if read_folder(backup) != before else []
    run_kiosk("status", "--home", backup)
    assert (harmed, read_folder(backup)) == ([], before)
    assert run_kiosk("restore", backup, "--to", tmp_path / "new").status == 0
    assert run_kiosk("restore", "--drill", "--home", home).status == 0
    tried = len(READS) + len(WRITES) + 1
    ATTACK_RESULTS.append(AttackResult("use a backup as a home", tried, tried, len(harmed), "each command"))


def test_a_command_that_writes_says_what_to_do_with_a_backup(backup: Path) -> None:
    ended = run_kiosk("tap", "04000000000001", "--at", "2026-11-21T09:00", "--home", backup)
    assert (ended.status, f"kiosk restore {backup} --to DIR" in ended.err) == (1, True)


@pytest.mark.parametrize("left", ["closed", "killed", "killed, without the index"])
def test_a_home_on_read_only_media_answers_like_the_home_also_where_it_was_killed(
    home: Path, tmp_path: Path, left: str
) -> None:
    answers = {command: answer(home, command) for command in READS}
    disk = tmp_path / "disk"
    if left == "closed":
        shutil.copytree(home, disk)
    else:
        with Home.open(home) as opened:
            opened.people.ensure_actor("lin")
            assert run_kiosk("hours", "--home", home).status == 0
            opened.log.probe()
            shutil.copytree(home, disk)
        assert (disk / "log.db-wal").stat().st_size
    if left == "killed, without the index":
        for index in disk.glob("*-shm"):
            index.unlink()
    disk.chmod(0o755)  # as such media often are: nobody can change it there
    with mount_read_only(disk, tmp_path / "media") as media:
        before = read_folder(media)
        assert {command: answer(media, command) for command in READS} == answers
        assert read_folder(media) == before
        ended = run_kiosk("tap", "04000000000001", "--at", "2026-11-21T09:00", "--home", media)
        assert (ended.status, "Traceback" in ended.err, "\n" in ended.err.strip()) == (2, False, False)
        assert run_kiosk("presence", "--muster", "--home", media).status == 0
    ATTACK_RESULTS.append(AttackResult(f"read a home on read-only media ({left})", len(READS), len(READS), 0))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_media_of_another_user_can_be_read(home: Path, tmp_path: Path) -> None:
    for path in (home, *home.rglob("*")):
        shutil.chown(path, "nobody", -1)
    with mount_read_only(home, tmp_path / "media") as media:
        assert run_kiosk("verify", "--home", media).status == 0
