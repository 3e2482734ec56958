"""The middle of the entrance screen: lines as large as they fit, in the colours of their component classes.

The rule: one widget draws all of it, so that a new result is laid out and drawn once, and moves no other widget.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color, blend_rgb
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from kiosk.entrance.block_characters import FULL, Drawing, Run
from kiosk.entrance.cell_grid import CellGrid
from kiosk.entrance.icons import draw_icon
from kiosk.entrance.large_text import count_columns, draw_text
from kiosk.entrance.layout import GAP, GAP_EM, ICON_WIDTH, Line, PlacedLine, place_lines
from kiosk.text.escaping import escape_controls

LOOKS = frozenset({"headline", "remark", "next_step", "others"})
"""Lines that have colours of their own; all others have those of `text`."""


class LargeLines(Widget):
    """Draws lines in the middle of its width, over its whole height."""

    COMPONENT_CLASSES = {f"line--{look}" for look in (*LOOKS, "text")}  # noqa: RUF012 - as Textual declares it

    def __init__(self, id: str) -> None:  # noqa: A002 - what Textual calls it
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()
        self._grid = CellGrid()
        self._draws = True
        self._strips: list[Strip] | None = None
        """The rows of the widget; None after a change of size, grid or colours."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown."""
        return self._lines

    @property
    def placed(self) -> list[PlacedLine]:
        """The lines with their sizes and places."""
        return place_lines(self._lines, self.size.width, self.size.height, self._grid, draws=self._draws)

    @property
    def texts(self) -> list[str]:
        """What the lines on the screen say: as a whole, then row by row."""
        wholes = [GAP.join(placed.line.pieces) for placed in self.placed]
        return wholes + [GAP.join(part) for placed in self.placed for part in placed.parts]

    def set_grid(self, grid: CellGrid, *, draws: bool) -> None:
        """Draw for such cells from now on; without `draws` in the terminal's own letters."""
        self._grid, self._draws = grid, draws
        self._forget_strips()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines from now on."""
        self._lines = tuple(lines)
        self._forget_strips()

    def update_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, of which few have changed and none its colours: only rows that differ are drawn anew."""
        before, changed = self._strips, self._lines != tuple(lines)
        self._lines = tuple(lines)
        if before is None or not changed:
            return
        self._strips = self._draw_strips()
        differing = [y for y, (old, new) in enumerate(zip(before, self._strips, strict=True)) if old != new]
        if differing:
            self.refresh(Region(0, differing[0], self.size.width, differing[-1] - differing[0] + 1))

    def _forget_strips(self) -> None:
        self._strips = None
        self.refresh()

    @override
    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips = None

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - the size is the widget's by now
        """Draw for the new size."""
        self._forget_strips()

    # --- Drawing ---

    @override
    def render_line(self, y: int) -> Strip:
        if self._strips is None or len(self._strips) != self.size.height:
            self._strips = self._draw_strips()
        return self._strips[y]

    def _draw_strips(self) -> list[Strip]:
        strips = [Strip.blank(self.size.width, self.rich_style)] * self.size.height
        for placed in self.placed:
            drawn = self._draw_line(placed)[: max(0, self.size.height - placed.top)]
            strips[placed.top : placed.top + len(drawn)] = drawn
        return strips

    def _draw_line(self, placed: PlacedLine) -> Sequence[Strip]:
        name = placed.line.name
        style = self.get_component_rich_style(f"line--{name if name in LOOKS else 'text'}")
        return draw_line(replace(placed, top=0), style, self.size.width, self._grid)


# --- One line ---


@lru_cache(maxsize=64)
def draw_line(placed: PlacedLine, style: Style, width: int, grid: CellGrid) -> Sequence[Strip]:
    """The rows of one line, wherever it stands, over so many columns. Most lines of a result are those of the last."""
    if not placed.rows:
        texts = [escape_controls(GAP.join(part)) for part in placed.parts]
        return [_centre([Segment(text, style)], cell_len(text), style, width) for text in texts]
    rows: list[Strip] = []
    for part in placed.parts:
        rows += _join([*_draw_icon(placed, grid), *_draw_pieces(part, placed, grid)], style, width)
    return rows


def _draw_icon(placed: PlacedLine, grid: CellGrid) -> Iterator[Drawing]:
    if placed.line.icon:
        yield draw_icon(placed.line.icon, placed.rows, grid)
        yield _draw_blank(round((ICON_WIDTH - 1) * placed.rows * grid.aspect), placed.rows)


def _draw_pieces(part: Sequence[str], placed: PlacedLine, grid: CellGrid) -> Iterator[Drawing]:
    for place, piece in enumerate(part):
        if place:
            yield _draw_blank(count_columns(GAP_EM, placed.rows, placed.extent, grid), placed.rows)
        yield draw_text(piece, placed.rows, placed.extent, grid)


def _join(drawings: Sequence[Drawing], style: Style, width: int) -> Iterator[Strip]:
    """Drawings side by side, in the middle of their rows."""
    front, back = _find_colours(style)
    for row in zip(*drawings, strict=True):
        runs = [run for drawing in row for run in drawing]
        segments = [Segment(run.text, _find_shades(front, back, run.front, run.back)) for run in runs]
        yield _centre(segments, sum(len(run.text) for run in runs), style, width)


def _centre(segments: list[Segment], width: int, style: Style, columns: int) -> Strip:
    left = max(0, (columns - width) // 2)
    right = max(0, columns - width - left)
    strip = Strip([Segment(" " * left, style), *segments, Segment(" " * right, style)], left + width + right)
    return strip.crop(0, columns) if width > columns else strip


def _draw_blank(columns: int, rows: int) -> Drawing:
    return ((Run(" " * columns, FULL, 0),),) * rows


def _find_colours(style: Style) -> tuple[Color, Color]:
    return style.color or Color.parse("#ffffff"), style.bgcolor or Color.parse("#000000")


@lru_cache(maxsize=1024)
def _find_shades(front: Color, back: Color, ink: int, paper: int) -> Style:
    """The style of a cell whose two shades lie so far from the background's colour to the text's."""
    return Style.from_color(_blend(back, front, ink), _blend(back, front, paper))


def _blend(back: Color, front: Color, shade: int) -> Color:
    if shade in (0, FULL):
        return front if shade else back
    return Color.from_triplet(blend_rgb(back.get_truecolor(), front.get_truecolor(), shade / FULL))
