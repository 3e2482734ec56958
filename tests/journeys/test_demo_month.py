"""`kiosk demo --days N`: a month simulated day by day, reconciled every night, up to its last morning."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.model.attendance import RefusedTaps
from kiosk.demo import desk as demo_desk
from kiosk.demo.play_day import PIN
from kiosk.desk.roles import list_menu
from tests.kiosk.desk.conftest import Browser
from tests.support.kiosk_program import ProgramResult, run_kiosk
from tests.support.terminal import Terminal
from tests.support.waiting import wait_until

NOVEMBER = ("--month", "2026-11-19")
OUTCOMES = ("attended", "no_check_out", "leave", "swapped_away", "cancelled", "absent", "upcoming")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lived") / "home"


@pytest.fixture(scope="module")
def month(home: Path) -> ProgramResult:
    return run_kiosk("demo", "--days", "30", *NOVEMBER, "--keep", home)


def asked(home: Path, *question: str) -> list[dict[str, Any]]:
    ended = run_kiosk(*question, "--format", "json", "--home", home)
    assert ended.status == 0, ended.err
    return json.loads(ended.out)


def periods(output: str) -> list[dict[str, str]]:
    """The rows of the table of duties, whose headers are broken."""
    table = output.partition("What became of the duties\n")[2].partition("\n\n")[0].splitlines()
    names = (table[0].split()[0], "duties", *OUTCOMES, "hours", "refused_taps")
    return [dict(zip(names, line.split(), strict=True)) for line in table if line.split()[-1].isdecimal()]


def assert_that_it_holds(ended: ProgramResult) -> None:
    assert (ended.status, ended.err) == (0, "")
    assert [sign in ended.out for sign in ("Replay: identical, ", "Verify: whole, ")] == [True, True]


# --- What it says ---


def test_a_month_ends_well_and_says_that_it_holds(month: ProgramResult) -> None:
    assert (month.status, month.err) == (0, "")
    assert month.out.startswith("19 volunteers, 30 days up to 2026-11-30, each settled in its night.\n")
    assert re.search(r"^Kept head: [0-9a-f]{64}, of the night of 2026-11-29\.$", month.out, re.MULTILINE)
    assert re.search(r"^Replay: identical, [\d,]+ rows rebuilt from [\d,]+ events\.$", month.out, re.MULTILINE)
    assert re.search(r"^Verify: whole, [\d,]+ events, head [0-9a-f]{64}\.$", month.out, re.MULTILINE)


def test_the_outcomes_of_each_week_add_up_to_its_duties_and_the_weeks_to_the_month(month: ProgramResult) -> None:
    *weeks, whole = periods(month.out)
    assert len(weeks) == 6
    assert [sum(int(row[outcome]) for outcome in OUTCOMES) for row in weeks] == [int(row["duties"]) for row in weeks]
    for column in ("duties", *OUTCOMES, "refused_taps"):
        assert sum(int(row[column]) for row in weeks) == int(whole[column])


def test_a_longer_time_is_summed_by_month() -> None:
    ended = run_kiosk("demo", "--days", "75", *NOVEMBER)
    assert_that_it_holds(ended)
    *months, _ = periods(ended.out)
    assert [row["month"] for row in months] == ["2026-09", "2026-10", "2026-11"]


# --- What has happened ---


def test_everything_that_happens_in_an_office_has_happened(month: ProgramResult, home: Path) -> None:
    duties, visits = asked(home, "duties"), asked(home, "visits")
    assert {duty["outcome"] for duty in duties} == set(OUTCOMES) - {"no_check_out"}, "yesterday's has no duty"
    assert any(duty["late_minutes"] for duty in duties)
    assert any(duty["early_minutes"] for duty in duties)
    assert {visit["status"] for visit in visits} == {"open", "closed", "no_check_out"}
    assert any(visit["corrected"] for visit in visits)
    assert {absence["kind"] for absence in asked(home, "absences")} == {"unexcused", "leave"}
    assert [(case["volunteer"], case["status"]) for case in asked(home, "exits")] == [("V013", "raised")]
    assert {visit["volunteer"] for visit in visits} >= {"V014", "V015"}, "who serves when there is time"
    saturdays = {visit["date"] for visit in visits if visit["date"] in ("2026-11-14", "2026-11-28")}
    assert saturdays, "the day in the neighbourhood"


def test_the_door_has_refused_an_unknown_a_lost_and_a_suspended_card(month: ProgramResult, home: Path) -> None:
    assert month.status == 0
    with closing(open_sqlite_log(home / "log.db", REGISTERED_NAMES)) as log:
        events = [entry.event for entry in log.read_entries(limit=10_000)]
    reasons = {event.reason for event in events if isinstance(event, RefusedTaps.TapRefused)}
    assert reasons == {"unknown_card", "revoked_card", "suspended"}


def test_its_last_morning_is_half_over(month: ProgramResult, home: Path) -> None:
    today = {duty["shift"]: duty["outcome"] for duty in asked(home, "duties", "--from", "2026-11-30")}
    assert month.status == 0
    assert sorted(today.values()) == ["attended"] * 2 + ["upcoming"] * 4
    assert len(asked(home, "presence")) == 5


def test_the_day_at_the_entrance_is_of_the_same_office(month: ProgramResult, home: Path, tmp_path: Path) -> None:
    """The same people, roster and taps, up to the hour at which the roster opens, and on."""
    assert month.status == 0
    entrance = tmp_path / "entrance"
    assert run_kiosk("demo", *NOVEMBER, "--keep", entrance).status == 0
    found = ("shift", "volunteer", "start", "end")
    assert [[row[key] for key in found] for row in asked(home, "duties")] == [
        [row[key] for key in found] for row in asked(entrance, "duties")
    ]
    assert asked(home, "visits", "--to", "2026-11-29") == asked(entrance, "visits", "--to", "2026-11-29")
    today = ("visits", "--from", "2026-11-30")
    begun = [(row["volunteer"], row["check_in"]) for row in asked(home, *today)]
    assert [(row["volunteer"], row["check_in"]) for row in asked(entrance, *today)][: len(begun)] == begun


def test_every_day_before_the_last_is_settled(month: ProgramResult, home: Path) -> None:
    assert month.status == 0
    assert run_kiosk("reconcile", "--date", "2026-11-29", "--home", home).err.startswith("nothing"), "nothing is left"


# --- Its desk ---

WALKED = {
    "/login": "Log in",
    "/": "Today 2026-11-30, table rows: ",
    "/people": "Volunteers, table rows: 19",
    "/people/person?volunteer=V001": "V001 陳〇玉, table rows: ",
    "/plan": "Week 2026-11-30",
    "/muster": "In the building, table rows: 5",
    "/cases": "Exit cases",
    "/unit": "Unit, table rows: ",
}
"""What the walk says of a page first."""


def walk(output: str) -> dict[str, tuple[str, str]]:
    """Status and text of each page of the walk."""
    lines = re.findall(r"^(\d{3})  (\S+): (.+), [\d.]+ KB, \d+ ms$", output, re.MULTILINE)
    return {path: (status, text) for status, path, text in lines}


def test_without_a_terminal_every_section_of_the_desk_is_opened_once() -> None:
    ended = run_kiosk("demo", "--days", "1", "--desk", *NOVEMBER)
    assert (ended.status, ended.err) == (0, "")
    pages = walk(ended.out)
    assert {status for status, _ in pages.values()} == {"200"}
    assert pages.keys() >= {entry.path for entry in list_menu("coordinator")}
    assert {path: pages[path][1][: len(text)] for path, text in WALKED.items()} == WALKED


def test_a_page_that_cannot_be_shown_is_a_failed_demonstration() -> None:
    with patch.object(demo_desk, "PERSON", "/people/person?volunteer=V999"):
        ended = run_kiosk("demo", "--days", "1", "--desk", *NOVEMBER)
    assert (ended.status, walk(ended.out)["/people/person?volunteer=V999"][0]) == (1, "404")
    assert ended.first_error_line.startswith("kiosk: of the desk's pages 1 cannot be shown: ")


# --- The same everywhere ---


def test_two_runs_write_the_same_log(month: ProgramResult) -> None:
    again = run_kiosk("demo", "--days", "30", *NOVEMBER)
    assert again.out == month.out.partition("\nThe home is in")[0]


@pytest.mark.parametrize(
    ("days", "day", "last"),
    [
        (1, "2026-11-30", "2026-11-30"),
        (2, "2024-02-29", "2024-02-29"),
        (3, "2028-01-31", "2028-01-31"),
        (9, "115-02-10", "2026-02-26"),
    ],
)
def test_every_length_and_every_month_holds(days: int, day: str, last: str) -> None:
    ended = run_kiosk("demo", "--days", str(days), "--month", day)
    assert_that_it_holds(ended)
    assert f" up to {last}, each settled in its night.\n" in ended.out


# --- Bad input ---


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--days", "0"], "Invalid value for '--days': 0 is not possible: write a number from 1 to 366"),
        (["--days", "367"], "Invalid value for '--days': 367 is not possible: write a number from 1 to 366"),
        (["--days", "40", "--month", "2001-01-10"], "--days 40 up to 2001-01-31: office days are known from 2001"),
    ],
)
def test_a_time_that_cannot_be_lived_is_said_in_one_sentence(options: list[str], sentence: str) -> None:
    ended = run_kiosk("demo", *options)
    assert (ended.status, ended.first_error_line.startswith(f"kiosk: {sentence}")) == (2, True), ended.err


# --- On a terminal ---


def test_on_a_terminal_the_roster_opens_the_day_goes_on_and_the_desk_is_opened_by_the_account_that_is_printed() -> None:
    demo = ["-m", "tests.journeys.fast_demo", "--days", "3", "--desk", *NOVEMBER]
    with Terminal(demo, columns=120, rows=40) as terminal:
        terminal.wait_for_text("10:20")
        terminal.wait_for_text("黃〇雄")
        terminal.wait_for_text("10:31")
        terminal.wait_for_text(f"PIN {PIN}")
        terminal.type_keys(b"\r\r")
        terminal.wait_for_text("2026-11-30")
        terminal.wait_for_text("合計")
        terminal.type_keys(b"p")
        terminal.wait_for_text("周〇惠 的 PIN")
        terminal.type_keys(PIN.encode() + b"\r")
        terminal.wait_for_text("周〇惠 (x)")
        terminal.type_keys(b"q")
        terminal.wait_for_text("Enter or Ctrl+C ends it.")
        output = terminal.output[terminal.output.rindex(b"\x1b[?1049l") :].decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\r\nName (\w+), password (\w+),", output)
        assert found, output
        browser = Browser(int(found[1]))
        assert browser.log_in(found[2], found[3]).status == 303
        wait_until(lambda: "16:38" in browser.get("/").text, lambda: browser.get("/").text)
        terminal.type_keys(b"\r")
        assert terminal.wait_for_exit() == 0
    assert ["Verify: whole" in output, b"Traceback" in terminal.output] == [True, False]
