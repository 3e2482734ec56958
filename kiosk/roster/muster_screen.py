"""The muster on the screen: the same sheet as on paper."""

from textual.app import ComposeResult
from textual.containers import ScrollableContainer
from textual.screen import Screen

from kiosk.entrance.screen import TextLine
from kiosk.roster.muster import format_muster
from kiosk.roster.view_model import RosterView
from kiosk.words.staff_words import RosterWords


class MusterScreen(Screen[None], inherit_bindings=False):
    """Everybody who is in."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The sheet, and what to press."""
        with ScrollableContainer(id="paper"):
            yield TextLine("sheet")
        yield TextLine("stalled")
        yield TextLine("keys")

    def on_mount(self) -> None:
        """What was to be shown before there was a screen."""
        self._draw()

    def show(self, view: RosterView | None, words: RosterWords, stalled: str, _: str = "") -> None:
        """Show the sheet; `stalled` says that it is as old as it is."""
        sheet = format_muster(view, words) if view else words.reading
        self._texts = {"sheet": sheet, "stalled": stalled, "keys": words.muster_keys}
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        for name, text in self._texts.items():
            self.query_one(f"#{name}", TextLine).set_text(text)
