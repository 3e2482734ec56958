"""Text that came from data, made harmless for a public screen.

The rule: no text of a name, a duty or a setting can style, move, hide or lengthen
what is shown. The screen adds no markup to it either.
"""

import unicodedata

from rich.cells import cell_len

LONGEST = 64
"""Cells of one piece of data on the screen, of the 80 that a row has."""

MASK, AMBIGUOUS_MASK = "〇", "○"
"""U+3007 is as wide as a Chinese character wherever it is drawn. U+25CB is not: it is drawn over its neighbour
(Unicode Standard Annex 11, ambiguous width), and masked names from elsewhere have it."""

_MARKS_PER_CELL = 2
"""Characters without a width that may follow one another: Vietnamese needs two."""


def sanitise(text: str, cells: int = LONGEST) -> str:
    """The text on one line, no wider than so many cells, without control, format and unassigned characters."""
    kept: list[str] = []
    width = marks = 0
    for char in " ".join("".join(map(_sanitise_char, text)).split(" ")).strip():
        wide = cell_len(char)
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
    return "" if unicodedata.category(char).startswith("C") else char
