"""A volunteer's day as lines of the screen: folded to its width, each with its look.

Rule: nothing is cut off. What does not fit on a line goes on below it, and the screen scrolls.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.roster.day.source import DaySeen
from kiosk.roster.formatting import Look, Note
from kiosk.statements.explained_day import Teller, Told
from kiosk.words.roster_words import RosterWords

HEAD, WHEN = 7, 13
"""Cells of what a line is about, and of its times."""
LEAST = 20
"""Cells of text on a line, however narrow the screen."""
CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
CLOSING = r"，。：；、）」！？,.:;)"
PIECE = re.compile(rf"[{CHINESE}][{CLOSING}]*\s*|[^\s{CHINESE}]+[{CLOSING}]*\s*|\s+")
"""What may stand on a line by itself: a Chinese character or a word, with the mark and the blank behind it."""


def day_lines(seen: DaySeen, words: RosterWords, width: int, *, with_reasons: bool) -> list[Note]:
    """The whole day in lines of so many cells."""
    if seen.found is None or not (seen.found.duties or seen.found.taps or seen.found.visits or seen.deeds):
        return [Note(words.explained.nothing, "calm")]
    teller = Teller(words.explained, seen.naming(with_reasons=with_reasons), seen.zone)
    return [note for told in teller.timeline(seen.found, seen.deeds) for note in _notes(told, words, width)]


def _notes(told: Told, words: RosterWords, width: int) -> Iterator[Note]:
    """A line of the timeline, and what of it goes on below."""
    head = f"   {told.mark}" if told.mark else words.explained.heads[told.head]
    text = f"{told.text}  {' '.join(f'#{event}' for event in told.events)}".rstrip()
    when = "" if told.head in FLUSH else _padded(told.when, max(WHEN, cell_len(told.when) + 1))
    before = _padded(head, HEAD) + when
    first, *rest = folded(text, max(width - cell_len(before), LEAST))
    yield Note(before + first, _look(told))
    for more in rest:
        yield Note(" " * cell_len(before) + more, _look(told))


FLUSH = ("total", "policy")
"""Lines without a time: their text stands where times do."""


def _look(told: Told) -> Look:
    if told.mark:
        return "well" if told.mark == "+" else "warning"
    return "calm" if told.head in ("tap", "policy") else "waiting"


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))


def folded(text: str, cells: int) -> list[str]:
    """A text in lines of at most so many cells, broken between words or Chinese characters, else anywhere."""
    lines = [""]
    for piece in PIECE.findall(text):
        for part in _parts(piece, cells):
            if cell_len(lines[-1] + part.rstrip()) > cells:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines if line.strip()] or [""]


def _parts(piece: str, cells: int) -> Iterator[str]:
    """A word that is longer than a line, in parts that are not."""
    part = ""
    for letter in piece:
        if cell_len(part + letter) > cells and part.strip() and not letter.isspace():
            yield part
            part = ""
        part += letter
    yield part
