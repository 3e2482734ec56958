"""Grey images as cells of a terminal: block characters, each with two shades.

The rule: what the terminal can do decides. With true colour a cell shows two of eight shades, so that edges are smooth;
with fewer colours its parts are inked or not. foot draws sextants itself, which fit its high cells; elsewhere a font
may lack them, and quadrants are used; the Linux console, whose font has no quadrants either, shows halves.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from statistics import fmean
from typing import Literal, NamedTuple

from PIL import Image

BlockMode = Literal["sextants", "shades", "quadrants", "halves"]
"""`sextants` and `shades`, which are of quadrants, have shades between ink and background."""

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By the sum of the inked quadrants: upper left 1, upper right 2, lower left 4, lower right 8 (Unicode, U+2580 on)."""


LEFT_HALF, RIGHT_HALF = 0b010101, 0b101010
"""Sextants that are characters of an older block."""


def _build_sextants() -> str:
    """By the sum of the inked sextants, from the upper left 1 to the lower right 32 (Unicode, U+1FB00 on)."""
    older = {0: " ", LEFT_HALF: "▌", RIGHT_HALF: "▐", 63: "█"}
    return "".join(
        older.get(inked) or chr(0x1FAFF + inked - (inked > LEFT_HALF) - (inked > RIGHT_HALF)) for inked in range(64)
    )


SEXTANTS = _build_sextants()

CHARACTERS = {2: " ▀▄█", 4: QUADRANTS, 6: SEXTANTS}
"""By how many parts a cell has."""


class Parts(NamedTuple):
    """How many parts of a cell lie side by side, and one above the other."""

    across: int
    down: int


PARTS: dict[BlockMode, Parts] = {
    "sextants": Parts(2, 3),
    "shades": Parts(2, 2),
    "quadrants": Parts(2, 2),
    "halves": Parts(1, 2),
}

FULL = 7
"""The shade of ink; 0 is the background."""

FAINTEST, DARKEST = 20, 236
"""Grey values, of 0 to 255, below and above which a part of a cell counts as empty and as inked: edges get sharper."""

_SHADES = [round(FULL * min(max((grey - FAINTEST) / (DARKEST - FAINTEST), 0), 1)) for grey in range(256)]
_INKED = [FULL * (grey > (FAINTEST + DARKEST) // 2) for grey in range(256)]


class Run(NamedTuple):
    """Neighbouring cells of one row that have the same two shades, from 0 to `FULL`."""

    text: str
    front: int
    back: int


Drawing = tuple[tuple[Run, ...], ...]
"""Rows of runs, all of one width."""


def draw_blocks(image: Image.Image, mode: BlockMode) -> Drawing:
    """A grey image as cells; its sides are multiples of the parts of a cell."""
    across, down = PARTS[mode]
    grey = image.point(_SHADES if mode in ("sextants", "shades") else _INKED).tobytes()
    lines = [grey[start : start + image.width] for start in range(0, len(grey), image.width)]
    columns = [line[part::across] for line in lines for part in range(across)]
    rows = (columns[top : top + across * down] for top in range(0, len(columns), across * down))
    return tuple(_merge(map(_find_cell, *row)) for row in rows)


def _merge(cells: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(cell.text for cell in same), front, back)
        for (front, back), same in groupby(cells, key=itemgetter(1, 2))
    )


@lru_cache(maxsize=50_000)
def _find_cell(*shades: int) -> Run:
    """The character and the two shades that come nearest to the shades of the parts of a cell."""
    characters = CHARACTERS[len(shades)]
    if max(shades) - min(shades) <= 1:
        shade = round(fmean(shades))
        return Run(characters[-(shade == FULL)], FULL, 0) if shade in (0, FULL) else Run(" ", shade, shade)
    darkest_first = sorted(range(len(shades)), key=shades.__getitem__, reverse=True)
    splits = (_split(shades, darkest_first[:count]) for count in range(1, len(shades)))
    _, inked, front, back = min(splits, key=itemgetter(0))
    return Run(characters[sum(1 << place for place in inked)], front, back)


def _split(shades: Sequence[int], inked: Sequence[int]) -> tuple[float, Sequence[int], int, int]:
    """How far the shades are from two: one for the parts that are inked, one for the others."""
    front = fmean(shades[place] for place in inked)
    others = [shade for place, shade in enumerate(shades) if place not in inked]
    back = fmean(others)
    error = sum((shades[place] - front) ** 2 for place in inked) + sum((shade - back) ** 2 for shade in others)
    return error, inked, round(front), round(back)
