"""A document as PDF on A4, set by typst in the font of the program.

Rule: no box stands for a character. One that the font lacks is written as its code, and named under the document, so
that a person writes it in by hand.
"""

import math
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from devices.characters import JOINERS, SELECTORS
from kiosk.documents.charts import draw_chart
from kiosk.documents.qr_code import draw_qr_code
from kiosk.documents.written import WrittenDocument, WrittenTable
from kiosk.errors import EXIT_NO, UserError
from kiosk.fonts import HEAVY, TAIWAN_FAMILY, has_character, load_font
from kiosk.text.escaping import escape_line
from kiosk.words.documents.shared import DocumentText, find_document_words
from kiosk.words.language import find_language

SECONDS = 60.0
"""To wait for the process that sets the document."""
PAPER_WIDTH = {False: 510, True: 756}
"""Points between the margins, upright and landscape."""
LARGEST, SMALLEST = 10.0, 6.0
"""Points of the letters of a table."""
INSET = 8
"""Points beside the text of a cell, left and right together."""
GAP = 12
"""More of them before a text that follows a figure: the one ends where the other begins."""
SIGNATURE = 7
"""Em of the room for a name or a stamp."""
WIDEST, MARGIN = 18, 0.3
"""Of a column, in em: beyond it text is broken into lines; and what is left beside the longest text."""
GAUGE = 50
"""Pixels an em at which texts are measured."""
MOST_TAGGED = 5_000
"""Cells of a document that is tagged for screen readers; the tags of a longer one are twenty times its size."""
_ATTACHED = re.compile(f"[{JOINERS}{SELECTORS}]")
_BREAKABLE = re.compile(r"[\s/\u3000-\u9fff\uff00-\uffef]+")
"""Where a line may end: at a space, and beside every Chinese character."""


class RareCharacters:
    """Texts with the characters that the font has; the others are collected."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def replace_in(self, text: str) -> str:
        """The text with `[U+2A6A5]` for a character that cannot be drawn, and invisible ones written out."""
        return "".join(map(self._replace, unicodedata.normalize("NFC", escape_line(text))))

    def _replace(self, char: str) -> str:
        if has_character(char) or _ATTACHED.match(char):
            return char
        self.found[char] = None
        return f"[U+{ord(char):04X}]"

    def format_remark(self) -> str:
        """Which characters a person has to write in; empty where there are none."""
        codes = ", ".join(f"[U+{ord(char):04X}]" for char in self.found)
        return find_document_words().rare.format(characters=codes) if codes else ""

    def replace_deep(self, value: Any) -> Any:
        """The same in all texts of a value that becomes JSON."""
        match value:
            case str():
                return self.replace_in(value)
            case dict():
                return {key: self.replace_deep(item) for key, item in value.items()}
            case list() | tuple():
                return [self.replace_deep(item) for item in value]
            case _:
                return value


def build_pdf(document: WrittenDocument, made_at: datetime) -> bytes:
    """The PDF; `made_at` is when it says that it was made. Raises: UserError."""
    rare = RareCharacters()
    data = rare.replace_deep(_describe(document))
    data["rare"] = rare.format_remark()
    data["pictures"] = [
        *({"title": chart.title, "svg": draw_chart(chart, for_paper=True), "width": 170} for chart in document.charts),
        *([{"title": document.title, "svg": draw_qr_code(document.scanned), "width": 50}] if document.scanned else []),
    ]
    cells = sum(len(table.rows) * len(table.columns) for table in document.tables)
    given = {"made_at": int(made_at.timestamp()), "is_tagged": cells <= MOST_TAGGED}
    return _run_typst({"document": msgspec.json.encode(data).decode(), **given})


def _run_typst(given: object) -> bytes:
    command = [sys.executable, "-P", "-m", "kiosk.documents.typeset"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the data go to its standard input
            command, input=msgspec.json.encode(given), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UserError(DocumentText.PDF_FAILED.fill(reason=error), EXIT_NO) from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise UserError(DocumentText.PDF_FAILED.fill(reason=reason or done.returncode), EXIT_NO)
    return done.stdout


def _describe(document: WrittenDocument) -> dict[str, Any]:
    """The data of the template."""
    words = find_document_words()
    origin = " · ".join(f"{label} {value}" for label, value in document.origin[:2])
    return {
        "font": TAIWAN_FAMILY,
        "language": "en" if find_language() == "en" else "zh",
        "region": "GB" if find_language() == "en" else "TW",
        "title": document.title,
        "unit": document.unit,
        "period": document.period,
        "simulation": words.simulation if document.is_simulation else "",
        "is_landscape": document.is_landscape,
        "facts": document.facts,
        "tables": [_describe_table(table, is_landscape=document.is_landscape) for table in document.tables],
        "remarks": document.remarks,
        "signatures": document.signatures,
        "origin": document.origin,
        "check": words.check_hint.format(code=document.code) if document.code else "",
        "foot": {
            "subject": " · ".join((document.unit, document.title, document.period)),
            "origin": origin,
            "code": f"{words.code} {document.code}" if document.code else "",
            "page": words.page,
        },
    }


def _describe_table(table: WrittenTable, *, is_landscape: bool) -> dict[str, object]:
    headings = [column.heading for column in table.columns]
    rows = [[cell.text for cell in row] for row in table.rows]
    totals = [cell.text for cell in table.totals]
    ems = [[measure_em(text) for text in line] for line in (*rows, *([totals] if totals else []))]
    aligns = table.list_aligns()
    gaps = [GAP if pair == ("right", "left") else 0 for pair in zip(["left", *aligns], aligns, strict=False)]
    widths, size = find_widths(table, ems, PAPER_WIDTH[is_landscape] - sum(gaps))
    return {
        "title": table.title,
        "headings": headings,
        "rows": rows,
        "one_line": [size > SMALLEST and max(line) <= WIDEST for line in ems[: len(rows)]],
        "totals": totals,
        "aligns": aligns,
        "widths": [width * size + INSET + gap for width, gap in zip(widths, gaps, strict=True)],
        "gaps": gaps,
        "is_signed": any(column.kind == "signature" for column in table.columns),
        "size": size,
        "remarks": table.remarks,
    }


def find_widths(table: WrittenTable, ems: Sequence[Sequence[float]], paper: int) -> tuple[list[float], float]:
    """The columns in em, and the points of an em. Headings have two lines where one would make the letters smaller."""
    signed = [SIGNATURE if column.kind == "signature" else 0.0 for column in table.columns]
    for measure in (measure_em, measure_two_lines):
        heads = [measure(column.heading) for column in table.columns]
        widths = [
            max(min(max(column), WIDEST) + MARGIN, room)
            for column, room in zip(zip(heads, *ems, strict=True), signed, strict=True)
        ]
        size = _find_size(widths, paper)
        if size == LARGEST:
            break
    return widths, size


def measure_two_lines(text: str) -> float:
    """The width of a heading in em that is broken into two lines, or at the least its longest word."""
    words = max(map(measure_em, _BREAKABLE.split(text)))
    return max(words, min(measure_em(text), measure_em(text) / 2 + 0.5))


@lru_cache(maxsize=8192)
def measure_em(text: str) -> float:
    """The width of a text in em, in the weight of headings, which is the wider one; endless where it has lines."""
    return math.inf if "\n" in text else load_font(GAUGE, HEAVY).getlength(text) / GAUGE


def _find_size(widths: Sequence[float], paper: int) -> float:
    """Points of the letters with which the columns fit beside one another."""
    fitting = (paper - INSET * len(widths)) / sum(widths)
    return round(min(LARGEST, max(SMALLEST, fitting)), 1)
