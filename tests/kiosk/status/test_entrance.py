"""Is the entrance open, and has it got its readers."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from devices.ports.serial_port import open_port
from devices.simulated.scripted_reader import ScriptedReader
from domain.act import Act
from domain.clock import to_the_second
from domain.ids import SYSTEM
from domain.use_cases.source_intake import SourceIntake
from kiosk.entrance.launch import lock_entrance, record_refusals_at_end
from kiosk.entrance.screen_size import SCREEN_FILE, ScreenSize
from kiosk.home import Home
from tests.kiosk.status.conftest import ApplyLines, run_check
from tests.support.joined_kiosk import join, send
from tests.support.kiosk_program import add_reader
from tests.support.source_doors import SourceDoor
from tests.support.terminal import Terminal

# --- The entrance ---


def test_an_entrance_that_should_be_open_is_missed(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader.port)
    check = run_check(real_home, "entrance")
    assert (check.ok, check.detail.startswith("closed: start it")) == (False, True)
    with lock_entrance(real_home):
        assert run_check(real_home, "entrance").ok


def test_a_simulation_and_a_home_without_readers_need_no_open_entrance(
    real_home: Path, simulation: Path, reader: ScriptedReader
) -> None:
    assert run_check(real_home, "entrance").ok
    assert run_check(add_reader(simulation, reader.port), "entrance").ok


def test_looking_does_not_keep_an_entrance_from_opening(real_home: Path) -> None:
    run_check(real_home, "entrance")
    with lock_entrance(real_home):
        pass


# --- A hub that stands at no door ---

DOOR = SourceDoor("side")


def join_kiosk(home: Path) -> None:
    with Home.open(home) as opened:
        now = opened.now_recorded()
        intake = SourceIntake(opened.log, opened.clock)
        intake.join(DOOR.kiosk, DOOR.log_id, DOOR.key.public, (), Act(now, SYSTEM, now))


def revoke_kiosk(home: Path, carry_out: ApplyLines) -> None:
    carry_out(home, {"do": "revoke_kiosk", "kiosk": DOOR.kiosk, "reason": "given back", "by": "lin"})


def test_a_hub_without_a_reader_lacks_none_while_a_kiosk_belongs_to_it(real_home: Path, carry_out: ApplyLines) -> None:
    alone = run_check(real_home, "readers")
    assert (alone.ok, "add a [[reader]] block" in alone.detail) == (False, True)
    join_kiosk(real_home)
    joined = run_check(real_home, "readers")
    assert (joined.ok, joined.detail) == (True, "none here: volunteers tap at the kiosks that joined")
    assert run_check(real_home, "entrance").ok
    revoke_kiosk(real_home, carry_out)
    assert not run_check(real_home, "readers").ok


def test_a_hub_with_a_reader_stands_at_a_door_as_any_home(real_home: Path, reader: ScriptedReader) -> None:
    join_kiosk(real_home)
    add_reader(real_home, reader.port)
    assert not run_check(real_home, "entrance").ok
    assert run_check(real_home, "readers").ok
    Path(reader.port).unlink()
    assert not run_check(real_home, "readers").ok


def test_the_screen_of_an_entrance_that_has_moved_to_a_kiosk_is_not_asked_for(real_home: Path) -> None:
    (real_home / SCREEN_FILE).write_bytes(msgspec.json.encode(ScreenSize(columns=80, rows=80)))
    assert not run_check(real_home, "screen").ok
    join_kiosk(real_home)
    assert run_check(real_home, "screen").ok


def test_a_joined_kiosk_needs_its_reader_whatever_the_register_of_the_hub_says(real_home: Path, tmp_path: Path) -> None:
    join_kiosk(real_home)
    with Home.open(real_home) as unit:
        side = join(tmp_path / "side", unit)
        send(side, unit)
    check = run_check(side, "readers")
    assert (check.ok, "add a [[reader]] block" in check.detail) == (False, True)


# --- A reader that sends nonsense ---


def send_nonsense(home: Path, cards: int, minutes_ago: int) -> None:
    """What an entrance records of a reader that sends so many cards of nobody."""
    with Home.open(home) as opened, record_refusals_at_end(opened):
        at = to_the_second(opened.clock.now()) - timedelta(minutes=minutes_ago)
        for number in range(cards):
            opened.door.record_tap(f"{number:032x}", "door", None, opened.clock.read()._replace(at=at))


@pytest.mark.parametrize(
    ("cards", "minutes_ago", "ok"), [(10, 0, True), (11, 0, False), (11, 29, False), (11, 31, True)]
)
def test_a_reader_that_sent_nonsense_is_reported_for_half_an_hour(
    real_home: Path, cards: int, minutes_ago: int, ok: bool
) -> None:
    send_nonsense(real_home, cards, minutes_ago)
    check = run_check(real_home, "reader_noise")
    assert (check.ok, check.detail.startswith("door sends nonsense: 1 read that is")) == (ok, not ok)


# --- The readers ---


def test_a_real_home_wants_a_reader_and_a_simulation_does_not(real_home: Path, simulation: Path) -> None:
    assert [run_check(home, "readers").ok for home in (real_home, simulation)] == [False, True]


def test_a_reader_is_there_or_is_not(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader.port)
    assert run_check(real_home, "readers").detail == "door: there"
    reader.unplug()
    check = run_check(real_home, "readers")
    assert (check.ok, check.detail.startswith("door is not there: plug it in")) == (False, True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may use every device")
def test_a_reader_that_this_user_may_not_use_names_the_group(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader.port)
    Path(reader.port).chmod(0)
    check = run_check(real_home, "readers")
    assert (check.ok, "add the user to the group" in check.detail) == (False, True)


def test_a_reader_that_another_program_uses_is_told(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader.port)
    with open_port(reader.port, 9600):
        check = run_check(real_home, "readers")
    assert (check.ok, "used by another program" in check.detail) == (False, True)
    assert run_check(real_home, "readers").ok


def test_a_reader_that_the_entrance_lets_lie_is_told(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader.port)
    with lock_entrance(real_home):
        check = run_check(real_home, "readers")
        assert (check.ok, "does not hold it" in check.detail) == (False, True)
        with open_port(reader.port, 9600):
            assert run_check(real_home, "readers").detail == "door: in use"


@pytest.mark.parametrize("port", ["socket://192.0.2.7:4001", "pcsc:ACR122U"])
def test_what_cannot_be_seen_from_here_is_not_judged(real_home: Path, port: str) -> None:
    profile = "hex-uid" if "://" in port else "pcsc"
    assert run_check(add_reader(real_home, port, profile), "readers").ok


def test_beside_the_real_entrance_both_are_well(real_home: Path, reader: ScriptedReader) -> None:
    add_reader(real_home, reader.port)
    program = str(Path(sys.executable).with_name("kiosk"))
    with Terminal([program, "run", "--home", str(real_home)]) as terminal:
        terminal.wait_for_text("Please tap your card")
        assert reader.wait_until_opened()
        assert [run_check(real_home, name).detail for name in ("entrance", "readers")] == ["open", "door: in use"]
