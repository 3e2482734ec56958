"""What keeps the log whole: settings, triggers, strict tables."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from domain.log.connection import SETTINGS
from domain.log.errors import CannotWrite, LogError, SettingRefused
from domain.log.event_log import EventLog
from domain.log.sqlite import open_sqlite_log
from domain.log.sqlite_recorder import SQLiteRecorder
from tests.support.log_error_sentences import raises_log_error
from tests.support.tampering import open_unguarded
from tests.support.toy_aggregates import NAMES, id_for, visit

HERE = Path(__file__).parents[3]


# --- Settings --------------------------------------------------------------------------------


def test_the_connection_has_the_settings_that_safety_rests_on(log: EventLog) -> None:
    store = log._recorder.store
    assert {name: store.rows(f"PRAGMA {name}")[0][0] for name in SETTINGS} == {
        "journal_mode": "wal",
        "synchronous": 2,
        "wal_autocheckpoint": 1000,
        "secure_delete": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "foreign_keys": 1,
        "cell_size_check": 1,
    }


def test_a_setting_that_does_not_hold_keeps_the_log_shut(
    path: Path, log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, "synchronous", 9)
    with raises_log_error(SettingRefused, match="SQLite keeps synchronous at 1 instead of 9"):
        open_sqlite_log(path, NAMES)


# --- Rows are only added ---------------------------------------------------------------------

REPLACEMENT = (
    "INSERT OR REPLACE INTO stored_events SELECT {}, topic, state, chain FROM stored_events WHERE position = 2"
)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE stored_events SET state = x'7b7d' WHERE position = 2",
        "DELETE FROM stored_events WHERE position = 2",
        "DELETE FROM stored_events",
        REPLACEMENT.format("2, originator_id, originator_version"),
        REPLACEMENT.format("99, originator_id, originator_version"),
        REPLACEMENT.format("2, 'another', 1"),
        "INSERT OR IGNORE INTO stored_events VALUES (-5, 'another', 1, 'a', x'', x'')",
        "UPDATE log_identity SET log_id = 'another'",
        "DELETE FROM log_identity",
    ],
)
def test_no_connection_can_change_what_stands(path: Path, log: EventLog, deed: str) -> None:
    log.append(visit())
    with (
        open_unguarded(path, without_triggers=False) as tool,
        pytest.raises(sqlite3.IntegrityError, match="is append-only"),
    ):
        tool.execute(deed)
    assert log.verify().whole


def test_our_own_connection_cannot_change_it_either(log: EventLog) -> None:
    log.append(visit())
    with raises_log_error(CannotWrite, match="append-only"), log._recorder.store.transaction(commit=True) as cursor:
        cursor.execute("INSERT OR REPLACE INTO stored_events SELECT * FROM stored_events WHERE position = 2")
    assert log.verify().whole


def test_a_column_takes_only_the_kind_of_value_it_is_for(path: Path, log: EventLog) -> None:
    with open_unguarded(path) as tool, pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in BLOB"):
        tool.execute("INSERT INTO stored_events VALUES (1, 'a', 1, 'a', 'text', x'00')")


def test_a_position_whose_event_was_cut_off_is_not_given_again(path: Path, log: EventLog) -> None:
    log.append(visit("ann"))
    with open_unguarded(path) as tool:
        tool.execute("DELETE FROM stored_events WHERE position = 3")
    assert log.append(visit("ben"))[0] == 4


# --- A file that is spoilt, a disk that is full ------------------------------------------------


def test_text_that_is_no_text_any_more_is_told_as_an_error_of_the_log(path: Path, log: EventLog) -> None:
    log.append(visit())
    with open_unguarded(path) as tool:
        tool.execute("UPDATE stored_events SET topic = CAST(x'ff' AS TEXT) WHERE position = 2")
    with pytest.raises(LogError):
        log.read_entries()


def test_a_disk_that_refuses_is_told_and_the_log_goes_on_when_it_recovers(path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, path], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")


FULL_DISK = """
import resource, sys
from pathlib import Path
from domain.log.errors import CannotWrite
from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from tests.support.toy_aggregates import NAMES, visit

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def refused(guest):
    try:
        acknowledged.extend(log.append(guest))
    except CannotWrite as told:
        assert told.place == path and told.reason, told
        return True

path, acknowledged = Path(sys.argv[1]), []
log = create_sqlite_log(path, NAMES)
limit(300_000)
number = 0
while not refused(guest := visit(f"guest {number}")):
    number += 1
assert acknowledged, "the limit was too low to say anything"
assert log.head().position == acknowledged[-1] and log.verify().whole
assert refused(visit("while the disk is still full"))
limit(resource.RLIM_INFINITY)
assert not refused(guest)
assert acknowledged == [at for at, _ in log.read_entries(limit=1_000_000)], "something is missing"
log.close()
assert open_sqlite_log(path, NAMES).verify().events == len(acknowledged)
"""


# --- The library's own way in ----------------------------------------------------------------


def test_the_librarys_recorder_interface_reads_the_same_rows(log: EventLog) -> None:
    recorder: SQLiteRecorder = log._recorder
    stored = StoredEvent(id_for("s"), 1, "toy.tally.counted", b"{}")
    assert list(recorder.insert_events([stored])) == [1]
    log.append(visit())
    assert recorder.select_events(id_for("s")) == [stored]
    assert [found.id for found in recorder.select_notifications(2, 10, stop=3)] == [2, 3]
    assert [found.id for found in recorder.select_notifications(1, 10, inclusive_of_start=False)] == [2, 3, 4]
    assert [found.id for found in recorder.select_notifications(None, 9, topics=["toy.visit.begun"])] == [2]
    assert recorder.max_notification_id() == 4
