"""The code of a document: one for one content, whatever the language, the names and the order of the rows."""

from dataclasses import replace

import pytest

from kiosk.documents.definition import Column, Document, Table
from kiosk.documents.digest import compute_digest
from kiosk.text.short_codes import ALPHABET, parse_code
from tests.support.people import ANN
from tests.support.sample_document import ROWS, build_row, build_sample


def replace_table(document: Document, **changes: object) -> Document:
    return replace(document, tables=[replace(document.tables[0], **changes), *document.tables[1:]])  # pyright: ignore[reportArgumentType]


SAMPLE = build_sample()
CODE = compute_digest(SAMPLE).code


@pytest.mark.parametrize(
    "same",
    [
        build_sample([*reversed(ROWS)]),
        replace(SAMPLE, title="Hours", unit="Office", remarks=[], facts=[], charts=[], is_landscape=True),
        replace(SAMPLE, log=replace(SAMPLE.log, position=99_999)),
        replace_table(SAMPLE, title="By volunteer", remarks=()),
        replace_table(SAMPLE, columns=[replace(one, heading="x", words={}) for one in SAMPLE.tables[0].columns]),
    ],
    ids=["order", "words", "position", "words of a table", "headings"],
)
def test_what_is_said_alike_has_one_code(same: Document) -> None:
    assert compute_digest(same).code == CODE


@pytest.mark.parametrize(
    "other",
    [
        build_sample([build_row(ANN, minutes=726), *ROWS[1:]]),
        build_sample([build_row(ANN, minutes=None), *ROWS[1:]]),
        build_sample(ROWS[1:]),
        build_sample([*ROWS, ROWS[0]]),
        build_sample([{**ROWS[0], "volunteer": None}, *ROWS[1:]]),
        replace(SAMPLE, name="other"),
        replace(SAMPLE, arguments={"month": "2026-12-01"}),
        replace(SAMPLE, period=(SAMPLE.period[0], SAMPLE.period[0])),
        build_sample(second=True),
        replace_table(SAMPLE, columns=SAMPLE.tables[0].columns[:-1]),
    ],
)
def test_whatever_else_is_said_has_another_code(other: Document) -> None:
    assert compute_digest(other).code != CODE


def test_unknown_and_0_and_no_text_are_three_things() -> None:
    codes = {
        compute_digest(replace(SAMPLE, tables=[Table("t", "", [Column("a", "")], [{"a": value}])])).code
        for value in (None, 0, "", "0", False)
    }
    assert len(codes) == 5


def test_a_code_is_read_as_people_type_it() -> None:
    bare = CODE.replace("-", "")
    assert CODE.count("-") == 2
    for typed in (CODE, bare, CODE.lower(), f" {CODE.replace('-', ' ')} ", CODE.replace("-", "－")):
        assert parse_code(typed) == CODE
    for typed in ("", CODE[:-1], f"{bare}2", bare[:-1] + "0", "𠮷" * 12, "x" * 5000):
        assert parse_code(typed) is None


def test_no_two_characters_of_a_code_look_alike() -> None:
    assert set("01OILU") & set(ALPHABET) == set()
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
