"""The large icons: one shape for each meaning, so that no state is recognised by its colour alone.

Drawn for this screen with a thick pen (see `strokes`).
"""

import math
from functools import lru_cache
from types import MappingProxyType

from kiosk.entrance.glyphs import CHARACTERS, find_letter_drawings
from kiosk.entrance.strokes import GRID, Pen, ink, measure_width, render_half_blocks, shift_right

ICONS = MappingProxyType(
    {
        "checked_in": "o776 o771 7777",
        "checked_out": "177174d4da7a7d17",
        "already": "7079 8089 7d8d",
        "unmatched": "2441a1c3c57879 7d7d",
        "noted": "31b1bd3d31 5595 5895 5b7b",
        "unknown_card": "11dd d11d",
        "revoked_card": "o776 3bb3",
        "suspended": "313d 414d 919d a1ad",
        "agreement_ended": "11d1 1ddd 21772d c177cd",
        "before_agreement": "12d2dd1d12 16d6 4043 a0a3",
        "unreadable": "c4a271422417 172a4c7dacca c0c484",
        "phone_card": "30a0ad3d30 6b7b 0de1",
        "issuing": "13d3db1b13 16d6",
        "reader_lost": "8037775dc585b080",
        "storage_trouble": "10909d1d10 3373 3676 3959 e4a9",
    }
)
"""Each state's icon, by the name of the state."""


SPACE = 3
"""Squares of a blank between two words, at scale 1."""

ICON_PEN = 2
"""An icon's pen, in squares at scale 1."""


@lru_cache(maxsize=128)
def draw_headline(text: str, scale: float, cells: int) -> str:
    """A headline drawn at a scale, no wider than so many cells."""
    drawings = _find_drawings(text)
    if drawings is None:
        return " ".join(text)
    for pen in _list_pens(text, scale):
        if (drawn := _draw_side_by_side(drawings, text, scale, pen)) and len(drawn.split("\n")[0]) <= cells:
            return drawn
    return text


@lru_cache(maxsize=64)
def draw_icon(name: str, scale: float) -> str:
    """An icon drawn at a scale, in a square, so that a narrow one stands in the middle of its place."""
    pen = round(ICON_PEN * scale)
    lines = render_half_blocks(ink(ICONS[name], scale, (pen, pen)), count_rows(scale)).split("\n")
    return "\n".join(line.ljust(round((GRID - 1) * scale)) for line in lines)


def count_rows(scale: float) -> int:
    """How many rows of cells a drawing takes at a scale."""
    return round(GRID * scale / 2)


def _find_drawings(text: str) -> list[str] | None:
    if all(char in CHARACTERS for char in text):
        return [CHARACTERS[char] for char in text]
    return find_letter_drawings(text)


def _list_pens(text: str, scale: float) -> list[Pen]:
    """Letters take a broader pen than characters, which have more strokes in the same square."""
    fine = (math.floor(scale), math.floor(scale))
    return [fine] if text[0] in CHARACTERS else [(round(2 * scale), math.ceil(scale)), fine]


def _draw_side_by_side(drawings: list[str], text: str, scale: float, pen: Pen) -> str:
    """The drawings side by side: characters each in a square of their own, letters as wide as they are."""
    placed: set[tuple[int, int]] = set()
    left = 0
    for char, drawing in zip(text, drawings, strict=True):
        inked = ink(drawing, scale, pen)
        placed.update(shift_right(inked, left))
        square = round(GRID * scale)
        wide = measure_width(inked) + round(scale) if inked else round(SPACE * scale)
        left += square if char in CHARACTERS else wide
    return render_half_blocks(frozenset(placed), count_rows(scale))
