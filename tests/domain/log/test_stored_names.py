"""What may be listed, and what a stored name may do: nothing but be found or not."""

import sys
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent

from domain.log.decoder import EventDecoder
from domain.log.errors import BadStoredName, NotStorable, UnknownName, Unreadable
from domain.log.event_rows import EventRow
from domain.log.mapper import NamedEventMapper
from domain.log.stored_names import StoredNames
from tests.support.log_error_sentences import raises_log_error
from tests.support.toy_aggregates import NAMES, NINE, Tally, Visit, id_for, visit

MAPPER, DECODER = NamedEventMapper(NAMES), EventDecoder(NAMES)
STREAM = id_for("stream")


def row(topic: str, state: bytes, position: int = 7) -> EventRow:
    return EventRow(position, STREAM.hex, 1, topic, state)


# --- The list --------------------------------------------------------------------------------


def test_the_listed_class_is_the_one_that_is_triggered() -> None:
    assert [NAMES.find_name(type(event)) for event in visit().pending_events] == [
        "toy.visit.begun",
        "toy.visit.signed",
        "toy.visit.signed",
    ]


class Nameless(Aggregate):
    class Happened(Aggregate.Event):
        pass


def test_an_event_without_a_name_is_refused_when_the_program_starts() -> None:
    with raises_log_error(BadStoredName, match=r"Nameless\.Created has no TOPIC|Nameless\.Happened has no TOPIC"):
        StoredNames(Nameless)


class Twin(Aggregate):
    class Created(Aggregate.Created):
        TOPIC = "twin.created"

    class Happened(Aggregate.Event):
        TOPIC = "toy.visit.signed"


def test_two_events_with_one_name_are_refused_when_the_program_starts() -> None:
    with raises_log_error(BadStoredName, match=r"Twin\.Happened has the TOPIC 'toy\.visit\.signed' of another"):
        StoredNames(Visit, Twin)


class Dated(Aggregate):
    TOPIC = "dated"

    class Created(Aggregate.Created):
        TOPIC = "dated.created"
        on: date


def test_a_field_of_a_type_that_the_store_cannot_give_back_is_refused_when_the_program_starts() -> None:
    with raises_log_error(BadStoredName, match=r"Dated\.Created keeps on as .*date.*, which is no plain value"):
        StoredNames(Dated)


# --- Names in the log ------------------------------------------------------------------------


