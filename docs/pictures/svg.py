"""The screen as rendered, and as an SVG drawing.

Textual's own export leaves half blocks to whatever font the reader of a document has, and large words fall apart.
The rule: here blocks are rectangles, and only words are text.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.strip import Strip

WIDE, HIGH = 10, 20
"""Units of the drawing in the width and height of a cell."""

BASELINE, TYPE_SIZE = 15, 16
"""Where letters stand in a cell, and how large they are."""

FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK TC', 'Noto Sans CJK TC', monospace"

_PARTS = {"▀": (0, HIGH // 2), "▄": (HIGH // 2, HIGH // 2), "█": (0, HIGH)}
"""The top and height of what a block character inks of its cell."""


def capture_rows(app: App[None]) -> list[Strip]:
    """What is on the screen, row by row, with its styles."""
    return app.screen._compositor.render_strips()  # noqa: SLF001 - Textual has no public way to read its screen


def render_svg(rows: Sequence[Strip], size: tuple[int, int]) -> str:
    """The rows as a drawing."""
    width, height = size[0] * WIDE, size[1] * HIGH
    body = "\n".join(element for y, row in enumerate(rows) for element in _render_row(row, y * HIGH))
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


def _render_row(row: Strip, top: int) -> Iterator[str]:
    left = 0
    for segment in row:
        yield from _render_segment(segment, left, top)
        left += segment.cell_length * WIDE


def _render_segment(segment: Segment, left: int, top: int) -> Iterator[str]:
    front, back = find_colours(segment.style)
    yield _render_rectangle(left, top, segment.cell_length * WIDE, HIGH, back)
    weight = ' font-weight="bold"' if segment.style and segment.style.bold else ""
    for kind, run in groupby(segment.text, key=_classify_char):
        text = "".join(run)
        wide = cell_len(text) * WIDE
        if kind in _PARTS:
            lower, high = _PARTS[kind]
            yield _render_rectangle(left, top + lower, wide, high, front)
        elif kind.startswith("word"):
            length = f'textLength="{wide}" lengthAdjust="spacingAndGlyphs"'
            yield f'<text x="{left}" y="{top + BASELINE}" {length} fill="{front.hex6}"{weight}>{escape(text)}</text>'
        left += wide


def _classify_char(char: str) -> str:
    """Runs are drawn together: the same block, blanks, or a word; each Chinese character is placed by itself."""
    if char in _PARTS or char.isspace():
        return char
    return "word" if cell_len(char) < 2 else f"word{char}"


def _render_rectangle(left: int, top: int, wide: int, high: int, colour: Color) -> str:
    return f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="{colour.hex6}"/>'
