"""The tables and triggers of a log: altered ones are not opened, not written through, and found by a verification."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from domain.log.chain import EMPTY_HEAD
from domain.log.errors import RowsNotKept, SchemaAltered
from domain.log.event_log import EventLog
from domain.log.source_heard import SourceHeard
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from kiosk.words.log_errors import explain_verdict
from tests.support.log_error_sentences import raises_log_error
from tests.support.people import local_time
from tests.support.tampering import open_unguarded
from tests.support.toy_aggregates import NAMES, visit

HEARD = SourceHeard(UUID(int=1), local_time("2026-11-19 09:00"), EMPTY_HEAD, None)
"""With the first row of a source a log gets their tables."""
SWALLOWING = "CREATE TRIGGER audit BEFORE INSERT ON stored_events BEGIN SELECT RAISE(IGNORE); END"

ALTERATIONS = {
    "a trigger is put in": (SWALLOWING, "it holds the trigger 'audit'"),
    "a trigger is taken out": ("DROP TRIGGER stored_events_no_delete", "its trigger 'stored_events_no_delete' is miss"),
    "a trigger does nothing any more": (
        "DROP TRIGGER stored_events_no_update; CREATE TRIGGER stored_events_no_update BEFORE UPDATE ON stored_events "
        "BEGIN SELECT 1; END",
        "its trigger 'stored_events_no_update' is not as",
    ),
    "a view is put in": ("CREATE VIEW taps AS SELECT * FROM stored_events", "it holds the view 'taps'"),
    "an index is put in": ("CREATE INDEX by_topic ON stored_events (topic)", "it holds the index 'by_topic'"),
    "statistics are put in": ("ANALYZE", "it holds the table 'sqlite_stat1'"),
}


@pytest.fixture(params=ALTERATIONS)
def alteration(request: pytest.FixtureRequest) -> tuple[str, str]:
    """What is done to the file, and what is reported."""
    return ALTERATIONS[request.param]


def alter(path: Path, statements: str) -> None:
    with open_unguarded(path, without_triggers=False) as tool:
        tool.executescript(statements)


def test_a_log_with_an_altered_schema_is_not_opened(path: Path, alteration: tuple[str, str]) -> None:
    with closing(create_sqlite_log(path, NAMES)) as log:
        log.append(visit("ann"))
    alter(path, alteration[0])
    with raises_log_error(SchemaAltered, match=alteration[1]):
        open_sqlite_log(path, NAMES)


def test_nothing_is_written_through_an_altered_schema(path: Path, log: EventLog, alteration: tuple[str, str]) -> None:
    log.append(visit("ann"))
    alter(path, alteration[0])
    for write in (lambda: log.append(visit("ben")), log.probe, log.renew_identity):
        with raises_log_error(SchemaAltered, match=alteration[1]):
            write()
    assert log.head().position == 3


def test_a_verification_finds_an_altered_schema(path: Path, log: EventLog, alteration: tuple[str, str]) -> None:
    log.append(visit("ann"))
    alter(path, alteration[0])
    verdict = log.verify()
    assert (verdict.whole, verdict.first_bad, verdict.events) == (False, None, 3)
    assert alteration[1] in explain_verdict(verdict)


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ("DROP TRIGGER taken_no_delete", "its trigger 'taken_no_delete' is missing"),
        ("DROP TRIGGER taken_is_not_replaced", "its trigger 'taken_is_not_replaced' is missing"),
        ("DROP TRIGGER stored_events_no_update", "its trigger 'stored_events_no_update' is missing"),
        ("CREATE INDEX by_source ON taken (source)", "it holds the index 'by_source'"),
    ],
)
def test_the_table_of_sources_is_held_to_its_schema_too(path: Path, log: EventLog, statements: str, said: str) -> None:
    log.write_heard(HEARD)
    log.append(visit("ann"))
    assert log.verify().whole
    alter(path, statements)
    assert said in explain_verdict(log.verify())
    with raises_log_error(SchemaAltered, match=said):
        log.append(visit("ben"))


def test_a_log_gets_the_tables_of_sources_once_and_under_programs_that_have_it_open(path: Path, log: EventLog) -> None:
    log.append(visit("ann"))
    head = log.head()
    with closing(open_sqlite_log(path, NAMES)) as other:
        assert read_format(path) == 1
        log.write_heard(HEARD)
        log.write_heard(HEARD)
        assert read_format(path) == 2
        other.probe()
        assert other.append(visit("ben")) == [4, 5, 6]
    assert read_format(path) == 2
    assert log.find_objection(head) is None
    assert log.verify().whole


def read_format(path: Path) -> int:
    with open_unguarded(path, without_triggers=False) as tool:
        return tool.execute("PRAGMA user_version").fetchone()[0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE taken SET source_position = 2",
        "DELETE FROM taken",
        "INSERT OR REPLACE INTO taken VALUES (1, 'door', 1, zeroblob(32), NULL, 0)",
        "INSERT INTO taken VALUES (2, 'door', 1, zeroblob(32), NULL, 0)",
    ],
)
def test_what_stands_in_the_table_of_sources_is_not_changed(path: Path, log: EventLog, statement: str) -> None:
    log.write_heard(HEARD)
    log.append(visit("ann"))
    with open_unguarded(path, without_triggers=False) as tool:
        tool.execute("INSERT INTO taken VALUES (1, 'door', 1, zeroblob(32), NULL, 0)")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            tool.execute(statement)


def test_a_schema_that_was_altered_and_put_back_is_written_through(path: Path, log: EventLog) -> None:
    with open_unguarded(path):
        pass
    assert log.append(visit("ann")) == [1, 2, 3]
    assert log.verify().whole


@pytest.mark.parametrize(
    "body",
    [
        "BEFORE INSERT ON stored_events BEGIN SELECT RAISE(IGNORE); END",
        "BEFORE INSERT ON stored_events WHEN NEW.originator_version = 2 BEGIN SELECT RAISE(IGNORE); END",
    ],
)
def test_an_insert_proves_that_its_rows_were_written(path: Path, body: str) -> None:
    """A trigger of the connection alone, which no file holds: the schema is that of a log."""
    with closing(create_sqlite_log(path, NAMES)) as log:
        log.append(visit("ann"))
        with log._recorder.store.get_connection(commit=False) as connection:
            connection._sqlite_conn.execute(f"CREATE TEMP TRIGGER quiet {body.replace('ON stored', 'ON main.stored')}")
        with raises_log_error(RowsNotKept, match="does not keep what is written to it"):
            log.append(visit("ben"))
        assert log.head().position == 3


def test_a_new_name_is_read_back_too(path: Path) -> None:
    with closing(create_sqlite_log(path, NAMES)) as log:
        with log._recorder.store.get_connection(commit=False) as connection:
            connection._sqlite_conn.execute(
                "CREATE TEMP TRIGGER quiet BEFORE INSERT ON main.log_identity BEGIN SELECT RAISE(IGNORE); END"
            )
        with raises_log_error(RowsNotKept, match="does not keep"):
            log.renew_identity()
