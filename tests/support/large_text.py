"""Large text on a screen, found again: the rows of cells that the entrance draws for it, at any size."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kiosk.entrance.block_characters import BlockMode
from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.large_text import Extent, draw_text, measure_extent

MODES: tuple[BlockMode, ...] = ("shades", "quadrants", "halves")
HEIGHTS = range(2, 15)
"""Rows of a line on the terminals of the tests."""

CONTROL_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@cache
def list_drawings(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the text as it may be drawn, without those that are empty."""
    return tuple(dict.fromkeys(_generate_drawings(text)))


def _generate_drawings(text: str) -> Iterator[tuple[str, ...]]:
    for extent in {Extent(), measure_extent(text)}:
        for mode in MODES:
            for rows in HEIGHTS:
                drawing = draw_text.__wrapped__(text, rows, extent, CellGrid(mode=mode))
                lines = ("".join(run.text for run in row).strip() for row in drawing)
                yield tuple(filter(None, lines))


def shows_large_text(screen: Sequence[str], text: str) -> bool:
    """Whether the text is drawn on a screen, given as its rows."""
    return any(all(any(line in row for row in screen) for line in drawing) for drawing in list_drawings(text))


def remove_control_sequences(output: str) -> str:
    """What a program wrote to a terminal, without colours and moves of the cursor."""
    return CONTROL_SEQUENCE.sub("", output)
