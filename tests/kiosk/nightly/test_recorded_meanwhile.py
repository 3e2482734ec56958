"""What the desk records of a day while the night runs: after the night was prepared, before the day is settled."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.act import Act
from domain.clock import OK
from domain.ids import SYSTEM
from domain.spans import second
from kiosk.home import Home
from kiosk.nightly.reconcile import build_night_act, prepare_night, reconcile_days, replace_altered_views
from projections.engine.views import Views
from projections.read_models.day_findings import compute_digest
from projections.read_models.duties import list_duties
from tests.kiosk.conftest import Apply
from tests.kiosk.nightly.conftest import forge_views
from tests.support.fixed_clock import FixedClock
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch
from tests.support.people import local_time

CLOSE_FORGOTTEN = line(
    "close_visit",
    "2026-11-20T09:00",
    volunteer="V001",
    check_in="2026-11-19T08:58",
    check_out="2026-11-19T12:00",
    reason="on paper",
    by="lin",
)

ENTER_LONGER = (
    line("enrol_volunteer", "2024-01-02T08:00", volunteer="V002", mode="rostered", agreement_from="2024-01-02"),
    line(
        "schedule_shift",
        "2026-11-20T09:00",
        shift="N",
        volunteers=["V002"],
        start="2026-11-19T22:00",
        end="2026-11-20T09:30",
    ),
)
GOES_ON = (
    "service day 2026-11-19 is not reconciled: duty N goes on until 2026-11-20 09:30; "
    "reconcile it after 2026-11-20 09:30"
)

ADOPT = line("adopt_policy", "2026-11-22T08:00", effective_from="2026-12-01", rounding="none")


@pytest.mark.parametrize("are_forged", [False, True])
def test_what_the_desk_records_while_the_night_runs_is_no_lie(
    office: Path, tmp_path: Path, *, are_forged: bool
) -> None:
    """The day is settled as the desk left it; a lie is found beside it all the same."""
    with Home.open(office) as home:
        days = prepare_night(home, None, act := build_night_act(home, None, SYSTEM))
        assert run_kiosk("apply", write_batch(tmp_path / "desk", CLOSE_FORGOTTEN), "--home", office).err == ""
        if are_forged:
            forge_views(office, "absent")
        replace_altered_views(home, days, act, was_whole_verified=False)
        assert home.rebuilt_views == are_forged
        (day,) = reconcile_days(home, days, None, act)
        assert (day["attended"], [row.outcome for row in list_duties(home.views)]) == (1, ["attended"])


def test_read_models_that_the_desk_evaluates_as_of_another_instant_meanwhile_are_no_lie(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock of an open desk of a simulation is not that of the batch."""
    with Home.open(office) as home, Home.open(office) as desk:
        days, calls = prepare_night(home, None, act := build_night_act(home, None, SYSTEM)), list[int]()

        def compute_behind_the_desk(views: Views, day: int) -> str:
            if not calls:
                desk.views.catch_up(second(local_time("2026-11-19 10:00")))
            calls.append(day)
            return compute_digest(views, day)

        monkeypatch.setattr("kiosk.nightly.reconcile.compute_digest", compute_behind_the_desk)
        replace_altered_views(home, days, act, was_whole_verified=False)
        assert (len(calls) > 2, home.rebuilt_views) == (True, False)


def test_a_day_for_which_a_longer_duty_is_entered_while_the_night_runs_waits(office: Path, tmp_path: Path) -> None:
    with Home.open(office) as home:
        days = prepare_night(home, None, act := build_night_act(home, None, SYSTEM))
        assert run_kiosk("apply", write_batch(tmp_path / "desk", *ENTER_LONGER), "--home", office).err == ""
        replace_altered_views(home, days, act, was_whole_verified=False)
        assert (len(days), list(reconcile_days(home, days, None, act))) == (1, [])
    over = write_batch(tmp_path / "over", line("tap", "2026-11-20T09:31", card="04000000000001"))
    assert run_kiosk("apply", over, "--home", office).status == 0
    (day,) = json.loads(run_kiosk("reconcile", "--format", "json", "--home", office).out)
    assert (day["date"], day["duties"]) == ("2026-11-19", 2)


