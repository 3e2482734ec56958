"""Large text: any text at any size, in what the terminal can show, and nothing of it is lost."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.entrance.block_characters import FULL, QUADRANTS, BlockMode, Run, draw_blocks
from kiosk.entrance.cell_grid import choose_block_mode, compute_aspect
from kiosk.entrance.large_text import (
    CellGrid,
    Extent,
    count_columns,
    draw_text,
    measure_extent,
    measure_width,
)
from kiosk.fonts import can_draw

SHADES, PLAIN = CellGrid(), CellGrid(mode="quadrants")


def image_of(*rows: str) -> Image.Image:
    """A grey image: `#` is ink, `.` is empty, `+` is half."""
    grey = {"#": 255, ".": 0, "+": 128}
    return Image.frombytes("L", (len(rows[0]), len(rows)), bytes(grey[part] for row in rows for part in row))


# --- Cells ---


@pytest.mark.parametrize(
    ("mode", "rows", "text"),
    [
        ("quadrants", ("#.", ".."), "▘"),
        ("quadrants", (".#", "##"), "▟"),
        ("quadrants", ("..", ".."), " "),
        ("quadrants", ("##", "##"), "█"),
        ("quadrants", ("##..", "...."), "▀ "),
        ("halves", ("#", "."), "▀"),
        ("halves", (".", "#"), "▄"),
        ("halves", ("#.", "#."), "█ "),
        ("shades", ("#.", ".#"), "▚"),
        ("shades", ("##", ".."), "▀"),
        ("sextants", ("#.", "..", ".."), "🬀"),
        ("sextants", ("#.", "#.", "#."), "▌"),
        ("sextants", (".#", ".#", ".#"), "▐"),
        ("sextants", ("##", "##", ".."), "🬎"),
        ("sextants", (".#", "##", "##"), "🬻"),
        ("sextants", ("##", "##", "##"), "█"),
    ],
)
def test_parts_of_a_cell_become_the_character_that_has_them(mode: BlockMode, rows: tuple[str, ...], text: str) -> None:
    (drawn,) = draw_blocks(image_of(*rows), mode)
    assert "".join(run.text for run in drawn) == text


def test_with_true_colour_a_part_that_is_half_ink_is_a_shade_between() -> None:
    ((run,),) = draw_blocks(image_of("++", ".."), "shades")
    assert run.text in "▀▄"
    assert sorted((run.front, run.back))[0] == 0
    assert 0 < max(run.front, run.back) < FULL


def test_without_it_there_are_only_ink_and_background() -> None:
    drawn = draw_text("簽到成功", 7, Extent(), PLAIN)
    assert {(run.front, run.back) for row in drawn for run in row} == {(FULL, 0)}


def test_the_linux_console_gets_only_halves() -> None:
    drawn = draw_text("簽到成功", 7, Extent(), CellGrid(mode="halves"))
    assert {char for row in drawn for run in row for char in run.text} <= set(" ▀▄█")


@pytest.mark.parametrize(
    ("term", "colours", "mode"),
    [
        ("foot", "truecolor", "sextants"),
        ("foot-extra", "truecolor", "sextants"),
        ("foot", "256", "quadrants"),
        ("xterm-256color", "truecolor", "shades"),
        ("xterm-256color", "256", "quadrants"),
        ("xterm", "standard", "quadrants"),
        ("linux", "standard", "halves"),
        ("linux", "truecolor", "halves"),
        ("vt100", None, "quadrants"),
    ],
)
def test_the_terminal_decides_what_is_drawn(term: str, colours: str | None, mode: BlockMode) -> None:
    assert choose_block_mode({"TERM": term}, colours) == mode


@pytest.mark.parametrize(
    ("rows", "columns", "width", "height", "aspect"),
    [
        (27, 137, 1918, 1080, 40 / 14),
        (10, 10, 100, 140, 1.4),
        (10, 10, 100, 139, 2.0),
        (10, 10, 100, 320, 3.2),
        (10, 10, 100, 321, 2.0),
        (24, 80, 0, 0, 2.0),
        (0, 0, 800, 600, 2.0),
    ],
)
def test_the_shape_of_a_cell_is_believed_within_bounds(
    rows: int, columns: int, width: int, height: int, aspect: float
) -> None:
    assert compute_aspect(rows, columns, width, height) == pytest.approx(aspect)


# --- Texts ---

SOME_TEXT = st.text("簽到成功離開時請再刷卡王〇明0123456789:,. abcgjpqÀẤỠĂđ龘鑿", min_size=1, max_size=12)


@given(SOME_TEXT, st.integers(2, 12), st.sampled_from([1.8, 2.0, 2.86]))
def test_a_drawing_has_the_rows_it_was_given_and_the_columns_that_were_counted(
    text: str, rows: int, aspect: float
) -> None:
    extent, grid = measure_extent(text), CellGrid(aspect, "quadrants")
    drawn = draw_text(text, rows, extent, grid)
    columns = max(1, count_columns(measure_width(text), rows, extent, grid))
    assert [sum(len(run.text) for run in row) for row in drawn] == [columns] * rows


@given(SOME_TEXT.filter(lambda text: not text.isspace()), st.integers(2, 12))
def test_every_text_leaves_ink(text: str, rows: int) -> None:
    drawn = draw_text(text, rows, measure_extent(text), PLAIN)
    assert rows < 4 or text in ".,: " or any(char in QUADRANTS[1:] for row in drawn for run in row for char in run.text)


@pytest.mark.parametrize("text", ["ỠẤẮ", "簽到", "gjpq", "Ễg"])
def test_marks_above_and_tails_below_stay_inside_the_line(text: str) -> None:
    """Ink at the edge is not cut: a line with more room above and below has as much of it."""
    extent = measure_extent(text)
    roomy = Extent(extent.ascent + extent.height / 2, extent.descent + extent.height / 2)
    tight, loose = (_count_ink(draw_text(text, rows, room, PLAIN)) for rows, room in ((20, extent), (40, roomy)))
    assert tight == pytest.approx(loose, rel=0.07)


def _count_ink(drawn: tuple[tuple[Run, ...], ...]) -> int:
    return sum(QUADRANTS.index(char).bit_count() for row in drawn for run in row for char in run.text)


@pytest.mark.parametrize(("one", "other"), list(combinations(["a", "à", "ạ", "â", "ấ"], 2)))
def test_a_vietnamese_mark_changes_the_letter(one: str, other: str) -> None:
    assert draw_text(one, 6, Extent(1.1, 0.3), PLAIN) != draw_text(other, 6, Extent(1.1, 0.3), PLAIN)


def test_a_decomposed_letter_is_drawn_as_the_composed_one() -> None:
    assert draw_text("Nguye\u0302\u0303n", 6, Extent(1, 0.3), SHADES) == draw_text("Nguyễn", 6, Extent(1, 0.3), SHADES)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("陳〇玉", True),
        ("陳𠮷明", True),
        ("龘喆堃", True),
        ("Nguyễn Thị Lan", True),
        ("ශ්\u200dරී", False),
        ("😀", False),
    ],
)
def test_a_text_is_drawn_only_where_the_font_has_every_character(text: str, drawn: bool) -> None:
    assert can_draw(text) is drawn
