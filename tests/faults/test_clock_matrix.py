"""Real homes on clocks that are wrong by ten years, by twenty days, in 1970 and in 2038, each with and without the
kernel's word on it: what is told at the door is in the log, nothing else goes by that clock, and commands lead back.
"""

import itertools
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from devices.protocols.decoder import CardNumber
from domain.clock import OK, UNSYNCHRONISED, MachineClock
from domain.ids import SYSTEM
from domain.model.attendance import Attendance, CardReadAtKiosk
from kiosk.backups.backup import back_up
from kiosk.backups.folder import list_backups, read_description
from kiosk.batch.commands import CommandParser
from kiosk.batch.run import run_command
from kiosk.cli.backup import choose_instant
from kiosk.cli.reads import build_filter
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.home import Home
from kiosk.nightly.reconcile import build_night_act, reconcile_pending_days
from kiosk.statements.statement_rows import FilterOptions
from kiosk.statements.statements import Statements
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.status.days import check_reconciled
from kiosk.status.machine import check_clock
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.support.fake_machine import FakeMachine
from tests.support.faked_clock import build_synchronised_kernel, run_on_clock
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, onboarding_lines
from tests.support.kiosk_program import OPEN_UNIT, ProgramResult, run_kiosk, write_batch
from tests.support.people import TAIPEI


def choose_now() -> datetime:
    """The time, or the next service day's beginning where it begins within the hour: the tests here last less."""
    now = MachineClock().now().replace(microsecond=0)
    turn = now.astimezone(TAIPEI).replace(hour=4, minute=0, second=0)
    return turn.astimezone(now.tzinfo) if turn - timedelta(hours=1) <= now < turn else now


NOW = choose_now()
TODAY = (NOW + timedelta(hours=4)).date()
"""The service day: Taipei's, which begins at 04:00."""
YEAR_2038, YEAR_1970 = datetime(2038, 1, 19, 3, 14, 8, tzinfo=NOW.tzinfo), datetime(1970, 1, 1, 8, tzinfo=NOW.tzinfo)
WRONG_BY = {
    "ten years ahead": timedelta(days=3_653),
    "ten years behind": timedelta(days=-3_653),
    "twenty days ahead": timedelta(days=20),
    "twenty days behind": timedelta(days=-20),
    "in 1970": YEAR_1970 - NOW,
    "in 2038": YEAR_2038 - NOW,
}
STATES = [
    pytest.param(wrong_by, trust, id=f"{name}, {'vouched for' if trust == OK else 'not vouched for'}")
    for (name, wrong_by), trust in itertools.product(WRONG_BY.items(), (OK, UNSYNCHRONISED))
]
DUTY_DAYS = (-1, 1, 10)
"""Ann's duties, in days from today."""


@pytest.fixture(scope="module")
def row() -> AttackResult:
    """The row of the matrix."""
    row = AttackResult("a clock wrong by 20 days, 10 years, in 1970, 2038", 0, 0, 0, "each with and without trust")
    ATTACK_RESULTS.append(row)
    return row


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A real home with Ann, who has duties, and Lan; it was made now."""
    folder = tmp_path / "home"
    Home.make(folder, simulation=False).close()
    shifts = [
        {"do": "schedule_shift", "shift": f"D{days}", "volunteers": ["V001"]}
        | {"start": f"{TODAY + timedelta(days=days)}T09:00", "end": f"{TODAY + timedelta(days=days)}T12:00"}
        for days in DUTY_DAYS
    ]
    people = (*onboarding_lines("V001", ANNS_CARD_NUMBER), *onboarding_lines("V002", LANS_CARD_NUMBER, "flexible"))
    batch = write_batch(tmp_path / "office", OPEN_UNIT, *people, *shifts)
    assert run_kiosk("apply", batch, "--home", folder).err == ""
    with Home.open(folder) as home:
        yield home


class Kiosk:
    """The entrance of a home on a machine with a clock of its own."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.now = max(NOW, MachineClock().now())
        self.machine = FakeMachine(_format(self.now + timedelta(seconds=10)), trust=OK)
        self.start()

    def start(self) -> None:
        """The program begins."""
        self.home.use_clock(self.machine)
        self.controller = EntranceController(build_sources(self.home))

    def reboot(self, after: timedelta, wrong_by: timedelta, trust: str) -> None:
        """The machine starts again with another clock."""
        self.machine.reboot(_format(self.now + after), -wrong_by, trust)
        self.start()

    def tap(self, card: str) -> bool:
        """Whether the volunteer is told so and the tap is in the log; with the clock trusted or not."""
        before = self.home.log.head().position
        result = self.controller.record_tap(CardNumber.parse(card), "door", self.machine.now())
        return result.state == "checked_in" and self.home.log.head().position > before

    def is_trusted(self) -> bool:
        return self.controller.is_clock_trusted()

    def list_present(self) -> list[str]:
        return [row["volunteer"] for row in Statements.now(self.home).list_present(None)]

    def list_outcomes(self) -> dict[str, str]:
        statements = Statements.now(self.home)
        day_filter = build_filter(self.home, statements, FilterOptions(None, None, None))
        return {row["shift"]: row["outcome"] for row in statements.list_duties(day_filter)}

    def run_night(self) -> list[str]:
        """The days that are settled."""
        rows = reconcile_pending_days(self.home, None, build_night_act(self.home, None, SYSTEM))
        return [row["date"] for row in rows]

    def check(self, name: str) -> Check:
        """One check of `kiosk status` on this machine."""
        with CheckedHome(self.home.path) as checked:
            checked.home.use_clock(self.machine)
            return check_clock(checked) if name == "clock" else check_reconciled(checked)

    def apply(self, folder: Path, do: str, **fields: object) -> None:
        """One command about clocks, given by a coordinator."""
        batch = write_batch(folder / "clock", {"do": do, "by": "林主任", "reason": "compared with the wall", **fields})
        ended = run_kiosk("apply", batch, "--home", self.home.path)
        assert (ended.status, ended.err) == (0, "")


