"""A log that is opened to be read only: it answers, says no to every writer, and its folder stays as it was."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.log.errors import LogIsReadOnly, LogMissing, LogWentBack, NotALog
from domain.log.event_log import EventLog
from domain.log.sqlite import open_sqlite_log_to_read
from tests.support.tampering import open_unguarded
from tests.support.toy_aggregates import NAMES, visit

WRITERS: dict[str, Callable[[EventLog], object]] = {
    "append": lambda log: log.append(visit("ben", 1)),
    "writing": lambda log: log.writing().__enter__(),
    "probe": lambda log: log.probe(),
    "renew": lambda log: log.renew_identity(),
}


@pytest.fixture
def copy(log: EventLog, path: Path, tmp_path: Path) -> Path:
    """The folder of a log that was open when it was copied: its last event stands in the WAL."""
    log.append(visit("ann", 3))
    folder = tmp_path / "copy"
    folder.mkdir(mode=0o700)
    for file in path.parent.glob(f"{path.stem}.*"):
        if not file.name.endswith((".lock", ".turn", "-shm", ".reserve")):
            shutil.copy2(file, folder / file.name)
    return folder / path.name


def read_folder(file: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in file.parent.iterdir()}


def test_every_event_is_read_and_verified_also_one_in_the_wal_and_no_byte_changes(log: EventLog, copy: Path) -> None:
    before = read_folder(copy)
    opened = open_sqlite_log_to_read(copy, NAMES)
    assert (opened.head(), opened.log_id, opened.verify().whole) == (log.head(), log.log_id, True)
    opened.close()
    opened.close()
    assert read_folder(copy) == before


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_nobody_writes(copy: Path, write: Callable[[EventLog], object]) -> None:
    before, opened = read_folder(copy), open_sqlite_log_to_read(copy, NAMES)
    with pytest.raises(LogIsReadOnly):
        write(opened)
    opened.close()
    assert read_folder(copy) == before


def test_a_log_that_went_back_is_noticed(copy: Path) -> None:
    with open_unguarded(copy) as connection:
        connection.execute("DELETE FROM stored_events WHERE position > 1")
    with pytest.raises(LogWentBack):
        open_sqlite_log_to_read(copy, NAMES)


def test_a_file_that_is_no_log_and_none_at_all_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no log")
    (tmp_path / "text.db").chmod(0o600)
    with pytest.raises(NotALog):
        open_sqlite_log_to_read(tmp_path / "text.db", NAMES)
    with pytest.raises(LogMissing):
        open_sqlite_log_to_read(tmp_path / "none.db", NAMES)
