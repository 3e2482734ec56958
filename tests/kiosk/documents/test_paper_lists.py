"""The list of volunteers to be insured, and that of record books to apply for; nobody's name or number is in them."""

from collections.abc import Generator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kiosk.documents.definition import Document
from kiosk.documents.paper_lists import build_insured_list, build_record_book_applications
from kiosk.documents.source import DocumentSource, open_source
from kiosk.home import Home
from kiosk.words.language import use_language
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line, run_kiosk, write_batch

DAY = date(2026, 11, 16)
NUMBERS = [f"V{number:03}" for number in range(1, 20)]


def train(number: str) -> list[dict[str, Any]]:
    done = {"volunteer": number, "on": "2026-11-16"}
    return [
        line("complete_training", "2026-11-16T18:00", kind="basic", **done),
        line("complete_training", "2026-11-16T18:00", kind="special", category="戶政", **done),
    ]


LINES = (
    {**OPEN_UNIT, "at": "2024-01-01T08:00"},
    *({**ENROL_ANN, "volunteer": number} for number in NUMBERS),
    *(line("register_record_book", "2026-01-05T09:00", volunteer=one, number=f"110-{one}") for one in NUMBERS[:16]),
    line("reissue_record_book", "2026-06-01T09:00", volunteer="V001", number="115-V001", why="lost"),
    line("enrol_insurance", "2026-01-05T09:00", volunteers=NUMBERS[:18], to="2026-12-31", **{"from": "2026-01-01"}),
    *(one for number in ("V016", "V017", "V018") for one in train(number)),
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Generator[DocumentSource]:
    """19 volunteers: 16 have a record book, 18 are insured; three are trained by 2026-11-16, one of them has a book."""
    folder = tmp_path_factory.mktemp("lists")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *LINES), "--home", folder / "home").err == ""
    with Home.open(folder / "home") as home, open_source(home) as opened:
        yield opened


def list_numbers(source: DocumentSource, document: Document, table: int = 0) -> list[str | None]:
    ids = [row["volunteer"] for row in document.tables[table].rows]
    return [source.people.find_number(one) for one in ids if isinstance(one, UUID)]


def test_sixteen_are_on_the_shared_contract_and_three_need_another(source: DocumentSource) -> None:
    """R-072 Ex; R-100: 18 of 19."""
    with use_language("zh-TW"):
        document = build_insured_list(source, {"day": date(2026, 11, 19)})
    assert [list_numbers(source, document, table) for table in (0, 1)] == [NUMBERS[:16], NUMBERS[16:]]
    assert document.facts == [("投保率", "18／19 位，94.7 %")]
    assert [row["insured"] for row in document.tables[1].rows] == ["yes", "yes", "no"]
    assert "80 歲" in document.tables[0].remarks[0]
    assert "沒有查到法定格式" in document.remarks[0]


def test_the_number_of_a_book_is_a_note_that_is_read_when_the_list_is_written(source: DocumentSource) -> None:
    """R-010: that of the book that replaced the first."""
    document = build_insured_list(source, {"day": date(2026, 11, 19)})
    column = next(one for one in document.tables[0].columns if one.name == "book_number")
    notes = [row["book_number"] for row in document.tables[0].rows]
    assert (column.kind, len(notes)) == ("note", 16)
    texts = [source.people.find_note_text(note) for note in notes if isinstance(note, UUID)]
    assert texts[:2] == ["115-V001", "110-V002"]
    before = build_insured_list(source, {"day": date(2026, 5, 31)}).tables[0].rows[0]["book_number"]
    assert isinstance(before, UUID)
    assert source.people.find_note_text(before) == "110-V001"


def test_a_volunteer_who_is_trained_without_a_book_is_on_the_list_of_applications(source: DocumentSource) -> None:
    """R-011 Ex: a list of two, with the columns that the regulation names."""
    document = build_record_book_applications(source, {"day": DAY})
    assert list_numbers(source, document) == ["V017", "V018"]
    shown = [column.person for column in document.tables[0].columns if column.person]
    assert shown == ["number", "name", "gender", "birth_date", "national_id"]
    assert [row["trained_on"] for row in document.tables[0].rows] == [DAY, DAY]
    assert list_numbers(source, build_record_book_applications(source, {"day": date(2026, 11, 15)})) == []


def test_a_day_on_which_nobody_serves_has_no_rate(source: DocumentSource) -> None:
    """R-100: what is not known is never 0."""
    with use_language("en"):
        document = build_insured_list(source, {"day": date(2023, 12, 31)})
    assert (document.facts, list_numbers(source, document)) == ([("Insured", "nobody is in service")], [])
