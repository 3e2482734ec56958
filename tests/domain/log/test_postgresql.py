"""What only a server can do to a log: refuse, be set unsafely, be altered by its owner."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.errors import (
    CannotConnect,
    CannotRead,
    CannotWrite,
    Conflict,
    LogIsReadOnly,
    RowsNotKept,
    SchemaAltered,
)
from domain.log.event_log import EventLog
from domain.log.postgresql.store import create_unit, open_unit
from domain.log.server_errors import NoSuchTables, NoSuchUnit, RoleTooPowerful, ServerSettingRefused
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin, SourceLink, SourceRow
from kiosk.words.log_errors import explain_verdict
from tests.support.log_error_sentences import raises_log_error
from tests.support.log_stores import LogStore, build_unit_store
from tests.support.lost_answers import end_sessions
from tests.support.postgresql_server import OWNER, WRITER, PostgreSQLServer
from tests.support.toy_aggregates import NAMES, id_for, visit
from tests.support.waiting import wait_until

HERE = Path(__file__).parents[3]


@pytest.fixture
def log(unit: LogStore) -> Iterator[EventLog]:
    log = unit.create()
    yield log
    log.close()


# --- Rows are only added ---------------------------------------------------------------------

CHANGES = (
    "UPDATE kiosk.event SET state = '{}'",
    "DELETE FROM kiosk.event",
    "TRUNCATE kiosk.event",
    "UPDATE kiosk.taken SET source_position = source_position + 1",
    "DELETE FROM kiosk.taken",
    "TRUNCATE kiosk.taken",
    "UPDATE kiosk.unit_name SET log_id = gen_random_uuid()",
    "DELETE FROM kiosk.unit_name",
    "TRUNCATE kiosk.unit_name",
    "DELETE FROM kiosk.unit",
    "UPDATE kiosk.unit SET position = position - 1",
    "UPDATE kiosk.unit SET chain = sha256('forged')",
    "TRUNCATE kiosk.unit CASCADE",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_role_of_a_home_has_no_right_to_change_what_stands(
    postgresql: PostgreSQLServer, log: EventLog, change: str
) -> None:
    log.append(visit())
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityError)):
        postgresql.execute(change, WRITER)
    assert log.verify().whole


@pytest.mark.parametrize("change", CHANGES)
def test_a_slip_of_the_owner_is_stopped_by_a_trigger(postgresql: PostgreSQLServer, log: EventLog, change: str) -> None:
    row = SourceRow(id_for("door"), 1, "toy.tally.counted", b"{}")
    heard = SourceHeard(uuid4(), datetime(2026, 11, 19, tzinfo=UTC), Head(1, bytes(32)), None)
    log.append_taken([row], Origin([SourceLink(1, bytes(32), None)], heard))
    with pytest.raises(psycopg.errors.IntegrityError, match=r"append-only|goes forward only"):
        postgresql.execute(change, OWNER)
    assert log.verify().whole


@pytest.mark.parametrize("role", [OWNER, "postgres"])
def test_a_role_that_may_change_events_is_not_connected_as(
    postgresql: PostgreSQLServer, unit: LogStore, log: EventLog, role: str
) -> None:
    assert unit.born
    with raises_log_error(RoleTooPowerful, match=f"the role {role} may change or delete events"):
        open_unit(postgresql.build_address(role), unit.born, NAMES, unit.folder)


@pytest.mark.parametrize(
    ("slip", "undone", "objection"),
    [
        (
            "ALTER TABLE kiosk.event DISABLE TRIGGER event_no_change",
            "ALTER TABLE kiosk.event ENABLE TRIGGER event_no_change",
            "its trigger 'event_no_change' is missing",
        ),
        (
            "CREATE TRIGGER swallow BEFORE INSERT ON kiosk.event FOR EACH ROW WHEN (NEW.position > 1) "
            "EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()",
            "DROP TRIGGER IF EXISTS swallow ON kiosk.event",
            "it holds the trigger 'swallow'",
        ),
        (
            "ALTER TABLE kiosk.taken DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE kiosk.taken ENABLE ROW LEVEL SECURITY",
            "its row security 'taken' is missing",
        ),
        (
            "CREATE POLICY all_of_them ON kiosk.event USING (true)",
            "DROP POLICY all_of_them ON kiosk.event",
            "it holds the policy 'all_of_them'",
        ),
    ],
)
def test_tables_that_were_altered_keep_the_log_shut_and_fail_its_verification(
    postgresql: PostgreSQLServer, unit: LogStore, log: EventLog, slip: str, undone: str, objection: str
) -> None:
    log.append(visit())
    try:
        postgresql.execute(slip)
        with raises_log_error(SchemaAltered, match=objection):
            unit.open()
        assert log.verify().fault is not None
    finally:
        postgresql.execute(undone)
    assert log.verify().whole


def test_rows_that_the_database_swallows_are_noticed(postgresql: PostgreSQLServer, log: EventLog) -> None:
    log.append(visit("ann"))
    guest = visit("ben")
    try:
        postgresql.execute("CREATE RULE swallow AS ON INSERT TO kiosk.event DO INSTEAD NOTHING")
        with pytest.raises(RowsNotKept):
            log.append(guest)
    finally:
        postgresql.execute("DROP RULE swallow ON kiosk.event")
    assert log.append(guest) == [4, 5, 6]


def test_a_head_that_was_moved_without_its_events_is_found(postgresql: PostgreSQLServer, log: EventLog) -> None:
    log.append(visit())
    postgresql.execute(
        "UPDATE kiosk.unit SET position = 9 WHERE unit_no ="
        f" (SELECT unit_no FROM kiosk.unit_name WHERE log_id = '{log.log_id}')"
    )
    fault = log.verify().fault
    assert fault is not None
    assert (fault.kind, fault.fields) == ("end_missing", {"reached": 9})
    assert log.append(visit("ben"))[0] == 10


def test_a_head_that_leads_another_chain_is_found(postgresql: PostgreSQLServer, log: EventLog) -> None:
    log.append(visit())
    forge = f"""
    ALTER TABLE kiosk.unit DISABLE TRIGGER unit_goes_forward;
    UPDATE kiosk.unit SET chain = sha256('forged')
        WHERE unit_no = (SELECT unit_no FROM kiosk.unit_name WHERE log_id = '{log.log_id}');
    ALTER TABLE kiosk.unit ENABLE TRIGGER unit_goes_forward
    """
    postgresql.execute(forge)
    assert explain_verdict(log.verify()).endswith("(the head of its unit is not that of its last event)")


def test_rows_that_a_server_does_not_give_are_no_damage_of_the_log(postgresql: PostgreSQLServer, log: EventLog) -> None:
    log.append(visit())
    try:
        postgresql.execute("REVOKE SELECT ON kiosk.event FROM kiosk_writer", OWNER)
        with raises_log_error(CannotRead, match="permission denied for table event.*not say that it is damaged"):
            log.verify()
    finally:
        postgresql.execute("GRANT SELECT ON kiosk.event TO kiosk_writer", OWNER)
    assert log.verify().whole


def test_a_page_of_a_table_that_a_disk_has_spoiled_is_damage(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    unit = build_unit_store(tmp_path, postgresql.add_database("spoiled"))
    with closing(unit.create()) as log:
        log.append(visit())
    admin = postgresql.build_address("postgres", "spoiled")
    with psycopg.connect(admin, autocommit=True) as connection:
        found = connection.execute("SELECT pg_relation_filepath('kiosk.event')").fetchone()
    postgresql.stop()
    try:
        with (postgresql.folder / "data" / str(found and found[0])).open("r+b") as table:
            table.write(b"\xff" * 4_096)
    finally:
        postgresql.start()
    with closing(unit.open()) as log:
        assert explain_verdict(log.verify()).startswith("event 1 cannot be read (invalid page in block 0")


# --- Opening ---------------------------------------------------------------------------------


def read_setting(log: EventLog, setting: str) -> str:
    """As the session of an open log has it, which hears of a change a little later than others."""
    ((value,),) = log._recorder._reader.rows(f"SHOW {setting}")
    return value


@pytest.mark.parametrize(
    ("setting", "unsafe"), [("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off")]
)
def test_a_server_that_may_lose_what_it_acknowledged_is_refused(
    postgresql: PostgreSQLServer, unit: LogStore, log: EventLog, setting: str, unsafe: str
) -> None:
    guest = visit("ann")
    with closing(unit.open()) as opened:
        opened.append(visit("ben"))
        try:
            postgresql.set(setting, unsafe)
            with raises_log_error(ServerSettingRefused, match=f"has {setting} {unsafe} instead of on"):
                unit.open()
            wait_until(
                lambda: read_setting(opened, setting) == unsafe, lambda: "the session of the log does not see it"
            )
            with pytest.raises(ServerSettingRefused):  # also where it was changed under an open log
                opened.append(guest)
        finally:
            postgresql.set(setting, "on")
        end_sessions(postgresql)  # one that is idle reads its settings when it is asked next, or a little later
        assert opened.append(guest) == [4, 5, 6]


def test_a_synchronous_standby_may_be_waited_for_longer(postgresql: PostgreSQLServer, unit: LogStore) -> None:
    try:
        postgresql.set("synchronous_commit", "remote_apply")
        with closing(unit.create()) as log:
            assert log.append(visit()) == [1, 2, 3]
    finally:
        postgresql.set("synchronous_commit", "on")


def test_what_is_no_log_of_this_database_is_said(postgresql: PostgreSQLServer, tmp_path: Path) -> None:
    with raises_log_error(NoSuchUnit, match="has no unit"):
        open_unit(postgresql.address, uuid4(), NAMES, tmp_path)
    with raises_log_error(NoSuchTables, match="has no event logs yet"):
        open_unit(postgresql.build_address(WRITER, "template1"), uuid4(), NAMES, tmp_path)
    with raises_log_error(CannotConnect, match="cannot reach .*: see that its server runs"):
        open_unit(postgresql.build_address("nobody_knows"), uuid4(), NAMES, tmp_path)
    with raises_log_error(CannotConnect, match="cannot reach"):
        open_unit("postgresql://somebody@/kiosk?host=/nowhere", uuid4(), NAMES, tmp_path)


def test_two_units_of_one_name_cannot_be_made(unit: LogStore, log: EventLog) -> None:
    assert unit.born
    with pytest.raises(CannotWrite):
        create_unit(unit.address, unit.born, NAMES, unit.folder)


def test_units_of_one_database_know_nothing_of_each_other(
    postgresql: PostgreSQLServer, log: EventLog, tmp_path: Path
) -> None:
    log.append(visit("ann"))
    with closing(build_unit_store(tmp_path, postgresql.address).create()) as other, log.writing():
        assert other.head() == EMPTY_HEAD
        assert other.append(visit("ann")) == [1, 2, 3]
        assert other.log_id != log.log_id
    assert log.head().position == 3


def test_a_log_that_is_only_read_writes_nothing(unit: LogStore, log: EventLog) -> None:
    assert unit.born
    log.append(visit())
    with closing(open_unit(unit.address, unit.born, NAMES, unit.folder, read_only=True)) as reader:
        assert reader.verify().whole
        with pytest.raises(LogIsReadOnly):
            reader.append(visit("ben"))
        with pytest.raises(LogIsReadOnly):
            reader.probe()


# --- Positions -------------------------------------------------------------------------------


def test_one_batch_may_not_hold_a_version_twice(log: EventLog) -> None:
    with pytest.raises(Conflict) as refused:
        log.append(visit("ann", texts=0), visit("ben"), visit("ann", texts=0))
    assert vars(refused.value) == {"stream": visit("ann").id, "version": 1}
    assert log.append(visit("cat")) == [1, 2, 3]
