"""The fields of the forms about people: dates as they are written in Taiwan, the next number, what is wrong."""

import pytest

from kiosk.desk.forms import Form
from kiosk.desk.people.fields import (
    Field,
    parse_typed_birth_date,
    parse_typed_date,
    read_entry,
    suggest_number,
)


@pytest.mark.parametrize(
    "text",
    [
        "民國 115 年 3 月 1 日",
        "民國115年3月1日",
        "115年3月1日",
        "115/3/1",
        "115.03.01",
        "1150301",
        "１１５／３／１",
        "2026-03-01",
        "2026/3/1",
        "20260301",
        "2026年3月1日",
        "民國115/3/1",
    ],
)
def test_a_date_is_read_in_any_notation(text: str) -> None:
    assert parse_typed_date(text) == "2026-03-01"


@pytest.mark.parametrize("text", ["15/3/1", "115/2/29", "115/13/1", "明天", "", "2026-3", "115/3/1/1", "١١٥/٣"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the page has a sentence of its own
        parse_typed_date(text)


def test_only_a_birth_date_may_have_a_year_of_two_digits() -> None:
    assert parse_typed_birth_date("45/3/1") == "1956-03-01"
    assert parse_typed_birth_date("民國45年3月1日") == "1956-03-01"


@pytest.mark.parametrize(
    ("numbers", "suggested"),
    [
        ([], "V001"),
        (["V001"], "V002"),
        (["V009", "V010", "A5"], "V011"),
        (["V099", "V999"], "V1000"),
        (["7", "12"], "13"),
        (["王", "李"], "V001"),
    ],
)
def test_the_next_number_follows_the_highest_of_most(numbers: list[str], suggested: str) -> None:
    assert suggest_number(numbers) == suggested


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field("name", "name"), "王\u202e明"),
        (Field("name", "name"), "王" * 65),
        (Field("short", "short"), "x" * 129),
        (Field("short", "short"), "a\nb"),
        (Field("text", "text"), "字" * 2_001),
        (Field("text", "text"), "a\x1b[31m"),
        (Field("number", "number"), "V\u200b1"),
        (Field("choice", "choice", choices=("a",)), "b"),
    ],
)
def test_what_cannot_be_kept_is_a_fault_and_is_kept_as_typed(field: Field, text: str) -> None:
    entry = read_entry(Form(((field.name, text),)), [field])
    assert (entry.faults, entry.typed) == ({field.name: field.kind}, {field.name: text})


@pytest.mark.parametrize(("text", "kept"), [("王" * 64, "王" * 64), (" 𠮷野家 ", "𠮷野家"), ("<b>", "<b>")])
def test_a_name_is_kept_as_it_was_written(text: str, kept: str) -> None:
    entry = read_entry(Form((("name", text),)), [Field("name", "name")])
    assert (entry.faults, entry.values) == ({}, {"name": kept})


def test_lines_that_a_browser_ends_in_its_way_are_lines() -> None:
    assert read_entry(Form((("notes", "a\r\nb"),)), [Field("notes", "text")]).values == {"notes": "a\nb"}
