"""The entrance screen: idle or a notice, with large letters, bars and, on trouble, bands of slanted stripes.

The rule: one fixed tree of widgets, updated in place; stripes mark trouble for those who see no colours.
"""

from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Digits

from kiosk.entrance.lettering import draw_headline, draw_icon
from kiosk.entrance.notice import Notice, build_size_bar
from kiosk.entrance.service import EntranceOptions
from kiosk.tui.steady_screen import SteadyScreen
from kiosk.tui.text import TextLine, sanitise
from kiosk.words.languages import STAFF, find_words, format_chinese_date, list_other_words

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


SMALLEST = Size(80, 24)
"""The terminal that everything is laid out for. On a real kiosk its characters are made to fill the monitor."""

ROOMY = Size(100, 32)
"""From here on lines may have air between them."""

STEP = 2
"""Large words grow by halves of their size at the smallest terminal."""

ICON_CELLS = 17
"""Width of an icon with its margins, at scale 1."""

LINES = ("subject", "remark", "totals", "next_step", "chinese")
"""The lines of a notice that stand below its headline, by their names in `Notice`."""


class EntranceScreen(SteadyScreen[None], inherit_bindings=False):
    """Idle, or a notice."""

    def __init__(self, options: EntranceOptions) -> None:
        super().__init__()
        self._options = options
        self._scale = 1.0
        self._is_low = False
        self._notice: Notice | None = None
        self._time = ""

    def compose(self) -> ComposeResult:
        """The tree of widgets, made once."""
        with Vertical(id="board", classes="idle"):
            with Horizontal(id="top"):
                yield TextLine("unit", sanitise(self._options.unit, 60))
                yield TextLine("small_clock")
            yield TextLine("banner", sanitise(self._options.banner, 76))
            yield Stripes(classes="band")
            yield from self._compose_idle()
            yield from self._compose_notice()
            yield Stripes(classes="band")
            yield TextLine("reader_bar")
            yield TextLine("clock_bar")
            yield TextLine("size_bar")

    def _compose_idle(self) -> ComposeResult:
        with Vertical(id="idle"):
            yield TextLine("invitation")
            yield Digits(id="clock")
            yield TextLine("date")
            yield TextLine("invitations", " | ".join(words.tap_your_card for words in list_other_words(STAFF)))

    def _compose_notice(self) -> ComposeResult:
        with Vertical(id="notice"):
            with Horizontal(id="sign"):
                yield TextLine("icon")
                yield TextLine("headline")
            for name in LINES:
                yield TextLine(name)
        yield TextLine("others")

    def on_resize(self, event: events.Resize) -> None:
        """Draw the large words as large as they fit."""
        size = event.size
        self._scale = max(STEP, min(size.width * STEP // SMALLEST.width, size.height * STEP // SMALLEST.height)) / STEP
        self.query_one("#board").set_class(size.width >= ROOMY.width and size.height >= ROOMY.height, "roomy")
        self._is_low = size.height < SMALLEST.height
        small = self._is_low or size.width < SMALLEST.width
        self.query_one("#board").set_class(small, "small")
        self._line("size_bar").set_text(build_size_bar(SMALLEST.width, SMALLEST.height) if small else "")
        invitation = find_words(STAFF).tap_your_card
        self._line("invitation").set_text(self._draw_large(invitation, size.width))
        self._draw_sign()

    # --- What is shown ---

    def show(self, notice: Notice) -> None:
        """Show a notice in place of whatever is there."""
        self._switch_to(notice.kind, full=bool(notice.remark and notice.totals))
        self._notice = notice
        self._draw_sign()
        for name in LINES:
            self._line(name).set_text(getattr(notice, name))
        self._line("others").set_text("\n".join(notice.others))

    def show_idle(self) -> None:
        """Show the idle screen."""
        self._switch_to("idle", full=False)
        self._notice = None
        self._draw_clock()

    def show_time(self, now: datetime) -> None:
        """Show this time and date."""
        self._time = f"{now:%H:%M:%S}"
        self._line("small_clock").set_text(f"{now:%H:%M}")
        self._line("date").set_text(f"{format_chinese_date(now.date())}   {now:%Y-%m-%d}")
        self._draw_clock()

    def show_bars(self, *, reader: str, clock: str) -> None:
        """Show the bars about a reader and about the clock; an empty one is hidden."""
        self._line("reader_bar").set_text(reader)
        self._line("clock_bar").set_text(clock)
        self.query_one("#board").set_class(bool(reader or clock), "barred")

    def _switch_to(self, kind: str, *, full: bool) -> None:
        """All classes at once: each change of the board's classes styles the whole tree again."""
        before = self._notice.kind if self._notice else "idle"
        self.query_one("#board").update_classes({before: False, "full": full, kind: True}, animate=False)

    def _draw_sign(self) -> None:
        if self._notice is None:
            return
        room = self.size.width - round(ICON_CELLS * self._scale)
        self._line("icon").set_text(draw_icon(self._notice.icon, self._scale))
        self._line("headline").set_text(self._draw_large(self._notice.headline, room))

    def _draw_large(self, text: str, room: int) -> str:
        """The text in large letters; on a terminal with too few rows as it is, so that the lines below have theirs."""
        return text if self._is_low else draw_headline(text, self._scale, room)

    def _draw_clock(self) -> None:
        """Update the large clock, unless a notice hides it: that would cost the next card up to two frames."""
        if self._notice is None:
            self.query_one("#clock", Digits).update(self._time)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)
