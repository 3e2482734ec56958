"""Inside `writing()` a stream is read again only where it grew, also by another process: in every store."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from domain.log import known_streams
from domain.log.errors import Conflict
from domain.log.event_log import EventLog
from domain.log.known_streams import KnownStreams
from domain.log.recorder import MOST_GROWTH, Growth
from domain.log.sqlite import create_sqlite_log
from domain.model.streams import StreamKey
from tests.support.log_stores import LogStore
from tests.support.noted_reads import noting_reads
from tests.support.toy_aggregates import NAMES, Tally, Visit, id_for, visit

DOOR = id_for("door")


@pytest.fixture
def other(store: LogStore, stored_log: EventLog) -> Iterator[EventLog]:
    """The same log, as another program has it open."""
    with closing(store.open()) as other:
        yield other


def count(log: EventLog, by: int = 1) -> None:
    tally = log.move_to_end(Tally.begin(DOOR))
    tally.count(by)
    log.append(tally)


def test_the_ends_of_several_streams_are_found_in_one_query_and_the_empty_ones_are_not_read(
    stored_log: EventLog,
) -> None:
    """A tap asks for streams that are empty nearly always."""
    count(stored_log)
    mine, others = Tally.begin(DOOR), [Tally.begin(id_for(name)) for name in ("side", "back")]
    keys = [StreamKey(tally.id) for tally in (mine, *others)]
    with noting_reads(stored_log) as asked, stored_log.writing():
        assert stored_log.find_versions(keys) == [1, 0, 0]
        looked_up, before = set(asked), len(asked)
        for tally in (mine, *others):
            stored_log.catch_up(tally)
        assert (looked_up, asked[before:]) == ({key.id for key in keys}, [DOOR])
        assert stored_log.find_versions([StreamKey(id_for("new")), *keys, keys[0]]) == [0, 1, 0, 0, 1]
        assert asked[before + 1 :] == [id_for("new")], "the others are known"
    assert [tally.total for tally in (mine, *others)] == [1, 0, 0]


def test_the_ends_of_more_streams_are_found_than_a_row_has_columns(stored_log: EventLog) -> None:
    count(stored_log)
    keys = [StreamKey(id_for(f"side {number}")) for number in range(2_100)]
    with stored_log.writing():
        assert stored_log.find_versions([*keys, StreamKey(DOOR)]) == [*[0] * len(keys), 1]


def test_outside_of_a_block_each_end_is_looked_up_again(stored_log: EventLog, other: EventLog) -> None:
    keys = [StreamKey(DOOR), StreamKey(id_for("side"))]
    assert stored_log.find_versions(keys) == [0, 0]
    count(other)
    assert stored_log.find_versions(keys) == [1, 0]


def test_a_stream_that_did_not_grow_is_read_once_by_the_blocks_that_follow(stored_log: EventLog) -> None:
    count(stored_log)
    known = Tally.begin(DOOR)
    with noting_reads(stored_log) as asked:
        for _ in range(3):
            with stored_log.writing():
                stored_log.catch_up(known)
                assert stored_log.catch_up_lenient(known) == []
                assert stored_log.move_to_end(Tally.begin(DOOR)).version == 1
                stored_log.append(visit(f"guest {stored_log.next_position()}"))
        assert asked == [DOOR]
        stored_log.catch_up(known)
        assert asked == [DOOR, DOOR], "outside of a block nothing keeps others from appending"
    assert known.total == 1


def test_a_stream_that_is_empty_is_known_to_be_empty(stored_log: EventLog) -> None:
    with noting_reads(stored_log) as asked:
        for _ in range(3):
            with stored_log.writing():
                assert stored_log.catch_up(Tally.begin(DOOR)).version == 0
    assert asked == [DOOR]


def test_what_another_program_has_appended_since_the_last_block_is_read(stored_log: EventLog, other: EventLog) -> None:
    known = Tally.begin(DOOR)
    for total in (1, 2, 3):
        with stored_log.writing():
            assert stored_log.catch_up(known).total == total - 1
        count(other)
        other.append(visit(f"guest {total}"))
        with stored_log.writing():
            assert stored_log.move_to_end(Tally.begin(DOOR)).version == total
            assert stored_log.catch_up(known).total == total
            assert stored_log.next_position() == stored_log.head().position + 1


def test_programs_that_append_in_turn_read_what_the_other_appended(stored_log: EventLog, other: EventLog) -> None:
    known = Tally.begin(DOOR)
    for turn in (1, 2, 3):
        with stored_log.writing():
            assert stored_log.catch_up(known).total == 2 * turn - 2
            count(stored_log)
        count(other)
    with stored_log.writing():
        assert stored_log.next_position() == stored_log.head().position + 1 == 7
    assert stored_log.verify().whole


def test_what_is_appended_inside_the_block_is_read_in_it(stored_log: EventLog) -> None:
    known = Tally.begin(DOOR)
    with stored_log.writing():
        stored_log.catch_up(known)
        count(stored_log, by=3)
        with stored_log.writing():
            assert stored_log.catch_up(known).total == 3
            count(stored_log, by=4)
        assert stored_log.catch_up(known).total == 7
        assert stored_log.next_position() == 3


@pytest.mark.parametrize("more", [MOST_GROWTH, MOST_GROWTH + 1])
def test_a_stream_that_grew_among_very_many_others_is_read(stored_log: EventLog, other: EventLog, more: int) -> None:
    """Where too much was added to say which streams grew, none is known any more."""
    known, empty = Tally.begin(DOOR), Tally.begin(id_for("other door"))
    with stored_log.writing():
        stored_log.catch_up(known)
        stored_log.catch_up(empty)
    tally = Tally.begin(DOOR)
    for _ in range(more):
        tally.count(by=1)
    other.append(tally)
    with noting_reads(stored_log) as asked, stored_log.writing():
        assert stored_log.catch_up(known).total == more
        stored_log.catch_up(empty)
    assert asked == [DOOR] if more == MOST_GROWTH else [DOOR, empty.id]


def test_a_stream_of_a_damaged_log_whose_id_is_none_grew_for_nobody() -> None:
    rows = [(1, DOOR.hex, 1), (2, "no id", 1), (3, f"0x{DOOR.hex[2:]}", 1), (3, None, 0)]
    assert Growth.build(id_for("log"), rows) == (id_for("log"), 3, {DOOR.int: 1})


def test_an_aggregate_with_events_that_were_refused_says_nothing_of_its_stream(
    stored_log: EventLog, other: EventLog
) -> None:
    stale = Tally.begin(DOOR)
    stale.count(by=5)
    with stored_log.writing():
        stored_log.catch_up(stale)
        assert stored_log.move_to_end(Tally.begin(DOOR)).version == 0
    count(other)
    with pytest.raises(Conflict), stored_log.writing():
        stored_log.append(stale)
    with stored_log.writing():
        assert stored_log.catch_up(Tally.begin(DOOR)).total == 1


def test_of_many_streams_those_are_remembered_that_are_asked_for(
    stored_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_streams, "MOST_STREAMS", 2)
    with noting_reads(stored_log) as asked, stored_log.writing():
        for word in ("a", "b", "a", "c", "a", "b"):
            stored_log.catch_up(Tally.begin(id_for(word)))
    assert asked == [id_for(word) for word in ("a", "b", "c", "b")]


def test_what_a_stream_makes_is_kept_the_second_time_and_read_on_where_it_grew(
    stored_log: EventLog, other: EventLog
) -> None:
    ann = visit("ann")
    stored_log.append(ann)
    texts = list[str]()
    with noting_reads(stored_log) as asked:
        for text in ("came", "", "", "went", ""):
            if text:
                ann.sign(text)
                other.append(ann)
            with stored_log.writing():
                found, undecodable = stored_log.load_known(Visit, ann.id)
                texts.append(found.texts[-1] if found and not undecodable else "")
                stored_log.append(visit(f"guest {stored_log.next_position()}"))
    assert (texts, asked) == (["came", "came", "came", "went", "went"], [ann.id] * 3)


def test_what_is_kept_at_once_is_read_on_from_the_first_time(stored_log: EventLog, other: EventLog) -> None:
    ann = visit("ann")
    stored_log.append(ann)
    with noting_reads(stored_log) as asked:
        with stored_log.writing():
            stored_log.load_known(Visit, ann.id, at_once=True)
        with stored_log.writing():
            assert stored_log.load_known(Visit, ann.id)[0].texts == ann.texts
        ann.sign("came")
        other.append(ann)
        with stored_log.writing():
            assert stored_log.load_known(Visit, ann.id)[0].texts[-1] == "came"
    assert asked == [ann.id] * 2


def test_what_is_kept_is_of_the_streams_that_are_asked_for(
    stored_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_streams, "MOST_KEPT", 2)
    people = {name: visit(name) for name in ("a", "b", "c")}
    stored_log.append(*people.values())
    with stored_log.writing(), noting_reads(stored_log) as asked:
        for name in ("a", "b", "c", "a", "b", "a", "c", "a", "b"):
            stored_log.load_known(Visit, people[name].id)
    assert asked == [people[name].id for name in ("a", "b", "c", "a", "b", "c", "b")]


def test_a_stream_of_which_something_cannot_be_read_is_never_kept(stored_log: EventLog, other: EventLog) -> None:
    """Each who asks is answered that something is missing."""
    ann = visit("ann")
    other.append(ann)
    with stored_log.writing():
        assert stored_log.load_known(Visit, ann.id)[1] == []
    other._recorder.insert_events([StoredEvent(ann.id, ann.version + 1, "toy.visit.unknown", b"{}")])
    for _ in range(2):
        with stored_log.writing():
            (missing,) = stored_log.load_known(Visit, ann.id)[1]
            assert missing.why == "unknown name"


@pytest.mark.parametrize(("guests", "is_same_name"), [(2, False), (0, True)], ids=["another log", "one that went back"])
def test_of_a_log_that_took_the_place_of_another_nothing_is_known(
    tmp_path: Path, guests: int, *, is_same_name: bool
) -> None:
    """As where the copy at a kiosk is made anew: what grew may stand before the last position that was seen."""
    with (
        closing(create_sqlite_log(tmp_path / "first.db", NAMES)) as first,
        closing(create_sqlite_log(tmp_path / "second.db", NAMES)) as second,
    ):
        first.append(visit("ann"))
        count(first)
        count(second)
        count(second)
        second.append(*(visit(f"guest {number}") for number in range(guests)))
        if is_same_name:
            second.renew_identity(first.log_id)
        streams = KnownStreams(first._recorder)
        with streams:
            assert streams.find_version(DOOR) == 1
            streams.keep(DOOR, first.catch_up(Tally.begin(DOOR)))
        streams._reader = second._recorder
        with streams:
            assert streams.take_kept(DOOR) is None
            assert streams.find_version(DOOR) == 2
