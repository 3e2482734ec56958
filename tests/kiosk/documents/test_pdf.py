"""A document as PDF: set by typst, read back by another library."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from domain.calendar import TAIPEI
from kiosk.documents import pdf
from kiosk.documents.definition import Column, Document, Table
from kiosk.documents.pdf import RareCharacters, build_pdf
from kiosk.documents.written import write_document
from kiosk.errors import UserError
from kiosk.words.language import StaffLanguage, use_language
from tests.support.people import ANN
from tests.support.sample_document import MARKUP, SamplePersons, build_row, build_sample

CODE = "7K3M-Q2WX-9HTB"
LEAVES_A_LINE = 10
"""Rows of the sample, landscape, below which there is room for a line and not for signatures."""


def set_pdf(document: Document, language: StaffLanguage = "zh-TW") -> bytes:
    with use_language(language):
        return build_pdf(write_document(document, SamplePersons(), CODE), document.log.as_of)


def read_pages(made: bytes) -> list[str]:
    """The texts of the pages, without the places at which lines are broken."""
    return [page.extract_text().replace("\n", "") for page in PdfReader(io.BytesIO(made)).pages]


@pytest.fixture(scope="module")
def made() -> bytes:
    """The sample, landscape, over several pages."""
    return set_pdf(replace(build_sample([build_row(ANN, minutes=number) for number in range(120)]), is_landscape=True))


def test_every_page_says_what_it_is_of_and_its_tables_have_their_heads(made: bytes) -> None:
    pages = read_pages(made)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 頁，共 {len(pages)} 頁" in page
        assert "清溪區戶政事務所 · 志工服務時數統計 · 民國 115/11/01 至 115/11/30" in page
        assert "資料時間 115/12/01 09:05 · 紀錄位置 12345" in page
        assert f"查驗碼 {CODE}" in page
        assert ("出生日期" in page) == ("38/05/01" in page)
    rows = sum(page.count("38/05/01") for page in pages)
    assert rows == 120


def test_it_lies_on_a4_as_it_should(made: bytes) -> None:
    wide = PdfReader(io.BytesIO(made)).pages[0].mediabox
    high = PdfReader(io.BytesIO(set_pdf(build_sample()))).pages[0].mediabox
    assert (round(wide.width), round(wide.height)) == (round(high.height), round(high.width)) == (842, 595)


def test_the_same_content_makes_the_same_bytes_and_its_time_is_that_of_the_document() -> None:
    first, again = set_pdf(build_sample(), "en"), set_pdf(build_sample(), "en")
    assert first == again
    information = PdfReader(io.BytesIO(first)).metadata
    assert information is not None
    assert information.creation_date is not None
    assert information.creation_date.astimezone(TAIPEI).isoformat() == "2026-12-01T09:05:00+08:00"


def test_markup_in_a_name_prints_as_it_is_and_a_rare_character_is_named() -> None:
    (page,) = read_pages(set_pdf(build_sample()))
    assert MARKUP.replace(" ", "") in page.replace(" ", "")
    assert "龍[U+2A6A5]" in page
    assert "字型沒有這些字，以字碼代替，請手寫補上：[U+2A6A5]" in page
    assert "陳𠮷堃喆峯㛄" in page
    for text in ("每日時數", "表下的說明", "文件的說明", "合計", "林小姐", "6f" * 32):
        assert text in page


def test_without_rare_characters_nothing_is_said_of_them() -> None:
    (page,) = read_pages(set_pdf(build_sample([build_row(ANN)])))
    assert "字型" not in page


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("王小明", "王小明", ""),
        ("𠮷堃喆峯㛄", "𠮷堃喆峯㛄", ""),
        ("龍\U0002a6a5\U0002a6a5", "龍[U+2A6A5][U+2A6A5]", "\U0002a6a5"),
        ("造\ue000", "造[U+E000]", "\ue000"),
        ("葛\U000e0100", "葛\U000e0100", ""),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh", ""),
        ("กนก", "[U+0E01][U+0E19][U+0E01]", "กน"),
        ("a\u202eb\x07", "a\\u202eb\\u0007", ""),
    ],
)
def test_no_box_stands_for_a_character(text: str, written: str, found: str) -> None:
    rare = RareCharacters()
    assert rare.replace_in(text) == written
    assert "".join(rare.found) == found


def test_a_document_that_cannot_be_set_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TAIWAN_FAMILY", 7)
    with pytest.raises(UserError) as refused:
        set_pdf(build_sample(), "en")
    assert "the PDF could not be written: expected" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_narrow_column_beside_many_others_keeps_its_texts_on_one_line() -> None:
    columns = [
        Column("unit", "核發單位"),
        *(Column(f"c{number}", "類別") for number in range(12)),
        Column("stamp", "登錄人章", "signature"),
    ]
    row = {"unit": "清溪區戶政事務所志工隊第二中隊", **{f"c{number}": "戶政" for number in range(12)}}
    sample = build_sample()
    made = set_pdf(replace(sample, tables=[Table("slips", "時數條", columns, [row] * 5)]))
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert (text.count("類別"), text.count("戶政") - text.count("戶政事務所")) == (12, 60)
    assert "□" not in text


def test_names_of_5000_characters_and_of_one_letter_are_set() -> None:
    long: Any = "長" * 5000
    pages = read_pages(set_pdf(build_sample([build_row(ANN, category=long), build_row(ANN, category="x")])))
    assert sum(page.count("長") for page in pages) == 5000


def test_an_empty_table_says_so() -> None:
    sample = build_sample([])
    (page,) = read_pages(set_pdf(replace(sample, tables=[replace(sample.tables[0], remarks=())])))
    assert "沒有資料。" in page


def test_no_page_holds_signatures_alone() -> None:
    """The remarks of the document go with them to the next page."""
    rows = [build_row(ANN)] * LEAVES_A_LINE
    signed = replace(build_sample(rows), remarks=["文件的說明"], signatures=["單位主管"], is_landscape=True)
    first, last = read_pages(set_pdf(signed))
    assert ("合計" in first, "單位主管" in first) == (True, False)
    assert ("文件的說明" in last, "單位主管" in last, "合計" in last) == (True, True, False)


def test_a_heading_of_many_columns_is_broken_before_its_letters_become_small() -> None:
    columns = [Column(f"c{number}", "Meetings attended", "count") for number in range(8)]
    table = Table("wide", "Wide", columns, [{column.name: 7 for column in columns}])
    with use_language("en"):
        written = write_document(replace(build_sample(), tables=[table]), SamplePersons(), CODE).tables[0]
    assert pdf.find_widths(written, [[0.5] * 8], pdf.PAPER_WIDTH[False])[1] == pdf.LARGEST
