"""A kiosk sends only streams of its own."""

from datetime import date

import pytest

from domain.clock import Reading
from domain.ids import card_stream
from domain.log.source_rows import SourceRow
from domain.model.attendance import Attendance, CardReadAtKiosk, RefusedTaps
from domain.model.kiosk_clock import BootsPutRight, ClockStep, KioskClock
from domain.model.kiosk_register import Alarm
from domain.source_errors import (
    SourceStopped,
)
from tests.domain.use_cases.source_intake.conftest import find_alarm, join_kiosk
from tests.support.people import STRANGER
from tests.support.source_doors import NINE, Hub, SourceDoor, pack

NOVEMBER_19 = date(2026, 11, 19)


def card_read(kiosk: str) -> CardReadAtKiosk:
    return CardReadAtKiosk("card", "front", kiosk, None, 1, Reading(NINE, "ok", "boot", 0))


def write_attendance(kiosk: str, *, stream_of: str | None = None, day: date = NOVEMBER_19) -> SourceRow:
    attendance = Attendance.of(STRANGER, day, stream_of or kiosk)
    attendance.record("checked_in", STRANGER, card_read(kiosk), NINE)
    return pack(attendance)[0]


def list_own(kiosk: str) -> list[SourceRow]:
    """One event of each kind of stream that a kiosk writes, and what a later program may write."""
    refused, clock, boots = RefusedTaps.of(kiosk, NOVEMBER_19), KioskClock.of(kiosk, "boot"), None
    refused.refuse("unknown_card", None, card_read(kiosk), NINE)
    refused.record_sum("unknown_card", 3, NINE, card_read(kiosk), NINE)
    clock.record_step(kiosk, ClockStep(1, 2, 3), Reading(NINE, "ok", "boot", 0), NINE)
    boots = BootsPutRight.of(kiosk, kiosk, NOVEMBER_19)
    boots.record_boot(kiosk, "boot", NINE, NINE)
    tap = write_attendance(kiosk)
    newer = tap._replace(version=2, topic="attendance.tap-with-photo")
    return [tap, newer, *pack(refused, clock, boots), write_attendance(kiosk, day=date(2026, 11, 18))]


def test_every_kind_of_stream_that_a_kiosk_writes_is_taken(hub: Hub) -> None:
    """Also an event that this program does not know, and one of a kiosk that ends its days at another time."""
    door = join_kiosk(hub, 0)
    door.rows += list_own(door.kiosk)
    assert hub.intake.take(door.build_batch()) == door.head
    hub.prove(door)
    assert [entry.event.originator_version for entry in hub.log.read_stream_lenient(door.rows[0].stream)] == [1]


def list_foreign(kiosk: str) -> dict[str, SourceRow]:
    tap = write_attendance(kiosk)
    desk = KioskClock.of_desk(kiosk, "boot")
    desk.record_step(kiosk, ClockStep(1, 2, 3), Reading(NINE, "ok", "boot", 0), NINE)
    return {
        "another name in its settings": write_attendance("another"),
        "another kiosk's stream": write_attendance(kiosk, stream_of="another"),
        "another kiosk in its own stream": write_attendance("another", stream_of=kiosk),
        "a day that is not its own": write_attendance(kiosk, day=date(2026, 11, 16)),
        "what the desk states": pack(desk)[0],
        "a card": tap._replace(topic="card.issued", stream=card_stream("token")),
        "a tap in the stream of a card": tap._replace(stream=card_stream("token")),
        "a stream that nobody knows": tap._replace(topic="lunch.served"),
        "a name that is none": tap._replace(topic="attendance.checked-in\x00"),
        "a first event": tap._replace(topic="attendance.created"),
        "no version": tap._replace(version=0),
        "no kiosk": tap._replace(state=b"{}"),
        "no JSON": tap._replace(state=b"\xff"),
        "no zone": tap._replace(state=tap.state.replace(b'00Z","clock', b'00","clock')),
        "the end of time": tap._replace(state=tap.state.replace(b'"at":"2026', b'"at":"9999')),
        "its beginning": tap._replace(state=tap.state.replace(b'"at":"2026-11-19', b'"at":"0001-01-01')),
    }


@pytest.mark.parametrize("what", list_foreign("x"))
def test_an_event_of_another_stream_is_not_taken_and_its_batch_neither(hub: Hub, what: str) -> None:
    door = join_kiosk(hub, 3)
    row = list_foreign(door.kiosk)[what]
    with pytest.raises(SourceStopped) as stopped:
        hub.intake.take(door.replace_row(door.build_batch(), 1, row))
    assert stopped.value.alarm == "not_yours"
    assert find_alarm(hub, door) == Alarm("not_yours", 0, 2, row.topic)
    assert hub.list_taken(door) == []


def test_a_version_that_its_stream_has_already_is_not_taken(hub: Hub, door: SourceDoor) -> None:
    door.rows[7] = door.rows[4]
    with pytest.raises(SourceStopped):
        hub.intake.take(door.build_batch())
    assert find_alarm(hub, door) == Alarm("not_yours", 0, 5, door.rows[4].topic)
    assert hub.list_taken(door) == []
    assert hub.log.verify().whole
