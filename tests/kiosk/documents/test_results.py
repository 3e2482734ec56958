"""The results of a half-year and a year: R-077, R-105, R-106, R-107, R-108, R-113, R-114, R-123."""

from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from kiosk.desk.documents.source import DocumentDesk
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.documents.definition import Document
from kiosk.documents.digest import compute_digest
from kiosk.documents.results import build_annual, build_half_year
from kiosk.documents.source import open_source
from kiosk.documents.written import write_document
from kiosk.home import Home
from kiosk.words.language import StaffLanguage, use_language
from projections.read_models.demographics import AGE_BANDS, SENIORITY_BANDS, list_bands
from projections.read_models.results import Rate, Share
from tests.support.builders import ANN, BEN, CAT, COORDINATOR, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.sample_document import SamplePersons

LINES = (
    *SETUP_LINES,
    line("change_person", "2026-10-01T08:00", volunteer=ANN, birth_date="1950-01-01", gender="female", by=COORDINATOR),
    shift("S1", "11-19", ANN, BEN),
    tap(ANN, "11-19 09:00"),
    tap(ANN, "11-19 12:00"),
    line("record_served_count", "2026-11-19T13:00", on="2026-11-19", count=150, source="counter", by=COORDINATOR),
    line("enrol_insurance", "2026-11-20T09:00", volunteers=[ANN, BEN], to="2026-12-31", **{"from": "2026-01-01"}),
    line("adopt_policy", "2026-11-20T09:00", effective_from="2026-11-21", min_group_size_in_reports=1),
    line("schedule_event", "2026-11-01T09:00", event="Fair", start="2026-11-19T10:00", end="2026-11-19T11:00"),
    coordinator_line("end_agreement", "11-25 09:00", volunteer=CAT, on="2026-11-30", reason_code="moved"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Home]:
    folder = tmp_path_factory.mktemp("results")
    Home.make(folder / "home", simulation=True).close()
    ended = run_kiosk("apply", write_batch(folder / "lines.jsonl", *LINES), "--home", folder / "home")
    assert ended.err == ""
    with Home.open(folder / "home") as opened:
        yield opened


def build(home: Home, **arguments: int | str) -> Document:
    with open_source(home) as source:
        return (build_half_year if "half" in arguments else build_annual)(source, arguments)


def rows(document: Document, table: str) -> list[list[object]]:
    (found,) = [one for one in document.tables if one.name == table]
    return [[row[column.name] for column in found.columns] for row in found.rows]


def test_the_second_half_of_the_year(home: Home) -> None:
    """R-105, R-107: two of three serve at the end of it, one of whom is 65 or older."""
    report = build(home, year=2026, half="second")
    assert report.period == (date(2026, 7, 1), date(2026, 12, 31))
    assert rows(report, "figures") == [
        ["volunteers", 2],
        ["joined", 0],
        ["left", 1],
        ["books", 0],
        ["honor_cards", 0],
        ["insured", 2],
    ]
    assert rows(report, "rates") == [
        ["insurance", 2, 2, 1.0, 1.0, True],
        ["books", 0, 2, 0.0, 1.0, False],
        ["growth", -1, 3, pytest.approx(-1 / 3), "", ""],
    ]
    assert rows(report, "senior_rate") == [["seniors", 1, 2, 0.5, 0.21, True]]
    assert rows(report, "service") == [["戶政", 1, 180]]
    assert rows(report, "served") == [[date(2026, 11, 1), "", 150]]
    assert "yearly_growth" not in [table.name for table in report.tables]
    assert "1.50" in [value for _, value in report.facts]


def test_who_they_are_in_numbers(home: Home) -> None:
    """R-105: what is not known is a group of its own."""
    with use_language("zh-TW"):
        report = build(home, year=2026)
        written = write_document(report, SamplePersons(), "")
    (table,) = [one for one in written.tables if one.name == "demographics"]
    people = zip(rows(report, "demographics"), [[cell.text for cell in row] for row in table.rows], strict=True)
    known = {tuple(codes): words for codes, words in people}
    assert known["gender", "female", 1] == ["性別", "女", "1"]
    assert known["gender", "", 1] == ["性別", "未填", "1"]
    assert known["age", "65-", 1] == ["年齡", "65 歲以上", "1"]


def test_no_band_of_age_is_one_of_seniority() -> None:
    """They share the words of a column."""
    assert not {*list_bands(AGE_BANDS)} & {*list_bands(SENIORITY_BANDS)}


def test_a_year_in_which_nothing_was_counted_says_so(home: Home) -> None:
    """R-104: people served are not known, and not 0; trainings of the year are listed by kind (R-106)."""
    report = build(home, year=2024)
    (served,) = (table for table in report.tables if table.name == "served")
    assert (served.rows, served.remarks) == ([], ("Nobody recorded how many people were served: that is not zero.",))
    assert rows(report, "service") == []
    assert [row[3] for row in rows(build(home, year=2023), "rates")] == ["nobody", "nobody", "no_base"]
    assert {row[0] for row in rows(report, "trainings")} == {"basic", "special"}


def test_growth_is_shown_by_year_and_since_the_first(home: Home) -> None:
    """R-103: all three joined in 2024, one leaves in 2026; each column has a heading."""
    report = build(home, year=2026)
    third = pytest.approx(-1 / 3)
    assert rows(report, "yearly_growth") == [
        [date(2024, 12, 31), 3, 3, 0, "no_base", "first"],
        [date(2025, 12, 31), 3, 0, 0, 0.0, 0.0],
        [date(2026, 12, 31), 2, 0, 1, third, third],
    ]
    assert rows(build(home, year=2023), "yearly_growth") == []
    assert rows(build(home, year=2090), "yearly_growth") == rows(report, "yearly_growth"), "years to come are left out"
    with use_language("zh-TW"):
        written = write_document(build(home, year=2026), SamplePersons(), "")
    (growth,) = (table for table in written.tables if table.name == "yearly_growth")
    assert [cell.text for cell in growth.rows[0]][-2:] == ["期初沒有志工，無法計算", "起算年"]


def test_why_volunteers_left_is_counted_by_the_year(home: Home) -> None:
    """R-077: one moved in 2026."""
    assert rows(build(home, year=2026), "leaving") == [["moved", 1]]
    assert rows(build(home, year=2025), "leaving") == []
    assert "leaving" not in [table.name for table in build(home, year=2026, half="second").tables]
    with use_language("zh-TW"):
        written = write_document(build(home, year=2026), SamplePersons(), "")
    (leaving,) = (table for table in written.tables if table.name == "leaving")
    assert [cell.text for cell in leaving.rows[0]] == ["搬家", "1"]


@pytest.mark.parametrize(("half", "events"), [("first", 0), ("second", 1)])
def test_who_came_to_an_event_is_counted_of_those_called(home: Home, half: str, events: int) -> None:
    """R-123: Ann of three came; Ben and Cat are not absent."""
    fair = ["Fair", date(2026, 11, 19), 3, 1, pytest.approx(1 / 3)]
    assert rows(build(home, year=2026, half=half), "events") == [fair] * events
    assert rows(build(home, year=2026), "events") == [fair]


@pytest.mark.parametrize(
    ("language", "why"), [("zh-TW", "期初沒有志工，無法計算"), ("en", "no volunteers at the start: no rate")]
)
def test_where_nobody_served_before_there_is_no_growth_rate_and_the_paper_says_why(
    home: Home, language: StaffLanguage, why: str
) -> None:
    """R-103: all three joined in 2024, so there is no base."""
    with use_language(language):
        written = write_document(build(home, year=2024), SamplePersons(), "")
    (rates,) = (table for table in written.tables if table.name == "rates")
    assert [cell.text for cell in rates.rows[-1]][1:4] == ["3", "0", why]


def test_the_code_does_not_follow_what_the_people_store_forgets(home: Home) -> None:
    """An erasure changes who is 65, and no code; the language changes headings."""
    with use_language("zh-TW"):
        report = build(home, year=2026)
    kept = [table for table in report.tables if not table.is_of_people]
    assert set(compute_digest(report).tables) == {table.name for table in kept}
    with use_language("en"):
        english = build(home, year=2026)
    assert english.title == "Results of a year"
    assert compute_digest(english) == compute_digest(report)
    assert [len(table.rows) for table in english.tables] == [len(table.rows) for table in report.tables]


def test_a_share_without_a_target_is_neither_met_nor_missed() -> None:
    assert Rate(Share(1, 3), None).is_met is None
    assert Rate(Share(0, 0), 1.0).is_met is None


def test_what_is_due_is_on_the_page_of_documents(tmp_path: Path) -> None:
    """R-107, R-111: a month ahead."""
    Home.make(tmp_path / "home", simulation=True).close()
    lines = (*SETUP_LINES, tap(ANN, "12-20 09:00"))
    assert run_kiosk("apply", write_batch(tmp_path / "l.jsonl", *lines), "--home", tmp_path / "home").err == ""
    with Home.open(tmp_path / "home") as opened:
        reader = HomeReader(opened)
        due = DocumentDesk(reader, HomeCommands(opened)).list_due_reports()
    assert [(report.period.kind, report.due, report.status) for report in due] == [
        ("half_year", date(2027, 1, 10), "not_open"),
        ("annual", date(2027, 2, 28), "not_open"),
    ]
