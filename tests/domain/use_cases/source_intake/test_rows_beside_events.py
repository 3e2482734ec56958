"""Beside each event in a stream of a kiosk that joined stands a row of its log, and beside no other event."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.clock import Reading
from domain.log.source_heard import SourceHeard
from domain.log.source_rows import Origin, SourceLink
from domain.model.attendance import Attendance
from domain.model.kiosk_clock import BootsPutRight, ClockStep, KioskClock
from tests.domain.use_cases.source_intake.conftest import build_door
from tests.domain.use_cases.source_intake.test_streams import NOVEMBER_19, card_read, list_own
from tests.support.log_stores import STORES, build_store_of_kind
from tests.support.people import ANN
from tests.support.source_doors import NINE, Hub, SourceDoor, open_hub


@pytest.fixture(params=STORES)
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hub]:
    """A hub for one test alone: what stands in no row stays in its log."""
    with open_hub(build_store_of_kind(request, tmp_path)) as hub:
        yield hub


@pytest.fixture
def door() -> SourceDoor:
    """A kiosk with an event in each kind of stream that it writes."""
    door = build_door()
    door.rows += list_own(door.kiosk)
    return door


def write_tap(hub: Hub, kiosk: str, day: date = NOVEMBER_19) -> int:
    """Write a tap under the name of a kiosk into the log of the hub: its position."""
    attendance = Attendance.of(ANN, day, kiosk)
    attendance.record("checked_in", ANN, card_read(kiosk), NINE)
    (position,) = hub.log.append(attendance)
    return position


def test_what_was_taken_and_what_the_desk_states_of_a_clock_lacks_no_row(hub: Hub, door: SourceDoor) -> None:
    hub.admit(door)
    hub.intake.take(door.build_batch())
    clock, boots = KioskClock.of_desk(door.kiosk, "boot"), BootsPutRight.of("desk", door.kiosk, NOVEMBER_19)
    clock.record_step(door.kiosk, ClockStep(1, 2, 3), Reading(NINE, "ok", "boot", 0), NINE)
    boots.record_boot(door.kiosk, "boot", NINE, NINE)
    hub.log.append(clock, boots)
    write_tap(hub, "front")
    assert hub.intake.find_event_without_row() is None
    assert hub.log.sources.list_names() == [str(door.log_id)]


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_tap_that_is_written_here_under_the_name_of_a_kiosk_is_found(
    hub: Hub, door: SourceDoor, *, is_sent: bool
) -> None:
    """Also before the kiosk has sent anything, when a log in a file has no table of such rows."""
    hub.admit(door)
    if is_sent:
        hub.intake.take(door.build_batch())
    assert hub.intake.find_event_without_row() is None
    position = write_tap(hub, door.kiosk)
    assert hub.intake.find_event_without_row() == (door.kiosk, position)


def test_a_tap_from_before_a_kiosk_of_that_name_joined_lacks_no_row(hub: Hub, door: SourceDoor) -> None:
    """The home had an own kiosk of that name, which its settings do not name any more."""
    write_tap(hub, door.kiosk, date(2026, 11, 18))
    hub.admit(door)
    hub.intake.take(door.build_batch())
    assert hub.intake.find_event_without_row() is None


def test_a_source_that_never_joined_is_listed_with_the_others(hub: Hub, door: SourceDoor) -> None:
    heard = SourceHeard(door.log_id, NINE, door.head, None)
    links = [SourceLink(number, chain, None) for number, chain in enumerate(door.chains[1:], 1)]
    hub.log.append_taken(door.rows, Origin(links, heard))
    assert hub.log.sources.list_names() == [str(door.log_id)]
