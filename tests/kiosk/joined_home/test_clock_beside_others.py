"""The clock of a kiosk with a hub, and the clocks of the hub and of other kiosks: none is believed over the other."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from domain.act import Act
from domain.clock import OK, UNSYNCHRONISED
from domain.model.attendance import Attendance, RefusedTaps
from domain.spans import instant
from domain.use_cases.clock_correction import correct_clock
from domain.use_cases.past_in_log import read_past
from kiosk.home import Home
from kiosk.joined_home.unit_copy import UnitCopy
from tests.support.fake_machine import FakeMachine
from tests.support.joined_kiosk import STRANGER, apply_whole, build_copied, join, send, take, tap
from tests.support.people import COORDINATOR, NOTE, local_time

NINE, TEN, NOON = "2026-11-29 09:00", "2026-11-29 10:00", "2026-11-29 12:00"
DAY = timedelta(days=1)


@pytest.fixture
def real_unit(tmp_path: Path) -> Iterator[Home]:
    """A unit that is no simulation: what its machine writes says something of clocks."""
    path = tmp_path / "real"
    Home.make(path, simulation=False).close()
    with Home.open(path) as home:
        yield home


def write_at_desk(unit: Home, at: datetime) -> None:
    """The desk writes, by a clock that shows this."""
    unit.desk.adopt_policy(date(2026, 1, 1), {"debounce_seconds": 61}, Act(at, COORDINATOR, at))


def send_without_taps(side: Path, unit: Home, *, is_anew: bool) -> None:
    """What the hub sends to the kiosk that recorded all taps."""
    with closing(UnitCopy.open(side)) as copy:
        after = 0 if is_anew else copy.cursor.upto
        kinds = (Attendance.TOPIC, RefusedTaps.TOPIC)
        found = build_copied(unit.log, after, begins_anew=is_anew, is_sent=lambda name: not name.startswith(kinds))
        apply_whole(copy, found)


def find_last_stamp(home: Home) -> datetime:
    return home.log.own.find_last_recorded()


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=2), DAY, 30 * DAY])
def test_a_clock_that_the_kernel_calls_right_stays_so_whatever_the_clock_of_the_hub_showed(
    real_unit: Home, tmp_path: Path, ahead: timedelta
) -> None:
    write_at_desk(real_unit, local_time(NINE) + ahead)
    side = join(tmp_path / "side", real_unit)
    send(side, real_unit)
    machine = FakeMachine(TEN, trust=OK)
    with Home.open(side) as home:
        home.use_clock(machine)
        assert home.record_tap(STRANGER, "front", None, None).clock == OK
        assert (find_last_stamp(home), instant(home.now_second())) == (machine.now(), machine.now())


@pytest.mark.parametrize("trust", [OK, UNSYNCHRONISED])
@pytest.mark.parametrize("ahead", [timedelta(0), DAY])
def test_the_tap_of_another_kiosk_moves_the_present_of_none(
    real_unit: Home, tmp_path: Path, ahead: timedelta, trust: str
) -> None:
    side, north = (join(tmp_path / name, real_unit, name, "entrance") for name in ("side", "north"))
    with Home.open(north) as other:
        other.use_clock(FakeMachine(NINE, -ahead, OK))
        other.record_tap(STRANGER, "front", None, None)
        take(real_unit, other)
    send(side, real_unit)
    machine = FakeMachine(TEN, trust=trust)
    with Home.open(side) as home:
        home.use_clock(machine)
        assert home.record_tap(STRANGER, "front", None, None).clock == trust
        assert (find_last_stamp(home), instant(home.now_second())) == (machine.now(), machine.now())


@pytest.mark.parametrize(("ahead", "trust"), [(timedelta(0), OK), (DAY, UNSYNCHRONISED)])
def test_an_own_tap_of_an_earlier_session_still_speaks_against_the_clock(
    real_unit: Home, tmp_path: Path, ahead: timedelta, trust: str
) -> None:
    side = join(tmp_path / "side", real_unit)
    machine = FakeMachine(NINE, -ahead, OK)
    with Home.open(side) as home:
        home.use_clock(machine)
        home.record_tap(STRANGER, "front", None, None)
        machine.reboot(TEN, trust=OK)
        home.use_clock(machine)
        assert home.record_tap(STRANGER, "front", None, None).clock == trust


@pytest.mark.parametrize("is_sent", [False, True])
def test_until_the_hub_says_that_the_clock_of_that_session_was_wrong(
    real_unit: Home, tmp_path: Path, *, is_sent: bool
) -> None:
    side = join(tmp_path / "side", real_unit)
    machine = FakeMachine(NINE, -DAY, OK)
    with Home.open(side) as home:
        home.use_clock(machine)
        home.record_tap(STRANGER, "front", None, None)
        take(real_unit, home)
        at = local_time(TEN)
        correct_clock(real_unit.log, "side", machine.boot, -86_400, NOTE, Act(at, COORDINATOR, at))
        if is_sent:
            send(side, real_unit)
        machine.reboot(NOON, trust=OK)
        home.use_clock(machine)
        expected = OK if is_sent else UNSYNCHRONISED
        assert home.record_tap(STRANGER, "front", None, None).clock == expected


@pytest.mark.parametrize("is_anew", [False, True])
def test_an_open_entrance_hears_of_it_also_where_its_copy_is_made_anew(
    real_unit: Home, tmp_path: Path, *, is_anew: bool
) -> None:
    """The new copy has less rows than the old one had, with the own taps."""
    side = join(tmp_path / "side", real_unit)
    send(side, real_unit)
    machine = FakeMachine(NINE, -DAY, OK)
    with Home.open(side) as home:
        home.use_clock(machine)
        for minute in range(5):
            home.record_tap(STRANGER, "front", None, None)
            machine.advance_to(f"2026-11-29 09:0{minute}")
        wrong = machine.boot
        machine.reboot(TEN, trust=OK)
        home.use_clock(machine)
        assert home.record_tap(STRANGER, "front", None, None).clock == UNSYNCHRONISED
        take(real_unit, home)
        at = local_time(TEN)
        correct_clock(real_unit.log, "side", wrong, -86_400, NOTE, Act(at, COORDINATOR, at))
        send_without_taps(side, real_unit, is_anew=is_anew)
        machine.advance_to(NOON)
        assert home.record_tap(STRANGER, "front", None, None).clock == OK


@pytest.mark.parametrize("is_sent", [False, True])
def test_what_a_simulation_wrote_is_no_evidence_of_the_time_at_its_kiosks(
    unit: Home, tmp_path: Path, *, is_sent: bool
) -> None:
    """Also where nothing was sent yet, or the first event of the copy is one of its own."""
    side = join(tmp_path / "side", unit)
    with Home.open(side) as home:
        tap(home, STRANGER, "2026-11-19 09:00")
        home.log.head()
        if is_sent:
            send(side, unit)
        past = read_past(home.log)
        assert (past.stamps, past.desk, past.others) == ([], [], [])
