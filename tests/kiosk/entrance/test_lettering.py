"""Large words: drawn with the heaviest pen that fits, and written where they cannot be drawn."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.entrance.glyphs import CAPITALS, CHARACTERS, MARKS, SMALL_LETTERS
from kiosk.entrance.lettering import count_rows, draw_headline
from kiosk.entrance.strokes import GRID, ink, measure_width, render_half_blocks

DRAWINGS = {**CHARACTERS, **CAPITALS, **SMALL_LETTERS}


def test_a_line_of_nine_squares_is_four_and_a_half_cells_high() -> None:
    assert render_half_blocks(ink("0008", 1.0, (1, 1)), rows=5) == "█\n█\n█\n█\n▀"


def test_a_drawing_is_scaled_as_lines() -> None:
    assert ink("0020", 2.0, (1, 1)) == {(x, 0) for x in range(5)}


def test_a_pen_is_as_wide_and_high_as_it_says() -> None:
    assert ink("0000", 1.0, (3, 2)) == {(x, y) for x in range(3) for y in range(2)}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_every_drawing_leaves_room_for_its_neighbour(drawing: str) -> None:
    assert all(x < GRID - 1 and y < GRID - 1 for x, y in ink(drawing, 1.0, (1, 1)))


def test_no_two_characters_are_drawn_alike() -> None:
    inked = [ink(drawing, 1.0, (1, 1)) for drawing in CHARACTERS.values()]
    assert all(one != other for one, other in combinations(inked, 2))


@pytest.mark.parametrize("mark", MARKS)
def test_a_vietnamese_mark_changes_the_letter(mark: str) -> None:
    assert draw_headline(f"a{mark}", 1.0, 80) != draw_headline("a", 1.0, 80)


@given(st.text("Đđăâêôơưàảãáạếệọị abcxyz", min_size=1, max_size=8), st.sampled_from([1.0, 1.5, 2.0, 2.5]))
def test_drawn_words_are_lines_of_one_length(text: str, scale: float) -> None:
    drawn = draw_headline(text, scale, 1000).split("\n")
    assert len(drawn) in (1, count_rows(scale))
    assert len({len(line) for line in drawn}) == 1


def test_words_too_wide_for_the_bold_pen_take_the_fine_one() -> None:
    bold, fine = draw_headline("Sudah masuk", 1.0, 80), draw_headline("Sudah masuk", 1.0, 70)
    assert width_of_lines(fine) <= 70 < width_of_lines(bold)


def test_words_too_wide_for_any_pen_are_written() -> None:
    assert draw_headline("Sudah masuk", 1.0, 20) == "Sudah masuk"


def test_a_character_without_a_drawing_is_written() -> None:
    assert draw_headline("龜到", 1.0, 80) == "龜 到"


def test_nothing_inked_has_no_width() -> None:
    assert measure_width([]) == 0


def width_of_lines(text: str) -> int:
    return max(map(len, text.split("\n")))
