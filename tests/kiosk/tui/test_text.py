"""Texts on a screen: what could steer the terminal is written out, however it came there."""

from textual.app import ComposeResult

from kiosk.tui.app import QuietCrashApp
from kiosk.tui.text import StyledLine, StyledLines, TextLine
from tests.kiosk.entrance.app_harness import async_test


def test_a_line_of_text_holds_no_escape_sequence() -> None:
    line = TextLine("name", "V001 \x1b[31m")
    assert str(line.render()) == "V001 \\u001b[31m"


class LinesApp(QuietCrashApp, inherit_bindings=False):
    """Nothing but lines."""

    def compose(self) -> ComposeResult:
        """The lines."""
        yield StyledLines("lines")


@async_test
async def test_styled_lines_hold_no_escape_sequence() -> None:
    async with LinesApp().run_test() as pilot:
        lines = pilot.app.query_one(StyledLines)
        lines.set_lines([StyledLine("V001 \x9b31m", "calm"), StyledLine("V002", "calm")])
        assert str(lines.render()) == "V001 \\u009b31m\nV002"
