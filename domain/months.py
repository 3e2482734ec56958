"""Civil months, each named by its first day: `2026-11`, or `115-11` in the calendar of the Republic."""

import re
from datetime import date, timedelta

from domain.calendar import ROC_BEGINS

MONTH = re.compile(r"(\d{3,4})-(\d{2})")


def parse_month(text: str) -> date:
    """The first day of a month, 2026-11 or 115-11. Raises: ValueError."""
    match = MONTH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year = int(match[1])
    return date(year + ROC_BEGINS if len(match[1]) == 3 else year, int(match[2]), 1)


def format_month(first: date) -> str:
    """`2026-11`, as events and files write a month."""
    return first.isoformat()[:7]


def find_next_month(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def find_previous_month(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def find_last_day(first: date) -> date:
    """The last day of a month."""
    return find_next_month(first) - timedelta(days=1)