def _format(at: datetime) -> str:
    return f"{at.astimezone(TAIPEI):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(("wrong_by", "trust"), STATES)
def test_a_wrong_clock_decides_nothing_and_commands_lead_back(
    home: Home, tmp_path: Path, row: AttackResult, wrong_by: timedelta, trust: str
) -> None:
    row.tried += 1
    row.lost += 1  # until all of this holds
    kiosk = Kiosk(home)
    assert kiosk.tap(LANS_CARD_NUMBER)
    assert kiosk.is_trusted()
    kiosk.reboot(timedelta(minutes=10), wrong_by, trust)
    assert kiosk.tap(ANNS_CARD_NUMBER)
    _assert_nothing_goes_by_it(kiosk, tmp_path)
    row.seen += not kiosk.check("clock").ok
    boot = kiosk.machine.boot
    kiosk.reboot(timedelta(minutes=20), timedelta(), OK)
    assert kiosk.is_trusted()
    waits = kiosk.check("clock")
    assert (waits.ok, boot in waits.detail, "correct_clock" in waits.detail) == (False, True, True)
    kiosk.apply(tmp_path, "correct_clock", kiosk="entrance", boot=boot, seconds=-round(wrong_by.total_seconds()))
    assert kiosk.check("clock").ok
    assert kiosk.check("reconciled").ok
    assert sorted(kiosk.list_present()) == ["V001", "V002"]
    row.lost -= 1


def _assert_nothing_goes_by_it(kiosk: Kiosk, folder: Path) -> None:
    home = kiosk.home
    assert not kiosk.is_trusted()
    assert not kiosk.check("clock").ok
    assert "V002" in kiosk.list_present()
    settled = kiosk.run_night()
    assert all(day < TODAY.isoformat() for day in settled)
    assert kiosk.run_night() == []
    assert {kiosk.list_outcomes()[f"D{days}"] for days in DUTY_DAYS if days > 0} == {"upcoming"}
    made, _ = back_up(home, folder / "usb", 2, choose_instant(home, folder / "usb"))
    assert read_description(made).made_at <= kiosk.now + timedelta(minutes=11)
    stamps = [entry.event.timestamp for entry in home.log.read_entries()]
    assert max(stamps) <= kiosk.now + timedelta(minutes=11)


@pytest.mark.parametrize("wrong_by", [timedelta(days=20), timedelta(days=3_653)])
def test_a_clock_that_was_right_after_all_is_confirmed(home: Home, tmp_path: Path, wrong_by: timedelta) -> None:
    """The unit was closed. What was tapped before the confirmation counts as well."""
    kiosk = Kiosk(home)
    assert kiosk.tap(LANS_CARD_NUMBER)
    kiosk.reboot(timedelta(minutes=10), wrong_by, OK)
    assert kiosk.tap(ANNS_CARD_NUMBER)
    assert not kiosk.is_trusted()
    kiosk.machine.advance_to(_format(kiosk.now + timedelta(minutes=11)))
    confirm_on(kiosk, tmp_path)
    assert kiosk.is_trusted()
    assert kiosk.check("clock").ok
    assert kiosk.list_present() == ["V001"]


def confirm_on(kiosk: Kiosk, folder: Path) -> None:
    """`confirm_clock`, on the kiosk's machine."""
    command = CommandParser(kiosk.home.zone).parse('{"do": "confirm_clock", "by": "林主任", "reason": "compared"}')
    assert run_command(kiosk.home, command, folder) is None


