"""A cell of a spreadsheet as the text that a batch command takes: dates, times, numbers, words.

Rule: what can be read in two ways is refused, with how to write it. Every function raises ValueError with a sentence.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from domain.calendar import ROC_BEGINS
from kiosk.batch.fields import check_national_id
from kiosk.sheets.workbook import CellValue
from kiosk.words.import_headings import (
    AFTERNOON,
    DATE_MARKS,
    LANGUAGES,
    MODES,
    MORNING,
    RANGE_MARKS,
    ROC_MARKS,
    TIME_MARKS,
    TRAINING_KINDS,
)
from kiosk.words.sheets import CellText

SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates, for all dates after February 1900."""
SERIALS = range(10_000, 100_000)
"""Five digits, from 1927 to 2173: no other way to write a date has so many."""
EXACT = 10**15
"""From here on a spreadsheet rounds numbers."""
_MIDNIGHT = re.compile(r"[ T](?:\D{2} ?)?(?:12|0?0):00(?::00)?(?:\.0+)?$")
_PARTS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})")
_COMPACT = re.compile(r"(\d{2}|\d{3}|\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?|(\d{2})(\d{2})|(\d{1,2}):?")
LAST_MONTH, NOON, HOURS, MINUTES = 12, 12, 24, 60
YEAR_DIGITS = 4


