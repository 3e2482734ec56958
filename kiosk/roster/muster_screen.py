"""The muster on the screen: the same sheet as on paper."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen

from kiosk.entrance.screen import Line
from kiosk.roster.muster import muster_text
from kiosk.roster.sight import Seen
from kiosk.sentences.roster_words import RosterWords


class MusterScreen(Screen[None], inherit_bindings=False):
    """Everybody who is in."""

    def compose(self) -> ComposeResult:
        """The sheet, and what to press."""
        with VerticalScroll(id="paper"):
            yield Line("sheet")
        yield Line("keys")

    def show(self, seen: Seen, words: RosterWords) -> None:
        """Show this day's sheet."""
        self.query_one("#sheet", Line).say(muster_text(seen, words))
        self.query_one("#keys", Line).say(words.muster_keys)
