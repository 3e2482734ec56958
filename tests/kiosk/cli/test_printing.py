"""Rows on standard output: a cell that no spreadsheet computes, columns that stand under each other."""

import csv
import io
from contextlib import redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli.printing import FORMULA, print_rows


def printed(value: object) -> str:
    """A value as the only cell of a CSV file, and back."""
    out = io.StringIO(newline="")
    with redirect_stdout(out):
        print_rows([{"cell": value}], "csv")
    out.seek(0)
    _, row = csv.reader(out)
    (cell,) = row
    return cell


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_becomes_a_formula_and_none_is_lost(text: str) -> None:
    """A spreadsheet computes what begins with = + - @ and some others (OWASP ASVS 1.2.10)."""
    cell = printed(text)
    assert not cell.startswith(FORMULA)
    assert cell == (f"'{text}" if text.startswith(FORMULA) else text)


@pytest.mark.parametrize("text", ["=1+1", "+886", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_what_would_be_computed_is_quoted(text: str) -> None:
    assert printed(text) == f"'{text}"
