"""The overview of a year: its tables say what its charts draw, and nothing of months that are not on record."""

from collections.abc import Generator

import pytest

from kiosk.documents.definition import Document
from kiosk.documents.registry import DOCUMENTS
from kiosk.documents.source import open_source
from kiosk.home import Home
from kiosk.words.language import use_language
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import line, run_kiosk, write_batch


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Home]:
    """An office in which V001 served a morning."""
    folder = tmp_path_factory.mktemp("year")
    Home.make(folder / "home", simulation=True).close()
    taps = (line("tap", f"2026-11-19T{at}", card=ANNS_CARD_NUMBER) for at in ("08:50", "12:00"))
    assert run_kiosk("apply", write_batch(folder / "story", *OFFICE_LINES, *taps), "--home", folder / "home").err == ""
    with Home.open(folder / "home") as opened:
        yield opened


def build(home: Home, year: str) -> Document:
    kind = DOCUMENTS["year_overview"]
    with use_language("zh-TW"), open_source(home) as source:
        return kind.build_document(source, kind.parse_arguments({"year": year}, home.people))


@pytest.mark.parametrize("year", ["2026", "115"])
def test_what_is_on_record_is_counted_and_other_months_are_left_out(home: Home, year: str) -> None:
    months, halves, arrivals = build(home, year).tables
    assert [(str(row["month"]), row["minutes"], row["duties"], row["volunteers"]) for row in months.rows] == [
        ("2026-11-01", 180, 1, 1)
    ]
    assert [tuple(row.values()) for row in halves.rows] == [("4", "morning", 1, 1, 1.0)]
    assert [tuple(row.values()) for row in arrivals.rows] == [("08:45", 1)]


def test_the_charts_draw_what_the_tables_say(home: Home) -> None:
    document = build(home, "2026")
    assert [(one.labels, one.values) for one in document.charts] == [
        (["11 月"], [180]),
        (["四上午"], [1.0]),
        (["08:45"], [1]),
    ]


@pytest.mark.parametrize("year", ["2025", "2027"])
def test_a_year_that_is_not_on_record_is_empty(home: Home, year: str) -> None:
    document = build(home, year)
    assert [len(table.rows) for table in document.tables] == [0, 0, 0]
    assert document.charts == []
