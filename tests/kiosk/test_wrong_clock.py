"""A wrong clock, as the people of a unit meet it: the bar, the night's report, the batch, the explained day."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from devices.protocols.decoder import CardNumber
from domain.clock import OK
from domain.spans import second
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.home import Home
from tests.kiosk.conftest import Apply
from tests.support.fake_machine import FakeMachine
from tests.support.faked_clock import build_synchronised_kernel, run_on_clock
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import line, run_kiosk
from tests.support.people import local_time

BEHIND = timedelta(hours=5, minutes=51)
DAY = "2026-11-19"


@pytest.fixture
def office(simulation: Path, apply: Apply) -> Path:
    """The folder of a home in which Ann is on the roster from 9 to 12."""
    assert apply(simulation, *OFFICE_LINES).err == ""
    return simulation


class Entrance:
    """An entrance whose machine has another clock than the desk."""

    def __init__(self, home: Home, machine: FakeMachine) -> None:
        self.home, self.machine = home, machine
        self.start_program()

    def start_program(self) -> None:
        """The entrance as it starts after a boot of its machine."""
        self.home.use_clock(self.machine)
        self.controller = EntranceController(build_sources(self.home))

    def tap(self, at: str) -> bool:
        """Ann taps; whether the result says that the clock is trusted."""
        self.machine.advance_to(f"{DAY} {at}")
        return self.controller.record_tap(CardNumber.parse(ANNS_CARD_NUMBER), "door", self.machine.now()).clock_trusted

    def bar_is_shown(self, at: str) -> bool:
        """Whether the screen, which checks once a second, warns of an untrusted clock."""
        self.machine.advance_to(f"{DAY} {at}")
        return not self.controller.is_clock_trusted()


@pytest.fixture
def entrance(office: Path) -> Iterator[Entrance]:
    with Home.open(office) as home:
        yield Entrance(home, FakeMachine(f"{DAY} 08:50", BEHIND))


def asked(home: Path, *command: str) -> Any:
    ended = run_kiosk(*command, "--format", "json", "--home", home)
    assert ended.status == 0, ended.err
    return json.loads(ended.out)


# --- On the screen ---


def test_the_bar_is_shown_until_the_time_is_right_and_then_the_taps_are_put_right(
    entrance: Entrance, office: Path
) -> None:
    assert entrance.bar_is_shown("08:55")
    assert not entrance.tap("08:58")
    entrance.machine.synchronise_clock()
    assert not entrance.bar_is_shown("09:30")
    assert entrance.tap("12:00")
    (visit,) = asked(office, "visits")
    assert (visit["check_in"], visit["check_out"]) == (f"{DAY}T08:58:00+08:00", f"{DAY}T12:00:00+08:00")


def test_the_bar_is_shown_too_when_the_kernel_is_content_with_a_time_before_the_last_tap(entrance: Entrance) -> None:
    """As after a restart from a stored time."""
    entrance.machine.synchronise_clock()
    assert entrance.tap("08:58")
    entrance.machine.reboot(f"{DAY} 08:00", trust=OK)
    entrance.start_program()
    assert entrance.bar_is_shown("08:01")
    assert not entrance.tap("08:02")


def test_the_read_models_do_not_go_back_with_a_clock(entrance: Entrance) -> None:
    """In 1970 nobody would have come yet, and everything would be reckoned again."""
    entrance.machine.synchronise_clock()
    entrance.tap("08:58")
    entrance.machine.reboot("1970-01-02 08:00")
    entrance.start_program()
    assert entrance.home.now_second() == second(local_time(f"{DAY} 08:58"))


# --- At the desk ---


def waiting(entrance: Entrance) -> None:
    """Ann's duty, on a clock that nobody put right."""
    entrance.tap("08:58")
    entrance.tap("12:05")


def test_a_day_says_what_the_clock_showed_and_that_its_taps_wait(entrance: Entrance, office: Path) -> None:
    waiting(entrance)
    told = run_kiosk("explain", "V001", DAY, "--home", office).out
    assert "06:14" in told
    assert "waits to be put right (boot session boot-1)" in told


