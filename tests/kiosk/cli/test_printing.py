"""Rows on standard output: a cell that no spreadsheet computes, and a table that fits where it is shown."""

import csv
import io
from contextlib import redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.cli.printing import PAGE, ROWS_AT_ONCE, print_row_stream, print_rows
from kiosk.cli.reconcile import COLUMNS
from kiosk.cli.tables import format_table
from kiosk.sheets.cells import FORMULA, format_value


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


@pytest.mark.parametrize("number", [-540, -1.5, 0, 7])
def test_a_number_stays_a_number_below_nothing_too(number: float) -> None:
    assert printed(number) == str(number)


@pytest.mark.parametrize(
    ("begins", "ends", "shown"),
    [
        ("2026-11-27T08:16:49+08:00", "2026-11-27T08:30:00+08:00", "08:16:49-08:30 unscheduled"),
        ("2026-11-27T08:00:00+08:00", "2026-11-27T08:00:01+08:00", "08:00-08:00:01 unscheduled"),
        ("2026-11-27T08:16:49+08:00", None, "08:16:49- unscheduled"),
    ],
)
def test_a_stretch_in_a_cell_is_not_rounded(begins: str, ends: str | None, shown: str) -> None:
    assert format_value([{"from": begins, "to": ends, "reason": "unscheduled"}]) == shown


# --- A table ---

VISIT = {
    "volunteer": "V001",
    "date": "2026-11-27",
    "check_in": "2026-11-27 08:16:49",
    "check_out": "2026-11-28 03:44:52",
    "uncredited": "08:16-08:30 unscheduled; 11:30-11:44 unscheduled",
    "kiosk": "entrance",
}


def table(row: dict[str, str], room: int) -> list[str]:
    return list(format_table({name: name for name in row}, [list(row.values())], room))


def test_a_table_that_fits_has_a_line_a_row() -> None:
    assert table({"date": "2026-11-30", "no_check_out": "0"}, 24) == ["date        no_check_out", "2026-11-30  0"]
    assert table({"date": "2026-11-30", "no_check_out": "0"}, 23) == [
        "date        no",
        "            check",
        "            out",
        "2026-11-30  0",
    ]


def test_a_wide_table_breaks_headers_says_the_day_once_and_gives_a_list_a_line_an_item() -> None:
    """The departure is on the next day: its date stays."""
    assert table(VISIT, 96) == [
        "volunteer  date        check     check                uncredited               kiosk",
        "                       in        out",
        "V001       2026-11-27  08:16:49  2026-11-28 03:44:52  08:16-08:30 unscheduled  entrance",
        "                                                      11:30-11:44 unscheduled",
    ]


def test_what_is_still_too_wide_stands_below_with_the_columns_that_say_whose_row_it_is() -> None:
    assert table(VISIT, 80) == [
        "volunteer  date        check     check                uncredited",
        "                       in        out",
        "V001       2026-11-27  08:16:49  2026-11-28 03:44:52  08:16-08:30 unscheduled",
        "                                                      11:30-11:44 unscheduled",
        "",
        "volunteer  date        kiosk",
        "V001       2026-11-27  entrance",
    ]


@pytest.mark.parametrize("room", [80, 100])
def test_a_settled_day_fits_a_terminal_however_much_happened(room: int) -> None:
    row = dict.fromkeys(COLUMNS, "1234") | {"date": "2026-11-30", "head": "207be8426ddf…"}
    lines = table(row, room)
    assert max(map(cell_len, lines)) <= room
    assert " ".join(lines).count("1234") == len(COLUMNS) - 2


def test_a_table_that_goes_to_no_terminal_has_a_line_a_row_unless_it_is_for_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_rows([VISIT], "table")
    assert len(capsys.readouterr().out.splitlines()) == 2
    print_rows([VISIT], "table", page=PAGE)
    assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= PAGE


@pytest.mark.parametrize("output", ["json", "csv"])
@pytest.mark.parametrize("count", [0, 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1])
def test_rows_that_come_one_by_one_are_printed_as_a_list_is(
    capsys: pytest.CaptureFixture[str], count: int, output: str
) -> None:
    rows = [{"volunteer": f"V{number}", "minutes": number} for number in range(count)]
    print_rows(rows, output, ("volunteer", "minutes"))
    whole = capsys.readouterr().out
    print_row_stream(iter(rows), output, ("volunteer", "minutes"))
    assert capsys.readouterr().out == whole
    assert whole
