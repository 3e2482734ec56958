"""A copy of a log that others write to: what is the same in it, and what it proves."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.chain import EMPTY_HEAD
from domain.log.copying import copy_log, read_names_and_head, verify_copy
from domain.log.errors import CannotRead, CannotWrite, NotALog
from domain.log.event_log import EventLog
from kiosk.words.log_errors import explain_verdict
from tests.support.full_disk import full_disk
from tests.support.log_error_sentences import raises_log_error
from tests.support.tampering import flip_bit, open_unguarded
from tests.support.toy_aggregates import visit

EVENTS = "SELECT * FROM stored_events ORDER BY position"


def signed(log: EventLog, guest: str, texts: int = 3) -> None:
    """A guest comes and signs: one transaction, one event more than there are texts."""
    log.append(visit(guest, texts))


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


def test_a_copy_holds_every_event_under_its_position_and_proves_it(log: EventLog, path: Path, copy: Path) -> None:
    signed(log, "ann")
    copy_log(path, copy)
    proved = verify_copy(copy)
    assert (proved.verdict.whole, proved.verdict.head) == (True, log.head())
    assert proved.names == (log.log_id,)
    assert rows(copy, EVENTS) == rows(path, EVENTS)


def test_a_copy_goes_on_counting_where_the_log_had_come_to_even_past_an_end_that_was_cut_off(
    log: EventLog, path: Path, copy: Path
) -> None:
    """Row ids are kept, and so is the count of all that were ever given: no position is given a second time."""
    signed(log, "ann", texts=5)
    with open_unguarded(path) as connection:
        connection.execute("DELETE FROM stored_events WHERE position > 4")
    copy_log(path, copy)
    assert rows(copy, "SELECT name, seq FROM sqlite_sequence ORDER BY 1") == [("log_identity", 1), ("stored_events", 6)]
    assert explain_verdict(verify_copy(copy).verdict) == "event 5 is missing: the log once reached position 6"


def test_a_hole_stays_a_hole_in_the_copy(log: EventLog, path: Path, copy: Path) -> None:
    signed(log, "ann")
    with open_unguarded(path) as connection:
        connection.execute("DELETE FROM stored_events WHERE position = 2")
    copy_log(path, copy)
    assert [row[0] for row in rows(copy, EVENTS)] == [1, 3, 4]
    assert explain_verdict(verify_copy(copy).verdict) == "event 2 is missing: position 3 stands in its place"


def test_a_copy_is_its_owners_alone_and_is_not_changed_by_the_proof(log: EventLog, path: Path, copy: Path) -> None:
    signed(log, "ann")
    copy_log(path, copy)
    before = copy.read_bytes()
    verify_copy(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.read_bytes() == before
    assert sorted(file.name for file in copy.parent.glob("copy.db*")) == ["copy.db"]


def test_a_copy_is_one_state_of_the_log_while_others_write(log: EventLog, path: Path, tmp_path: Path) -> None:
    over = threading.Event()

    def write() -> None:
        for number in range(10_000):
            if over.is_set():
                return
            signed(log, f"guest {number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(8):
            before = log.head().position
            copy_log(path, tmp_path / f"copy{number}.db")
            proved = verify_copy(tmp_path / f"copy{number}.db").verdict
            assert proved.whole, proved
            assert proved.head.position >= before
            assert (proved.head.position == 0) or log.chain_at(proved.head.position) == proved.head.chain
            assert proved.head.position % 4 == 0, "transactions are whole: each wrote four events"
    finally:
        over.set()
        writer.join()


def test_an_empty_log_can_be_copied(log: EventLog, path: Path, copy: Path) -> None:
    copy_log(path, copy)
    assert verify_copy(copy).verdict.head == EMPTY_HEAD == log.head()


def test_an_altered_event_is_found(log: EventLog, path: Path, copy: Path) -> None:
    signed(log, "ann")
    copy_log(path, copy)
    flip_bit(copy, copy.read_bytes().index(b"text 1 of ann"), 0)
    assert verify_copy(copy).verdict.first_bad == 3


def test_the_end_of_a_log_can_be_read_while_it_is_open(log: EventLog, path: Path) -> None:
    signed(log, "ann")
    assert read_names_and_head(path) == ((log.log_id,), log.head())


# --- What cannot be ---


def test_nothing_is_copied_over(log: EventLog, path: Path, copy: Path) -> None:
    copy.write_text("mine")
    with raises_log_error(CannotWrite, match="File exists"):
        copy_log(path, copy)
    assert copy.read_text() == "mine"


def test_a_full_disk_is_the_copys_trouble_and_not_the_logs(log: EventLog, path: Path, copy: Path) -> None:
    signed(log, "ann")
    with full_disk(), pytest.raises(CannotWrite) as said:
        copy_log(path, copy)
    assert said.value.place == copy
    signed(log, "ben")


@pytest.mark.parametrize("ask", [verify_copy, read_names_and_head])
def test_what_is_no_log_is_said_so(ask: object, tmp_path: Path) -> None:
    assert callable(ask)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(NotALog):
        ask(other)
    (tmp_path / "text.db").write_text("no database at all, however long " * 200)
    with pytest.raises(NotALog):
        ask(tmp_path / "text.db")


def test_a_log_that_is_not_there_is_not_made(tmp_path: Path, copy: Path) -> None:
    with pytest.raises((CannotRead, CannotWrite)):
        copy_log(tmp_path / "nothing.db", copy)
    assert not (tmp_path / "nothing.db").exists()


def test_every_name_that_the_log_had_is_in_the_copy(log: EventLog, path: Path, copy: Path) -> None:
    born = log.log_id
    log.renew_identity()
    copy_log(path, copy)
    assert (verify_copy(copy).original_name, verify_copy(copy).names) == (born, (born, log.log_id))
