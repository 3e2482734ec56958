"""How the values of a document are written: dates of the Republic, hours and minutes, what is not known."""

from datetime import date, datetime

import pytest

from kiosk.documents.definition import Column, Value
from kiosk.documents.formatting import format_day, format_minutes, format_period, format_value
from kiosk.documents.written import write_document
from kiosk.words.language import StaffLanguage, use_language
from tests.support.people import ANN
from tests.support.sample_document import COLUMNS, ROWS, SamplePersons, build_sample


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 19), "115/11/19"),
        (date(1912, 1, 1), "1/01/01"),
        (date(1911, 12, 31), "民前1/12/31"),
        (date(2024, 2, 29), "113/02/29"),
    ],
)
def test_a_date_is_one_of_the_republic(day: date, written: str) -> None:
    """RULES 0.4: the year is that of the common era less 1911, and there is no year 0."""
    with use_language("zh-TW"):
        assert format_day(day) == written
    with use_language("en"):
        assert format_day(day) == day.isoformat()


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 小時 00 分"), (59, "0 小時 59 分"), (60, "1 小時 00 分"), (725, "12 小時 05 分"), (-61, "-1 小時 01 分")],
)
def test_minutes_are_written_as_hours_and_minutes(minutes: int, written: str) -> None:
    with use_language("zh-TW"):
        assert format_minutes(minutes) == written


def test_a_period_of_one_day_is_one_day() -> None:
    with use_language("zh-TW"):
        assert format_period((date(2026, 11, 1), date(2026, 11, 30))) == "民國 115/11/01 至 115/11/30"
        assert format_period((date(2026, 11, 1), date(2026, 11, 1))) == "民國 115/11/01"


WRITTEN: dict[StaffLanguage, list[str]] = {
    "zh-TW": [
        *("V001", "<b>王</b>*小明* #let $x$ @ref", "女", "38/05/01", "戶政", "3", "12 小時 05 分", "87.5%", "1,240 元"),
        *("2.5", "115/11/01", "115 年 11 月", "115/11/19 08:58", "第 12 號", "是", "□"),
    ],
    "en": [
        *("V001", "<b>王</b>*小明* #let $x$ @ref", "female", "1949-05-01", "戶政", "3", "12 h 05 min", "87.5%"),
        *("NT$ 1,240", "2.5", "2026-11-01", "2026-11", "2026-11-19 08:58", "第 12 號", "yes", "□"),
    ],
}


@pytest.mark.parametrize("language", WRITTEN)
def test_every_kind_of_value_is_written_in_both_languages(language: StaffLanguage) -> None:
    with use_language(language):
        (table,) = write_document(build_sample(ROWS[:1]), SamplePersons(), "").tables
    assert [cell.text for cell in table.rows[0]] == WRITTEN[language]


@pytest.mark.parametrize("kind", ["text", "count", "minutes", "share", "decimal", "money", "date", "month", "instant"])
def test_what_is_not_known_is_said_to_be_so_and_never_0(kind: str) -> None:
    with use_language("zh-TW"):
        assert format_value(None, Column("x", "x", kind)) == "未記錄"  # pyright: ignore[reportArgumentType]


def test_a_person_who_was_erased_is_said_to_be_so_and_the_figures_stay() -> None:
    with use_language("zh-TW"):
        (table,) = write_document(build_sample(ROWS[3:]), SamplePersons(), "").tables
    assert [cell.text for cell in table.rows[0]][:7] == [*["（已刪除）"] * 4, "戶政", "3", "12 小時 05 分"]


def test_a_word_stands_for_a_code_and_a_sum_under_what_is_summed() -> None:
    with use_language("zh-TW"):
        (table,) = write_document(build_sample(), SamplePersons(), "").tables
    assert table.rows[1][4].text == "未分類"
    totals = {column.name: cell.text for column, cell in zip(table.columns, table.totals, strict=True) if cell.text}
    assert totals == {"number": "合計", "duties": "12", "minutes": "48 小時 20 分", "amount": "4,960 元"}


@pytest.mark.parametrize("unknown", [None, True])
def test_a_sum_in_which_a_figure_is_not_known_is_not_known(unknown: Value) -> None:
    with use_language("zh-TW"):
        row = {**ROWS[0], "volunteer": ANN, "minutes": None if unknown is None else 5}
        (table,) = write_document(build_sample([ROWS[0], row]), SamplePersons(), "").tables
    assert table.totals[6].text == ("未記錄" if unknown is None else "12 小時 10 分")


def test_where_there_are_no_rows_nothing_is_summed() -> None:
    """Nothing recorded is not 0."""
    (table,) = write_document(build_sample([]), SamplePersons(), "").tables
    assert table.totals == []


def test_masked_names_are_said_to_be_masked() -> None:
    with use_language("zh-TW"):
        masked = write_document(build_sample(), SamplePersons(is_masked=True), "")
        named = write_document(build_sample(), SamplePersons(), "")
    assert masked.tables[0].rows[0][1].text == "〇〇〇"
    assert [*masked.remarks] == ["文件的說明", "姓名及個人資料已遮蔽。"]
    assert [*named.remarks] == ["文件的說明"]


def test_a_value_that_would_steer_a_terminal_or_turn_text_round_is_written_out() -> None:
    row = {**ROWS[0], "category": "a\x1b[31m\u202eb"}
    (table,) = write_document(build_sample([row]), SamplePersons(), "").tables
    assert table.rows[0][4].text == "a\\u001b[31m\\u202eb"


def test_the_columns_of_the_sample_are_of_every_kind() -> None:
    kinds = {column.kind for column in COLUMNS}
    assert len(kinds) == 12
    assert datetime in {type(value) for value in ROWS[0].values()}
