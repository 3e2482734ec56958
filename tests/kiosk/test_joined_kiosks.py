"""The kiosks of a home: listed, checked, proved, and what a person does about them."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.act import Act
from domain.ids import SYSTEM
from domain.source_errors import SourceStopped
from domain.use_cases.source_intake import SourceIntake
from kiosk.home import Home
from kiosk.nightly import report_files
from tests.kiosk.conftest import Apply
from tests.support.builders import coordinator_line
from tests.support.fixed_clock import FixedClock
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch
from tests.support.people import local_time
from tests.support.source_doors import SourceDoor
from tests.support.tampering import open_unguarded

NOON = local_time("2026-11-19 12:00")


class KioskHome:
    """A home, and what kiosks send it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "home"
        Home.make(self.path, simulation=True).close()
        batch = write_batch(folder / "unit.jsonl", *ANNS_UNIT_LINES)
        assert run_kiosk("apply", batch, "--home", self.path).status == 0
        self.clock = FixedClock(NOON)
        self.door = SourceDoor("後門")
        self.door.tap(3)

    def do(self, *what: str) -> None:
        with Home.open(self.path) as home:
            intake = SourceIntake(home.log, self.clock)
            for one in what:
                getattr(self, f"_{one}")(intake)

    def _join(self, intake: SourceIntake) -> None:
        intake.join(self.door.kiosk, self.door.log_id, self.door.key.public, (), Act(NOON, SYSTEM, NOON))

    def _send(self, intake: SourceIntake) -> None:
        intake.take(self.door.build_batch(intake.find_held(self.door.log_id)))

    def _beat(self, intake: SourceIntake) -> None:
        intake.take(self.door.build_beat())

    def move_on(self, at: str) -> None:
        """It is later: a card is tapped at the desk's own reader."""
        batch = write_batch(self.path.parent / "later.jsonl", line("tap", at, card="04000000000001"))
        assert run_kiosk("apply", batch, "--home", self.path).status == 0

    def run(self, *arguments: str) -> Any:
        ended = run_kiosk(*arguments, "--format", "json", "--home", self.path)
        return json.loads(ended.out)

    def check(self, name: str) -> dict[str, Any]:
        return next(one for one in self.run("status")["checks"] if one["name"] == name)


@pytest.fixture
def kiosk_home(tmp_path: Path) -> KioskHome:
    made = KioskHome(tmp_path)
    made.do("join")
    return made


def stop(kiosk_home: KioskHome) -> None:
    """Its files of an earlier time greet."""
    kiosk_home.do("send")
    greeting = kiosk_home.door.go_back(1).build_greeting(3)
    with Home.open(kiosk_home.path) as home:
        intake = SourceIntake(home.log, kiosk_home.clock)
        with pytest.raises(SourceStopped):
            intake.greet(greeting, 3)
    kiosk_home.move_on("2026-11-20T09:00")


def test_a_kiosk_is_listed_with_what_is_known_of_it(kiosk_home: KioskHome) -> None:
    door = kiosk_home.door
    expected = {"kiosk": "後門", "joined": "2026-11-19T12:00:00+08:00", "heard": None, "complete": None, "held": 0}
    rest = {"unsent": 0, "alarm": None, "revoked": False, "log_id": str(door.log_id)}
    assert kiosk_home.run("kiosks") == [expected | rest]
    kiosk_home.do("send", "beat")
    at = "2026-11-19T12:00:00+08:00"
    assert kiosk_home.run("kiosks") == [expected | rest | {"heard": at, "complete": at, "held": 3}]


def test_a_kiosk_that_was_stopped_is_named_with_what_to_do_until_that_is_settled(
    kiosk_home: KioskHome, apply: Apply
) -> None:
    assert kiosk_home.check("alarms") == {"name": "alarms", "ok": True, "detail": "none"}
    stop(kiosk_home)
    alarm = kiosk_home.check("alarms")
    assert (alarm["ok"], alarm["detail"][:35]) == (False, "後門: its log ends at event 1, and 3 ")
    assert kiosk_home.run("kiosks")[0]["alarm"] == "went_back"
    settled = coordinator_line("settle_kiosk_alarm", "11-21 09:00", kiosk="後門")
    assert apply(kiosk_home.path, settled).status == 0
    assert kiosk_home.check("alarms")["ok"]
    again = apply(kiosk_home.path, settled)
    assert (again.status, "has no alarm to settle" in again.err) == (1, True)


