"""An event that cannot be read or taken in stops nobody: it is put aside, named, and everything else goes on."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.domain import Aggregate
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import (
    attendance_stream,
    corrections_stream,
    exit_case_stream,
    reconciliation_stream,
    shift_stream,
    unit_stream,
)
from domain.log.lenient import UndecodableEvent
from domain.log.registered_names import STREAMS
from domain.log.sqlite import open_sqlite_log
from domain.log.stored_names import StoredNames
from projections.engine.as_of import views_as_of
from projections.engine.rebuild import replay
from projections.engine.views import Views
from projections.read_models.absences import list_absences
from projections.read_models.duties import list_duties
from projections.read_models.explanation import find_undecodable_events
from projections.read_models.hours import list_hours
from projections.read_models.visits import list_visits
from tests.faults.result_table import LONG
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second
from tests.support.undecodable_events import PRIVATE_TEXT, UNKNOWN_TOPIC, insert_undecodable

DAY = "2026-11-19"
TODAY = date(2026, 11, 19)
ANNS_DAY = attendance_stream(ANN, TODAY, "entrance")
AT = "2026-11-19T01:00:00Z"
BY_BEN = {"at": AT, "by": BEN}
TAPPED: dict[str, Any] = {
    "volunteer_id": ANN,
    "card": "c",
    "reader": "r",
    "kiosk": "entrance",
    "direction": None,
    "seq": 1,
    "at": AT,
    "clock": "ok",
    "boot": "b",
    "boot_ns": 0,
}

BAD = {
    "a name that nobody knows": (ANNS_DAY, UNKNOWN_TOPIC, {}, "unknown name"),
    "a field too few": (ANNS_DAY, "attendance.checked-in", {**TAPPED, "seq": None}, "does not decode"),
    "an instant without a zone": (
        ANNS_DAY, "attendance.checked-in", {**TAPPED, "timestamp": "2026-11-19T01:00:00"}, "does not decode",
    ),
    "a volunteer who is no id": (ANNS_DAY, "attendance.checked-in", {**TAPPED, "volunteer_id": "Ann"}, "impossible"),
    "a number that no table holds": (ANNS_DAY, "attendance.checked-in", {**TAPPED, "seq": 10**30}, "impossible"),
    "a day after the last of the calendar": (
        ANNS_DAY, "attendance.checked-in", {**TAPPED, "at": "9999-12-31T23:59:59Z"}, "impossible",
    ),
    "a shift that was never scheduled": (
        shift_stream("X"), "shift.assigned", {"shift": "X", "volunteer_id": ANN, **BY_BEN}, "impossible",
    ),
    "a policy that nobody knows": (
        unit_stream(), "unit.policy-adopted",
        {"effective_from": "2026-01-01", "changes": {"siesta": True}, **BY_BEN}, "impossible",
    ),
    "a date that is none": (ANN, "volunteer.suspended", {"since": "2026-13-01", **BY_BEN}, "impossible"),
    "hours that are none": (
        unit_stream(), "unit.opened",
        {"name": "x", "kind": "public", "category": None, "opens": [{"days": [1]}], **BY_BEN}, "impossible",
    ),
}  # fmt: skip
BAD_ONES = pytest.mark.parametrize("bad", BAD.values(), ids=BAD)


def said(views: Views) -> object:
    return [list(model(views)) for model in (list_visits, list_duties, list_absences)], sorted(list_hours(views))


def a_morning(office: Office, between: Callable[[], object] = lambda: None) -> None:
    """Ann and Ben serve; in between something else is written."""
    office.at("2026-11-01 08:00").schedule_shift("AM", f"{DAY} 09:00", "12:00", ANN, BEN)
    office.tap(ANN, f"{DAY} 08:58")
    office.tap(BEN, f"{DAY} 08:59")
    between()
    office.tap(BEN, f"{DAY} 12:05")
    office.at(f"{DAY} 13:00").close_visit(ANN, f"{DAY} 08:58", "12:00")


@BAD_ONES
@pytest.mark.parametrize("look_before", [True, False], ids=["following", "building anew"])
def test_everything_else_goes_on(office: Office, bad: tuple[UUID, str, dict[str, Any], str], look_before: bool) -> None:
    """Ben and Ann are credited as if it had never been written; the views name it."""
    stream, topic, fields, why = bad
    positions: list[int] = []

    def happens() -> None:
        if look_before:
            office.current_views()
        positions.append(insert_undecodable(office.log, stream, topic, **fields))

    if stream == ANNS_DAY:  # what a door makes of it has its own tests: here the taps are what they were
        stream = attendance_stream(ANN, TODAY, "side")
    a_morning(office, happens)
    views = office.current_views()
    assert [(one.position, one.name, one.why) for one in views.quarantine] == [(positions[0], topic, why)]
    assert {row.volunteer: (row.outcome, row.credited_minutes) for row in office.list_duties()} == {
        ANN: ("attended", 180),
        BEN: ("attended", 180),
    }
    assert replay(office.log, views).differences == []


@settings(max_examples=60 if LONG else 6, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(list(BAD.values()))), min_size=1, max_size=4))
def test_wherever_bad_events_stand_the_views_are_what_they_are_without_them(
    bad: list[tuple[int, tuple[UUID, str, dict[str, Any], str]]],
) -> None:
    """Side streams only, so that both logs hold the same taps."""
    results = []
    for poisoned in (False, True):
        with TemporaryDirectory() as folder:
            office = Office(Path(folder), ANN, BEN)
            steps: list[Callable[[], object]] = [
                lambda office=office: office.at("2026-11-01 08:00").schedule_shift(
                    "AM", f"{DAY} 09:00", "12:00", ANN, BEN
                ),
                lambda office=office: office.tap(ANN, f"{DAY} 08:58"),
                lambda office=office: office.at(f"{DAY} 10:00").current_views(),
                lambda office=office: office.tap(ANN, f"{DAY} 12:05"),
                lambda office=office: office.tap(BEN, f"{DAY} 12:06"),
            ]
            for number, step in enumerate([*steps, lambda: None]):
                for place, (stream, topic, fields, _) in bad if poisoned else []:
                    if place == number:
                        side = attendance_stream(ANN, TODAY, "side") if stream == ANNS_DAY else stream
                        insert_undecodable(office.log, side, topic, **fields)
                step()
            assert len(office.at(f"{DAY} 13:00").current_views().quarantine) == (len(bad) if poisoned else 0)
            assert replay(office.log, office.current_views()).differences == []
            results.append(said(office.current_views()))
            office.close_down()
    assert results[0] == results[1]


# --- A program that knows more, and one that knows less ---


class Blessings(Aggregate):
    """What a newer program knows of."""

    TOPIC = "attendance-blessings"

    class Created(Aggregate.Created):
        TOPIC = "attendance-blessings.created"

    class TapBlessed(Aggregate.Event):
        TOPIC = UNKNOWN_TOPIC
        secret: str


def test_when_a_program_comes_that_can_read_it_the_quarantine_is_empty(office: Office, tmp_path: Path) -> None:
    a_morning(office, lambda: insert_undecodable(office.log, ANNS_DAY, UNKNOWN_TOPIC))
    assert len(office.current_views().quarantine) == 1
    for names, left in ((StoredNames(Blessings, table=STREAMS), 0), (StoredNames(table=STREAMS), 1)):
        log = open_sqlite_log(tmp_path / "log.db", names)
        with Views(log, tmp_path / "views.db") as views:
            views.catch_up(local_second(f"{DAY} 13:00"))
            assert len(views.quarantine) == left
        log.close()


def test_another_kind_of_event_is_another_fingerprint() -> None:
    backwards = dict(reversed(STREAMS.items()))
    assert StoredNames(table=STREAMS).fingerprint == StoredNames(table=backwards).fingerprint
    assert StoredNames(table=STREAMS).fingerprint != StoredNames(Blessings, table=STREAMS).fingerprint


# --- Never in silence ---


def test_a_reader_that_meets_it_says_so_once_and_quotes_nothing(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        a_morning(office, lambda: insert_undecodable(office.log, ANNS_DAY, UNKNOWN_TOPIC))
        position = office.current_views().quarantine[0].position
        office.at(f"{DAY} 14:00").current_views()
    lines = [record.getMessage() for record in caplog.records if "quarantine" in record.getMessage()]
    assert lines == [f"in quarantine: event {position} ('{UNKNOWN_TOPIC}'): unknown name"]
    assert PRIVATE_TEXT not in caplog.text


def test_a_bad_event_that_was_recorded_later_is_not_yet_in_quarantine(office: Office) -> None:
    """As far as it says when; one that does not is named always."""
    a_morning(office, lambda: insert_undecodable(office.log, ANNS_DAY, UNKNOWN_TOPIC, timestamp="2026-11-19T04:00:00Z"))
    for as_of, left in ((f"{DAY} 11:59:59", 0), (f"{DAY} 12:00:00", 1)):
        with views_as_of(office.log, local_second(as_of)) as past:
            assert len(past.quarantine) == left
    insert_undecodable(office.log, ANNS_DAY, UNKNOWN_TOPIC, b"noise")
    with views_as_of(office.log, local_second(f"{DAY} 11:00")) as past:
        assert len(past.quarantine) == 1


@pytest.mark.parametrize(
    ("stream", "concerns_ann"),
    [
        pytest.param(ANNS_DAY, True, id="her taps"),
        pytest.param(corrections_stream(ANN, TODAY), True, id="her corrections"),
        pytest.param(ANN, True, id="herself"),
        pytest.param(shift_stream("AM"), True, id="her shift"),
        pytest.param(unit_stream(), True, id="the unit"),
        pytest.param(attendance_stream(BEN, TODAY, "entrance"), False, id="another person's taps"),
        pytest.param(attendance_stream(ANN, date(2026, 11, 21), "entrance"), False, id="another day"),
        pytest.param(exit_case_stream(ANN, "R-050", 1), False, id="a case, which no minute follows from"),
        pytest.param(reconciliation_stream(TODAY), False, id="a settlement"),
    ],
)
def test_a_day_knows_which_bad_events_bear_on_it(office: Office, stream: UUID, concerns_ann: bool) -> None:
    """Though the event itself does not say whom it is about."""
    a_morning(office, lambda: None)
    position = insert_undecodable(office.log, stream, UNKNOWN_TOPIC, b"noise")
    views = office.current_views()
    key = views.find_key(ANN)
    assert key is not None
    found: list[UndecodableEvent] = find_undecodable_events(views, key, TODAY)
    assert [one.position for one in found] == ([position] if concerns_ann else [])
