"""Whatever the disk or a person did to the files of a home: one sentence, a status, no traceback, nothing more lost."""

import logging
import os
import resource
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.log.writer_lock import write_new_file
from kiosk.backups.heads.last_verification import read_last_verification
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import write_atomically, write_private
from tests.faults.result_table import LONG
from tests.support.builders import ANN, CARDS, FOUR_DAYS
from tests.support.full_disk import full_disk
from tests.support.kiosk_program import ProgramResult, run_kiosk, write_batch

PAGE = 4096
"""Bytes of a page, unless SQLite is told otherwise."""
MANY = 60
"""Ways to damage a file: of so many only some are tried, except in a long run."""
NOON = ("--at", "2026-11-20T12:00")
COMMANDS = (("verify",), ("tap", CARDS[ANN], *NOON), ("visits",), ("duties",), ("reconcile",), ("replay",))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulation after four days, with its views; nobody writes to it any more."""
    folder = tmp_path_factory.mktemp("list_damaged_homes")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "story.jsonl", *FOUR_DAYS), "--home", folder / "home").err == ""
    assert run_kiosk("visits", "--home", folder / "home").status == 0
    return folder / "home"


def overwrite_each_page(content: bytes) -> Iterator[bytes]:
    """The file with one page after the other overwritten."""
    for start in range(0, len(content), PAGE):
        yield content[:start] + b"junk" * (PAGE // 4) + content[start + PAGE :]


def truncate(content: bytes) -> Iterator[bytes]:
    """The file without its end: at every page, within a page, with nothing left."""
    yield from (content[:size] for size in (*range(0, len(content), PAGE), 100, len(content) - 1))


def list_damaged_homes(home: Path, folder: Path, name: str) -> Iterator[Path]:
    """Copies of the home in which one file was damaged, in every one of these ways."""
    content = (home / name).read_bytes()
    ways = (*overwrite_each_page(content), *truncate(content))
    for damaged in ways if LONG or len(ways) < MANY else ways[::25]:
        copy = Path(shutil.copytree(home, folder / "copy"))
        (copy / name).write_bytes(damaged)
        yield copy
        shutil.rmtree(copy)


def is_reported_properly(ended: ProgramResult) -> bool:
    """Done, or refused or unusable in one line that is no traceback; views that came back are said beside."""
    told = 0 if ended.status == 0 else 1
    lines = [said for said in ended.err.splitlines() if "built anew from the log, and nothing is lost" not in said]
    return ended.status in (0, 1, 2) and len(lines) <= told and "Traceback" not in ended.err


def test_people_who_could_not_be_compared_are_not_kept_as_people_who_were(home: Path, tmp_path: Path) -> None:
    """The night would believe for a week that they are as the log says."""
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    assert run_kiosk("verify", "--home", copy).status == 0
    kept = read_last_verification(copy)
    (copy / "people.db").write_bytes(b"junk" * PAGE)
    assert run_kiosk("verify", "--home", copy).status == 1
    assert read_last_verification(copy) == kept


@pytest.mark.parametrize("name", ["log.db", "people.db", "views.db", "site.key", "kiosk.toml"])
def test_a_damaged_file_is_reported_in_one_sentence(
    home: Path, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for copy in list_damaged_homes(home, tmp_path, name):
        for command in COMMANDS:
            ended = run_kiosk(*command, "--format", "json", "--home", copy)
            assert is_reported_properly(ended), (command, ended)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_a_log_that_lost_events_never_verifies(home: Path, tmp_path: Path) -> None:
    content = (home / "log.db").read_bytes()
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    for damaged in truncate(content):
        (copy / "log.db").write_bytes(damaged)
        assert run_kiosk("verify", "--home", copy).status == 1
    (copy / "log.db").write_bytes(content)
    assert run_kiosk("verify", "--home", copy).status == 0


def test_a_full_disk_leaves_no_part_of_a_file_that_is_handed_out(tmp_path: Path) -> None:
    file = tmp_path / "evidence.zip"
    with full_disk(), pytest.raises(UserError):
        write_private(file, b"PK" * 9)
    assert not file.exists()
    write_private(file, b"PK" * 9)
    with pytest.raises(UserError):
        write_private(file, b"another")
    assert file.read_bytes() == b"PK" * 9


def test_a_file_that_the_disk_does_not_take_is_the_one_that_is_named(tmp_path: Path) -> None:
    """And not what the command prints, as the system names no file."""
    for write in (write_atomically, write_new_file):
        with full_disk(), pytest.raises(OSError, match="File too large") as refused:
            write(tmp_path / "record.json", b"{}")
        assert refused.value.filename == str(tmp_path / "record.json")


def test_a_program_that_is_killed_while_it_writes_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    """The system kills it at the second byte (setrlimit(2), SIGXFSZ)."""
    file = tmp_path / "evidence.zip"
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        with full_disk():
            write_private(file, b"PK" * 9)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGXFSZ
    assert list(tmp_path.iterdir()) == []