def test_after_a_kiosk_was_revoked_it_is_asked_for_nothing(kiosk_home: KioskHome, apply: Apply) -> None:
    stop(kiosk_home)
    assert apply(kiosk_home.path, coordinator_line("revoke_kiosk", "11-21 09:00", kiosk="後門")).status == 0
    assert kiosk_home.run("kiosks")[0]["revoked"]
    assert kiosk_home.check("alarms")["ok"]
    assert kiosk_home.check("kiosks")["ok"]


@pytest.mark.parametrize("do", ["settle_kiosk_alarm", "revoke_kiosk"])
def test_a_kiosk_that_has_not_joined_is_refused_by_name(kiosk_home: KioskHome, apply: Apply, do: str) -> None:
    ended = apply(kiosk_home.path, coordinator_line(do, "11-21 09:00", kiosk="前門"))
    assert (ended.status, "no kiosk called 前門 has joined" in ended.err) == (1, True)


@pytest.mark.parametrize(("silent", "ok"), [(timedelta(days=3), True), (timedelta(days=3, seconds=1), False)])
def test_a_kiosk_that_was_not_heard_over_more_than_a_weekend_is_named(
    kiosk_home: KioskHome, silent: timedelta, *, ok: bool
) -> None:
    kiosk_home.clock.at = local_time("2026-11-20 09:00") - silent
    kiosk_home.do("send")
    kiosk_home.move_on("2026-11-20T09:00")
    found = kiosk_home.check("kiosks")
    assert (found["ok"], "後門 2026-11-17 0" in found["detail"]) == (ok, True)


# --- The night -------------------------------------------------------------------------------


@pytest.mark.parametrize("recent", [31, 1])
def test_a_day_is_provisional_until_the_kiosk_was_heard_and_its_report_is_written_again(
    kiosk_home: KioskHome, monkeypatch: pytest.MonkeyPatch, recent: int
) -> None:
    """Also where the day is no recent one any more."""
    monkeypatch.setattr(report_files, "RECENT_DAYS", recent)
    kiosk_home.move_on("2026-11-20T09:00")
    (day,) = kiosk_home.run("reconcile")
    assert (day["date"], day["provisional"]) == ("2026-11-19", ["後門"])
    reports = kiosk_home.path / "reports"
    assert "暫定：後門" in (reports / "2026-11-19.zh-TW.txt").read_text()
    kiosk_home.clock.at = local_time("2026-11-20 10:00")
    kiosk_home.do("send", "beat")
    kiosk_home.move_on("2026-11-21T09:00")
    (day,) = kiosk_home.run("reconcile")
    assert (day["date"], day["provisional"]) == ("2026-11-20", ["後門"])
    assert json.loads((reports / "2026-11-19.json").read_text())["provisional"] == []
    assert "暫定" not in (reports / "2026-11-19.zh-TW.txt").read_text()


def test_a_home_without_kiosks_has_no_provisional_day(tmp_path: Path) -> None:
    home = KioskHome(tmp_path)
    home.move_on("2026-11-20T09:00")
    (day,) = home.run("reconcile")
    assert day["provisional"] == []
    assert home.check("kiosks") == {"name": "kiosks", "ok": True, "detail": "no kiosk has joined"}


# --- Its own chain ---------------------------------------------------------------------------


def test_a_signature_that_does_not_fit_is_found_and_names_the_kiosk(kiosk_home: KioskHome) -> None:
    kiosk_home.do("send")
    assert kiosk_home.run("verify")["ok"]
    with open_unguarded(kiosk_home.path / "log.db") as tool:
        tool.execute("UPDATE taken SET signature = zeroblob(64) WHERE signature IS NOT NULL")
    found = kiosk_home.run("verify")
    assert (found["ok"], found["first_bad"]) == (False, None)
    assert "the log of the kiosk 後門 does not prove itself at its event 3" in found["why"]
    night = run_kiosk("reconcile", "--home", kiosk_home.path)
    assert (night.status, "後門" in night.err) == (1, True)


# --- Another one -----------------------------------------------------------------------------


def test_a_code_is_printed_for_a_name_that_none_has_had(kiosk_home: KioskHome) -> None:
    ended = run_kiosk("add-kiosk", "側門", "--home", kiosk_home.path)
    assert ended.status == 0
    assert "側門" in ended.out
    refused = run_kiosk("add-kiosk", "後門", "--home", kiosk_home.path)
    assert (refused.status, "後門" in refused.err, "Traceback" in refused.err) == (1, True, False)
