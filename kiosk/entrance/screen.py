"""The one screen of the entrance: a fixed tree, updated in place.

The rule: no widget is made or removed after the start. What is shown follows the classes of the board: its state,
`roomy` on a large terminal, `full` when a notice has every line, `barred` with a bar at the bottom.
"""

from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Digits, Static

from kiosk.entrance.lettering import icon, lettering
from kiosk.entrance.look import Look
from kiosk.entrance.notice import Notice
from kiosk.entrance.stripes import Stripes
from kiosk.tui.plain_text import plain
from kiosk.words.dates import in_chinese
from kiosk.words.languages import STAFF, others_than, words_for

SMALLEST = Size(80, 24)
"""The terminal that everything is laid out for. On a real kiosk its characters are made to fill the monitor."""

ROOMY = Size(100, 32)
"""From here on lines may have air between them."""

STEP = 2
"""Large words grow by halves of their size at the smallest terminal."""

ICON_CELLS = 17
"""Width of an icon with its margins, at scale 1."""

LINES = ("who", "remark", "totals", "next_step", "chinese")
"""The lines of a notice that stand below its headline, by their names in `Notice`."""


class Line(Static):
    """Text that is shown as it is. An empty one takes no room, and one that is said again is not drawn again."""

    def __init__(self, id: str, text: str = "") -> None:  # noqa: A002 - what Textual calls it
        super().__init__(Content(text), id=id, markup=False)
        self.set_class(not text, "empty")
        self._said = text

    def say(self, text: str) -> None:
        """Show this text from now on."""
        if text == self._said:
            return
        self._said = text
        self.update(Content(text))
        self.set_class(not text, "empty")


class EntranceScreen(Screen[None], inherit_bindings=False):
    """Idle, or a notice."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._scale = 1.0
        self._notice: Notice | None = None
        self._time = ""

    def compose(self) -> ComposeResult:
        """The tree, once."""
        with Vertical(id="board", classes="idle"):
            with Horizontal(id="top"):
                yield Line("unit", plain(self._look.unit, 60))
                yield Line("small_clock")
            yield Line("banner", plain(self._look.banner, 76))
            yield Stripes(classes="band")
            yield from self._compose_idle()
            yield from self._compose_notice()
            yield Stripes(classes="band")
            yield Line("reader_bar")
            yield Line("clock_bar")

    def _compose_idle(self) -> ComposeResult:
        with Vertical(id="idle"):
            yield Line("invitation")
            yield Digits(id="clock")
            yield Line("date")
            yield Line("invitations", " | ".join(words.tap_your_card for words in others_than(STAFF)))

    def _compose_notice(self) -> ComposeResult:
        with Vertical(id="notice"):
            with Horizontal(id="sign"):
                yield Line("icon")
                yield Line("headline")
            for name in LINES:
                yield Line(name)
        yield Line("others")

    def on_resize(self, event: events.Resize) -> None:
        """Draw the large words as large as they fit."""
        size = event.size
        self._scale = max(STEP, min(size.width * STEP // SMALLEST.width, size.height * STEP // SMALLEST.height)) / STEP
        self.query_one("#board").set_class(size.width >= ROOMY.width and size.height >= ROOMY.height, "roomy")
        self._line("invitation").say(lettering(words_for(STAFF).tap_your_card, self._scale, size.width))
        self._draw_sign()

    # --- What is shown ---

    def show(self, notice: Notice) -> None:
        """Show a notice in place of whatever is there."""
        self._turn_to(notice.kind, full=bool(notice.remark and notice.totals))
        self._notice = notice
        self._draw_sign()
        for name in LINES:
            self._line(name).say(getattr(notice, name))
        self._line("others").say("\n".join(notice.others))

    def rest(self) -> None:
        """Show the idle screen."""
        self._turn_to("idle", full=False)
        self._notice = None
        self._draw_clock()

    def tell_time(self, now: datetime) -> None:
        """Move the clocks on."""
        self._time = f"{now:%H:%M:%S}"
        self._line("small_clock").say(f"{now:%H:%M}")
        self._line("date").say(f"{in_chinese(now.date())}   {now:%Y-%m-%d}")
        self._draw_clock()

    def warn(self, *, reader: str, clock: str) -> None:
        """Show the bars about a reader and about the clock; an empty one is taken away."""
        self._line("reader_bar").say(reader)
        self._line("clock_bar").say(clock)
        self.query_one("#board").set_class(bool(reader or clock), "barred")

    def _turn_to(self, kind: str, *, full: bool) -> None:
        """All classes at once: each change of the board's classes styles the whole tree again."""
        before = self._notice.kind if self._notice else "idle"
        self.query_one("#board").update_classes({before: False, "full": full, kind: True}, animate=False)

    def _draw_sign(self) -> None:
        if self._notice is None:
            return
        room = self.size.width - round(ICON_CELLS * self._scale)
        self._line("icon").say(icon(self._notice.icon, self._scale))
        self._line("headline").say(lettering(self._notice.headline, self._scale, room))

    def _draw_clock(self) -> None:
        """Behind a notice it would cost the next card up to two frames, and nobody sees it."""
        if self._notice is None:
            self.query_one("#clock", Digits).update(self._time)

    def _line(self, name: str) -> Line:
        return self.query_one(f"#{name}", Line)
