"""Several doors: each writes only its own streams, and decides by all the taps that its log holds."""

from datetime import date

from domain.clock import SimulatedClock
from domain.ids import attendance_stream
from domain.model.attendance import Attendance
from domain.use_cases.check_in import Door
from domain.use_cases.kiosk_place import KioskPlace
from tests.support.office import Office, format_answer
from tests.support.people import ANN, local_time

NOVEMBER_19 = date(2026, 11, 19)


def test_a_visit_is_closed_at_another_door_whose_taps_are_known_there(office: Office) -> None:
    side = office.side_door()
    assert format_answer(office.tap(ANN, "2026-11-19 09:00")) == "checked_in"
    answer = office.tap(ANN, "2026-11-19 12:00", door=side)
    assert (format_answer(answer), answer.since) == ("checked_out", local_time("2026-11-19 09:00"))


def test_each_door_writes_only_its_own_streams(office: Office) -> None:
    """So that logs of several doors merge by copying."""
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00", door=office.side_door())
    taps = [*office.list_events(Attendance.CheckedIn), *office.list_events(Attendance.CheckedOut)]
    streams = [attendance_stream(ANN, NOVEMBER_19, kiosk) for kiosk in ("entrance", "side")]
    assert [(tap.originator_id, tap.originator_version) for tap in taps] == [(stream, 1) for stream in streams]


def test_a_double_tap_at_two_doors_is_one_tap(office: Office) -> None:
    side = office.side_door()
    office.tap(ANN, "2026-11-19 09:00:00")
    assert format_answer(office.tap(ANN, "2026-11-19 09:00:59", door=side)) == "duplicate"
    assert format_answer(office.tap(ANN, "2026-11-19 09:01:00", door=side)) == "checked_out"


def test_a_door_that_knows_of_no_other_decides_alone(office: Office) -> None:
    """And what it told a person is on record, whatever the visits turn out to be."""
    alone = Door(office.log, KioskPlace("back"), SimulatedClock())
    office.tap(ANN, "2026-11-19 09:00")
    assert format_answer(office.tap(ANN, "2026-11-19 12:00", door=alone)) == "checked_in"
