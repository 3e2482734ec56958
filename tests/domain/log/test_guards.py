"""What keeps the log whole: settings, triggers, strict tables, one writer."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from eventsourcing.persistence import StoredEvent

from domain.log.connection import SETTINGS
from domain.log.datastore import LogDatastore
from domain.log.errors import CannotWrite, LogBusy, LogError, SettingRefused
from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.log.sqlite_recorder import SQLiteRecorder
from domain.log.writer_lock import WriterLock
from tests.support.log_error_sentences import raises_log_error
from tests.support.tampering import open_unguarded
from tests.support.toy_aggregates import NAMES, Tally, id_for, visit

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


# --- One writer ------------------------------------------------------------------------------

HOLDER = """
import sys
from pathlib import Path
from domain.log.writer_lock import WriterLock
with WriterLock(Path(sys.argv[1])).hold():
    print("held", flush=True)
    sys.stdin.read()
"""


def holding(path: Path) -> "subprocess.Popen[str]":
    """Another process that writes until its input ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    return other


def test_while_another_process_writes_a_writer_waits_its_timeout_and_a_reader_does_not(path: Path) -> None:
    with closing(create_sqlite_log(path, NAMES, timeout=0.05)) as log:
        log.append(visit("ann"))
        with holding(path) as other:
            with raises_log_error(LogBusy, match=r"held .*log\.db for 0\.05 s"), log.writing():
                pass
            with pytest.raises(LogBusy):
                log.append(visit("ben"))
            with pytest.raises(LogBusy):
                open_sqlite_log(path, NAMES, timeout=0.05)
            assert len(log.read_entries()) == 3
            other.communicate()
        assert log.append(visit("ben")) == [4, 5, 6]


def test_a_log_is_not_closed_while_another_process_writes(path: Path) -> None:
    log = create_sqlite_log(path, NAMES, timeout=0.05)
    with holding(path) as other:
        with pytest.raises(LogBusy):
            log.close()
        assert log.read_entries() == []
        other.communicate()
    log.close()


def test_a_writer_that_is_killed_leaves_the_lock_free(path: Path) -> None:
    with closing(create_sqlite_log(path, NAMES)) as log, holding(path) as other:
        other.kill()
        other.communicate()
        assert log.append(visit()) == [1, 2, 3]


def test_whoever_writes_may_write_again_inside(log: EventLog) -> None:
    with log.writing(), log.writing():
        log.append(visit("ann"))
        with log.writing():
            log.append(visit("ben"))
    assert log.head().position == 6


def test_another_thread_waits_as_another_process_does(path: Path) -> None:
    told: list[LogBusy] = []

    def impatient(log: EventLog) -> None:
        try:
            log.append(visit("ben"))
        except LogBusy as busy:
            told.append(busy)

    with closing(create_sqlite_log(path, NAMES, timeout=0.05)) as log:
        with log.writing():
            _in_a_thread(lambda: impatient(log))
            assert len(told) == 1
        _in_a_thread(lambda: impatient(log))
        assert len(told) == 1
        assert log.head().position == 3


def _in_a_thread(work: Callable[[], None]) -> None:
    thread = Thread(target=work)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_another_thread_is_not_inside_because_this_one_is(path: Path) -> None:
    lock = WriterLock(path)
    seen: list[bool] = []
    with lock.hold():
        _in_a_thread(lambda: seen.append(lock.is_mine()))
        seen.append(lock.is_mine())
    lock.close()
    assert seen == [False, True]


def test_every_commit_holds_the_lock_and_no_reading_does(path: Path) -> None:
    """The statements that can write to the file, as SQLite sees them, and whether the lock was held then."""
    store = LogDatastore(path, WriterLock(path), newborn=True)
    path.touch(0o600)
    store.connect()
    recorder = SQLiteRecorder(store)
    recorder.create_table()
    recorder.load_name()
    seen: list[tuple[str, bool]] = []
    with store.get_connection(commit=False) as connection:
        connection._sqlite_conn.set_trace_callback(
            lambda statement: seen.append((statement, _is_locked_by_somebody(path)))
        )
    log = EventLog(recorder, NAMES)
    log.append(visit())
    log.renew_identity()
    log.read_entries()
    log.verify()
    log.close()
    writes = [held for statement, held in seen if re.match("BEGIN|INSERT|COMMIT", statement)]
    reads = [held for statement, held in seen if re.match(r"\s*SELECT position, (orig|CAST)", statement)]
    assert len(writes) >= 8
    assert all(writes)
    assert len(reads) >= 2
    assert not any(reads)


def _is_locked_by_somebody(path: Path) -> bool:
    """Asked through a file of its own, so that the lock of this very process counts too."""
    probe = WriterLock(path, timeout=0)
    try:
        with probe.hold():
            return False
    except LogBusy:
        return True
    finally:
        probe.close()


COUNT_TO_150 = """
import sys
from pathlib import Path
from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from tests.support.toy_aggregates import NAMES, Tally, id_for
log = open_sqlite_log(Path(sys.argv[1]), NAMES)
tally = Tally.begin(id_for(sys.argv[2]))
for _ in range(150):
    with log.writing():
        expected = log.next_position()
        tally.count(by=1)
        assert log.append(tally) == [expected]
log.close()
"""


def test_two_processes_at_once_leave_one_chain_without_a_gap(path: Path) -> None:
    create_sqlite_log(path, NAMES).close()
    writers = [
        subprocess.Popen([sys.executable, "-c", COUNT_TO_150, path, name], cwd=HERE, stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0), ("", 0)]
    with closing(open_sqlite_log(path, NAMES)) as log:
        assert [at for at, _ in log.read_entries()] == list(range(1, 301))
        assert log.verify().whole
        assert log.catch_up(Tally.begin(id_for("one"))).total == 150
