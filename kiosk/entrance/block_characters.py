"""Grey images as cells of a terminal: block characters, each with two shades.

The rule: what the terminal can do decides. With true colour a cell shows two of eight shades, so that edges are smooth;
with fewer colours its quadrants are inked or not; the Linux console, whose font has no quadrants, shows halves.
"""

from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from statistics import fmean
from typing import Literal, NamedTuple

from PIL import Image

BlockMode = Literal["shades", "quadrants", "halves"]

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By the sum of the inked quadrants: upper left 1, upper right 2, lower left 4, lower right 8 (Unicode, U+2580 on)."""

FULL = 7
"""The shade of ink; 0 is the background."""

FAINTEST, DARKEST = 20, 236
"""Grey values, of 0 to 255, below and above which a part of a cell counts as empty and as inked: edges get sharper."""


class Run(NamedTuple):
    """Neighbouring cells of one row that have the same two shades, from 0 to `FULL`."""

    text: str
    front: int
    back: int


Drawing = tuple[tuple[Run, ...], ...]
"""Rows of runs, all of one width."""

Cell = Run
"""A run of one character."""

_SHADES = [round(FULL * min(max((grey - FAINTEST) / (DARKEST - FAINTEST), 0), 1)) for grey in range(256)]
_INKED = [int(grey > (FAINTEST + DARKEST) // 2) for grey in range(256)]


def find_parts(mode: BlockMode) -> int:
    """How many parts of a cell lie side by side; two always lie one above the other."""
    return 1 if mode == "halves" else 2


def draw_blocks(image: Image.Image, mode: BlockMode) -> Drawing:
    """A grey image as cells; its width is a multiple of `find_parts`, its height an even number."""
    parts = find_parts(mode)
    grey = image.point(_SHADES if mode == "shades" else _INKED).tobytes()
    rows = [grey[start : start + image.width] for start in range(0, len(grey), image.width)]
    find_cell = _find_shaded_cell if mode == "shades" else _find_plain_cell
    return tuple(
        _merge(map(find_cell, upper[::parts], upper[parts - 1 :: parts], lower[::parts], lower[parts - 1 :: parts]))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


def _merge(cells: "map[Cell]") -> tuple[Run, ...]:
    return tuple(
        Run("".join(cell.text for cell in same), front, back)
        for (front, back), same in groupby(cells, key=itemgetter(1, 2))
    )


@lru_cache(maxsize=16)
def _find_plain_cell(*inked: int) -> Cell:
    return Run(QUADRANTS[sum(part << place for place, part in enumerate(inked))], FULL, 0)


@lru_cache(maxsize=(FULL + 1) ** 4)
def _find_shaded_cell(*shades: int) -> Cell:
    """The character and the two shades that come nearest to four shades."""
    if max(shades) - min(shades) <= 1:
        shade = round(fmean(shades))
        return Run("█", FULL, 0) if shade == FULL else Run(" ", shade, shade)
    return min((_split(shades, mask) for mask in range(1, 15)), key=itemgetter(0))[1]


def _split(shades: tuple[int, ...], mask: int) -> tuple[float, Cell]:
    """How far the shades are from the two that a mask gives them, and its cell."""
    inked = [shade for place, shade in enumerate(shades) if mask >> place & 1]
    empty = [shade for place, shade in enumerate(shades) if not mask >> place & 1]
    front, back = fmean(inked), fmean(empty)
    error = sum((shade - front) ** 2 for shade in inked) + sum((shade - back) ** 2 for shade in empty)
    return (error if front > back else error + 1e6), Run(QUADRANTS[mask], round(front), round(back))
