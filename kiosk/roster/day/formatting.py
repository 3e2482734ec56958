"""A volunteer's day as lines of the screen: wrapped to its width, each in a style.

Rule: nothing is cut off. What does not fit on a line goes on below it, and the screen scrolls.
"""

from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.roster.view_model import DayView
from kiosk.statements.explained_day import ExplanationFormatter, ExplanationLine
from kiosk.text.wrapping import wrap_text
from kiosk.tui.text import StyledLine, StyleName
from kiosk.words.staff_words import RosterWords

HEAD_CELLS, WHEN_CELLS = 7, 13
"""Cells of what a line is about, and of its times."""
MIN_TEXT_CELLS = 20
"""Cells of text on a line, however narrow the screen."""


def format_day(view: DayView, words: RosterWords, width: int, *, with_reasons: bool) -> list[StyledLine]:
    """The whole day in lines of so many cells."""
    formatter = ExplanationFormatter(words.explained, view.build_name_lookup(with_reasons=with_reasons), view.zone)
    lines = formatter.format_lines(view.explanation, view.audit_trail)
    if not lines:
        return [StyledLine(words.explained.nothing, "calm")]
    return [styled for line in lines for styled in _format_line(line, words, width)]


def _format_line(line: ExplanationLine, words: RosterWords, width: int) -> Iterator[StyledLine]:
    """A line of the timeline, and what of it goes on below."""
    head = f"   {line.mark}" if line.mark else words.explained.heads[line.head]
    text = f"{line.text}  {' '.join(f'#{event}' for event in line.events)}".rstrip()
    when = "" if line.head in UNTIMED_HEADS else _pad(line.when, max(WHEN_CELLS, cell_len(line.when) + 1))
    before = _pad(head, HEAD_CELLS) + when
    first, *rest = wrap_text(text, max(width - cell_len(before), MIN_TEXT_CELLS))
    yield StyledLine(before + first, _choose_style(line))
    for continued in rest:
        yield StyledLine(" " * cell_len(before) + continued, _choose_style(line))


UNTIMED_HEADS = ("total", "policy")
"""Lines without a time: their text stands where times do."""


def _choose_style(line: ExplanationLine) -> StyleName:
    if line.mark:
        return "well" if line.mark == "+" else "warning"
    return "calm" if line.head in ("tap", "policy") else "waiting"


def _pad(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))
