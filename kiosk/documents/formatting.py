"""Values of a document as people read them, in the language of the one who does: Chinese dates are those of the ROC."""

from datetime import date, datetime
from uuid import UUID

from kiosk.documents.definition import Column, Value
from kiosk.documents.people_lookup import Erased
from kiosk.words.documents.shared import DocumentWords, find_document_words
from kiosk.words.language import find_language

ROC_BEGINS = 1912
"""The first year of the Republic of China. There is no year 0: the one before it is the first before the Republic."""


def format_value(value: Value | Erased, column: Column) -> str:
    """A value as it stands in a cell; None as a figure that is not known."""
    words = find_document_words()
    if isinstance(value, Erased):
        return words.erased
    if column.kind == "check":
        return words.box
    if column.kind == "signature":
        return ""
    if value is None:
        return words.unknown
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, date):
        return format_month(value) if column.kind == "month" else format_day(value)
    if isinstance(value, bool):
        return words.yes if value else words.no
    if isinstance(value, int | float):
        return _format_figure(value, column, words)
    return _find_word(str(value), column, words)


def _find_word(text: str, column: Column, words: DocumentWords) -> str:
    known = column.words or (words.genders if column.person == "gender" else {})
    return known.get(text, text)


def _format_figure(value: float, column: Column, words: DocumentWords) -> str:
    match column.kind:
        case "minutes":
            return format_minutes(int(value))
        case "share":
            return f"{value * 100:.1f}%"
        case "money":
            return words.money.format(amount=int(value))
        case "decimal":
            return f"{value:,.1f}"
        case _:
            return f"{value:,}"


def format_minutes(minutes: int) -> str:
    """Hours and minutes, the minutes in two digits, so that figures under one another can be compared."""
    sign, (hours, rest) = "-" if minutes < 0 else "", divmod(abs(minutes), 60)
    return sign + find_document_words().minutes.format(hours=f"{hours:,}", minutes=rest)


def format_day(day: date) -> str:
    """115/11/01, or 2026-11-01 in English; the days before the Republic count back: 民前1/12/31."""
    return find_document_words().day.format(year=_format_year(day), month=day.month, day=day.day)


def format_month(day: date) -> str:
    """115 年 11 月, or 2026-11."""
    return find_document_words().month.format(year=_format_year(day), month=day.month)


def format_instant(at: datetime) -> str:
    """A local instant, to the minute."""
    return f"{format_day(at)} {at:%H:%M}"


def format_period(period: tuple[date, date]) -> str:
    """The first and the last day; one day alone where they are the same."""
    first, last = period
    if first == last:
        return find_document_words().one_day.format(day=format_day(first))
    return find_document_words().period.format(first=format_day(first), last=format_day(last))


def _format_year(day: date) -> str:
    if find_language() == "en":
        return str(day.year)
    return str(day.year - ROC_BEGINS + 1) if day.year >= ROC_BEGINS else _count_back(day)


def _count_back(day: date) -> str:
    return find_document_words().before_republic.format(year=ROC_BEGINS - day.year)


def format_plain(value: Value | Erased) -> str:
    """A value as programs read it: minutes as their number, dates as 2026-11-01; empty where it is not known."""
    match value:
        case None | Erased():
            return ""
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case bool():
            return "true" if value else "false"
        case UUID():
            return value.hex
        case _:
            return str(value)
