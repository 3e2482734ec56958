"""The screen as rendered, and as an SVG drawing.

Textual's own export leaves block characters to whatever font the reader of a document has, and large words fall apart.
The rule: here blocks are strokes on a grid of quarters of cells, all of one colour in one path; only words are text.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.strip import Strip

from kiosk.entrance.block_characters import QUADRANTS

WIDE, HIGH = 10, 20
"""Units of the drawing in the width and height of a cell."""

BASELINE, TYPE_SIZE = 15, 16
"""Where letters stand in a cell, and how large they are."""

FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK TC', 'Noto Sans CJK TC', monospace"

Paths = dict[str, list[str]]
"""Strokes of each colour, as high as half a cell."""


def capture_rows(app: App[None]) -> list[Strip]:
    """What is on the screen, row by row, with its styles."""
    return app.screen._compositor.render_strips()  # noqa: SLF001 - Textual has no public way to read its screen


def render_svg(rows: Sequence[Strip], size: tuple[int, int]) -> str:
    """The rows as a drawing."""
    width, height = size[0] * WIDE, size[1] * HIGH
    paths: Paths = defaultdict(list)
    words: list[str] = []
    for y, row in enumerate(rows):
        _render_row(row, y, paths, words)
    drawn = [f'<path stroke="{colour}" d="{"".join(strokes)}"/>' for colour, strokes in paths.items()]
    grid = f"scale({WIDE // 2} {HIGH // 2}) translate(0 .5)"
    blocks = "\n".join((f'<g transform="{grid}">', *drawn, "</g>"))
    body = "\n".join((blocks, *words))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="{FONTS}" font-size="{TYPE_SIZE}" shape-rendering="crispEdges">\n{body}\n</svg>\n'
    )


def find_colours(style: Style | None) -> tuple[Color, Color]:
    """The colours of a rendered style: the text's, the background's."""
    front, back = (style.color, style.bgcolor) if style else (None, None)
    return (
        Color.from_rich_color(front) if front else Color(255, 255, 255),
        Color.from_rich_color(back) if back else Color(0, 0, 0),
    )


def _render_row(row: Strip, y: int, paths: Paths, words: list[str]) -> None:
    """Backgrounds and blocks into the paths; no two of their strokes overlap."""
    left = 0
    halves: tuple[list[tuple[int, str]], list[tuple[int, str]]] = ([], [])
    for segment in row:
        front, back = find_colours(segment.style)
        for char in segment.text:
            for half, colours in zip(halves, _find_quarters(char, front.hex6, back.hex6), strict=True):
                half.extend(colours)
        words.extend(_render_words(segment, left, y * HIGH, front))
        left += segment.cell_length * WIDE
    for part, half in enumerate(halves):
        _add_strokes(half, 2 * y + part, paths)


def _find_quarters(char: str, front: str, back: str) -> Iterator[list[tuple[int, str]]]:
    """Width in half cells and colour of what a character paints, in its upper half and in its lower half."""
    inked = QUADRANTS.index(char) if char in QUADRANTS else 0
    cells = cell_len(char)
    for left, right in ((inked & 1, inked & 2), (inked & 4, inked & 8)):
        yield [(cells, front if left else back), (cells, front if right else back)]


def _add_strokes(half: Sequence[tuple[int, str]], y: int, paths: Paths) -> None:
    left = 0
    for colour, same in groupby(half, key=lambda part: part[1]):
        wide = sum(width for width, _ in same)
        if wide:
            paths[colour].append(f"M{left} {y}h{wide}")
        left += wide


def _render_words(segment: Segment, left: int, top: int, front: Color) -> Iterator[str]:
    weight = ' font-weight="bold"' if segment.style and segment.style.bold else ""
    for kind, run in groupby(segment.text, key=_classify_char):
        text = "".join(run)
        wide = cell_len(text) * WIDE
        if kind:
            length = f'textLength="{wide}" lengthAdjust="spacingAndGlyphs"'
            yield f'<text x="{left}" y="{top + BASELINE}" {length} fill="{front.hex6}"{weight}>{escape(text)}</text>'
        left += wide


def _classify_char(char: str) -> str:
    """Empty for blocks and blanks; a word is drawn together, each Chinese character by itself."""
    if char in QUADRANTS or char.isspace():
        return ""
    return "word" if cell_len(char) < 2 else f"word{char}"
