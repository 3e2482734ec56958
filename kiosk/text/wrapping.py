"""Lines of a text for a screen or a terminal, by the cells that its characters take: a Chinese one takes two."""

import re
from collections.abc import Iterator

from kiosk.text.cells import measure_cells

CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
OPENING = "（「"
CLOSING = r"，。：；、）」！？,.:;)"
PIECE = rf"[{OPENING}]*(?:[{CHINESE}]|[^\s{CHINESE}]+)[{CLOSING}]*\s*|\s+"
"""What may stand on a line by itself: a Chinese character or a word, with the marks and the blank around it.

Compiled, and kept by `re`, when a text is first wrapped."""


def wrap_text(text: str, cells: int) -> list[str]:
    """A text in lines of at most so many cells, broken between words or Chinese characters, else anywhere."""
    lines = [""]
    for piece in re.findall(PIECE, text):
        for part in _split_word(piece, cells):
            if measure_cells(lines[-1] + part.rstrip()) > cells:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines if line.strip()] or [""]


def _split_word(piece: str, cells: int) -> Iterator[str]:
    """A word that is longer than a line, in parts that are not."""
    part = ""
    for letter in piece:
        if measure_cells(part + letter) > cells and part.strip() and not letter.isspace():
            yield part
            part = ""
        part += letter
    yield part
