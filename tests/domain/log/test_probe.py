"""The probe of a log in SQLite: the WAL gets its whole length while nobody waits, and nothing else changes."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from domain.log import probe
from domain.log.event_log import EventLog
from domain.log.event_rows import LAST_POSITION
from domain.log.read_connection import connect_unchanged
from domain.log.reserve import PLENTY, RESERVE_BYTES
from domain.log.schema import ONWARD
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from tests.support.toy_aggregates import NAMES, visit

PLENTY_OF_ROOM = PLENTY * RESERVE_BYTES


def test_after_a_probe_no_commit_makes_the_wal_longer(log: EventLog, path: Path) -> None:
    log.append(visit())
    assert 0 < _measure_wal(path) < probe.WAL_BYTES
    log.probe()
    length, before = _measure_wal(path), path.stat().st_size
    assert length >= probe.WAL_BYTES
    for number in range(300):
        log.append(visit(f"guest {number}", texts=20))
    assert path.stat().st_size > before  # the WAL was copied into the log meanwhile
    assert _measure_wal(path) == length
    assert log.verify().whole


def test_a_log_whose_program_was_killed_after_a_probe_holds_every_event(log: EventLog, path: Path) -> None:
    """The files as they stand then: what was taken back is behind the last commit, and counts for nothing."""
    log.append(visit("ann"))
    log.probe()
    log.append(visit("ben"))
    copy = path.parent / "killed" / path.name
    copy.parent.mkdir(mode=0o700)
    for file in path.parent.glob(f"{path.name}*"):
        shutil.copy(file, copy.parent)
    with closing(open_sqlite_log(copy, NAMES)) as opened:
        assert opened.read_rows() == log.read_rows()
        assert opened.verify().whole


@pytest.mark.parametrize(("commits", "is_copied"), [(probe.COMMITS, True), (probe.COMMITS - 1, False)])
def test_after_some_commits_a_probe_copies_the_wal_into_the_log(
    path: Path, tmp_path: Path, commits: int, is_copied: bool
) -> None:
    create_sqlite_log(path, NAMES).close()
    with closing(open_sqlite_log(path, NAMES)) as log:
        for number in range(commits):
            log.append(visit(f"guest {number}"))
        log.probe()
        alone = tmp_path / "without its WAL"
        shutil.copy(path, alone)
        with closing(connect_unchanged(alone)) as copy:
            found = copy.execute(ONWARD, (0, LAST_POSITION, 1_000)).fetchall()
        assert (found == log.read_rows()) is is_copied
        log.append(visit("the last"))
        assert log.verify().whole


@pytest.mark.parametrize(("free", "is_extended"), [(PLENTY_OF_ROOM, True), (PLENTY_OF_ROOM - 1, False)])
def test_where_room_is_short_the_wal_takes_none_ahead(
    log: EventLog, path: Path, monkeypatch: pytest.MonkeyPatch, free: int, is_extended: bool
) -> None:
    monkeypatch.setattr(probe, "count_free_bytes", lambda _: free)
    log.probe()
    assert (_measure_wal(path) >= probe.WAL_BYTES) is is_extended


def _measure_wal(log_file: Path) -> int:
    return log_file.with_name(f"{log_file.name}-wal").stat().st_size
