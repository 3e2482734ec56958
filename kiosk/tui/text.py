"""Text on a screen: lines drawn in one piece with their styles."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from rich.style import Style
from rich.text import Text
from textual.content import Content
from textual.widgets import Static

from kiosk.text.escaping import escape_controls

StyleName = Literal["well", "calm", "waiting", "warning", "alarm"]

STYLES: MappingProxyType[StyleName, Style] = MappingProxyType(
    {
        "well": Style.parse("#b8ffd0"),
        "calm": Style.parse("#b9cde3"),
        "waiting": Style.parse("#ffffff"),
        "warning": Style.parse("bold #0a0a0a on #ffb000"),
        "alarm": Style.parse("bold #ffffff on #7a0000"),
    }
)
"""Each has a contrast of 7:1 or more to the navy of the screen or to its own background."""


class StyledLine(NamedTuple):
    """A line of text and the name of its style."""

    text: str
    style: StyleName


class TextLine(Static):
    """Plain text. An empty one takes no room."""

    def __init__(self, id: str, text: str = "") -> None:  # noqa: A002 - what Textual calls it
        text = escape_controls(text)
        super().__init__(Content(text), id=id, markup=False)
        self.set_class(not text, "empty")
        self._shown_text = text

    def set_text(self, text: str) -> None:
        """Show this text from now on."""
        text = escape_controls(text)
        if text == self._shown_text:
            return
        self._shown_text = text
        self.update(Content(text))
        self.set_class(not text, "empty")


class StyledLines(Static):
    """Lines, each in its own style."""

    def __init__(self, id: str) -> None:  # noqa: A002 - what Textual calls it
        super().__init__(id=id, markup=False)
        self._shown_lines: Sequence[StyledLine] = ()

    def set_lines(self, lines: Sequence[StyledLine], between: str = "\n") -> None:
        """Show these lines from now on."""
        if lines != self._shown_lines:
            self._shown_lines = lines
            self.update(
                Text(between, no_wrap=True).join(Text(escape_controls(line.text), STYLES[line.style]) for line in lines)
            )