def normalise(cell: CellValue) -> str:
    """The text of a cell without spaces at its ends."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float) and abs(cell) >= EXACT:
        raise ValueError(CellText.ROUNDED.fill())
    return str(cell).strip()


def narrow(cell: CellValue) -> str:
    """The same with full-width digits and letters narrow: for what is a code, never for a name."""
    return unicodedata.normalize("NFKC", normalise(cell)).strip()


# --- Dates ---


def parse_cell_date(cell: CellValue, *, is_birth: bool = False) -> str:
    """A date as 2026-11-19. Of a birth date a year of two digits is of the Republic."""
    text = narrow(cell)
    is_roc = any(text.startswith(mark) for mark in ROC_MARKS)
    for mark in ROC_MARKS:
        text = text.removeprefix(mark)
    text = _MIDNIGHT.sub("", text.translate(DATE_MARKS).strip())
    if text.isdecimal() and int(text) in SERIALS and len(text) == len(str(SERIALS.start)) and not is_roc:
        return (SERIAL_ZERO + timedelta(int(text))).isoformat()
    try:
        return _build_date(text, is_roc=is_roc, is_birth=is_birth).isoformat()
    except AmbiguousCell:
        raise
    except ValueError:
        raise ValueError(CellText.NOT_A_DATE.fill(text=normalise(cell))) from None


class AmbiguousCell(ValueError):
    """A cell that can be read in two ways."""


def _build_date(text: str, *, is_roc: bool, is_birth: bool) -> date:
    text = text.replace(" ", "")
    if match := _PARTS.fullmatch(text):
        first, _, month, last = match.groups()
        if len(last) == YEAR_DIGITS:
            return _build_western_date(text, int(last), int(first), int(month))
        year, day = first, last
    elif match := _COMPACT.fullmatch(text):
        year, month, day = match.groups()
    else:
        raise ValueError(text)
    if len(year) == YEAR_DIGITS:
        return date(int(year), int(month), int(day))
    if len(year) < len("115") and not (is_roc or is_birth):
        raise AmbiguousCell(CellText.YEAR_OF_TWO_DIGITS.fill(text=text))
    return date(int(year) + ROC_BEGINS, int(month), int(day))


def _build_western_date(text: str, year: int, first: int, second: int) -> date:
    """A date with its year last: which of the others is the month must be seen."""
    if first <= LAST_MONTH and second <= LAST_MONTH and first != second:
        raise AmbiguousCell(CellText.MONTH_OR_DAY.fill(text=text, one=date(year, first, second).isoformat()))
    return date(year, first, second) if first <= LAST_MONTH else date(year, second, first)


# --- Times ---


def parse_time(cell: CellValue) -> str:
    """A time of day as 08:58; 24:00 is the end of the day."""
    if isinstance(cell, float) and 0 <= cell < 1:  # a spreadsheet keeps a time as a part of the day
        minutes = round(cell * HOURS * MINUTES)
        return f"{minutes // MINUTES:02d}:{minutes % MINUTES:02d}"
    text = narrow(cell).translate(TIME_MARKS).replace(" ", "")
    half = next((mark for mark in (*MORNING, *AFTERNOON) if text.startswith(mark)), None)
    match = _TIME.fullmatch(text.removeprefix(half or ""))
    if match is None:
        raise ValueError(CellText.NOT_A_TIME.fill(text=normalise(cell)))
    hour, minute = int(match[1] or match[3] or match[5]), int(match[2] or match[4] or 0)
    if half in AFTERNOON and hour < NOON:
        hour += NOON
    elif half in MORNING and hour == NOON:
        hour = 0
    if minute >= MINUTES or hour > HOURS or (hour == HOURS and minute):
        raise ValueError(CellText.NOT_A_TIME.fill(text=normalise(cell)))
    return f"{hour:02d}:{minute:02d}"


def parse_time_range(text: str) -> tuple[str, str] | None:
    """Two times in one cell, 09:00-12:00; None where there are none."""
    narrowed = unicodedata.normalize("NFKC", text)
    for mark in RANGE_MARKS:
        narrowed = narrowed.replace(mark, "-")
    parts = narrowed.split("-")
    try:
        start, end = map(parse_time, parts)
    except ValueError:
        return None
    return start, end


# --- Codes and words ---


def parse_code(cell: CellValue) -> str:
    """A number of a volunteer, a kind, an address: narrow."""
    return narrow(cell)


def parse_card(cell: CellValue) -> str:
    """A card number as it is printed. A cell that is a number has lost what a card number begins with."""
    if isinstance(cell, int | float):
        raise ValueError(CellText.CARD_IS_NUMBER.fill())  # noqa: TRY004 - a wrong cell, not a wrong call
    return narrow(cell)


def parse_telephone(cell: CellValue) -> str:
    """A telephone number. Of a cell that is a number, only a mobile number can get its 0 back."""
    text = narrow(cell)
    if isinstance(cell, int | float):
        if len(text) == len("912345678") and text.startswith("9"):
            return f"0{text}"
        raise ValueError(CellText.TELEPHONE_IS_NUMBER.fill(text=text))
    return text


def parse_text(cell: CellValue) -> str:
    """A name, an address, a note: as it stands."""
    return normalise(cell)


def parse_national_cell(cell: CellValue) -> str:
    """A national or resident ID, plain."""
    return check_national_id(narrow(cell))


def parse_word(words: Mapping[str, str], cell: CellValue) -> str:
    """A word of an office as the batch calls it; an unknown one as it is, for the batch to refuse."""
    text = narrow(cell)
    return words.get(text.casefold(), text)


def parse_hours(cell: CellValue) -> float:
    """A number of hours."""
    try:
        return float(narrow(cell))
    except ValueError:
        raise ValueError(CellText.NOT_HOURS.fill(text=normalise(cell))) from None


CELL_PARSERS: Mapping[str, Callable[[CellValue], str | float]] = {
    "volunteer": parse_code,
    "birth_date": partial(parse_cell_date, is_birth=True),
    "telephone": parse_telephone,
    "email": parse_code,
    "national_id": parse_national_cell,
    "insured_from": parse_cell_date,
    "insured_to": parse_cell_date,
    "language": partial(parse_word, LANGUAGES),
    "mode": partial(parse_word, MODES),
    "agreement_from": parse_cell_date,
    "card": parse_card,
    "basic_on": parse_cell_date,
    "special_on": parse_cell_date,
    "training_kind": partial(parse_word, TRAINING_KINDS),
    "hours": parse_hours,
    "date": parse_cell_date,
    "start": parse_time,
    "end": parse_time,
}
"""How a cell of each field is read; any other is a text."""


def parse_cell(field: str, cell: CellValue) -> str | float:
    """A cell that is not empty, as its field. Raises: ValueError, with a sentence."""
    if isinstance(cell, str) and cell.lstrip().startswith("="):
        raise ValueError(CellText.FORMULA.fill())
    return CELL_PARSERS.get(field, parse_text)(cell)
