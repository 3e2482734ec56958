"""Where each line of the entrance stands, and how large: as large as all of them can be. Pure.

The rule: nothing is cut. A line that is too long for a row is broken at a comma or between words; where the rows do
not suffice, all lines become smaller together, and before they are too small to read, those that can be spared are
written in the terminal's own letters.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from rich.cells import cell_len

from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.large_text import Extent, measure_extent, measure_width
from kiosk.fonts import can_draw

SMALLEST_COLUMNS, SMALLEST_ROWS = 80, 24
"""The terminal that everything is laid out for; a smaller one shows the terminal's own letters only."""

MARGIN = 2
"""Columns that stay empty on each side."""

LEGIBLE_ROWS = 4
"""Rows from which on a dense character can be read well. Below, lines that can be spared are written."""

MOST_PARTS = 3
"""Rows into which one line is broken, at most."""

GAP_EM = 0.9
"""Between the pieces of a drawn line, in em."""

ICON_WIDTH = 1.15
"""Of an icon and the gap behind it, in heights of the line."""

WORD = re.compile(r"[^，。　 ]*[，。　 ]*")
TRAILING = "，　 "
"""Left out at the end of a part: the new row says the same."""

GAP = "   "
"""Between the pieces of a written line."""

ENLARGED = tuple(size / 10 for size in range(80, 9, -1))
"""Scales at which every line is as high as it wants or higher, the largest first."""

REDUCED = tuple(size / 20 for size in range(19, 5, -1))
"""Scales for a terminal that has no room for that."""


class Attempt(NamedTuple):
    """One way to find sizes at which all lines fit."""

    scales: Sequence[float]
    share: float
    """How much of the height that it wants a line should have, or it is broken into more parts."""
    least: int
    """Rows below which no line goes, as long as it has wanted more."""


ATTEMPTS = (
    Attempt(ENLARGED, 1.0, 0),
    Attempt(ENLARGED, 0.8, 0),
    Attempt(REDUCED, 0.8, LEGIBLE_ROWS),
    Attempt(ENLARGED, 0.6, 0),
    Attempt(REDUCED, 0.6, 0),
)
"""From the best on: the headline becomes smaller before what stands below it is hard to read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it says, and how much room it wants."""

    name: str
    """What its looks are called."""
    pieces: tuple[str, ...]
    """Side by side, or one below the other where the row is too short."""
    rows: float = 0
    """Height on the smallest terminal, in rows; 0 is never drawn, only written."""
    spared: bool = False
    """Whether it is written, not drawn, before the others have to be smaller than they want."""
    optional: bool = False
    """Whether it is left out where the others leave no room."""
    icon: str = ""
    """Drawn in front of it."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line in its place."""

    line: Line
    parts: tuple[tuple[str, ...], ...]
    """Rows of pieces."""
    rows: int
    """Height of each part; 0 where it is written in the terminal's own letters, one row a part."""
    top: int = 0
    """The first row it takes."""

    @property
    def height(self) -> int:
        """Rows of all its parts."""
        return len(self.parts) * max(1, self.rows)

    @property
    def extent(self) -> Extent:
        """That of all its text, so that all pieces stand on one baseline."""
        return measure_pieces(self.line.pieces)


def measure_pieces_width(pieces: Sequence[str]) -> float:
    """The width in em of pieces side by side."""
    return sum(map(measure_width, pieces)) + GAP_EM * (len(pieces) - 1)


def measure_pieces(pieces: Sequence[str]) -> Extent:
    """The extent of the piece that reaches furthest up, and down."""
    extents = [measure_extent(piece) for piece in pieces]
    return Extent(max(extent.ascent for extent in extents), max(extent.descent for extent in extents))


def place_lines(lines: Sequence[Line], columns: int, rows: int, grid: CellGrid, *, draws: bool) -> list[PlacedLine]:
    """Size and place the lines that have text, from the top; without `draws` all of them are written."""
    lines = [replace(line, pieces=tuple(filter(None, line.pieces))) for line in lines]
    lines = [line for line in lines if line.pieces]
    if not draws:
        lines = [replace(line, rows=0, optional=line.rows == 0) for line in lines]
    room = columns - 2 * MARGIN
    needed = [line for line in lines if not line.optional]
    needed = _choose_sizes(needed, room, rows, grid) if needed else []
    left = rows - sum(line.height for line in needed)
    spare = [_write(line, room) for line in lines if line.optional]
    return _spread(needed + (spare if sum(line.height for line in spare) <= left else []), rows)


# --- Sizes ---

Choice = tuple[tuple[tuple[str, ...], ...], int]
"""Rows of pieces, and how high each of them can be."""


