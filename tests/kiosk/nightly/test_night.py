"""The nightly job over a home: it proves the log, settles what is over, reports, and can be run again."""

import json
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from domain.act import Act
from domain.clock import OK
from domain.ids import SYSTEM
from kiosk.home import Home
from kiosk.nightly.reconcile import (
    build_night_act,
    hold_night_lock,
    prepare_night,
    reconcile_day_by_day,
    reconcile_days,
    reconcile_pending_days,
    replace_altered_views,
)
from projections.engine.seal import compute_file_digest
from projections.read_models.duties import list_duties
from tests.kiosk.conftest import Apply
from tests.kiosk.nightly.conftest import build_week, forge_digests, forge_views
from tests.support.fixed_clock import FixedClock
from tests.support.kiosk_program import (
    ANNS_UNIT_LINES,
    ProgramResult,
    line,
    run_kiosk,
    write_batch,
)
from tests.support.people import local_time
from tests.support.tampering import open_unguarded


def run_reconcile(home: Path, *more: str) -> list[dict[str, Any]]:
    done = run_kiosk("reconcile", "--format", "json", "--home", home, *more)
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_every_day_that_is_over_is_reconciled_once(office: Path) -> None:
    """Idempotent: the second run has nothing to do and writes nothing."""
    (day,) = run_reconcile(office)
    assert (day["date"], day["duties"], day["no_check_out"], day["absent"]) == ("2026-11-19", 1, 1, 0)
    before = run_kiosk("verify", "--format", "json", "--home", office).out
    assert run_reconcile(office) == []
    assert run_kiosk("verify", "--format", "json", "--home", office).out == before


def test_the_printed_head_is_the_end_of_the_reconciliation(office: Path) -> None:
    (day,) = run_reconcile(office)
    assert json.loads(run_kiosk("verify", "--format", "json", "--home", office).out)["head"] == day["head"]


def test_a_day_that_is_not_over_is_refused(office: Path) -> None:
    """Bad input: the sentence says when the day ends."""
    done = run_kiosk("reconcile", "--date", "2026-11-20", "--home", office)
    assert done.status == 1
    assert "2026-11-21 04:00" in done.first_error_line.replace("T", " ")


def test_a_day_waits_for_its_night_shift(office: Path, tmp_path: Path) -> None:
    """Every duty has an outcome before its day is settled: by itself the job leaves it for the next night."""
    ben = line("enrol_volunteer", "2024-01-02T08:00", volunteer="V002", mode="rostered", agreement_from="2024-01-02")
    span = {"start": "2026-11-19T22:00", "end": "2026-11-20T09:30"}
    night = line("schedule_shift", "2026-11-20T09:00", shift="N", volunteers=["V002"], **span)
    assert run_kiosk("apply", write_batch(tmp_path / "n", ben, night), "--home", office).status == 0
    assert run_reconcile(office) == []
    assert run_kiosk("reconcile", "--date", "2026-11-19", "--home", office).status == 1
    over = line("tap", "2026-11-20T09:31", card="04000000000001")
    assert run_kiosk("apply", write_batch(tmp_path / "o", over), "--home", office).status == 0
    assert [day["date"] for day in run_reconcile(office)] == ["2026-11-19"]


def test_the_report_begins_with_what_needs_a_person(office: Path) -> None:
    """As JSON, and as text in both languages."""
    (day,) = run_reconcile(office)
    report = json.loads((office / "reports" / "2026-11-19.json").read_text(encoding="utf-8"))
    assert report["head"] == day["head"]
    (forgotten,) = report["needs_a_person"]["no_check_out"]
    assert forgotten["volunteer"] == "V001"
    for language, says in (("zh-TW", "未簽退"), ("en", "No check-out")):
        text = (office / "reports" / f"2026-11-19.{language}.txt").read_text(encoding="utf-8")
        assert text.index(says) < text.index(report["head"])
    assert {path.stat().st_mode & 0o777 for path in (office / "reports").iterdir()} == {0o600}


def test_a_day_stays_reconciled_where_its_report_cannot_be_written(office: Path) -> None:
    (office / "reports").write_text("a file stands where the folder should be")
    done = run_kiosk("reconcile", "--home", office)
    assert done.status == 1
    assert "reports" in done.first_error_line
    (office / "reports").unlink()
    assert run_reconcile(office) == []
    assert (office / "reports" / "2026-11-19.json").exists()


