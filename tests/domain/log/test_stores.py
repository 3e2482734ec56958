"""What every store keeps: the chain, positions without a gap, one writer at a time, and what was acknowledged."""

import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from domain.log.chain import GENESIS, Head, compute_leaf, compute_link
from domain.log.errors import Conflict, LogBusy
from domain.log.event_log import EventLog
from domain.log.sqlite import open_sqlite_log
from tests.support.log_error_sentences import raises_log_error
from tests.support.log_stores import LogStore
from tests.support.toy_aggregates import NAMES, Tally, Visit, id_for, visit

HERE = Path(__file__).parents[3]


def start(program: str, *words: str) -> "subprocess.Popen[str]":
    """Another process of a store's writers."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", program, *words], cwd=HERE, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def run_in_thread(work: Callable[[], None]) -> None:
    thread = Thread(target=work)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


# --- The chain -------------------------------------------------------------------------------


def test_the_chain_is_that_of_the_page_that_describes_it(stored_log: EventLog) -> None:
    stored_log.append(visit("ann", texts=2), visit("ben"))
    chain = GENESIS
    for position, stream, version, topic, state in stored_log.read_rows():
        chain = compute_link(chain, compute_leaf(position, stream.encode(), version, topic.encode(), state))
        assert stored_log.chain_at(position) == chain
    assert stored_log.head() == Head(6, chain)
    assert stored_log.verify_tail(most=2) == (2, Head(6, chain), None, None)
    assert stored_log.verify() == (6, Head(6, chain), None, None)


def test_a_head_that_was_kept_is_found_again(stored_log: EventLog) -> None:
    stored_log.append(visit("ann"))
    kept = stored_log.head()
    stored_log.append(visit("ben"))
    assert stored_log.find_objection(kept) is None
    assert stored_log.find_position(kept.chain) == 3
    assert stored_log.find_position(kept.chain, before=3) is None
    assert stored_log.find_positions([kept.chain, bytes(32)]) == {kept.chain: 3}
    assert stored_log.find_positions([]) == {}
    later = stored_log.find_objection(Head(7, kept.chain))
    other = stored_log.find_objection(Head(2, kept.chain))
    assert later is not None
    assert other is not None
    assert (later.kind, other.kind) == ("ends_early", "event_replaced")


# --- Reading ---------------------------------------------------------------------------------


def test_pages_end_where_they_were_told_to(stored_log: EventLog) -> None:
    stored_log.append(visit("ann", texts=9))
    rows = stored_log.read_rows(limit=100)
    assert [row[0] for row in rows] == list(range(1, 11))
    assert rows[1][1:4] == (visit("ann").id.hex, 2, "toy.visit.signed")
    assert type(rows[1][4]) is bytes
    assert [stored_log.read_rows(after, 4) for after in (0, 4, 8, 12)] == [rows[:4], rows[4:8], rows[8:], []]
    assert [row[0] for row in stored_log.read_rows_backwards(3, page=2)] == [10, 9, 8]


def test_a_stream_has_a_last_version_and_its_events_behind_one(stored_log: EventLog) -> None:
    ann = visit("ann", texts=3)
    stored_log.append(visit("ben"), ann)
    assert (stored_log.find_version(ann.id), stored_log.find_version(visit("cat").id)) == (4, 0)
    assert [entry.position for entry in stored_log.read_stream(ann.id)] == [4, 5, 6, 7]
    assert [entry.position for entry in stored_log.read_topic_lenient("toy.visit.begun")] == [1, 4]
    assert stored_log.load(Visit, ann.id) == ann


# --- Its name, and opening it again ----------------------------------------------------------


def test_a_log_keeps_its_name_until_it_is_given_another(store: LogStore) -> None:
    with closing(store.create()) as log:
        born, head = log.log_id, (log.append(visit()), log.head())[1]
    with closing(store.open()) as log:
        assert (log.log_id, log.head()) == (born, head)
        renamed = log.renew_identity()
        assert log.log_id == renamed != born
    with closing(store.open()) as log:
        assert log.list_names() == [born, renamed]


def test_a_copy_is_a_file_with_the_same_bytes_and_the_same_names(stored_log: EventLog, tmp_path: Path) -> None:
    stored_log.append(visit("ann", texts=5))
    stored_log.renew_identity()
    stored_log.copy_to(tmp_path / "copy.db")
    with closing(open_sqlite_log(tmp_path / "copy.db", NAMES)) as copy:
        assert copy.read_rows() == [tuple(row) for row in stored_log.read_rows()]
        assert copy.list_names() == stored_log.list_names()
        assert copy.verify().head == stored_log.head()
        assert copy.append(visit("ben")) == [7, 8, 9]


# --- One writer ------------------------------------------------------------------------------


def test_a_probe_reaches_the_disk_and_changes_nothing(stored_log: EventLog) -> None:
    stored_log.append(visit())
    before = stored_log.head()
    stored_log.probe()
    assert stored_log.head() == before
    assert stored_log.verify().whole


HOLD = """
import sys
from tests.support.log_stores import find_store
log = find_store(*sys.argv[1:]).open()
with log.writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_while_another_process_writes_a_writer_waits_its_timeout_and_a_reader_does_not(
    store: LogStore, stored_log: EventLog
) -> None:
    stored_log.append(visit("ann"))
    stored_log.limit_wait(0.05)
    with start(HOLD, *store.words) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with raises_log_error(LogBusy, match=r"held .* for 0\.05 s"), stored_log.writing():
            pass
        with pytest.raises(LogBusy):
            stored_log.append(visit("ben"))
        with pytest.raises(LogBusy):
            stored_log.probe()
        assert len(stored_log.read_entries()) == 3
        other.kill()
        other.communicate()
    stored_log.limit_wait(5)
    assert stored_log.append(visit("ben")) == [4, 5, 6]


