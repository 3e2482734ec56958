"""What an event of a stream keeps of the library's promises where its class takes the methods of another one."""

from dataclasses import FrozenInstanceError, fields
from datetime import date
from inspect import signature
from uuid import uuid5

import pytest
from eventsourcing.domain import OriginatorVersionError

from domain.ids import ROOT, attendance_stream, card_stream
from domain.model.attendance import Attendance
from domain.model.card import Card
from domain.model.shift import Shift
from domain.model.streams import DeskStream
from tests.support.people import ANN, act
from tests.support.toy_aggregates import NINE, id_for


def unassigned(shift: str = "S1") -> Shift.Unassigned:
    """An event with a mutator: of two classes the second adds no field."""
    found = {"shift": shift, "volunteer_id": ANN, "at": NINE, "by": ANN, "timestamp": NINE}
    return Shift.Unassigned(originator_id=id_for("S1"), originator_version=2, **found)


def test_what_a_class_does_not_change_is_not_built_for_it_once_more() -> None:
    assert "__init__" not in vars(Shift.Unassigned)
    assert "__init__" not in vars(Attendance.CheckedOut)


def test_an_initialiser_is_compiled_when_the_first_event_of_a_class_is_made() -> None:
    class Noted(DeskStream.Event):
        shift: str

    assert "shift" not in signature(Noted.__init__).parameters
    assert Noted(id_for("S1"), 2, NINE, at=NINE, by=ANN, shift="S1").shift == "S1"
    assert [*signature(Noted.__init__).parameters][-1] == "shift"


def test_its_fields_are_those_of_the_event_in_their_order() -> None:
    assert [field.name for field in fields(Shift.Unassigned)][-2:] == ["shift", "volunteer_id"]
    with pytest.raises(TypeError, match="volunteer_id"):
        Shift.Unassigned(**{name: value for name, value in vars(unassigned()).items() if name != "volunteer_id"})


def test_it_is_equal_to_one_of_its_kind_with_the_same_fields_alone() -> None:
    assert unassigned() == unassigned()
    assert hash(unassigned()) == hash(unassigned())
    assert unassigned() != unassigned("S2")
    assert unassigned() != Shift.Assigned(**vars(unassigned()))
    assert repr(unassigned()).startswith("Shift.Unassigned(originator_id=")


def test_no_field_of_it_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(unassigned(), "shift", "S2")  # noqa: B010 - the type checker refuses it


def test_a_card_begins_once() -> None:
    """Else what was recorded of its holders before would be gone."""
    card = Card.issue("abcd", "A", ANN, act("2026-11-16 09:00"))
    (issued,) = card.collect_events()
    begun = issued.mutate(None)
    assert isinstance(begun, Card)
    assert (begun, begun.version, begun.holder) == (card, 1, ANN)
    with pytest.raises(OriginatorVersionError):
        issued.mutate(begun)


def test_the_id_of_a_stream_is_uuid5_of_its_name() -> None:
    """So any program can derive it (RFC 9562, 5.5)."""
    assert card_stream("abcd") == uuid5(ROOT, "card/abcd")
    assert attendance_stream(ANN, date(2026, 11, 19), "入口") == uuid5(ROOT, f"attendance/{ANN.hex}/2026-11-19/入口")