def test_nothing_is_reconciled_on_a_log_that_is_not_whole(office: Path) -> None:
    """The chain is proved before anything is written."""
    with open_unguarded(office / "log.db") as connection:
        text = "CAST(replace(CAST(state AS TEXT), '00:58:00', '00:00:00') AS BLOB)"
        connection.execute(f"UPDATE stored_events SET state = {text}")
    done = run_kiosk("reconcile", "--home", office)
    assert done.status != 0
    assert "nothing was settled" in done.first_error_line


def reconcile_until(home: Path, last_nights: int) -> None:
    """The job runs, and is killed after so many days."""
    with Home.open(home) as opened:
        act = Act(local_time("2026-11-27 09:00"), SYSTEM, local_time("2026-11-27 09:00"))
        list(islice(reconcile_day_by_day(opened, None, act), last_nights))


@pytest.mark.parametrize("killed_after", [(), (1,), (3, 0, 2), (1, 1, 1, 1, 1)])
def test_killed_and_run_again_the_job_writes_the_same_events(tmp_path: Path, killed_after: tuple[int, ...]) -> None:
    """Resumable: in one go or in pieces, one identical log."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    at_once, in_pieces = build_week(tmp_path / "one"), build_week(tmp_path / "two")
    reconcile_until(at_once, 99)
    for days in (*killed_after, 99):
        reconcile_until(in_pieces, days)
    heads = [json.loads(run_kiosk("verify", "--format", "json", "--home", home).out) for home in (at_once, in_pieces)]
    assert heads[0] == heads[1]
    cases = json.loads(run_kiosk("exits", "--format", "json", "--home", in_pieces).out)
    assert [(case["rule"], case["count"]) for case in cases] == [("R-050", 4)]


def test_two_reconciliations_do_not_run_at_once(office: Path) -> None:
    with hold_night_lock(office):
        done: ProgramResult = run_kiosk("reconcile", "--home", office)
    assert (done.status, "running already" in done.first_error_line) == (1, True)


def test_a_batch_settles_no_day_while_the_nightly_job_runs(office: Path, tmp_path: Path) -> None:
    """Both would write the same days, and one of them would end in the middle."""
    batch = write_batch(tmp_path / "r", line("reconcile", "2026-11-20T09:30", date="2026-11-19"))
    with hold_night_lock(office):
        refused = run_kiosk("apply", batch, "--home", office)
    assert (refused.status, "running already" in refused.first_error_line) == (1, True)
    assert run_kiosk("apply", batch, "--home", office).status == 0
    assert run_reconcile(office) == []


@pytest.mark.parametrize(("can_be_locked", "tapped"), [(True, "1 line"), (False, "0 lines")])
def test_a_batch_keeps_going_while_the_nightly_job_runs(
    office: Path, tmp_path: Path, tapped: str, *, can_be_locked: bool
) -> None:
    """The other lines are carried out; where the lock file cannot be opened, the home is broken for all of them."""
    reconcile = line("reconcile", "2026-11-20T09:30", date="2026-11-19")
    batch = write_batch(tmp_path / "r", reconcile, line("tap", "2026-11-20T10:00", card="04000000000001"))
    with hold_night_lock(office) if can_be_locked else nullcontext((office / "reconcile.lock").mkdir()):
        done = run_kiosk("apply", "--keep-going", batch, "--home", office)
    assert ("r:1: " in done.first_error_line, done.out.startswith(tapped)) == (True, True)
    assert done.status == (1 if can_be_locked else 2)


# --- From what a night settles ---


def settle_at(home: Path, noon: str) -> tuple[list[dict[str, Any]], int]:
    """The night in a program of its own; what it settled, and which file its views are."""
    with Home.open(home) as opened:
        opened.use_clock(FixedClock(local_time(noon), OK))
        rows = reconcile_pending_days(opened, None, Act(local_time(noon), SYSTEM, local_time(noon)))
    link = home.with_name(f"night of {noon}")
    link.hardlink_to(home / "night.db")  # so that no later file is given its inode
    return rows, link.stat().st_ino


def test_a_night_goes_on_from_the_views_whose_digest_the_log_names(real_home: Path, apply: Apply) -> None:
    assert apply(real_home, *ANNS_UNIT_LINES).err == ""
    _, first = settle_at(real_home, "2026-11-20 12:00")
    _, second = settle_at(real_home, "2026-11-22 12:00")
    assert first == second
    assert settle_at(real_home, "2026-11-22 12:30") == ([], second), "nothing to settle, nothing is read"


def test_a_night_begins_anew_where_its_views_are_others(real_home: Path, apply: Apply) -> None:
    """An absence was made a presence in the file between two nights: the case is raised all the same."""
    assert apply(real_home, *ANNS_UNIT_LINES).err == ""
    (day, *_), first = settle_at(real_home, "2026-11-20 12:00")
    assert day["absent"] == 1
    with open_unguarded(real_home / "night.db") as connection:
        connection.execute("UPDATE duties SET outcome = 'attended'")
    (again, *_), second = settle_at(real_home, "2026-11-22 12:00")
    assert (second != first, again["late_facts"]) == (True, 0), "what the log says has not changed"


@pytest.mark.parametrize("killed", [False, True])
def test_views_that_lie_about_a_day_to_settle_are_replaced_and_said(office: Path, *, killed: bool) -> None:
    """Also where the job was killed before it replaced them."""
    forge_views(office)
    if killed:
        with Home.open(office) as home:
            prepare_night(home, None, build_night_act(home, None, SYSTEM))
    done = run_kiosk("reconcile", "--format", "json", "--home", office)
    assert (json.loads(done.out)[0]["no_check_out"], "built anew from the log" in done.err) == (1, True)
    outcomes = json.loads(run_kiosk("duties", "--format", "json", "--home", office).out)
    assert [duty["outcome"] for duty in outcomes] == ["no_check_out"]


def test_a_batch_that_settles_a_day_replaces_views_that_lie_about_it(office: Path, tmp_path: Path) -> None:
    """No later night would look at that day again."""
    forge_views(office)
    batch = write_batch(tmp_path / "r", line("reconcile", "2026-11-20T09:30", date="2026-11-19"))
    done = run_kiosk("apply", batch, "--home", office)
    assert (done.status, "built anew from the log" in done.err) == (0, True)
    outcomes = json.loads(run_kiosk("duties", "--format", "json", "--home", office).out)
    assert [duty["outcome"] for duty in outcomes] == ["no_check_out"]


def test_views_that_lie_are_replaced_before_a_day_is_settled(office: Path) -> None:
    """Killed after it, the job would not look at that day again."""
    forge_views(office)
    with Home.open(office) as home:
        act = build_night_act(home, None, SYSTEM)
        replace_altered_views(home, days := prepare_night(home, None, act), act, was_whole_verified=False)
        assert [row.outcome for row in list_duties(home.views)] == ["no_check_out"]
        assert len(list(reconcile_days(home, days, None, act))) == 1


@pytest.mark.parametrize(("was_whole_verified", "outcome"), [(True, "no_check_out"), (False, "attended")])
def test_a_lie_about_an_earlier_day_lives_until_a_night_verifies_the_whole_log(
    office: Path, tmp_path: Path, outcome: str, *, was_whole_verified: bool
) -> None:
    """A row of a day that was settled before, its digest and the seal of the file: everything was made to fit."""
    run_reconcile(office)
    with open_unguarded(office / "views.db") as connection:
        connection.execute("UPDATE duties SET outcome = 'attended'")
        forge_digests(connection)
    (office / "views.db-seal").write_text(compute_file_digest(office / "views.db"))
    next_day = write_batch(tmp_path / "next", line("tap", "2026-11-21T09:00", card="04000000000001"))
    assert run_kiosk("apply", next_day, "--home", office).err == ""
    with Home.open(office) as home:
        act = build_night_act(home, None, SYSTEM)
        days = prepare_night(home, None, act)
        replace_altered_views(home, days, act, was_whole_verified=was_whole_verified)
    assert len(days) == 1
    rows = json.loads(run_kiosk("duties", "--format", "json", "--home", office).out)
    assert [row["outcome"] for row in rows] == [outcome]