def test_a_name_that_is_not_listed_is_refused_and_its_module_never_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "it ran"
    (tmp_path / "planted.py").write_text(f"open({str(mark)!r}, 'w').close()\nclass Event: pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UnknownName) as refused:
        DECODER.decode_entries([row("planted:Event", b"{}", position=12)])
    assert (refused.value.name, refused.value.position) == ("planted:Event", 12)
    assert not mark.exists()
    assert "planted" not in sys.modules


def test_a_created_event_cannot_name_an_aggregate_that_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "planted_too.py").write_text("class Aggregate: pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    stored = MAPPER.to_stored_event(visit().pending_events[0])
    planted = stored.state.replace(b'"toy.visit"', b'"planted_too:Aggregate"')
    with raises_log_error(UnknownName, match="planted_too:Aggregate"):
        DECODER.decode_entries([row(stored.topic, planted)])
    assert "planted_too" not in sys.modules


def test_an_event_that_is_not_listed_cannot_be_stored() -> None:
    stranger = Twin.Happened(originator_id=STREAM, originator_version=1, timestamp=NINE)
    with raises_log_error(UnknownName, match=r"Twin\.Happened"):
        MAPPER.to_stored_event(stranger)


def test_bytes_that_do_not_fit_their_name_say_where_they_stand() -> None:
    with pytest.raises(Unreadable) as refused:
        DECODER.decode_entries([row("toy.tally.counted", b'{"timestamp":"2026-11-02T01:00:00Z","by":"three"}')])
    assert (refused.value.position, refused.value.name) == (7, "toy.tally.counted")


# --- There and back --------------------------------------------------------------------------


def signed(**changed: object) -> Visit.Signed:
    plain = {"text": "歡迎 \x00 \U0001f600", "stars": 2**40, "tags": ["a", ""], "extra": {"ink": "red"}, "host": None}
    return Visit.Signed(originator_id=STREAM, originator_version=1, timestamp=NINE, **(plain | changed))


def test_an_event_comes_back_as_it_went_in() -> None:
    stored = MAPPER.to_stored_event(signed())
    came_back = NAMES.decode(stored.topic, STREAM, stored.originator_version, stored.state)
    assert came_back == signed()
    assert type(came_back) is Visit.Signed
    assert vars(came_back) == vars(signed())


def test_what_is_stored_is_this_and_nothing_else() -> None:
    stored = MAPPER.to_stored_event(signed(text="hello"))
    assert stored == StoredEvent(
        originator_id=STREAM,
        originator_version=1,
        topic="toy.visit.signed",
        state=b'{"timestamp":"2026-11-02T01:00:00Z","text":"hello","stars":1099511627776,"tags":["a",""],'
        b'"extra":{"ink":"red"},"host":null}',
    )


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("tags", ("a", "b"), "tags is a tuple"),
        ("tags", {"a"}, "tags is a set"),
        ("tags", [b"a"], r"tags\[0\] is a bytes"),
        ("tags", "a", "would|declares"),
        ("extra", {1: "a"}, "extra has the key 1"),
        ("extra", {"ink": Colour.RED}, r"extra\.ink is a Colour"),
        ("extra", {"ink": NINE}, r"extra would come back as \{'ink': '2026-11-02T01:00:00Z'\}"),
        ("host", date(2026, 11, 2), "host is a date"),
        ("stars", "5", "declares"),
        ("stars", float("nan"), "stars is nan"),
        ("stars", timedelta(hours=1), "stars is a timedelta"),
        ("text", "\ud800", "its text"),
        ("timestamp", datetime(2026, 11, 2, 9), "timestamp is an instant that is not in UTC"),  # noqa: DTZ001 - the fault
        ("timestamp", NINE.astimezone(timezone(timedelta(hours=8))), "timestamp is an instant that is not"),
    ],
)
def test_what_would_come_back_as_something_else_is_not_stored(field: str, value: object, told: str) -> None:
    with raises_log_error(NotStorable, match=told):
        MAPPER.to_stored_event(signed(**{field: value}) if field != "timestamp" else stamped(value))


def stamped(at: object) -> Visit.Signed:
    return Visit.Signed(originator_id=STREAM, originator_version=1, timestamp=at, text="", stars=1, tags=[], extra={})


def test_a_field_with_a_default_may_be_missing_in_older_bytes() -> None:
    older = b'{"timestamp":"2026-11-02T01:00:00Z","text":"a","stars":1,"tags":[],"extra":{}}'
    ((_, event),) = DECODER.decode_entries([row("toy.visit.signed", older)])
    assert event.host is None


# --- Older bytes -----------------------------------------------------------------------------

VERSION_1 = b'{"timestamp":"2026-11-02T01:00:00Z","number":"41","at":"2026-11-02T01:00:00Z"}'
VERSION_2 = b'{"timestamp":"2026-11-02T01:00:00Z","by":41,"at":"2026-11-02T01:00:00Z","class_version":2}'


@pytest.mark.parametrize("state", [VERSION_1, VERSION_2])
def test_bytes_of_an_older_version_become_the_event_of_today(state: bytes) -> None:
    ((_, event),) = DECODER.decode_entries([row("toy.tally.recounted", state)])
    assert event == Tally.Recounted(
        originator_id=STREAM, originator_version=1, timestamp=datetime(2026, 11, 2, 1, tzinfo=UTC), by=41, at=NINE
    )


def test_what_is_written_today_says_its_version() -> None:
    event = Tally.Recounted(originator_id=STREAM, originator_version=1, timestamp=NINE, by=41, at=NINE)
    assert MAPPER.to_stored_event(event).state == VERSION_2


@pytest.mark.parametrize(
    ("topic", "state"),
    [
        ("toy.tally.recounted", VERSION_2.replace(b":2}", b":3}")),
        ("toy.tally.counted", b'{"timestamp":"2026-11-02T01:00:00Z","by":1,"class_version":2}'),
    ],
)
def test_bytes_of_a_newer_program_are_refused_and_not_half_read(topic: str, state: bytes) -> None:
    with pytest.raises(Unreadable):
        DECODER.decode_entries([row(topic, state)])


def test_streams_are_read_as_ids() -> None:
    ((_, event),) = DECODER.decode_entries([row("toy.tally.recounted", VERSION_2)])
    assert event.originator_id == STREAM
    assert type(event.originator_id) is UUID
