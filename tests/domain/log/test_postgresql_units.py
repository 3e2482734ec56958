"""Many units in one database: to whom each belongs, by which tables they are kept, and over how many connections."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from domain.log.chain import Head
from domain.log.errors import LogBusy
from domain.log.event_log import EventLog
from domain.log.postgresql.pool import MOST
from domain.log.postgresql.store import SCHEMA, check_database, create_unit
from domain.log.server_errors import NoSuchUnit, OtherTables
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin, SourceLink, SourceRow
from tests.support.log_error_sentences import raises_log_error
from tests.support.log_stores import LogStore
from tests.support.postgresql_server import OWNER, WRITER, PostgreSQLServer
from tests.support.toy_aggregates import NAMES, Tally, id_for, visit
from tests.support.waiting import wait_until

SCHEMA_1 = Path(__file__).with_name("schema_1.sql")
"""The tables as the first version of this program made them."""
NORTH = "kiosk_north"
HEARD = SourceHeard(uuid4(), datetime(2026, 11, 19, tzinfo=UTC), Head(1, bytes(32)), None)


@pytest.fixture
def log(unit: LogStore) -> Iterator[EventLog]:
    log = unit.create()
    yield log
    log.close()


# --- To whom a unit belongs ------------------------------------------------------------------


@pytest.fixture(scope="module")
def north(postgresql: PostgreSQLServer) -> str:
    return postgresql.add_role(NORTH)


def find_unit_no(server: PostgreSQLServer, log: EventLog) -> object:
    ((unit_no,),) = server.execute(f"SELECT unit_no FROM kiosk.unit_name WHERE log_id = '{log.log_id}'")
    return unit_no


@pytest.mark.parametrize("table", ["unit", "unit_name", "event", "taken", "heard"])
def test_a_role_sees_nothing_of_a_unit_of_another(
    postgresql: PostgreSQLServer, north: str, log: EventLog, table: str
) -> None:
    row = SourceRow(id_for("door"), 1, "toy.tally.counted", b"{}")
    log.append_taken([row], Origin([SourceLink(1, bytes(32), None)], HEARD))
    select = f"SELECT count(*) FROM kiosk.{table} WHERE unit_no = {find_unit_no(postgresql, log)}"
    assert postgresql.execute(select, WRITER) == [(1,)]
    assert postgresql.execute(select, NORTH) == [(0,)]


@pytest.mark.parametrize(
    "addition",
    [
        "INSERT INTO kiosk.event VALUES ({unit_no}, 4, gen_random_uuid(), 1, 'toy', '', sha256('a'))",
        "INSERT INTO kiosk.taken VALUES ({unit_no}, 1, gen_random_uuid(), 1, sha256('a'), NULL, 0)",
        "INSERT INTO kiosk.heard VALUES ({unit_no}, gen_random_uuid(), 0, 1, sha256('a'), 0)",
        "INSERT INTO kiosk.unit_name VALUES ({unit_no}, 2, gen_random_uuid())",
        "INSERT INTO kiosk.unit (role) VALUES ('kiosk_office')",
        "UPDATE kiosk.unit SET role = 'kiosk_north'",
        "INSERT INTO kiosk.schema_version VALUES (1)",
    ],
)
def test_a_role_adds_nothing_to_a_unit_of_another(
    postgresql: PostgreSQLServer, north: str, log: EventLog, addition: str
) -> None:
    log.append(visit())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        postgresql.execute(addition.format(unit_no=find_unit_no(postgresql, log)), NORTH)
    assert log.verify().events == 3


def test_a_role_does_not_move_the_head_of_a_unit_of_another(
    postgresql: PostgreSQLServer, north: str, log: EventLog
) -> None:
    log.append(visit())
    unit_no = find_unit_no(postgresql, log)
    postgresql.execute(f"UPDATE kiosk.unit SET position = 9, chain = sha256('a') WHERE unit_no = {unit_no}", NORTH)
    assert log.append(visit("ben"))[0] == 4


def test_a_unit_is_opened_by_the_role_that_it_was_given_to_and_by_no_other(
    postgresql: PostgreSQLServer, north: str, unit: LogStore, log: EventLog
) -> None:
    log.append(visit("ann"))
    there = LogStore(unit.folder, north, unit.born)
    with raises_log_error(NoSuchUnit, match="has no unit .* for this role: .* let its owner give the unit to the role"):
        there.open()
    postgresql.execute(f"UPDATE kiosk.unit SET role = '{NORTH}' WHERE unit_no = {find_unit_no(postgresql, log)}", OWNER)
    with closing(there.open()) as given:
        assert given.append(visit("ben")) == [4, 5, 6]
        assert given.verify().whole
    with pytest.raises(NoSuchUnit):
        unit.open()


# --- Which tables ----------------------------------------------------------------------------

CATALOGUE = """
SELECT 'column', attrelid::regclass::text, attname::text, format_type(atttypid, atttypmod), attnotnull,
    pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'kiosk'::regnamespace) AND attnum > 0
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid), true, ''
    FROM pg_constraint WHERE connamespace = 'kiosk'::regnamespace
