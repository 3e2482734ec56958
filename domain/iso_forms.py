"""The forms of ISO 8601 that are read where a date or an instant is typed: 2026-11-19, and 2026-11-19T08:58.

Rule: no other one. A week (2026-W47) or compact digits (20261119) would be taken for a day that nobody meant. A day
that the log keeps was checked when it was recorded: `parse_recorded_day` refuses what cannot be counted with.
"""

import re
from datetime import date, datetime

from domain.spans import FIRST_YEAR

LAST_STATED_YEAR = 8999
"""Of a day that a person stated: as many years behind it as anything counts are dates too."""

_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
_OFFSET = r"Z|[+-]\d{2}(?::?\d{2}(?::\d{2})?)?"
ISO_DATE = re.compile(_DATE, re.ASCII)
ISO_INSTANT = re.compile(rf"{_DATE}[T ]{_TIME}(?:{_OFFSET})?", re.ASCII)
"""With `T` or one space between date and time; seconds, their fraction and the offset may be left out."""


def parse_iso_date(text: str) -> date:
    """A date as 2026-11-19. Raises: ValueError."""
    if not ISO_DATE.fullmatch(text):
        raise ValueError(repr(text))
    return date.fromisoformat(text)


def parse_iso_instant(text: str) -> datetime:
    """An instant as 2026-11-19T08:58, without an offset where none is written. Raises: ValueError."""
    if not ISO_INSTANT.fullmatch(text):
        raise ValueError(repr(text))
    return datetime.fromisoformat(text)


def parse_recorded_day(text: str) -> date:
    """A day as an event holds it. Raises: ValueError."""
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_STATED_YEAR:
        raise ValueError(f"uncountable day: {text}")
    return day