def test_a_coordinator_states_by_how_much_and_the_day_says_so(entrance: Entrance, office: Path, apply: Apply) -> None:
    waiting(entrance)
    stated = line(
        "correct_clock", f"{DAY}T13:00", kiosk="entrance", boot="boot-1", seconds=21_060, reason="slow", by="林主任"
    )
    assert apply(office, stated).err == ""
    (duty,) = asked(office, "duties")
    assert (duty["outcome"], duty["credited_minutes"]) == ("attended", 180)
    first, second = asked(office, "explain", "V001", DAY)["clock"]  # the clock of the first showed the day before
    assert (first["shown"], first["counts_at"]) == (f"{DAY}T03:07:00+08:00", f"{DAY}T08:58:00+08:00")
    assert first["corrected_by"] == second["corrected_by"] == asked(office, "verify")["events"]
    told = run_kiosk("explain", "V001", DAY, "--home", office).out
    assert "a clock that was 5 h 51 min behind: counts at 08:58" in told
    assert run_kiosk("replay", "--home", office).status == 0


def test_a_session_that_nobody_heard_of_is_refused_with_a_sentence(office: Path, apply: Apply) -> None:
    stated = line("correct_clock", f"{DAY}T13:00", kiosk="side", boot="b", seconds=60, reason="slow", by="林主任")
    ended = apply(office, stated)
    assert ended.status == 1
    assert "the night's report names those that do" in ended.first_error_line


def test_a_shift_of_centuries_is_no_correction(office: Path, apply: Apply) -> None:
    stated = line("correct_clock", f"{DAY}T13:00", kiosk="side", boot="b", seconds=5 * 10**9, reason="x", by="y")
    assert apply(office, stated).status == 2


def test_the_night_says_how_many_taps_wait(entrance: Entrance, office: Path, apply: Apply) -> None:
    waiting(entrance)
    assert apply(office, line("record_assessment", "2026-11-20T05:00", volunteer="V001", period_end=DAY, score=80))
    assert run_kiosk("reconcile", "--home", office).status == 0
    report = json.loads((office / "reports" / f"{DAY}.json").read_text(encoding="utf-8"))
    (clock,) = report["needs_a_person"]["clocks"]
    assert (clock["kiosk"], clock["boot"], clock["taps"]) == ("entrance", "boot-1", 2)
    assert "boot-1  2" in (office / "reports" / f"{DAY}.en.txt").read_text(encoding="utf-8")


# --- The real program on a machine whose clock is wrong ---


@pytest.fixture
def vouched_for(tmp_path: Path) -> Path:
    """A library that makes the kernel call the clock synchronised."""
    return build_synchronised_kernel(tmp_path)


def tapped(home: Path, wrong_by: timedelta = timedelta(), kernel: Path | None = None) -> dict[str, Any]:
    """Ann taps at the real program."""
    done = run_on_clock(home, "tap", ANNS_CARD_NUMBER, "--format", "json", wrong_by=wrong_by, kernel=kernel)
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_the_real_program_under_a_wrong_clock_and_then_a_right_one(
    real_home: Path, apply: Apply, vouched_for: Path
) -> None:
    """5 h 51 min behind; then the kernel calls it synchronised, and the taps are put right."""
    enrolled = {"do": "enrol_volunteer", "volunteer": "V001", "mode": "rostered", "agreement_from": "2024-01-02"}
    issued = {"do": "issue_card", "volunteer": "V001", "card": ANNS_CARD_NUMBER}
    opened = {"do": "open_unit", "name": "x", "kind": "public", "category": "戶政"}
    assert apply(real_home, opened, enrolled, issued).err == ""
    assert tapped(real_home, -BEHIND)["outcome"] == "checked_in"
    (waits,) = asked(real_home, "visits")
    tapped(real_home, kernel=vouched_for)
    put_right = asked(real_home, "visits")[0]
    assert put_right["check_in"] > waits["check_in"]
    with Home.open(real_home) as home:
        home.views.catch_up(home.now_second())
        ((shown, at, by),) = home.views.rows("SELECT shown, at, put_right_by FROM unsure")
    assert abs(at - shown - 21_060) <= 1
    assert by is not None
