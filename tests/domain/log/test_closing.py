"""A log that several threads share: one closes it while another reads, where SQLite would end the program."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from threading import Event

import pytest

from domain.log.errors import CannotRead, LogBusy
from domain.log.sqlite import create_sqlite_log
from kiosk.people.people import People
from tests.support.toy_aggregates import NAMES, visit
from tests.support.waiting import TIMEOUT_SECONDS, wait_until

COUNTS = 1_500_000
SLOW = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {COUNTS}) SELECT count(*) FROM n"
"""Takes some tenths of a second."""


def test_a_log_is_closed_once_the_thread_that_reads_it_has_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = create_sqlite_log(tmp_path / "log.db", NAMES, timeout=TIMEOUT_SECONDS)
    store, order = log._recorder.store, list[str]()
    put = store.pool.put_connection
    monkeypatch.setattr(store.pool, "put_connection", lambda connection: (order.append("answered"), put(connection)))
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(store.rows, SLOW)
        wait_until(lambda: store.pool.num_in_use == 1, lambda: "nobody reads")
        log.close()
        order.append("closed")
        assert reading.result() == [(COUNTS,)]
    assert order == ["answered", "closed"]


def test_a_log_that_is_read_for_longer_than_one_waits_stays_open(tmp_path: Path) -> None:
    log = create_sqlite_log(tmp_path / "log.db", NAMES)
    pool = log._recorder.store.pool
    pool.pool_timeout = 0.01
    reading = pool.get_connection()
    with pytest.raises(LogBusy):
        log.close()
    pool.put_connection(reading)
    assert log.read_rows() == []
    log.close()


def test_a_thread_that_reads_a_closed_log_is_refused(tmp_path: Path) -> None:
    log = create_sqlite_log(tmp_path / "log.db", NAMES)
    log.close()
    with pytest.raises(CannotRead):
        log.read_rows()
    log.close()


def test_a_thread_that_reads_again_waits_for_the_one_that_asked_before(tmp_path: Path) -> None:
    log = create_sqlite_log(tmp_path / "log.db", NAMES)
    pool, order = log._recorder.store.pool, list[str]()

    def read(name: str) -> None:
        connection = pool.get_connection()
        order.append(name)
        pool.put_connection(connection)

    reading = pool.get_connection()
    with ThreadPoolExecutor(1) as other:
        done = other.submit(read, "asked before")
        wait_until(pool._turn.locked, lambda: "nobody waits")
        pool.put_connection(reading)
        read("reads again")
        done.result()
    log.close()
    assert order == ["asked before", "reads again"]


# --- One transaction, from the first look to the commit ---


def test_what_is_read_in_a_block_is_read_in_the_transaction_that_appends(tmp_path: Path) -> None:
    """SQLite takes its own locks once, not with each query; another thread reads what is committed meanwhile."""
    with closing(create_sqlite_log(tmp_path / "log.db", NAMES)) as log, ThreadPoolExecutor(1) as other:
        pool, states = log._recorder.store.pool, list[tuple[bool, int, int]]()

        def note_state() -> None:
            states.append((pool.in_transaction, log.head().position, other.submit(log.head).result().position))

        with log.writing():
            note_state()
            log.append(visit("ann"))
            note_state()
            log.append(visit("ben"))
        note_state()
    assert states == [(True, 0, 0), (False, 3, 3), (False, 6, 6)]


def test_a_block_that_appends_nothing_leaves_no_transaction(tmp_path: Path) -> None:
    """Of SQLite's own shell, which does not know our lock, neither the block nor a block that failed keeps one out."""
    with (
        closing(create_sqlite_log(tmp_path / "log.db", NAMES)) as log,
        closing(sqlite3.connect(tmp_path / "log.db", timeout=0, isolation_level=None)) as shell,
    ):
        with log.writing(), log.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            shell.execute("BEGIN IMMEDIATE")
        with suppress(LookupError), log.writing():
            raise LookupError
        shell.execute("BEGIN IMMEDIATE")
        log._recorder.store.rows("PRAGMA busy_timeout=1")
        with pytest.raises(LogBusy), log.writing():
            pass
        shell.execute("ROLLBACK")
        log.append(visit("ann"))
        assert log.verify().whole


def test_a_block_whose_end_another_thread_holds_up_says_that_the_log_is_busy(tmp_path: Path) -> None:
    """The transaction is ended with the next block."""
    with closing(create_sqlite_log(tmp_path / "log.db", NAMES)) as log:
        pool, block = log._recorder.store.pool, log.writing()
        pool.pool_timeout = 0.01
        block.__enter__()
        reading = pool.get_connection()
        with pytest.raises(LogBusy):
            block.__exit__(None, None, None)
        pool.put_connection(reading)
        with log.writing():
            assert pool.in_transaction
        assert not pool.in_transaction
        log.append(visit("ann"))
        assert log.verify().whole


def test_the_people_store_is_closed_once_the_thread_that_reads_it_has_its_answer(tmp_path: Path) -> None:
    people, order, begun = People.create(tmp_path / "people.db", simulation=True), list[str](), Event()

    def read() -> int:
        with people._reading:
            begun.set()
            count = people._fetch_value(SLOW)
            order.append("answered")
            return count

    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(read)
        assert begun.wait(TIMEOUT_SECONDS)
        people.close()
        order.append("closed")
        assert reading.result() == COUNTS
    assert order == ["answered", "closed"]
