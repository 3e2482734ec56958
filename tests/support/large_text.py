"""Large text on a screen, found again: the rows of cells that the entrance draws for it, at any size."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kiosk.entrance.block_characters import BlockMode
from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.large_text import Extent, draw_text, measure_extent

MODES: tuple[BlockMode, ...] = ("shades", "quadrants")
HEIGHTS = range(2, 11)
"""Rows of a line on the terminals of the tests, which are of 80 by 24 cells, and what they can show."""

CONTROL_SEQUENCE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


class Shape(NamedTuple):
    """How a text may be drawn."""

    extent: Extent
    mode: BlockMode
    rows: int


@cache
def draw_rows(text: str, shape: Shape) -> tuple[str, ...]:
    """The rows of the text in a shape, without those that are empty."""
    drawing = draw_text.__wrapped__(text, shape.rows, shape.extent, CellGrid(mode=shape.mode))
    lines = ("".join(run.text for run in row).strip() for row in drawing)
    return tuple(filter(None, lines))


@cache
def list_shapes(text: str) -> tuple[Shape, ...]:
    """The shapes that the entrance may draw a text in."""
    extents = dict.fromkeys((Extent(), measure_extent(text)))
    return tuple(Shape(extent, mode, rows) for extent in extents for mode in MODES for rows in HEIGHTS)


def find_large_text(screen: Sequence[str], text: str, shapes: Sequence[Shape] = ()) -> Shape | None:
    """The shape that the text has on a screen, given as its rows or as one text; None where it is not drawn there."""
    candidates = shapes or list_shapes(text)
    return next((s for s in candidates if all(any(line in row for row in screen) for line in draw_rows(text, s))), None)


def shows_large_text(screen: Sequence[str], text: str) -> bool:
    """Whether the text is drawn on a screen."""
    return find_large_text(screen, text) is not None


def remove_control_sequences(output: bytes) -> str:
    """What a program wrote to a terminal, without colours and moves of the cursor."""
    return CONTROL_SEQUENCE.sub(b"", output).decode(errors="ignore")
