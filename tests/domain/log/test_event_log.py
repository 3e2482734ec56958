"""Load, decide, append; read on from a position."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.chain import EMPTY_HEAD
from domain.log.errors import (
    Conflict,
    LogError,
    NotStorable,
    NotWriting,
    UnknownName,
    WrongStream,
)
from domain.log.event_log import EventLog
from domain.log.sqlite import open_sqlite_log
from domain.log.stored_names import StoredNames
from tests.support.log_error_sentences import raises_log_error
from tests.support.tampering import open_unguarded
from tests.support.toy_aggregates import NINE, Tally, Visit, id_for, visit

HERE = Path(__file__).parents[3]


# --- There and back --------------------------------------------------------------------------


def test_what_was_appended_is_loaded(log: EventLog) -> None:
    stored = visit("ann", texts=3)
    assert log.append(stored) == [1, 2, 3, 4]
    assert log.load(Visit, stored.id) == stored


def test_a_stream_without_events_is_nothing(log: EventLog) -> None:
    assert log.load(Visit, id_for("nobody")) is None


def test_a_stream_without_a_created_event_is_caught_up_from_empty(log: EventLog) -> None:
    tally = Tally.begin(id_for("door"))
    tally.count(by=3)
    tally.recount(by=10, at=NINE)
    log.append(tally)
    assert log.catch_up(Tally.begin(id_for("door"))) == tally


def test_catching_up_reads_only_what_is_new(log: EventLog) -> None:
    tally, behind = Tally.begin(id_for("door")), Tally.begin(id_for("door"))
    tally.count(by=3)
    log.append(tally)
    log.catch_up(behind)
    tally.count(by=4)
    log.append(tally)
    behind.total = 100
    assert log.catch_up(behind).total == 104


def test_all_events_of_all_aggregates_are_one_batch(log: EventLog) -> None:
    ann, ben = visit("ann", texts=1), visit("ben", texts=1)
    assert log.append(ann, ben) == [1, 2, 3, 4]
    assert [(at, event.originator_id) for at, event in log.read_entries()] == [
        (1, ann.id),
        (2, ann.id),
        (3, ben.id),
        (4, ben.id),
    ]


def test_nothing_pending_is_nothing_stored(log: EventLog) -> None:
    stored = visit()
    log.append(stored)
    assert log.append(stored) == []
    assert log.append() == []
    assert log.head().position == 3


def test_the_stream_of_another_kind_is_not_taken_for_this_one(log: EventLog) -> None:
    stored = visit()
    log.append(stored)
    with raises_log_error(WrongStream, match="it makes a Visit, not a Tally"):
        log.load(Tally, stored.id)


def test_a_stream_that_nothing_begins_cannot_be_loaded(log: EventLog) -> None:
    tally = Tally.begin(id_for("door"))
    tally.count(by=3)
    log.append(tally)
    with pytest.raises(WrongStream):
        log.load(Tally, tally.id)


# --- Reading on ------------------------------------------------------------------------------


def test_entries_are_cut_by_position_and_by_number(log: EventLog) -> None:
    log.append(visit(texts=9))
    assert [at for at, _ in log.read_entries(after=3, limit=4)] == [4, 5, 6, 7]
    assert [at for at, _ in log.read_entries(after=3, upto=5)] == [4, 5]
    assert log.read_entries(after=10) == []


def test_a_program_that_does_not_list_a_name_stops_there_and_says_where(path: Path, log: EventLog) -> None:
    tally = Tally.begin(id_for("door"))
    tally.count(by=3)
    log.append(visit(texts=1), tally)
    with closing(open_sqlite_log(path, StoredNames(Visit))) as older:
        assert len(older.read_entries(upto=2)) == 2
        with pytest.raises(UnknownName) as refused:
            older.read_entries()
    assert vars(refused.value) == {"name": "toy.tally.counted", "position": 3}


def test_text_that_is_no_text_any_more_is_told_as_an_error_of_the_log(path: Path, log: EventLog) -> None:
    log.append(visit())
    with open_unguarded(path) as tool:
        tool.execute("UPDATE stored_events SET topic = CAST(x'ff' AS TEXT) WHERE position = 2")
    with pytest.raises(LogError):
        log.read_entries()


# --- Positions -------------------------------------------------------------------------------


def test_positions_have_no_gap_after_refusals(log: EventLog) -> None:
    first, same = visit("ann"), visit("ann")
    log.append(first)
    with pytest.raises(Conflict):
        log.append(visit("ben"), same)
    log.append(visit("cat"))
    assert [at for at, _ in log.read_entries()] == [1, 2, 3, 4, 5, 6]
    assert log.verify().whole


def test_the_next_position_is_certain_only_while_writing(log: EventLog) -> None:
    with pytest.raises(NotWriting):
        log.next_position()
    with log.writing():
        expected = log.next_position()
        assert log.append(visit())[0] == expected == 1
        assert log.next_position() == 4
    with pytest.raises(NotWriting):
        log.next_position()


def test_the_head_of_an_empty_log_is_the_beginning_of_the_chain(log: EventLog) -> None:
    assert log.head() == EMPTY_HEAD


# --- Refusals --------------------------------------------------------------------------------


def test_a_version_that_another_wrote_is_a_conflict_and_nothing_of_the_batch_is_stored(log: EventLog) -> None:
    mine, theirs = visit("ann", texts=0), visit("ann", texts=0)
    log.append(theirs)
    ben = visit("ben")
    with pytest.raises(Conflict) as refused:
        log.append(ben, mine)
    assert vars(refused.value) == {"stream": mine.id, "version": 1}
    assert log.head().position == 1
    assert len(ben.pending_events) == 3


def test_after_a_refusal_the_events_are_pending_still(log: EventLog) -> None:
    ann = visit("ann")
    ann.sign("and", tags=("a", "tuple"))
    with raises_log_error(NotStorable, match=r"Visit\.Signed cannot be stored, tags is a tuple"):
        log.append(ann)
    assert len(ann.pending_events) == 4
    assert log.head() == EMPTY_HEAD


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
