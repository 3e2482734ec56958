"""The bar on every screen of a replay: nobody takes what is below it for now."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Digits

from kiosk.entrance.screen import TextLine
from kiosk.roster.playback.formatting import PlaybackStatus, format_progress, format_title
from kiosk.words.staff_words import PlaybackWords

LARGE_CLOCK_SIZE = (100, 36)
"""Columns and rows from which on the clock is drawn large."""


class PlaybackBar(Horizontal):
    """That it is a replay, where it stands, what came up there, and the keys for it."""

    class Ready(Message):
        """A bar is there, and can be filled."""

    def compose(self) -> ComposeResult:
        """The lines, and a clock that is seen from afar."""
        with Vertical(id="replay_lines"):
            yield TextLine("replay_title")
            yield TextLine("replay_progress")
            yield TextLine("replay_keys")
        yield Digits(id="replay_clock")

    def on_mount(self) -> None:
        """There is room for a large clock, or there is not."""
        self._resize_clock(self.screen.size.width, self.screen.size.height)
        self.post_message(self.Ready())

    def on_resize(self, _: events.Resize) -> None:
        """There may be more room, or less."""
        self._resize_clock(self.screen.size.width, self.screen.size.height)

    def _resize_clock(self, columns: int, rows: int) -> None:
        self.set_class(columns >= LARGE_CLOCK_SIZE[0] and rows >= LARGE_CLOCK_SIZE[1], "large")

    def show(self, standing: PlaybackStatus, note: str, words: PlaybackWords) -> None:
        """Say where the replay stands, and `note` beside it."""
        self._line("replay_title").set_text(format_title(standing, words))
        self._line("replay_progress").set_text(format_progress(standing, note, words))
        self._line("replay_keys").set_text(words.keys)
        clock = self.query_one("#replay_clock", Digits)
        if clock.value != (time := f"{standing.now:%H:%M:%S}"):
            clock.update(time)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)
