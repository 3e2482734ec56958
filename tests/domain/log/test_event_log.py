"""Load, decide, append; read on from a position: the same in every store."""

from contextlib import closing
from pathlib import Path

import pytest

from domain.log.chain import EMPTY_HEAD
from domain.log.errors import (
    Conflict,
    NotStorable,
    NotWriting,
    UnknownName,
    WrongStream,
)
from domain.log.event_log import EventLog
from domain.log.stored_names import StoredNames
from tests.support.log_error_sentences import raises_log_error
from tests.support.log_stores import LogStore
from tests.support.toy_aggregates import NINE, Tally, Visit, id_for, visit

HERE = Path(__file__).parents[3]


# --- There and back --------------------------------------------------------------------------


def test_what_was_appended_is_loaded(stored_log: EventLog) -> None:
    stored = visit("ann", texts=3)
    assert stored_log.append(stored) == [1, 2, 3, 4]
    assert stored_log.load(Visit, stored.id) == stored


def test_a_stream_without_events_is_nothing(stored_log: EventLog) -> None:
    assert stored_log.load(Visit, id_for("nobody")) is None


def test_a_stream_without_a_created_event_is_caught_up_from_empty(stored_log: EventLog) -> None:
    tally = Tally.begin(id_for("door"))
    tally.count(by=3)
    tally.recount(by=10, at=NINE)
    stored_log.append(tally)
    assert stored_log.catch_up(Tally.begin(id_for("door"))) == tally


def test_catching_up_reads_only_what_is_new(stored_log: EventLog) -> None:
    tally, behind = Tally.begin(id_for("door")), Tally.begin(id_for("door"))
    tally.count(by=3)
    stored_log.append(tally)
    stored_log.catch_up(behind)
    tally.count(by=4)
    stored_log.append(tally)
    behind.total = 100
    assert stored_log.catch_up(behind).total == 104


def test_all_events_of_all_aggregates_are_one_batch(stored_log: EventLog) -> None:
    ann, ben = visit("ann", texts=1), visit("ben", texts=1)
    assert stored_log.append(ann, ben) == [1, 2, 3, 4]
    assert [(at, event.originator_id) for at, event in stored_log.read_entries()] == [
        (1, ann.id),
        (2, ann.id),
        (3, ben.id),
        (4, ben.id),
    ]


def test_nothing_pending_is_nothing_stored(stored_log: EventLog) -> None:
    stored = visit()
    stored_log.append(stored)
    assert stored_log.append(stored) == []
    assert stored_log.append() == []
    assert stored_log.head().position == 3


def test_the_stream_of_another_kind_is_not_taken_for_this_one(stored_log: EventLog) -> None:
    stored = visit()
    stored_log.append(stored)
    with raises_log_error(WrongStream, match="it makes a Visit, not a Tally"):
        stored_log.load(Tally, stored.id)


def test_a_stream_that_nothing_begins_cannot_be_loaded(stored_log: EventLog) -> None:
    tally = Tally.begin(id_for("door"))
    tally.count(by=3)
    stored_log.append(tally)
    with pytest.raises(WrongStream):
        stored_log.load(Tally, tally.id)


# --- Reading on ------------------------------------------------------------------------------


def test_entries_are_cut_by_position_and_by_number(stored_log: EventLog) -> None:
    stored_log.append(visit(texts=9))
    assert [at for at, _ in stored_log.read_entries(after=3, limit=4)] == [4, 5, 6, 7]
    assert [at for at, _ in stored_log.read_entries(after=3, upto=5)] == [4, 5]
    assert stored_log.read_entries(after=10) == []


def test_a_program_that_does_not_list_a_name_stops_there_and_says_where(store: LogStore, stored_log: EventLog) -> None:
    tally = Tally.begin(id_for("door"))
    tally.count(by=3)
    stored_log.append(visit(texts=1), tally)
    with closing(store.open(StoredNames(Visit))) as older:
        assert len(older.read_entries(upto=2)) == 2
        with pytest.raises(UnknownName) as refused:
            older.read_entries()
    assert vars(refused.value) == {"name": "toy.tally.counted", "position": 3}


# --- Positions -------------------------------------------------------------------------------


def test_positions_have_no_gap_after_refusals(stored_log: EventLog) -> None:
    first, same = visit("ann"), visit("ann")
    stored_log.append(first)
    with pytest.raises(Conflict):
        stored_log.append(visit("ben"), same)
    stored_log.append(visit("cat"))
    assert [at for at, _ in stored_log.read_entries()] == [1, 2, 3, 4, 5, 6]
    assert stored_log.verify().whole


def test_the_next_position_is_certain_only_while_writing(stored_log: EventLog) -> None:
    with pytest.raises(NotWriting):
        stored_log.next_position()
    with stored_log.writing():
        expected = stored_log.next_position()
        assert stored_log.append(visit())[0] == expected == 1
        assert stored_log.next_position() == 4
    with pytest.raises(NotWriting):
        stored_log.next_position()


def test_the_head_of_an_empty_log_is_the_beginning_of_the_chain(stored_log: EventLog) -> None:
    assert stored_log.head() == EMPTY_HEAD


# --- Refusals --------------------------------------------------------------------------------


def test_a_version_that_another_wrote_is_a_conflict_and_nothing_of_the_batch_is_stored(stored_log: EventLog) -> None:
    mine, theirs = visit("ann", texts=0), visit("ann", texts=0)
    stored_log.append(theirs)
    ben = visit("ben")
    with pytest.raises(Conflict) as refused:
        stored_log.append(ben, mine)
    assert vars(refused.value) == {"stream": mine.id, "version": 1}
    assert stored_log.head().position == 1
    assert len(ben.pending_events) == 3


def test_after_a_refusal_the_events_are_pending_still(stored_log: EventLog) -> None:
    ann = visit("ann")
    ann.sign("and", tags=("a", "tuple"))
    with raises_log_error(NotStorable, match=r"Visit\.Signed cannot be stored, tags is a tuple"):
        stored_log.append(ann)
    assert len(ann.pending_events) == 4
    assert stored_log.head() == EMPTY_HEAD
