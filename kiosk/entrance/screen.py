"""The entrance screen: idle or a notice, with large lines, bars and, on trouble, bands of slanted stripes.

The rule: one fixed tree of widgets, updated in place; stripes mark trouble for those who see no colours.
"""

from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.strip import Strip
from textual.widget import Widget

from kiosk.entrance.cell_grid import find_cell_grid
from kiosk.entrance.large_lines import LargeLines
from kiosk.entrance.layout import SMALLEST_COLUMNS, SMALLEST_ROWS
from kiosk.entrance.notice import Notice, build_idle_lines, build_size_bar
from kiosk.entrance.service import EntranceOptions
from kiosk.text.sanitise import sanitise
from kiosk.tui.steady_screen import SteadyScreen
from kiosk.tui.text import TextLine

PERIOD = 12
"""Squares from one stripe to the next; a square is as wide as a cell and half as high."""


class Stripes(Widget):
    """Draws its whole width and height with stripes in the colours of its style."""

    def render_line(self, y: int) -> Strip:
        """One row of the band."""
        row = "".join(_render_half_block(x, y) for x in range(self.size.width))
        style = Style.from_color(self.rich_style.color, self.rich_style.bgcolor)
        return Strip([Segment(row, style)], self.size.width)


def _render_half_block(x: int, y: int) -> str:
    return " ▀▄█"[_is_on_stripe(x, 2 * y) + 2 * _is_on_stripe(x, 2 * y + 1)]


def _is_on_stripe(x: int, y: int) -> bool:
    return (x + y) % PERIOD < PERIOD // 2


class EntranceScreen(SteadyScreen[None], inherit_bindings=False):
    """Idle, or a notice."""

    def __init__(self, options: EntranceOptions) -> None:
        super().__init__()
        self._options = options
        self._notice: Notice | None = None
        self._now: datetime | None = None

    def compose(self) -> ComposeResult:
        """The tree of widgets, made once."""
        with Vertical(id="board", classes="idle"):
            with Horizontal(id="top"):
                yield TextLine("unit", sanitise(self._options.unit, 60))
                yield TextLine("small_clock")
            yield TextLine("banner", sanitise(self._options.banner, 76))
            yield Stripes(classes="band")
            yield LargeLines("lines")
            yield Stripes(classes="band")
            yield TextLine("reader_bar")
            yield TextLine("clock_bar")
            yield TextLine("hub_bar")
            yield TextLine("size_bar")

    def on_resize(self, event: events.Resize) -> None:
        """Draw as large as the new size allows."""
        columns, rows = event.size
        small = columns < SMALLEST_COLUMNS or rows < SMALLEST_ROWS
        self.query_one("#board").set_class(small, "small")
        self._line("size_bar").set_text(build_size_bar(SMALLEST_COLUMNS, SMALLEST_ROWS) if small else "")
        self._lines.set_grid(self._options.grid or find_cell_grid(self.app), draws=not small)

    # --- What is shown ---

    @property
    def _is_torn_down(self) -> bool:
        """Whether the program ends: its timers and threads may still have something to show."""
        return not (self.query("#small_clock") and self.query(LargeLines))

    @property
    def _lines(self) -> LargeLines:
        return self.query_one(LargeLines)

    def show(self, notice: Notice) -> None:
        """Show a notice in place of whatever is there."""
        if self._is_torn_down:
            return
        self._switch_to(notice.kind)
        self._notice = notice
        self._lines.set_lines(notice.list_lines())

    def show_idle(self) -> None:
        """Show the idle screen."""
        if self._is_torn_down:
            return
        self._switch_to("idle")
        self._notice = None
        if self._now:
            self._lines.set_lines(build_idle_lines(self._now))

    def show_time(self, now: datetime) -> None:
        """Show this time and date; the large ones only while no notice stands in their place."""
        if self._is_torn_down:
            return
        self._line("small_clock").set_text(f"{now:%H:%M}")
        first, self._now = self._now is None, now
        if self._notice is None:
            show = self._lines.set_lines if first else self._lines.update_lines
            show(build_idle_lines(now))

    def show_bars(self, *, reader: str, clock: str, hub: str) -> None:
        """Show the bars about a reader, the clock and the hub; an empty one is hidden."""
        if self._is_torn_down:
            return
        self._line("reader_bar").set_text(reader)
        self._line("clock_bar").set_text(clock)
        self._line("hub_bar").set_text(hub)

    def _switch_to(self, kind: str) -> None:
        """All classes at once: each change of the board's classes styles the whole tree again."""
        before = self._notice.kind if self._notice else "idle"
        self.query_one("#board").update_classes({before: False, kind: True}, animate=False)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)
