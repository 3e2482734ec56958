"""Civil dates and months as people write them, CE or ROC, with a sentence for each that cannot be one."""

from collections.abc import Callable
from datetime import date

from domain.calendar import AmbiguousDate, parse_date
from domain.months import parse_month
from kiosk.words.errors import BatchText

EARLIEST, LATEST = 1900, 2199
"""Years. One outside is a typing error, such as a year of the ROC written in four digits."""


def parse_civil_day(text: str, parse: Callable[[str], date] = parse_date) -> date:
    """A date, CE or ROC. Raises: ValueError, with a sentence."""
    try:
        day = parse(text)
    except AmbiguousDate:
        raise ValueError(BatchText.AMBIGUOUS_DATE.fill(text=text)) from None
    except ValueError:
        raise ValueError(BatchText.NOT_A_DATE.fill(text=text)) from None
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(BatchText.DATE_OUT_OF_RANGE.fill(year=day.year, text=text))
    return day


def parse_civil_month(text: str) -> date:
    """The first day of a month. Raises: ValueError, with a sentence."""
    try:
        first = parse_month(text)
    except ValueError:
        raise ValueError(BatchText.NOT_A_MONTH.fill(text=text)) from None
    return parse_civil_day(first.isoformat())
