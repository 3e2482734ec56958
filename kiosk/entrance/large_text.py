"""Text drawn large on a terminal: set in Noto Sans CJK (OFL 1.1), then cut into cells.

The rule: any text in any size, within the rows it is given, marks above capitals and tails below letters included.
Sizes are in em, the height of a Chinese character, until the rows are known. The font comes with the program, pinned
by its hash: its Chinese shapes are those of Taiwan, and its Latin letters have all marks of Vietnamese.
"""

import math
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw

from kiosk.entrance.block_characters import PARTS, BlockMode, Drawing, draw_blocks
from kiosk.entrance.cell_grid import CellGrid
from kiosk.fonts import HEAVY, load_font

MEDIUM = 500
"""The lighter of the two weights of the font."""

GAUGE = 60
"""Pixels an em of the font that texts are measured with."""

SHARPNESS = 48
"""Pixels an em, at least, of the image that is scaled down to parts of cells."""

ASCENT, DESCENT = 0.885, 0.115
"""How far Chinese characters reach above and below the baseline, in em."""

TOLERANCE = 0.015
"""How much further a letter may reach before its line gets more room, in em."""

SMALL_PARTS = 12
"""Parts of cells in the height of a line up to which it is less heavy, or dense characters would run together."""


SHARPENED_PARTS = 16
"""Parts up to which a line is moved and shrunk a little, so that strokes lie on parts of cells, not between them."""

STRETCHES, SHIFTS = (1.0, 1.04), 1
"""By how much the line may be shrunk, and in how many steps it may be moved up and down."""


class Extent(NamedTuple):
    """How far a line reaches above and below its baseline, in em."""

    ascent: float = ASCENT
    descent: float = DESCENT

    @property
    def height(self) -> float:
        """Of the whole line."""
        return self.ascent + self.descent


@lru_cache(maxsize=256)
def measure_width(text: str) -> float:
    """The width of a text in em, at its heaviest."""
    return load_font(GAUGE, HEAVY).getlength(unicodedata.normalize("NFC", text)) / GAUGE


@lru_cache(maxsize=256)
def measure_extent(text: str) -> Extent:
    """The extent of a line: that of Chinese characters, or more where a letter reaches further."""
    _, top, _, bottom = load_font(GAUGE, HEAVY).getbbox(unicodedata.normalize("NFC", text), anchor="ls")
    ascent, descent = -top / GAUGE, bottom / GAUGE
    if ascent <= ASCENT + TOLERANCE and descent <= DESCENT + TOLERANCE:
        return Extent()
    return Extent(max(ascent, ASCENT), max(descent, DESCENT))


def count_columns(width: float, rows: int, extent: Extent, grid: CellGrid) -> int:
    """How many columns a text of a width in em takes, in a line of so many rows."""
    return math.ceil(width * rows * grid.aspect / extent.height)


@lru_cache(maxsize=64)
def draw_text(text: str, rows: int, extent: Extent, grid: CellGrid) -> Drawing:
    """A text on a line of so many rows and of that extent."""
    across, down = PARTS[grid.mode]
    font_size = _find_font_size(rows * down, extent)
    columns = max(1, count_columns(measure_width(text), rows, extent, grid))
    image = _set_text(unicodedata.normalize("NFC", text), font_size, rows * down, extent)
    size = (columns * across, rows * down)
    boxes = _list_boxes(image, round(font_size * extent.height), rows * down)
    scaled = (image.resize(size, Image.Resampling.BOX, box) for box in boxes)
    return draw_blocks(max(scaled, key=_measure_sharpness), grid.mode)


def _set_text(text: str, font_size: int, parts: int, extent: Extent) -> Image.Image:
    """The text in an image that is higher than its line by the margin on each side."""
    font = load_font(font_size, MEDIUM if parts <= SMALL_PARTS else HEAVY)
    margin = max(1, round(font_size / (2 * parts)))
    size = (max(1, round(measure_width(text) * font_size)), round(font_size * extent.height) + 2 * margin)
    image = Image.new("L", size)
    ImageDraw.Draw(image).text((0, margin + font_size * extent.ascent), text, font=font, fill=255, anchor="ls")
    return image


def _list_boxes(image: Image.Image, height: int, parts: int) -> list[tuple[float, float, float, float]]:
    """The parts of the image that may become the line: the line itself, and a little around it where it is small.

    Strokes lie sharp on the cells in one of them, and between the cells in others.
    """
    margin = (image.height - height) // 2
    heights = (height * stretch for stretch in (STRETCHES if parts <= SHARPENED_PARTS else STRETCHES[:1]))
    shifts = [margin * shift / SHIFTS for shift in range(-SHIFTS, SHIFTS + 1)] if parts <= SHARPENED_PARTS else [0]
    middle = image.height / 2
    return [
        (0, max(0, middle + shift - high / 2), image.width, min(image.height, middle + shift + high / 2))
        for high in heights
        for shift in shifts
    ]


def _measure_sharpness(image: Image.Image) -> int:
    """How near the parts of cells are to full ink or none."""
    return sum(count * (grey - 128) ** 2 for grey, count in enumerate(image.histogram()))


def _find_font_size(parts: int, extent: Extent) -> int:
    """Pixels an em: a multiple of the parts of cells, so that no part is drawn from fewer pixels than its neighbour."""
    em_parts = parts / extent.height
    return round(em_parts * -(-SHARPNESS // em_parts))


def scale_to_cells(image: Image.Image, columns: int, rows: int, mode: BlockMode) -> Drawing:
    """A grey image, stretched over so many cells."""
    across, down = PARTS[mode]
    scaled = image.resize((columns * across, rows * down), Image.Resampling.BOX)
    return draw_blocks(scaled, mode)