@pytest.fixture
def longer_meanwhile(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office, and a desk that enters a longer duty after a night was prepared."""
    batch = write_batch(tmp_path / "desk", *ENTER_LONGER)

    def prepare(*of_night: Any) -> list[date]:
        days = prepare_night(*of_night)
        assert run_kiosk("apply", batch, "--home", office).err == ""
        return days

    monkeypatch.setattr("kiosk.cli.reconcile.prepare_night", prepare)
    monkeypatch.setattr("kiosk.nightly.reconcile.prepare_night", prepare)
    return office


def test_a_day_that_was_asked_for_and_waits_for_a_duty_that_was_entered_meanwhile_is_said(
    longer_meanwhile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the night does the rest; one that names no day is not at fault."""
    asked = run_kiosk("reconcile", "--date", "2026-11-19", "--format", "json", "--home", longer_meanwhile)
    assert (asked.status, asked.out, asked.err) == (1, "[]\n", f"kiosk: {GOES_ON}\n")
    monkeypatch.undo()
    night = run_kiosk("reconcile", "--format", "json", "--home", longer_meanwhile)
    assert (night.status, night.out, night.err) == (0, "[]\n", "")


def test_the_days_before_it_are_reconciled_and_printed(longer_meanwhile: Path, apply: Apply) -> None:
    early = line("add_visit", "2026-11-20T09:00", volunteer="V001", reason="on paper", by="lin")
    span = {"check_in": "2026-11-17T09:00", "check_out": "2026-11-17T12:00"}
    assert apply(longer_meanwhile, {**early, **span}).err == ""
    asked = run_kiosk("reconcile", "--date", "2026-11-19", "--format", "json", "--home", longer_meanwhile)
    assert (asked.status, asked.err) == (1, f"kiosk: {GOES_ON}\n")
    assert [row["date"] for row in json.loads(asked.out)] == ["2026-11-17"]


def test_a_line_of_a_batch_is_refused_with_the_same_sentence(longer_meanwhile: Path, apply: Apply) -> None:
    done = apply(longer_meanwhile, line("reconcile", "2026-11-20T09:00", date="2026-11-19"))
    assert (done.status, GOES_ON in done.err) == (1, True)


def test_a_day_whose_duty_goes_on_is_refused_with_its_name_before_anything_is_reconciled(
    office: Path, apply: Apply
) -> None:
    assert apply(office, *ENTER_LONGER).err == ""
    asked = run_kiosk("reconcile", "--date", "2026-11-19", "--home", office)
    assert (asked.status, asked.out, asked.err) == (1, "", f"kiosk: {GOES_ON}\n")


def test_a_day_before_the_unit_was_open_of_which_nothing_is_on_record_is_said(office: Path, apply: Apply) -> None:
    """There is nothing to do for it, so nothing is refused; one that is reconciled already needs no sentence."""
    nothing = "service day 2023-11-19 is not reconciled: nothing is on record of it"
    asked = run_kiosk("reconcile", "--date", "2023-11-19", "--format", "json", "--home", office)
    assert (asked.status, asked.out, nothing in asked.err) == (0, "[]\n", True)
    done = apply(office, line("reconcile", "2026-11-20T09:00", date="2023-11-19"))
    assert (done.status, nothing in done.out + done.err) == (0, True)
    for rows in (1, 0):
        asked = run_kiosk("reconcile", "--date", "2026-11-19", "--format", "json", "--home", office)
        assert (asked.status, len(json.loads(asked.out)), asked.err) == (0, rows, "")


def test_the_next_night_goes_on_from_the_file_that_followed_what_was_recorded(real_home: Path, apply: Apply) -> None:
    """The log says that file's digest: else the next night would read the whole log again."""
    assert apply(real_home, *ANNS_UNIT_LINES).err == ""
    recorded, inodes = [{**CLOSE_FORGOTTEN, "do": "add_visit"}, ADOPT], list[int]()
    for noon, entry in zip(("2026-11-20 12:00", "2026-11-22 12:00"), recorded, strict=True):
        with Home.open(real_home) as home:
            home.use_clock(FixedClock(local_time(noon), OK))
            days = prepare_night(home, None, act := Act(local_time(noon), SYSTEM, local_time(noon)))
            inodes.append((real_home / "night.db").stat().st_ino)
            assert apply(real_home, entry).err == ""
            replace_altered_views(home, days, act, was_whole_verified=False)
            assert (len(list(reconcile_days(home, days, None, act))), home.rebuilt_views) == (len(days), False)
    assert inodes[0] == inodes[1]