UNION ALL SELECT 'index', tablename::text, indexname::text, indexdef, true, '' FROM pg_indexes
    WHERE schemaname = 'kiosk'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text, pg_get_triggerdef(oid), true, '' FROM pg_trigger
    WHERE NOT tgisinternal
UNION ALL SELECT 'policy', polrelid::regclass::text, polname::text, pg_get_expr(polqual, polrelid), polpermissive,
    polcmd::text FROM pg_policy
UNION ALL SELECT 'rights', relname::text, relacl::text, '', relrowsecurity, '' FROM pg_class
    WHERE relnamespace = 'kiosk'::regnamespace AND relkind = 'r'
UNION ALL SELECT 'rights of a column', attrelid::regclass::text, attname::text, attacl::text, true, ''
    FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid::regclass::text LIKE 'kiosk.%'
UNION ALL SELECT 'version', version::text, '', '', true, '' FROM kiosk.schema_version
"""


def read_catalogue(server: PostgreSQLServer, database: str) -> set[tuple[object, ...]]:
    with psycopg.connect(server.build_address("postgres", database)) as connection:
        return {*connection.execute(CATALOGUE)}


def test_tables_of_version_1_are_refused_until_they_are_brought_up_and_are_then_as_new_ones(
    postgresql: PostgreSQLServer, unit: LogStore, log: EventLog
) -> None:
    address = postgresql.add_database("before", SCHEMA_1)
    log.append(visit("ann"))
    with psycopg.connect(postgresql.admin) as here, psycopg.connect(postgresql.build_address(OWNER, "before")) as there:
        there.execute("INSERT INTO kiosk.unit DEFAULT VALUES")
        there.execute("INSERT INTO kiosk.unit_name VALUES (1, 1, %s)", (unit.born,))
        rows = here.execute("SELECT * FROM kiosk.event WHERE unit_no = %s", (find_unit_no(postgresql, log),)).fetchall()
        for _, *row in rows:
            there.execute("INSERT INTO kiosk.event VALUES (1, %s, %s, %s, %s, %s, %s)", row)
        there.execute("UPDATE kiosk.unit SET position = %s, chain = %s", (rows[-1][1], rows[-1][-1]))
    with raises_log_error(OtherTables, match=r"of version 1, .* version 2: .* run upgrade_1_to_2\.sql there"):
        check_database(address)
    postgresql.run_script(SCHEMA.with_name("upgrade_1_to_2.sql"), "before", "-v", f"role={WRITER}")
    with closing(LogStore(unit.folder, address, unit.born).open()) as upgraded:
        assert upgraded.append(visit("ben")) == [4, 5, 6]
        assert upgraded.verify().events == 6
    assert read_catalogue(postgresql, "before") == read_catalogue(postgresql, "kiosk")


def test_tables_of_a_newer_program_are_refused(postgresql: PostgreSQLServer, unit: LogStore, log: EventLog) -> None:
    postgresql.execute("INSERT INTO kiosk.schema_version VALUES (3)")
    try:
        with raises_log_error(OtherTables, match="of version 3, .* knows version 2: update this program"):
            unit.open()
    finally:
        postgresql.execute("DELETE FROM kiosk.schema_version WHERE version = 3")
    unit.open().close()


# --- Connections -----------------------------------------------------------------------------


def count_connections(server: PostgreSQLServer) -> object:
    like = f"kiosk on %, process {os.getpid()}"
    return server.execute(f"SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '{like}'")[0][0]


def test_logs_that_are_open_in_one_process_share_two_connections(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    before = count_connections(postgresql)
    with ExitStack() as opened:
        for number in range(2 * MOST):
            log = opened.enter_context(closing(create_unit(postgresql.address, uuid4(), NAMES, tmp_path)))
            log.append(visit(f"guest {number}"))
            assert log.head().position == 3
        assert count_connections(postgresql) == 2
        log.close()
        log.close()
        assert count_connections(postgresql) == 2
    assert before == 0
    wait_until(lambda: count_connections(postgresql) == 0, lambda: "a connection is left")  # the server ends it later


def test_more_writers_than_connections_that_read_while_they_write_come_all_to_an_end(
    postgresql: PostgreSQLServer, tmp_path: Path
) -> None:
    def count(log: EventLog) -> None:
        tally = Tally.begin(id_for("door"))
        for number in range(10):
            with log.writing():
                assert log.head().position == number
                tally.count(by=number)
                log.append(tally)

    with ExitStack() as opened, ThreadPoolExecutor(2 * MOST) as threads:
        logs = [
            opened.enter_context(closing(create_unit(postgresql.address, uuid4(), NAMES, tmp_path)))
            for _ in range(2 * MOST)
        ]
        for done in [threads.submit(count, log) for log in logs]:
            done.result()
        assert 2 <= int(str(count_connections(postgresql))) <= 2 * MOST
        assert [log.verify().events for log in logs] == [10] * len(logs)


def test_a_writer_that_waited_in_vain_is_told_which_process_writes(unit: LogStore, log: EventLog) -> None:
    with (
        closing(unit.open(timeout=0.05)) as other,
        log.writing(),
        raises_log_error(LogBusy, match=rf"for 0\.05 s \(kiosk on .+, process {os.getpid()}\): try again"),
    ):
        other.append(visit())
    assert log.append(visit()) == [1, 2, 3]
