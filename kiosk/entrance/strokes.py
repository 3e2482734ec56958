"""A pen on a small grid: what is drawn large on a terminal is drawn here, without a font.

A drawing is a string of strokes, apart by spaces. A stroke is a run of points, each of two hexadecimal digits,
x and y on a grid of 16 by 16 from the upper left: `1191` is a line of nine squares. `o776` is a circle: centre
7,7 and radius 6. The rule: one drawing serves every size; it is scaled as lines, never as squares.
"""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

GRID = 16
"""Squares in the height of a drawing at scale 1. A square is as wide as a cell and half as high."""

SIDES_OF_A_CIRCLE = 40
"""Corners of the polygon that stands for a circle; none at its outermost points, where it would have a tip."""

HALVES = " ▀▄█"
"""Which halves of a cell are inked: none, upper, lower, both."""

Point = tuple[float, float]
Squares = frozenset[tuple[int, int]]
Pen = tuple[int, int]
"""How many squares a stroke is wide and high."""


@lru_cache(maxsize=512)
def ink(drawing: str, scale: float, pen: Pen) -> Squares:
    """The squares that a pen inks when it follows a drawing at a scale."""
    return frozenset(
        (x + across, y + down)
        for stroke in drawing.split()
        for x, y in _trace_points(_parse_points(stroke), scale)
        for across in range(pen[0])
        for down in range(pen[1])
    )


def shift_right(inked: Squares, across: int) -> Iterator[tuple[int, int]]:
    """The same squares further to the right."""
    return ((x + across, y) for x, y in inked)


def measure_width(inked: Iterable[tuple[int, int]]) -> int:
    """How many squares there are from the left edge to the rightmost ink."""
    return max((x for x, _ in inked), default=-1) + 1


def render_half_blocks(inked: Squares, rows: int) -> str:
    """The squares as lines of text, two squares above one another in a cell."""
    width = measure_width(inked)
    return "\n".join(_render_row(inked, row, width) for row in range(rows))


def _render_row(inked: Squares, row: int, width: int) -> str:
    upper, lower = 2 * row, 2 * row + 1
    return "".join(HALVES[((x, upper) in inked) + 2 * ((x, lower) in inked)] for x in range(width))


def _parse_points(stroke: str) -> list[Point]:
    if stroke.startswith("o"):
        return _trace_circle(*(int(digit, GRID) for digit in stroke[1:]))
    digits = iter(int(digit, GRID) for digit in stroke)
    return list(zip(digits, digits, strict=True))


def _trace_circle(x: int, y: int, radius: int) -> list[Point]:
    turns = (2 * math.pi * (corner + 0.5) / SIDES_OF_A_CIRCLE for corner in range(SIDES_OF_A_CIRCLE + 1))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _trace_points(points: list[Point], scale: float) -> Iterator[tuple[int, int]]:
    corners = [(round(x * scale), round(y * scale)) for x, y in points]
    yield corners[0]
    for (x1, y1), (x2, y2) in pairwise(corners):
        steps = max(abs(x2 - x1), abs(y2 - y1), 1)
        for step in range(1, steps + 1):
            yield (_interpolate(x1, x2, step, steps), _interpolate(y1, y2, step, steps))


def _interpolate(start: int, end: int, step: int, steps: int) -> int:
    """Rounded half up, so that a line is the same from both ends of a mirrored drawing."""
    return math.floor(start + (end - start) * step / steps + 0.5)
