"""A log is made, opened, named, closed; and who may touch its files."""

import errno
import os
import resource
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.errors import (
    CannotOpen,
    LogDamaged,
    LogError,
    LogExists,
    LogMissing,
    NotALog,
    NotPrivate,
)
from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from tests.support.faulty_disk import FaultyDisk
from tests.support.log_error_sentences import raises_log_error
from tests.support.tampering import open_unguarded
from tests.support.toy_aggregates import NAMES, visit

HERE = Path(__file__).parents[3]


# --- Making and opening ----------------------------------------------------------------------


def test_a_log_keeps_its_name_and_its_events(path: Path) -> None:
    with closing(create_sqlite_log(path, NAMES)) as log:
        log.append(visit())
        born = log.log_id, log.head()
    with closing(open_sqlite_log(path, NAMES)) as log:
        assert (log.log_id, log.head()) == born


def test_two_logs_have_two_names(tmp_path: Path) -> None:
    with (
        closing(create_sqlite_log(tmp_path / "a", NAMES)) as one,
        closing(create_sqlite_log(tmp_path / "b", NAMES)) as other,
    ):
        assert one.log_id != other.log_id


def test_a_restored_log_gets_a_new_name_for_good(path: Path, log: EventLog) -> None:
    old, new = log.log_id, log.renew_identity()
    assert old != new == log.log_id
    with closing(open_sqlite_log(path, NAMES)) as again:
        assert again.log_id == new


def test_a_new_log_never_replaces_a_file(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(LogExists):
        create_sqlite_log(path, NAMES)
    assert path.read_text() == "precious"


def test_a_log_that_cannot_be_made_leaves_nothing_behind(path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(LogError):
            create_sqlite_log(path, NAMES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    create_sqlite_log(path, NAMES).close()


def test_a_missing_log_says_so(path: Path) -> None:
    with raises_log_error(LogMissing, match=r"there is no event log at .*log\.db"):
        open_sqlite_log(path, NAMES)
    assert not list(path.parent.iterdir())


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    with raises_log_error(CannotOpen, match="No such file"):
        create_sqlite_log(tmp_path / "nowhere" / "log.db", NAMES)


@pytest.mark.parametrize("content", [b"", b"no database at all, " * 100])
def test_a_file_that_is_something_else_is_no_log(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(NotALog):
        open_sqlite_log(path, NAMES)
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_no_log_and_stays_as_it_is(path: Path) -> None:
    with open_unguarded(path) as tool:
        tool.execute("CREATE TABLE stored_events (position INTEGER PRIMARY KEY)")
    path.chmod(0o600)
    before = path.read_bytes()
    with pytest.raises(NotALog):
        open_sqlite_log(path, NAMES)
    assert path.read_bytes() == before


def test_a_folder_is_no_log(path: Path) -> None:
    path.mkdir(mode=0o700)
    with pytest.raises(NotALog):
        open_sqlite_log(path, NAMES)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_log_that_others_may_touch_is_not_opened(path: Path, mode: int) -> None:
    create_sqlite_log(path, NAMES).close()
    path.chmod(mode)
    with raises_log_error(NotPrivate, match="run chmod 600"):
        open_sqlite_log(path, NAMES)


def test_a_log_whose_pages_are_gone_is_damaged(path: Path) -> None:
    with closing(create_sqlite_log(path, NAMES)) as log:
        log.append(visit(texts=500))
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3_996)
    with pytest.raises(LogDamaged):
        open_sqlite_log(path, NAMES)


def test_a_log_that_the_system_keeps_from_us_says_whom_to_ask(path: Path) -> None:
    create_sqlite_log(path, NAMES).close()
    path.parent.chmod(0o000)
    try:
        told = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER_USER, path], cwd=HERE, capture_output=True, text=True, check=False
        )
    finally:
        path.parent.chmod(0o700)
    assert (told.returncode, told.stderr) == (0, "")


AS_ANOTHER_USER = """
import os, sys
from pathlib import Path
from domain.log.errors import CannotOpen
from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from kiosk.words.log_errors import explain_log_error
from tests.support.toy_aggregates import NAMES
if os.geteuid() == 0:
    os.setuid(65534)
try:
    open_sqlite_log(Path(sys.argv[1]), NAMES)
except CannotOpen as refused:
    assert "check its owner and permissions" in explain_log_error(refused), refused
else:
    raise AssertionError("it was opened")
"""


def test_closing_twice_is_closing_once(log: EventLog) -> None:
    log.close()
    log.close()


def test_the_last_to_close_leaves_one_file_that_holds_everything_and_what_stands_beside_it(
    path: Path, log: EventLog
) -> None:
    log.append(visit())
    log.close()
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "log.db",
        "log.db.lock",
        "log.db.turn",
        "log.head",
    ]


# --- Who may read the files ------------------------------------------------------------------


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_every_file_of_a_log_is_its_owners_alone(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with closing(create_sqlite_log(path, NAMES)) as log:
            log.append(visit())
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    files = ("log.db", "log.db-wal", "log.db-shm", "log.db.lock", "log.db.turn", "log.head")
    assert modes == dict.fromkeys(files, 0o600)


# --- On a disk that fails to read ------------------------------------------------------------

OPEN = """
import sys
from pathlib import Path
from domain.log.errors import LogError
from domain.log.sqlite import open_sqlite_log, open_sqlite_log_to_read
from kiosk.words.log_errors import explain_log_error
from tests.support.toy_aggregates import NAMES
for open_log in (open_sqlite_log, open_sqlite_log_to_read):
    try:
        open_log(Path(sys.argv[1]), NAMES).close()
        print("opened")
    except LogError as error:
        print(explain_log_error(error))
"""
PAGE = 4096
SECTORS = {"all": (0, 1 << 40), "the first page": (0, PAGE), "all behind the first page": (PAGE, 1 << 40)}


@pytest.mark.parametrize("sectors", SECTORS)
@pytest.mark.parametrize(("error", "said"), [(errno.EIO, "this does not say that it is damaged"), (0, "opened")])
def test_a_log_whose_disk_does_not_answer_is_not_called_damaged(
    tmp_path: Path, sectors: str, error: int, said: str
) -> None:
    """SQLite reports EIO as a malformed image, except on the first page."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with closing(create_sqlite_log(folder / "log.db", NAMES)) as log:
        log.append(visit("ann", texts=100))
    disk = FaultyDisk(folder)
    disk.set_bad_sectors(error, "log.db", *SECTORS[sectors])
    words = [sys.executable, "-c", OPEN, folder / "log.db"]
    ended = subprocess.run(words, env=disk.environment(), capture_output=True, text=True, check=False)
    assert (ended.stderr, [line[-len(said) :] for line in ended.stdout.splitlines()]) == ("", [said] * 2)
