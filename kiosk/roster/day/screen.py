"""The screen of a volunteer's day: what is credited of every minute, and why."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, ScrollableContainer

from kiosk.roster.day.formatting import format_day
from kiosk.roster.view_model import DayView
from kiosk.tui.steady_screen import SteadyScreen
from kiosk.tui.text import StyledLines, TextLine
from kiosk.words.staff_words import RosterWords

DAY_KEYS = (
    Binding("less_than_sign,comma", "app.change_day(-1)", show=False),
    Binding("greater_than_sign,full_stop", "app.change_day(1)", show=False),
)
"""The day before and the day after; also without the shift key."""
MARGINS = 3
"""Cells left of the lines, right of them, and for the bar that scrolls them."""
BETWEEN = 4
"""Cells around a text of the first line: they keep it apart from the next one, and from the edges."""


class DayScreen(SteadyScreen[None], inherit_bindings=False):
    """One volunteer, one service day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.back", show=False),
        Binding("c", "app.correct('close')", show=False),
        Binding("e", "app.correct('excuse')", show=False),
        Binding("v", "app.correct('void')", show=False),
        Binding("w", "app.what_if", show=False),
        Binding("p", "app.authenticate", show=False),
        *DAY_KEYS,
    ]

    def __init__(self, volunteer: UUID, day: date) -> None:
        super().__init__()
        self.volunteer = volunteer
        self.day = day
        self.view: DayView | None = None
        """What is shown; None until the first poll."""
        self._words: RosterWords | None = None
        self._stalled = self._pin_holder = self._banner = ""

    def change_day(self, day: date) -> None:
        """Show another service day of the same volunteer, once it is loaded."""
        self.day, self.view = day, None

    def compose(self) -> ComposeResult:
        """The widgets, once."""
        with Horizontal(id="top"):
            yield TextLine("unit")
            yield TextLine("banner")
            yield TextLine("pin_holder")
            yield TextLine("clock")
        with ScrollableContainer(id="day_frame"):
            yield StyledLines("day")
        yield TextLine("stalled")
        yield TextLine("keys")

    def on_mount(self) -> None:
        """Draw what `show` was given before the screen was mounted."""
        self.query_one("#day_frame").focus()
        self._draw()

    def on_resize(self, _: events.Resize) -> None:
        """Wrap the lines to the new width."""
        self._draw()

    def show(self, view: DayView | None, words: RosterWords, stalled: str, pin_holder: str, banner: str) -> None:
        """Show this day in these words; `pin_holder` names the authenticated coordinator, who may read the reasons."""
        self.view, self._words, self._stalled, self._pin_holder = view, words, stalled, pin_holder
        self._banner = banner
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        words, view = self._words, self.view
        if words is None or not self.size.width:
            return
        past = view is not None and view.past
        key = words.end_key if self._pin_holder else words.pin_key
        self._line("keys").set_text(words.day_keys_past if past else words.day_keys.format(session_key=key))
        self._line("stalled").set_text(self._stalled)
        self._line("banner").set_text(self._banner)
        self._line("pin_holder").set_text(self._pin_holder)
        title = f"{self.day}  {view.person.label if view else words.reading}"
        self._line("unit").set_text(title)
        if view:
            clock = f"{f'{words.as_of} ' if past else ''}{view.now:%Y-%m-%d %H:%M}"
            self._line("clock").set_text(clock if past or self._has_room(title, clock) else "")
            width = self.size.width - MARGINS
            self.query_one("#day", StyledLines).set_lines(
                format_day(view, words, width, with_reasons=bool(self._pin_holder))
            )

    def _has_room(self, *texts: str) -> bool:
        """Whether these have room on the first line, beside the banner and the name of the coordinator."""
        beside = [text for text in (self._banner, self._pin_holder) if text]
        return sum(map(cell_len, (*texts, *beside))) + BETWEEN * (len(beside) + 1) <= self.size.width

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)
