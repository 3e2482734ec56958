"""A server that ends the sessions of a log, or crashes: nothing that was acknowledged is lost."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.log.errors import (
    CannotConnect,
    Conflict,
    OutcomeUnknown,
    ServerFailed,
)
from domain.log.event_log import EventLog
from tests.support.log_error_sentences import raises_log_error
from tests.support.log_stores import LogStore
from tests.support.lost_answers import end_sessions, lose_answer_of_commit
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.toy_aggregates import Tally, id_for, visit

HERE = Path(__file__).parents[3]


@pytest.fixture
def log(unit: LogStore) -> Iterator[EventLog]:
    log = unit.create()
    yield log
    log.close()


def test_a_log_goes_on_over_new_sessions(postgresql: PostgreSQLServer, log: EventLog) -> None:
    log.append(visit("ann"))
    end_sessions(postgresql)
    assert log.append(visit("ben")) == [4, 5, 6]
    end_sessions(postgresql)
    assert log.head().position == 6


def test_a_session_that_ends_before_its_commit_has_stored_nothing(postgresql: PostgreSQLServer, log: EventLog) -> None:
    guest = visit("ann")
    with log.writing():
        log.append(visit("ben"))
        end_sessions(postgresql)
        with raises_log_error(ServerFailed, match="wrote nothing"):
            log.append(guest)
        assert log.next_position() == 4
        assert log.append(guest) == [4, 5, 6]
    assert log.verify().whole


def test_an_answer_that_was_lost_is_looked_up(
    postgresql: PostgreSQLServer, log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.append(visit("ann"))
    lose_answer_of_commit(monkeypatch, lambda: end_sessions(postgresql))
    guest = visit("ben")
    assert log.append(guest) == [4, 5, 6]
    assert guest.pending_events == []
    assert log.append(visit("cat")) == [7, 8, 9]
    assert log.verify().events == 9


def test_where_the_server_is_gone_with_the_answer_nobody_claims_to_know(
    postgresql: PostgreSQLServer, log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.append(visit("ann"))
    lose_answer_of_commit(monkeypatch, lambda: postgresql.stop("immediate"))
    guest = visit("ben")
    try:
        with raises_log_error(OutcomeUnknown, match="may be stored or not; look before you enter it again"):
            log.append(guest)
    finally:
        postgresql.start()
    assert [at for at, _ in log.read_entries()] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(Conflict):
        log.append(guest)


STOPPED = """
import os, signal, sys
from tests.support.log_stores import find_store
from tests.support.toy_aggregates import visit
from domain.log.postgresql.recorder import PostgreSQLRecorder
insert = PostgreSQLRecorder._insert_rows
def stop(*arguments):
    insert(*arguments)
    print("in the middle", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
PostgreSQLRecorder._insert_rows = stop
find_store(*sys.argv[1:]).open().append(visit("ann"))
"""


def test_a_writer_that_is_killed_in_its_transaction_leaves_nothing_and_frees_the_lock(
    unit: LogStore, log: EventLog
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, *unit.words], cwd=HERE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.communicate()[0] == "in the middle\n"
        assert writer.returncode == -signal.SIGKILL
    assert log.append(visit("ben")) == [1, 2, 3]


def test_a_crash_of_the_server_loses_nothing_that_was_acknowledged(postgresql: PostgreSQLServer, log: EventLog) -> None:
    tally = Tally.begin(id_for("door"))
    for number in range(20):
        tally.count(by=number)
        log.append(tally)
    postgresql.stop("immediate")
    with pytest.raises(CannotConnect):
        log.head()
    with pytest.raises(CannotConnect):
        log.append(visit())
    postgresql.start()
    assert log.verify().events == 20
    assert log.append(visit())[0] == 21
