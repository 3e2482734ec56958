"""The last head beside the log: an acknowledged record cannot go missing unnoticed."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.errors import CannotReadHead, LogError, LogReplaced, LogWentBack
from domain.log.event_log import EventLog
from domain.log.head_file import SLOT, HeadFile
from domain.log.sqlite import create_sqlite_log, open_sqlite_log, open_sqlite_log_to_read
from kiosk.words.log_errors import explain_log_error
from tests.support.log_error_sentences import raises_log_error
from tests.support.tampering import flip_bit, open_unguarded
from tests.support.toy_aggregates import NAMES, id_for, visit

HALF = bytes(range(32))


@pytest.fixture
def closed(path: Path) -> Path:
    """A log of ten events that nobody has open."""
    with closing(create_sqlite_log(path, NAMES)) as log:
        log.append(visit("ann", texts=4))
        log.append(visit("ben", texts=4))
    return path


def kept(path: Path) -> HeadFile:
    return HeadFile(path)


def cut_off(path: Path, after: int) -> None:
    """The end of a log, gone without a trace in the database, as SQLite leaves it when its WAL is damaged."""
    with open_unguarded(path) as tool:
        tool.execute("DELETE FROM stored_events WHERE position > ?", (after,))
        tool.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'stored_events'", (after,))


# --- What it holds ---


def test_every_append_leaves_its_end_beside_the_log(path: Path, log: EventLog) -> None:
    for number in range(5):
        log.append(visit(f"guest {number}"))
        found = kept(path).read()
        assert found is not None
        assert (found.log_id, found.head) == (log.log_id, log.head())


def test_an_append_that_was_refused_leaves_it_where_it_was(path: Path, log: EventLog) -> None:
    log.append(visit("ann"))
    before = kept(path).read()
    with pytest.raises(LogError):
        log.append(visit("ann"))
    assert kept(path).read() == before


def test_a_whole_walk_is_remembered_and_appends_leave_it_standing(path: Path, log: EventLog) -> None:
    log.append(visit("ann"))
    head = log.verify().head
    log.append(visit("ben"))
    found = kept(path).read()
    assert found is not None
    assert found.verified_head == head != found.head


def test_a_restored_log_has_not_been_walked(path: Path, log: EventLog) -> None:
    log.append(visit("ann"))
    log.verify()
    log.renew_identity()
    found = kept(path).read()
    assert found is not None
    assert (found.log_id, found.head, found.verified_head) == (log.log_id, log.head(), EMPTY_HEAD)


# --- A write that is torn, a bit that flips ---


@given(st.integers(0, 2 * SLOT - 1), st.integers(0, 7))
def test_one_bit_costs_it_one_head_at_most(tmp_path_factory: pytest.TempPathFactory, byte: int, bit: int) -> None:
    file = HeadFile(tmp_path_factory.mktemp("head") / "log.db")
    for position in (1, 2):
        file.save(id_for("log"), Head(position, HALF))
    file.close()
    flip_bit(file.path, byte, bit)
    found = file.read()
    assert found is not None
    assert found.head in (Head(1, HALF), Head(2, HALF))


@given(st.integers(0, SLOT))
def test_a_torn_write_leaves_the_head_before_it(tmp_path_factory: pytest.TempPathFactory, arrived: int) -> None:
    file = HeadFile(tmp_path_factory.mktemp("head") / "log.db")
    file.save(id_for("log"), Head(1, HALF))
    before = file.path.read_bytes()
    file.save(id_for("log"), Head(2, HALF))
    file.close()
    after = file.path.read_bytes()
    slot = 0 if before[:SLOT] != after[:SLOT] else SLOT
    file.path.write_bytes(before[:slot] + after[slot : slot + arrived] + before[slot + arrived :])
    found = file.read()
    assert found is not None
    assert found.head in (Head(1, HALF), Head(2, HALF))


def test_after_a_slot_is_spoilt_the_next_head_goes_there(path: Path) -> None:
    file = HeadFile(path)
    for position in (1, 2):
        file.save(id_for("log"), Head(position, HALF))
    flip_bit(path.with_suffix(".head"), 20, 0)
    for position in (3, 4):
        file.save(id_for("log"), Head(position, HALF))
        found = file.read()
        assert found is not None
        assert found.head.position == position
    file.close()


def test_a_head_that_cannot_be_read_or_written_any_more_takes_nothing_from_an_open_log(
    closed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    head = closed.with_suffix(".head")
    with closing(open_sqlite_log(closed, NAMES)) as log, caplog.at_level(logging.WARNING):
        head.unlink()
        head.mkdir()
        for guest in ("cat", "dan", "eve"):
            assert len(log.append(visit(guest))) == 3
            copy_into_database(log)
        assert log.head().position == 19
    assert [message.partition(" (")[0].removeprefix(str(head)) for message in caplog.messages] == [
        " cannot be written",
        " cannot be read",
    ]


def test_an_open_log_still_has_to_hold_the_last_head_that_was_read_before_the_file_could_not_be(closed: Path) -> None:
    with closing(open_sqlite_log(closed, NAMES)) as log:
        closed.with_suffix(".head").unlink()
        closed.with_suffix(".head").mkdir()
        cut_off(closed, 5)
        copy_into_database(log)
        with pytest.raises(LogReplaced):
            log.append(visit("cat"))


def copy_into_database(log: EventLog) -> None:
    """Write the database file, as any program may: that is when an open log is compared with its head."""
    with closing(sqlite3.connect(str(log.place))) as tool:
        tool.execute("PRAGMA wal_checkpoint(PASSIVE)")


# --- Looked at when the log is opened ---


@pytest.mark.parametrize("after", [0, 5, 9])
def test_a_log_that_went_back_is_not_opened_and_says_what_to_do(closed: Path, after: int) -> None:
    cut_off(closed, after)
    with pytest.raises(LogWentBack) as refused:
        open_sqlite_log(closed, NAMES)
    assert explain_log_error(refused.value) == (
        f"the event log {closed} went back: it ends at position {after} and had reached 10; "
        "keep its files, restore the newest backup"
    )


def test_a_log_that_stands_where_it_stood_is_opened(closed: Path) -> None:
    open_sqlite_log(closed, NAMES).close()


def test_a_refusal_leaves_the_wal_in_which_the_lost_events_may_still_stand(path: Path, tmp_path: Path) -> None:
    log = create_sqlite_log(path, NAMES)
    log.append(visit("ann"))
    log.append(visit("ben"))
    left = tmp_path / "left"
    left.mkdir()
    for name in ("log.db", "log.db-wal", "log.head"):
        (left / name).write_bytes((tmp_path / name).read_bytes())
        (left / name).chmod(0o600)
    log.close()
    wal = left / "log.db-wal"
    flip_bit(wal, wal.stat().st_size - 100, 3)
    before = wal.read_bytes()
    with pytest.raises(LogWentBack):
        open_sqlite_log(left / "log.db", NAMES)
    assert wal.read_bytes() == before
    flip_bit(wal, wal.stat().st_size - 100, 3)
    with closing(open_sqlite_log(left / "log.db", NAMES)) as mended:
        assert mended.verify().events == 6


def test_a_log_ahead_of_its_head_was_killed_in_between_and_is_brought_up(closed: Path) -> None:
    before = closed.with_suffix(".head").read_bytes()
    with closing(open_sqlite_log(closed, NAMES)) as log:
        log.append(visit("cat"))
    closed.with_suffix(".head").write_bytes(before)
    with closing(open_sqlite_log(closed, NAMES)) as log:
        found = kept(closed).read()
        assert found is not None
        assert found.head == log.head() == (13, log.head().chain)


def test_an_older_copy_put_in_its_place_is_not_opened(closed: Path) -> None:
    before = closed.read_bytes()
    with closing(open_sqlite_log(closed, NAMES)) as log:
        log.append(visit("cat"))
    closed.write_bytes(before)
    with raises_log_error(LogWentBack, match="it ends at position 10 and had reached 13"):
        open_sqlite_log(closed, NAMES)


def test_another_log_put_in_its_place_is_not_opened(closed: Path, tmp_path: Path) -> None:
    with closing(create_sqlite_log(tmp_path / "other.db", NAMES)) as other:
        other.append(visit(texts=100))
    closed.write_bytes((tmp_path / "other.db").read_bytes())
    with raises_log_error(LogWentBack, match="it is another log, or a copy from before it was restored"):
        open_sqlite_log(closed, NAMES)


# --- A restore ---


def test_a_restore_opens_what_went_back_and_gives_it_a_new_name(closed: Path) -> None:
    cut_off(closed, 5)
    with closing(open_sqlite_log(closed, NAMES, restored=True)) as restored:
        name = restored.log_id
        restored.append(visit("cat"))
    with closing(open_sqlite_log(closed, NAMES)) as again:
        assert again.log_id == name
        assert again.verify().events == 8


def test_the_copy_from_before_a_restore_does_not_come_back_unnoticed(closed: Path) -> None:
    before = closed.read_bytes()
    open_sqlite_log(closed, NAMES, restored=True).close()
    closed.write_bytes(before)
    with raises_log_error(LogWentBack, match="a copy from before it was restored"):
        open_sqlite_log(closed, NAMES)


def test_a_name_that_was_put_in_excuses_no_log_that_went_back(closed: Path) -> None:
    """A restore puts a log in place together with its head file: no name comes to a log alone."""
    cut_off(closed, 5)
    with open_unguarded(closed, without_triggers=False) as tool:
        tool.execute("INSERT INTO log_identity (log_id) VALUES (?)", (str(uuid4()),))
    with raises_log_error(LogWentBack, match="it was given another name, as by a restore"):
        open_sqlite_log(closed, NAMES)


# --- Where it cannot be read ---


def make_folder(head: Path) -> None:
    """Root may read every file, but no folder as one."""
    head.unlink()
    head.mkdir()


@pytest.mark.parametrize("open_log", [open_sqlite_log, open_sqlite_log_to_read])
def test_a_head_that_the_system_does_not_give_is_no_log_without_one(
    closed: Path, open_log: Callable[..., EventLog]
) -> None:
    """Given a log that went back and a head file that cannot be read, it is not opened, and the head is the reason."""
    cut_off(closed, 5)
    make_folder(closed.with_suffix(".head"))
    with raises_log_error(CannotReadHead, match="a log that went back would not be noticed"):
        open_log(closed, NAMES)


def test_a_restored_log_is_opened_whatever_the_head_beside_it_is(closed: Path) -> None:
    make_folder(closed.with_suffix(".head"))
    with closing(open_sqlite_log(closed, NAMES, restored=True)) as log:
        assert log.head().position == 10


# --- Where there is none ---


def test_a_missing_head_is_said_once_and_made(closed: Path, caplog: pytest.LogCaptureFixture) -> None:
    closed.with_suffix(".head").unlink()
    for _ in range(2):
        open_sqlite_log(closed, NAMES).close()
    assert [message.partition(" is not there: it is made anew.")[1] != "" for message in caplog.messages] == [True]
    assert kept(closed).read() is not None


def test_a_head_that_cannot_be_read_is_said_once_and_made(closed: Path, caplog: pytest.LogCaptureFixture) -> None:
    closed.with_suffix(".head").write_bytes(b"nonsense" * 1024)
    for _ in range(2):
        open_sqlite_log(closed, NAMES).close()
    assert ["is not sound: it is made anew" in message for message in caplog.messages] == [True]


def test_a_copy_in_a_new_place_begins_its_own_without_a_word(
    closed: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(closed.read_bytes())
    copy.chmod(0o600)
    open_sqlite_log(copy, NAMES).close()
    assert caplog.messages == []
    assert kept(copy).read() is not None
