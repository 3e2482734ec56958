"""Data from outside as a public screen shows it: on one line, no wider than its place, nothing in it invisible.

Rule: what would draw nothing or over its neighbour is left out, unlike in what programs read (see `escaping`).
"""

from devices.characters import is_invisible
from kiosk.text.cells import measure_cells

LONGEST = 64
"""Cells of one piece of data on the screen, of the 80 that a row has."""

MASK, AMBIGUOUS_MASK = "〇", "○"
"""U+3007 is as wide as a Chinese character wherever it is drawn. U+25CB is not: it is drawn over its neighbour
(Unicode Standard Annex 11, ambiguous width), and masked names from elsewhere have it."""

_MARKS_PER_CELL = 2
"""Characters without a width that may follow one another: Vietnamese needs two."""


def sanitise(text: str, cells: int = LONGEST) -> str:
    """The text on one line, no wider than so many cells, without characters that draw nothing."""
    kept: list[str] = []
    width = marks = 0
    for char in " ".join("".join(map(_sanitise_char, text)).split(" ")).strip():
        wide = measure_cells(char)
        marks = 0 if wide else marks + 1
        if width + wide > cells:
            break
        if marks <= _MARKS_PER_CELL:
            kept.append(char)
            width += wide
    return "".join(kept)


def _sanitise_char(char: str) -> str:
    if char == AMBIGUOUS_MASK:
        return MASK
    if char.isspace():
        return "　" if char == "　" else " "
    return "" if is_invisible(char) else char