def test_nights_on_a_clock_that_was_ahead_cost_no_backup(home: Home, tmp_path: Path) -> None:
    """The folder holds names of days to come, as an older program gave them; each new backup is kept all the same."""
    row = AttackResult("backups after nights on a clock ahead", 4, 0, 0)
    ATTACK_RESULTS.append(row)
    for night in range(20, 23):
        back_up(home, tmp_path, 3, NOW + timedelta(days=night))
    for night in range(row.tried):
        folder, _ = back_up(home, tmp_path, 3, NOW + timedelta(days=night))
        row.seen += folder in list_backups(tmp_path)
        row.lost += folder not in list_backups(tmp_path)
    assert (row.seen, row.lost) == (row.tried, 0)


@pytest.mark.parametrize("ahead", [timedelta(days=20), timedelta(days=3_653)])
def test_a_home_that_an_older_program_let_poison_comes_back(home: Home, tmp_path: Path, ahead: timedelta) -> None:
    """It believed the kernel: one tap stands there as synchronised, of a day to come."""
    row = AttackResult(f"a believed tap {ahead.days} days ahead in an old log", 1, 0, 1)
    ATTACK_RESULTS.append(row)
    kiosk = Kiosk(home)
    kiosk.reboot(timedelta(), ahead, OK)
    boot, reading = kiosk.machine.boot, kiosk.machine.read()
    with home.log.writing():
        volunteer = home.people.find_id("V001")
        assert volunteer
        token = home.derive_token(CardNumber.parse(ANNS_CARD_NUMBER))
        stream = home.log.move_to_end(Attendance.of(volunteer, reading.at.date(), "entrance"))
        read = CardReadAtKiosk(token, "door", "entrance", None, home.log.next_position(), reading)
        stream.record("checked_in", volunteer, read, reading.at)
        home.log.append(stream)
    kiosk.reboot(timedelta(minutes=10), timedelta(), OK)
    assert kiosk.tap(LANS_CARD_NUMBER)
    assert kiosk.is_trusted()
    assert kiosk.list_present() == ["V002"]
    assert kiosk.list_outcomes() == {"D-1": "absent", "D1": "upcoming", "D10": "upcoming"}
    assert list(home.log.read_entries())[-1].event.timestamp <= kiosk.now + timedelta(minutes=10)
    red = kiosk.check("clock")
    row.seen += (red.ok, boot in red.detail) == (False, True)
    kiosk.apply(tmp_path, "correct_clock", kiosk="entrance", boot=boot, seconds=-round(ahead.total_seconds()))
    assert kiosk.check("clock").ok
    assert sorted(kiosk.list_present()) == ["V001", "V002"]
    row.lost = 0


# --- The installed program on such a clock ---

REAL_STATES = STATES if LONG else STATES[4:5]


@pytest.mark.parametrize(("wrong_by", "trust"), REAL_STATES)
def test_the_installed_program_on_a_wrong_clock_and_on_the_right_one(
    home: Home, tmp_path: Path, wrong_by: timedelta, trust: str
) -> None:
    """Each command as a person types it; the machine is not started again, its clock is set."""
    row = AttackResult(f"the installed program, clock off by {wrong_by.days:,} days, {trust}", 1, 0, 1)
    ATTACK_RESULTS.append(row)
    synchronised = build_synchronised_kernel(tmp_path)
    kernel, folder = synchronised if trust == OK else None, home.path

    def run_wrong(*arguments: str) -> ProgramResult:
        return run_on_clock(folder, *arguments, wrong_by=wrong_by, kernel=kernel)

    assert run_on_clock(folder, "tap", LANS_CARD_NUMBER, kernel=synchronised).status == 0
    assert run_wrong("tap", ANNS_CARD_NUMBER).status == 0
    night = run_wrong("reconcile", "--format", "json")
    assert night.status == 0, night.err
    assert all(one["date"] < TODAY.isoformat() for one in json.loads(night.out))
    assert run_wrong("backup", str(tmp_path / "usb")).status == 0
    status = json.loads(run_wrong("status", "--format", "json").out)
    row.seen += not next(one["ok"] for one in status["checks"] if one["name"] == "clock")
    assert "V002" in [one["volunteer"] for one in json.loads(run_wrong("presence", "--format", "json").out)]
    assert max(entry.event.timestamp for entry in home.log.read_entries()) < MachineClock().now() + timedelta(hours=1)
    assert run_on_clock(folder, "tap", "04FFFFFFFFFFFF", kernel=synchronised).status == 1  # the clock was set
    checks = json.loads(run_on_clock(folder, "status", "--format", "json", kernel=synchronised).out)["checks"]
    assert [one for one in checks if one["name"] in ("clock", "reconciled") and not one["ok"]] == []
    present = json.loads(run_on_clock(folder, "presence", "--format", "json", kernel=synchronised).out)
    assert sorted(one["volunteer"] for one in present) == ["V001", "V002"]
    assert row.seen == 1
    row.lost = 0