class _Sizes:
    """In how many parts a line can be drawn, and how high each of them at most."""

    def __init__(self, line: Line, columns: int, grid: CellGrid) -> None:
        self._line = line
        self._columns = columns
        self._choices = _list_choices(line.pieces, columns, grid, has_icon=bool(line.icon)) if line.rows else ()

    def choose(self, scale: float, share: float, least: int, most: int) -> PlacedLine:
        """The line at a scale: in as few parts as give it its share, or as high as possible.

        It wants no fewer than the least rows, if it ever wanted so many, and no more than the most.
        """
        wanted = min(max(math.floor(self._line.rows * scale), min(math.floor(self._line.rows), least)), most)
        best = PlacedLine(self._line, (), 0)
        for parts, largest in self._choices:
            if (height := min(wanted, largest)) > best.rows:
                best = PlacedLine(self._line, parts, height)
            if best.rows >= wanted * share:
                break
        enough = LEGIBLE_ROWS if self._line.spared else 2
        return best if best.rows >= enough else _write(self._line, self._columns)


def _choose_sizes(lines: Sequence[Line], columns: int, rows: int, grid: CellGrid) -> list[PlacedLine]:
    """The largest lines that fit; those that can be spared are written where that lets the others be as they want."""
    fewer = [[_Sizes(line, columns, grid) for line in drawn] for drawn in _spare(lines)]
    for attempt in ATTEMPTS:
        for sizes in fewer if attempt.scales is ENLARGED else fewer[-1:]:
            if placed := _fit(sizes, attempt, rows):
                return placed
    return [_write(line, columns) for line in lines]


def _spare(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines, with ever fewer of those drawn that can be spared, the last first."""
    yield lines
    for place in reversed([place for place, line in enumerate(lines) if line.spared and line.rows]):
        lines = [*lines[:place], replace(lines[place], rows=0), *lines[place + 1 :]]
        yield lines


def _fit(lines: Sequence[_Sizes], attempt: Attempt, rows: int) -> list[PlacedLine] | None:
    """The lines at the largest of the scales at which they fit; none is higher than the first, the headline.

    Where they are larger than they want, there is air between them as well.
    """

    def fits(scale: float) -> bool:
        air = len(lines) - 1 if scale > 1 else 0
        return sum(line.height for line in _choose(lines, attempt, scale, rows)) + air <= rows

    largest = bisect_left(attempt.scales, True, key=fits)
    if largest == len(attempt.scales) or not fits(attempt.scales[largest]):
        return None
    return _choose(lines, attempt, attempt.scales[largest], rows)


def _choose(lines: Sequence[_Sizes], attempt: Attempt, scale: float, rows: int) -> list[PlacedLine]:
    """The lines at one scale; none is higher than the first."""
    headline = lines[0].choose(scale, attempt.share, attempt.least, rows)
    most = headline.rows or rows
    return [headline, *(line.choose(scale, attempt.share, attempt.least, most) for line in lines[1:])]


@lru_cache(maxsize=64)
def _list_choices(pieces: tuple[str, ...], columns: int, grid: CellGrid, *, has_icon: bool) -> tuple[Choice, ...]:
    """The ways to break a line, each with the most rows of its parts; none where the font lacks a character."""
    if not all(map(can_draw, pieces)):
        return ()
    height, icon = measure_pieces(pieces).height, ICON_WIDTH if has_icon else 0
    widths = ((parts, max(map(measure_pieces_width, parts)) / height + icon) for parts in _break(pieces))
    return tuple((parts, math.floor(columns / (width * grid.aspect))) for parts, width in widths)


def _write(line: Line, columns: int) -> PlacedLine:
    """A line in the terminal's own letters, in as few parts as there can be."""
    choices = list(_break(line.pieces))
    fitting = (parts for parts in choices if max(cell_len(GAP.join(part)) for part in parts) <= columns)
    return PlacedLine(line, next(fitting, choices[-1]), 0)


# --- Breaking ---


def _break(pieces: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The line in one part, in two, and so on: each time so that the widest part is as narrow as it can be."""
    yield (pieces,)
    words = list(pieces) if len(pieces) > 1 else _split_words("".join(pieces))
    for count in range(2, min(MOST_PARTS, len(words)) + 1):
        choices = [_divide(words, places) for places in combinations(range(1, len(words)), count - 1)]
        if len(pieces) == 1:
            choices = [tuple(("".join(part).strip(TRAILING),) for part in choice) for choice in choices]
        yield min(choices, key=lambda choice: max(map(measure_pieces_width, choice)))


def _split_words(sentence: str) -> list[str]:
    """The parts of a sentence that stay together: up to a comma or a space."""
    return list(filter(None, WORD.findall(sentence)))


def _divide(words: Sequence[str], places: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words[start:end]) for start, end in pairwise((0, *places, len(words))))


# --- Places ---


def _spread(placed: Sequence[PlacedLine], rows: int) -> list[PlacedLine]:
    """The lines from the top to the bottom, with what is left over between them."""
    left = max(0, rows - sum(line.height for line in placed))
    gap, more = divmod(left, len(placed) + 1) if placed else (0, 0)
    top = (more + 1) // 2 + gap
    spread: list[PlacedLine] = []
    for line in placed:
        spread.append(replace(line, top=top))
        top += line.height + gap
    return spread
