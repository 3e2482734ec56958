"""One program writes at a time: who waits, who does not, and what a killed writer leaves."""

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from domain.log.datastore import LogDatastore
from domain.log.errors import LogBusy
from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.log.sqlite_recorder import SQLiteRecorder
from domain.log.writer_lock import WriterLock
from tests.support.log_error_sentences import raises_log_error
from tests.support.toy_aggregates import NAMES, Tally, id_for, visit

HERE = Path(__file__).parents[3]


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


def test_a_thread_that_writes_may_write_again_inside(log: EventLog) -> None:
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
