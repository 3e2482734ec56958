"""The bar on every screen of a replay: nobody takes what is below it for now."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Digits

from kiosk.entrance.screen import Line
from kiosk.roster.playback.formatting import Standing, progress, title
from kiosk.words.replay_words import ReplayWords

LARGE = (100, 36)
"""Columns and rows from which on the clock is drawn large."""


class ReplayBar(Horizontal):
    """That it is a replay, where it stands, what came up there, and the keys for it."""

    class Stands(Message):
        """A bar is there, and can be filled."""

    def compose(self) -> ComposeResult:
        """The lines, and a clock that is seen from afar."""
        with Vertical(id="replay_lines"):
            yield Line("replay_title")
            yield Line("replay_progress")
            yield Line("replay_keys")
        yield Digits(id="replay_clock")

    def on_mount(self) -> None:
        """There is room for a large clock, or there is not."""
        self._fit(self.screen.size.width, self.screen.size.height)
        self.post_message(self.Stands())

    def on_resize(self, _: events.Resize) -> None:
        """There may be more room, or less."""
        self._fit(self.screen.size.width, self.screen.size.height)

    def _fit(self, columns: int, rows: int) -> None:
        self.set_class(columns >= LARGE[0] and rows >= LARGE[1], "large")

    def show(self, standing: Standing, note: str, words: ReplayWords) -> None:
        """Say where the replay stands, and `note` beside it."""
        self._line("replay_title").say(title(standing, words))
        self._line("replay_progress").say(progress(standing, note, words))
        self._line("replay_keys").say(words.keys)
        clock = self.query_one("#replay_clock", Digits)
        if clock.value != (time := f"{standing.now:%H:%M:%S}"):
            clock.update(time)

    def _line(self, name: str) -> Line:
        return self.query_one(f"#{name}", Line)
