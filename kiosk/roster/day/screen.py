"""A volunteer's day on the screen: every minute of it, and why."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, ScrollableContainer
from textual.screen import Screen

from kiosk.entrance.screen import Line
from kiosk.roster.day.formatting import day_lines
from kiosk.roster.day.source import DaySeen
from kiosk.tui.notes import Notes
from kiosk.words.roster_words import RosterWords

MARGINS = 3
"""Cells left of the lines, right of them, and for the bar that scrolls them."""


class DayScreen(Screen[None], inherit_bindings=False):
    """One volunteer, one service day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.back", show=False),
        Binding("c", "app.settle('close')", show=False),
        Binding("e", "app.settle('excuse')", show=False),
        Binding("v", "app.settle('void')", show=False),
        Binding("p", "app.prove", show=False),
    ]

    def __init__(self, who: UUID, day: date) -> None:
        super().__init__()
        self.who = who
        self.day = day
        self.seen: DaySeen | None = None
        """What is shown; None before the first look."""
        self._words: RosterWords | None = None
        self._stalled = self._proved = ""

    def compose(self) -> ComposeResult:
        """The tree, once."""
        with Horizontal(id="top"):
            yield Line("unit")
            yield Line("proved")
            yield Line("clock")
        with ScrollableContainer(id="day_frame"):
            yield Notes("day")
        yield Line("stalled")
        yield Line("keys")

    def on_mount(self) -> None:
        """What was to be shown before there was a screen."""
        self.query_one("#day_frame").focus()
        self._draw()

    def on_resize(self, _: events.Resize) -> None:
        """Other lines fit."""
        self._draw()

    def show(self, seen: DaySeen | None, words: RosterWords, stalled: str, proved: str) -> None:
        """Show this day in these words; `proved` is who may settle, and so read the reasons."""
        self.seen, self._words, self._stalled, self._proved = seen, words, stalled, proved
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        words, seen = self._words, self.seen
        if words is None or not self.size.width:
            return
        past = seen is not None and seen.past
        proof = words.end_key if self._proved else words.prove_key
        self._line("keys").say(words.day_keys_past if past else words.day_keys.format(proof=proof))
        self._line("stalled").say(self._stalled)
        self._line("proved").say(self._proved)
        self._line("unit").say(f"{seen.person.said}  {self.day}" if seen else words.reading)
        if seen:
            self._line("clock").say(f"{f'{words.as_of} ' if past else ''}{seen.now:%Y-%m-%d %H:%M}")
            width = self.size.width - MARGINS
            self.query_one("#day", Notes).say(day_lines(seen, words, width, with_reasons=bool(self._proved)))

    def _line(self, name: str) -> Line:
        return self.query_one(f"#{name}", Line)
