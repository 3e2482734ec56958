"""What the night's report says that needs a person is what the list of pending work says, of the day."""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from kiosk.nightly.needed_work import OF_EARLIER_DAYS, PLURALS, SECTIONS, load_pending
from kiosk.nightly.report import LANGUAGES, build_report, format_report
from kiosk.statements.statements import Statements
from projections.read_models.day_totals import list_reconciled_days
from projections.read_models.pending_work import KINDS, PendingKind
from tests.kiosk.conftest import Apply
from tests.kiosk.desk.pending_home import fill_pending_home
from tests.support.builders import ANN, BEN, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch

STRANGERS_TAP = line("tap", "2026-11-19T18:00", card="04FFFFFF000001")
NEXT_MORNING = line("tap", "2026-11-20T09:00", card="04FFFFFF000002")


@pytest.fixture(scope="module")
def full_home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Home]:
    """A home in which something of every kind needs a person; it is the 21st, and all days before are settled."""
    path = fill_pending_home(tmp_path_factory.mktemp("full"))
    next_day = write_batch(path.parent / "next.jsonl", tap(BEN, "11-21 09:00"))
    assert run_kiosk("apply", next_day, "--home", path).err == ""
    assert run_kiosk("reconcile", "--home", path).status == 0
    with Home.open(path) as home:
        home.views.catch_up()
        yield home


def build_reports(home: Home) -> list[dict[str, Any]]:
    """The reports of all settled days, as the night would write them now."""
    statements, pending = Statements.now(home), load_pending(home)
    return [build_report(home, statements, day, pending) for day in list_reconciled_days(home.views)]


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_pending_of_a_settled_day_is_in_its_report(full_home: Home, kind: PendingKind) -> None:
    days = [row.day and row.day.isoformat() for row in load_pending(full_home) if row.kind == kind]
    assert days
    for report in build_reports(full_home):
        rows = report["needs_a_person"][PLURALS.get(kind, kind)]
        is_of_earlier_days = kind in OF_EARLIER_DAYS
        wanted = [day for day in days if day in (None, report["date"]) or (is_of_earlier_days and day < report["date"])]
        assert (report["date"], len(rows)) == (report["date"], len(wanted))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_section_has_a_head_in_each_language(full_home: Home, language: str) -> None:
    words, texts = LANGUAGES[language], [format_report(one, LANGUAGES[language]) for one in build_reports(full_home)]
    assert set(words.sections) == set(SECTIONS)
    for kind in KINDS:
        assert any(words.sections[PLURALS.get(kind, kind)] in text for text in texts)


def test_a_time_of_another_day_has_its_date(full_home: Home) -> None:
    """Ann's closed visit of the 17th, which a late tap contradicts, in the report of the 20th."""
    *_, last = build_reports(full_home)
    assert last["date"] == "2026-11-20"
    assert "V001  11-17 09:00  11-17 12:00\n" in format_report(last, LANGUAGES["en"])


# --- What is settled needs nobody ---


def load_report(home: Path, day: str) -> dict[str, Any]:
    return json.loads((home / "reports" / f"{day}.json").read_text(encoding="utf-8"))


def list_named_sections(home: Path, day: str) -> list[str]:
    """The sections of the report of a day that have rows."""
    return [name for name, rows in load_report(home, day)["needs_a_person"].items() if rows]


def test_what_was_acknowledged_before_the_night_is_in_no_report(simulation: Path, apply: Apply) -> None:
    """Given an absence, a closing that a late tap contradicts and a stranger's card, when all are acknowledged."""
    closed = {"check_in": "2026-11-19T09:00", "check_out": "2026-11-19T12:00"}
    taps = (tap(ANN, "11-19 09:00"), coordinator_line("close_visit", "11-19 13:00", volunteer=ANN, **closed))
    late = tap(ANN, "11-19 08:00", recorded_at="2026-11-19T13:30")
    apply(simulation, *SETUP_LINES, shift("S1", "11-19", BEN), *taps, late)
    apply(simulation, STRANGERS_TAP)
    rows = json.loads(run_kiosk("pending", "--format", "json", "--home", simulation).out)
    assert {"absent", "contradicted", "unscheduled", "unknown_card"} <= {row["kind"] for row in rows}
    for number, row in enumerate(rows):
        named = {name: row[name] for name in ("kind", "volunteer", "events") if row[name]}
        assert apply(simulation, coordinator_line("acknowledge", f"11-19 19:{number:02}", **named)).err == ""
    apply(simulation, NEXT_MORNING)
    assert run_kiosk("reconcile", "--home", simulation).status == 0
    assert list_named_sections(simulation, "2026-11-19") == ["uncovered"]


def test_a_departure_without_an_arrival_is_in_the_report_that_status_names(simulation: Path, apply: Apply) -> None:
    apply(simulation, *SETUP_LINES, tap(ANN, "11-19 12:00", direction="out"))
    apply(simulation, NEXT_MORNING)
    assert run_kiosk("reconcile", "--home", simulation).status == 0
    assert "reports/2026-11-19.zh-TW.txt" in run_kiosk("status", "--format", "json", "--home", simulation).out
    assert list_named_sections(simulation, "2026-11-19") == ["unmatched"]
    text = (simulation / "reports" / "2026-11-19.zh-TW.txt").read_text(encoding="utf-8")
    assert "簽退但無簽到紀錄" in text


@pytest.mark.parametrize(("check_in", "sections"), [("14:59:33", []), ("15:00:00", ["uncovered", "unscheduled"])])
def test_a_visit_that_earned_less_than_a_minute_of_its_duty_is_not_unscheduled(
    simulation: Path, apply: Apply, check_in: str, sections: list[str]
) -> None:
    """Given a duty until 15:00: 27 seconds of it are attendance, as the totals of the same report say."""
    duty = shift("S1", "11-19", ANN, hours="14:00-15:00")
    apply(simulation, *SETUP_LINES, duty, tap(ANN, f"11-19 {check_in}"), tap(ANN, "11-19 15:09"))
    apply(simulation, NEXT_MORNING)
    assert run_kiosk("reconcile", "--home", simulation).status == 0
    assert load_report(simulation, "2026-11-19")["totals"]["unscheduled_visits"] == len(sections) // 2
    assert sorted(set(list_named_sections(simulation, "2026-11-19")) - {"absent"}) == sections
