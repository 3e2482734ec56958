"""The large icons: one shape for each meaning, so that no state is recognised by its colour alone.

Each is drawn with a thick pen on a square of 16 by 16, as paths through points and as circles.
"""

from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from PIL import Image, ImageDraw

from kiosk.entrance.block_characters import Drawing
from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.large_text import scale_to_cells

SIDE = 16
PEN = 2
"""Width of the pen, of the 16 units of a side."""

PIXELS = 8
"""Pixels of the image in a unit, before it is scaled down to cells."""


class Circle(NamedTuple):
    """A circle by its centre and radius."""

    x: float
    y: float
    radius: float


Path = tuple[tuple[float, float], ...]
"""Points that the pen goes through."""

_CROSS: tuple[Path, ...] = (((2, 2), (14, 14)), ((14, 2), (2, 14)))
_DOT = Circle(8, 13.6, 0.4)

ICONS: MappingProxyType[str, tuple[Path | Circle, ...]] = MappingProxyType(
    {
        "checked_in": (Circle(8, 8, 6.4), ((4.6, 8.2), (7.2, 10.8), (11.6, 5.4))),
        "checked_out": (((14, 8), (2, 8)), ((7, 3), (2, 8), (7, 13))),
        "already": (((8, 1.6), (8, 9.6)), _DOT),
        "unmatched": (((4, 4.6), (6, 2), (10, 2), (12, 4.6), (8, 8), (8, 10)), _DOT),
        "noted": (((3, 1.6), (12, 1.6), (12, 14.4), (3, 14.4), (3, 1.6)), ((6, 5), (9, 5)), ((6, 8), (9, 8))),
        "unknown_card": _CROSS,
        "revoked_card": (Circle(8, 8, 6.4), ((3.6, 12.4), (12.4, 3.6))),
        "suspended": (((5, 2), (5, 14)), ((11, 2), (11, 14))),
        "agreement_ended": (
            ((2, 2), (14, 2)),
            ((2, 14), (14, 14)),
            ((3, 2), (8, 8), (13, 2)),
            ((3, 14), (8, 8), (13, 14)),
        ),
        "before_agreement": (
            ((2, 3), (14, 3), (14, 14), (2, 14), (2, 3)),
            ((2, 7), (14, 7)),
            ((5, 1), (5, 4)),
            ((11, 1), (11, 4)),
        ),
        "unreadable": (
            ((13, 5), (10.4, 2.4), (6, 2.4), (2.4, 6), (2.4, 10), (6, 13.6), (10.4, 13.6), (13, 11)),
            ((13.4, 1), (13, 5), (9, 5)),
        ),
        "phone_card": (((4, 1), (12, 1), (12, 15), (4, 15), (4, 1)), ((7, 12.4), (9, 12.4)), ((1, 15), (15, 1))),
        "issuing": (((1, 3), (15, 3), (15, 13), (1, 13), (1, 3)), ((8, 5.4), (8, 10.6)), ((5.4, 8), (10.6, 8))),
        "reader_lost": (((9, 1), (4, 8.4), (8, 8.4), (6.6, 15), (12, 6.6), (8, 6.6), (9, 1)),),
        "storage_trouble": (((2, 2), (14, 2), (14, 14), (2, 14), (2, 2)), ((8, 4.4), (8, 8.4)), Circle(8, 11, 0.3)),
    }
)
"""Each state's icon, by the name of the state."""


@lru_cache(maxsize=32)
def draw_icon(name: str, rows: int, grid: CellGrid) -> Drawing:
    """An icon as high as so many rows, and as wide as high."""
    image = Image.new("L", (SIDE * PIXELS, SIDE * PIXELS))
    draw = ImageDraw.Draw(image)
    for shape in ICONS[name]:
        if isinstance(shape, Circle):
            radius = (shape.radius + PEN / 2) * PIXELS
            draw.circle((shape.x * PIXELS, shape.y * PIXELS), radius, outline=255, width=PEN * PIXELS)
        else:
            _draw_path(draw, shape)
    return scale_to_cells(image, count_icon_columns(rows, grid), rows, grid.mode)


def count_icon_columns(rows: int, grid: CellGrid) -> int:
    """How many columns an icon of so many rows takes."""
    return round(rows * grid.aspect)


def _draw_path(draw: ImageDraw.ImageDraw, path: Path) -> None:
    """A line with round ends and corners."""
    points = [(x * PIXELS, y * PIXELS) for x, y in path]
    draw.line(points, fill=255, width=PEN * PIXELS)
    for point in points:
        draw.circle(point, PEN * PIXELS / 2, fill=255)