def test_another_thread_waits_as_another_process_does(stored_log: EventLog) -> None:
    told: list[LogBusy] = []

    def append_impatiently() -> None:
        try:
            stored_log.append(visit("ben"))
        except LogBusy as busy:
            told.append(busy)

    stored_log.limit_wait(0.05)
    with stored_log.writing():
        run_in_thread(append_impatiently)
        assert len(told) == 1
        with stored_log.writing():
            stored_log.append(visit("ann"))
        stored_log.append(visit("cat"))
    run_in_thread(append_impatiently)
    assert len(told) == 1
    assert stored_log.head().position == 9


def test_what_was_appended_while_writing_is_stored_although_the_block_fails(
    store: LogStore, stored_log: EventLog
) -> None:
    def fail_after_an_append(other: EventLog) -> None:
        with stored_log.writing():
            stored_log.append(visit("ann"))
            assert other.head().position == 3
            raise ZeroDivisionError

    with closing(store.open()) as other, pytest.raises(ZeroDivisionError):
        fail_after_an_append(other)
    assert stored_log.head().position == 3


COUNT = """
import sys
from threading import Thread
from tests.support.log_stores import find_store
from tests.support.toy_aggregates import Tally, id_for
log = find_store(*sys.argv[1:4]).open()
def count(name):
    tally = Tally.begin(id_for(name))
    for _ in range(40):
        with log.writing():
            expected = log.next_position()
            tally.count(by=1)
            assert log.append(tally) == [expected]
threads = [Thread(target=count, args=(sys.argv[4] + name,)) for name in "ab"]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
log.close()
"""


def test_two_processes_of_two_threads_each_leave_one_chain_without_a_gap(store: LogStore) -> None:
    store.create().close()
    writers = [start(COUNT, *store.words, name) for name in ("one", "two")]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0), ("", 0)]
    with closing(store.open()) as log:
        assert [at for at, _ in log.read_entries()] == list(range(1, 161))
        assert log.verify().whole
        tallies = [log.catch_up(Tally.begin(id_for(name))).total for name in ("onea", "oneb", "twoa", "twob")]
        assert tallies == [40, 40, 40, 40]


def test_of_two_who_decide_at_once_the_second_is_told(store: LogStore, stored_log: EventLog) -> None:
    with closing(store.open()) as other:
        mine, theirs = Tally.begin(id_for("door")), Tally.begin(id_for("door"))
        mine.count(by=1)
        theirs.count(by=2)
        other.append(theirs)
        with pytest.raises(Conflict):
            stored_log.append(mine)
    assert stored_log.catch_up(Tally.begin(id_for("door"))).total == 2


# --- Killed ----------------------------------------------------------------------------------

APPEND_FOR_EVER = """
import sys
from itertools import count
from tests.support.log_stores import find_store
from tests.support.toy_aggregates import Tally, id_for
log = find_store(*sys.argv[1:4]).open()
tally = Tally.begin(id_for(sys.argv[4]))
for number in count():
    with log.writing():
        tally.count(by=number)
        print(log.append(tally)[0], flush=True)
"""


def test_what_was_acknowledged_is_there_after_the_writer_was_killed(store: LogStore) -> None:
    store.create().close()
    acknowledged: list[int] = []
    for round_number in range(2):
        with start(APPEND_FOR_EVER, *store.words, f"round {round_number}") as writer:
            assert writer.stdout
            acknowledged += [int(writer.stdout.readline()) for _ in range(20 + round_number)]
            writer.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    with closing(store.open()) as log:
        found = [at for at, _ in log.read_entries()]
        assert found == list(range(1, len(found) + 1))
        assert set(acknowledged) <= set(found)
        assert len(found) - len(acknowledged) <= 2
        assert log.verify().whole
        assert log.append(visit())[0] == len(found) + 1
