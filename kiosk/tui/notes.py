"""Lines with a look each, drawn as one piece."""

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

from kiosk.roster.formatting import StyledLine
from kiosk.roster.table import STYLES


class StyledLines(Static):
    """Lines, each with its look. What is said again is not drawn again."""

    def __init__(self, id: str) -> None:  # noqa: A002 - what Textual calls it
        super().__init__(id=id, markup=False)
        self._shown_lines: Sequence[StyledLine] = ()

    def set_lines(self, notes: Sequence[StyledLine], between: str = "\n") -> None:
        """Show these from now on."""
        if notes != self._shown_lines:
            self._shown_lines = notes
            self.update(Text(between, no_wrap=True).join(Text(note.text, STYLES[note.style]) for note in notes))
