"""How large the lines are: read from a metre away without glasses, on every size of terminal; and nothing is cut."""

from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.large_text import draw_text
from kiosk.entrance.layout import (
    ICON_WIDTH,
    MARGIN,
    Line,
    PlacedLine,
    measure_pieces_width,
    place_lines,
)
from kiosk.entrance.notice import build_notice
from kiosk.words.volunteer_words import Language, ResultState
from tests.kiosk.entrance.app_harness import ANN, BEN

GRIDS = (((80, 24), 2.0), ((100, 30), 2.1), ((137, 27), 2.86), ((213, 60), 2.0), ((300, 80), 2.0))
HEADLINE, NAME_AND_NEXT_STEP = 0.15, 0.06
"""Shares of the height of the screen that a line has at least."""


@cache
def shares(state: ResultState, language: Language, size: tuple[int, int], aspect: float) -> dict[str, float]:
    """Height of the ink of each line, as a share of the screen, which has one row more at its top."""
    result = replace(BEN if state == "checked_out" else ANN, state=state, language=language, month_minutes=931)
    columns, rows = size
    grid = CellGrid(aspect, "quadrants")
    placed = place_lines(build_notice(result).list_lines(), columns, rows - 1, grid, draws=True)
    return {
        line.line.name: min(map(partial(_measure_part, line, grid), line.parts)) / rows for line in placed if line.rows
    }


def _measure_part(line: PlacedLine, grid: CellGrid, part: tuple[str, ...]) -> int:
    """Rows from the top of the ink of a part to its bottom."""
    drawn = [draw_text(piece, line.rows, line.extent, grid) for piece in part]
    inked = [y for y in range(line.rows) if any(run.text.strip() for drawing in drawn for run in drawing[y])]
    return inked[-1] - inked[0] + 1


@pytest.mark.parametrize(("size", "aspect"), GRIDS)
@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("state", ["checked_in", "checked_out", "already", "unmatched", "suspended"])
def test_headline_name_and_next_step_are_large(
    state: ResultState, language: Language, size: tuple[int, int], aspect: float
) -> None:
    measured = shares(state, language, size, aspect)
    assert measured["headline"] >= HEADLINE or language != "zh-TW"
    assert measured["headline"] >= HEADLINE * 0.8
    assert measured["subject"] >= NAME_AND_NEXT_STEP
    assert measured["next_step"] >= NAME_AND_NEXT_STEP


@pytest.mark.parametrize(("size", "aspect"), GRIDS)
def test_the_hours_are_large_as_well(size: tuple[int, int], aspect: float) -> None:
    assert shares("checked_in", "zh-TW", size, aspect)["totals"] >= NAME_AND_NEXT_STEP
    assert shares("checked_out", "zh-TW", size, aspect)["totals"] >= NAME_AND_NEXT_STEP


# --- Nothing is cut ---

WORDS = st.text("簽到成功請再刷卡明0123:abcgÀẤỠ", min_size=1, max_size=9)
SENTENCES = st.lists(WORDS, min_size=1, max_size=5).map("，".join)
SOME_LINES = st.builds(
    lambda headline, *others: [Line("headline", (headline,), 7, icon="already"), *others],
    WORDS,
    st.builds(lambda name, time: Line("subject", (name, time), 4), WORDS, st.just("08:22")),
    st.builds(lambda text: Line("remark", (text,), 4, spared=True), SENTENCES),
    st.builds(lambda text: Line("next_step", (text,), 5), SENTENCES),
    st.builds(lambda text: Line("others", (text,), optional=True), SENTENCES),
)


@settings(max_examples=30)
@given(SOME_LINES, st.sampled_from([size for size, _ in GRIDS]), st.sampled_from([2.0, 2.5]))
def test_lines_stand_below_one_another_within_the_screen(
    lines: list[Line], size: tuple[int, int], aspect: float
) -> None:
    columns, rows = size
    placed = place_lines(lines, columns, rows - 1, CellGrid(aspect), draws=True)
    assert placed[0].top >= 0
    assert all(one.top + one.height <= other.top for one, other in pairwise(placed))
    assert placed[-1].top + placed[-1].height <= rows - 1
    for line in placed:
        icon = ICON_WIDTH if line.line.icon else 0
        widest = max(map(measure_pieces_width, line.parts)) / line.extent.height + icon
        assert not line.rows or widest * line.rows * aspect <= columns - 2 * MARGIN + 1


@settings(max_examples=30)
@given(SOME_LINES, st.sampled_from([size for size, _ in GRIDS]))
def test_every_line_but_those_that_are_optional_is_there_whole(lines: list[Line], size: tuple[int, int]) -> None:
    placed = place_lines(lines, size[0], size[1] - 1, CellGrid(), draws=True)
    needed = [line.name for line in lines if not line.optional]
    assert [line.line.name for line in placed if not line.line.optional] == needed
    for line in placed:
        said = "".join(piece for part in line.parts for piece in part)
        assert said.replace("，", "") == "".join(line.line.pieces).replace("，", "")


def test_without_room_the_headline_becomes_smaller_before_the_next_step() -> None:
    lines = [Line("headline", ("簽到成功",), 7), Line("next_step", ("離開時請再刷卡",), 5)]
    heights = [[line.rows for line in place_lines(lines, 80, rows, CellGrid(), draws=True)] for rows in (12, 9)]
    assert heights == [[7, 5], [5, 4]]


def test_a_line_that_can_be_spared_is_written_where_the_others_need_its_rows() -> None:
    lines = [Line("headline", ("簽到成功",), 7), Line("duty", ("服務台",), 4, spared=True)]
    written = [[line.rows for line in place_lines(lines, 80, rows, CellGrid(), draws=True)] for rows in (11, 10)]
    assert written == [[7, 4], [8, 0]]
