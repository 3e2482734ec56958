"""How wide a text stands in a terminal: as the tables of letters say, also where they are not loaded."""

import pytest
from rich.cells import cell_len

from kiosk.text.cells import measure_cells


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("V001  2026-11-19", 16), ("志工", 4), ("V1 志工", 7), ("〇", 2), ("…", 1)]
)
def test_a_chinese_letter_takes_two_cells(text: str, cells: int) -> None:
    assert measure_cells(text) == cell_len(text) == cells


@pytest.mark.parametrize("code", range(128))
def test_a_letter_of_ascii_is_measured_as_the_tables_say(code: int) -> None:
    assert measure_cells(chr(code)) == cell_len(chr(code))
