"""A cell is read in one way, or refused with how to write it."""

import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import to_roc
from kiosk.importing.values import (
    parse_card,
    parse_cell,
    parse_cell_date,
    parse_telephone,
    parse_time,
    parse_time_range,
)

NOTATIONS = [
    "2026-03-01", "2026/3/1", "2026.3.1", "20260301", 20260301, "2026-03-01 00:00:00", "2026/3/1 上午 12:00:00",
    "115-03-01", "115/3/1", "115.3.1", "1150301", 1150301, "民國115年3月1日", "115年03月01日",
    "中華民國 115 年 3 月 1 日", "１１５／３／１", " 115/3/1 ", 46082, "46082",
]  # fmt: skip


def test_a_date_is_read_in_every_notation_of_an_office() -> None:
    assert {cell: parse_cell_date(cell) for cell in NOTATIONS} == dict.fromkeys(NOTATIONS, "2026-03-01")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("02/03/2024", "2024-02-03"),
        ("2/3/2024", "2024-02-03"),
        ("99/3/1", "two digits"),
        ("990301", "two digits"),
        ("26-03-01", "two digits"),
        ("115/2/30", "no date"),
        ("下週", "no date"),
        ("115/3", "no date"),
        ("2026-03-01 09:00:00", "no date"),
        (12, "no date"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(cell: str | int, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_cell_date(cell)


def test_a_day_that_cannot_be_a_month_tells_which_is_which() -> None:
    assert parse_cell_date("13/12/2024") == parse_cell_date("12/13/2024") == "2024-12-13"
    assert parse_cell_date("3/3/2024") == "2024-03-03"
    with pytest.raises(ValueError, match="day first"):
        parse_cell_date("12/11/2024")


def test_a_year_of_two_digits_is_of_the_republic_in_a_birth_date_or_behind_its_name() -> None:
    assert parse_cell("birth_date", "38/5/1") == parse_cell("birth_date", 380501) == "1949-05-01"
    assert parse_cell_date("民國99年3月1日") == "2010-03-01"


@given(st.dates(date(1927, 5, 19), date(2173, 10, 13)))
def test_every_date_is_the_same_in_every_notation(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    roc = f"{day.year - 1911}/{day.month}/{day.day}"
    notations = [day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"民國{roc}", serial]
    if day.year >= 2011:
        notations += [roc, to_roc(day)]
    assert {parse_cell_date(cell) for cell in notations} == {day.isoformat()}


CELLS = st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=True))


@given(CELLS, st.sampled_from(["date", "birth_date", "start", "card", "telephone", "hours"]))
def test_no_cell_is_more_than_refused(cell: str | float, field: str) -> None:
    with suppress(ValueError):
        assert str(parse_cell(field, cell)).strip() == str(parse_cell(field, cell))


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("9:00", "09:00"), ("09:00:00", "09:00"), ("0900", "09:00"), ("９：３０", "09:30"), ("9時30分", "09:30"),
        ("下午2:30", "14:30"), ("下午 12:00", "12:00"), ("上午12:00", "00:00"), (0.375, "09:00"), ("24:00", "24:00"),
        ("9", "09:00"),
    ],
)  # fmt: skip
def test_a_time_is_read_in_every_notation_of_an_office(cell: str | float, time: str) -> None:
    assert parse_time(cell) == time


@pytest.mark.parametrize("cell", ["25:00", "9:60", "24:01", "上午", "noon", 930.5, ""])
def test_what_is_no_time_is_refused(cell: str | float) -> None:
    with pytest.raises(ValueError, match="time of day"):
        parse_time(cell)


@pytest.mark.parametrize("text", ["09:00-12:00", "9:00~12:00", "0900－1200", "9:00 至 12:00", "上午9:00–12:00"])
def test_two_times_in_one_cell(text: str) -> None:
    assert parse_time_range(text) == ("09:00", "12:00")


def test_a_word_is_no_pair_of_times() -> None:
    assert parse_time_range("上午") is None


def test_a_number_that_has_lost_its_zeros_is_refused() -> None:
    assert parse_card("０４A2B3C4D5E680") == "04A2B3C4D5E680"
    with pytest.raises(ValueError, match="as a number"):
        parse_card(4000000000001)
    assert parse_telephone(912345678) == "0912345678"
    with pytest.raises(ValueError, match="as a number"):
        parse_telephone(423456789)
    with pytest.raises(ValueError, match="longer than"):
        parse_cell("volunteer", 10**15)
    assert parse_cell("volunteer", 10**15 - 1) == "999999999999999"


def test_a_formula_is_no_value_and_a_name_stays_as_it_is() -> None:
    with pytest.raises(ValueError, match="formula"):
        parse_cell("name", "=cmd|' /C calc'!A0")
    assert parse_cell("name", " 王　小明 ") == "王　小明"
    assert parse_cell("volunteer", "Ｖ００１") == "V001"
    assert parse_cell("mode", "排班型") == "rostered"
    assert parse_cell("hours", "１.５") == 1.5
