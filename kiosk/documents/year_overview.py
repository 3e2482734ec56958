"""A year at a glance: hours by month, attended shifts by half-day of the week (R-040), arrivals by quarter hour.

Rule: months of which nothing is known are left out: those before the first duty on record, and those to come.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.calendar import HALF_DAYS, HalfDay
from kiosk.documents.definition import Chart, Column, Document, Table, TableRow
from kiosk.documents.document_type import Argument, Arguments, DocumentType
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.year_overview import YEAR_OVERVIEW as WORDS
from kiosk.words.documents.year_overview import YearOverviewWords, find_year_overview_words
from projections.read_models.activity import (
    QUARTER,
    HalfDayCoverage,
    MonthOfActivity,
    count_arrivals,
    find_first_day,
    rate_half_days,
    sum_months,
)
from projections.read_models.day_filter import DayFilter

MONTHS = range(1, 13)
HalfDays = Mapping[tuple[int, HalfDay], HalfDayCoverage]


def build_year_overview(source: DocumentSource, arguments: Arguments) -> Document:
    """The document; `year` is one of the common era."""
    words, year, zone = find_year_overview_words(), int(str(arguments["year"])), source.unit.days.zone
    period = date(year, 1, 1), date(year, 12, 31)
    days = DayFilter(*period)
    begun = _list_months(source, year)
    months = sum_months(source.views, days)
    halves, arrivals = rate_half_days(source.views, days, zone), count_arrivals(source.views, days, zone)
    return Document(
        YEAR_OVERVIEW.name,
        words.title,
        source.unit_name,
        period,
        source.log,
        [_build_months(months, begun), _build_half_days(halves), _build_arrivals(arrivals)],
        signatures=[words.head],
        charts=[_draw_months(months, begun), _draw_half_days(halves), _draw_arrivals(arrivals)] if begun else [],
    )


# --- By month ---


def _list_months(source: DocumentSource, year: int) -> list[date]:
    """The first days of the months from the first one on record to that of the document's instant."""
    begins = find_first_day(source.views) or source.today
    months = [date(year, month, 1) for month in MONTHS]
    return [first for first in months if begins.replace(day=1) <= first <= source.today]


def _build_months(months: Mapping[str, MonthOfActivity], begun: Sequence[date]) -> Table:
    words, none = find_year_overview_words(), MonthOfActivity(0, 0, 0)
    columns = [
        Column("month", words.month, "month"),
        Column("minutes", words.minutes, "minutes", is_summed=True),
        Column("duties", words.duties, "count", is_summed=True),
        Column("volunteers", words.volunteers, "count"),
    ]
    rows = [{"month": first, **months.get(f"{first:%Y-%m}", none)._asdict()} for first in begun]
    return Table("months", words.months, columns, rows)


def _draw_months(months: Mapping[str, MonthOfActivity], begun: Sequence[date]) -> Chart:
    words = find_year_overview_words()
    found = [months.get(f"{first:%Y-%m}") for first in begun]
    values = [one.minutes if one else 0 for one in found]
    labels = [words.month_label.format(month=first.month) for first in begun]
    return Chart("months", words.months_chart, labels, values, "minutes")


# --- By half-day ---


def _build_half_days(halves: HalfDays) -> Table:
    words = find_year_overview_words()
    columns = [
        Column("weekday", words.weekday, words=words.weekdays),
        Column("half_day", words.half_day, words={half: words.halves[half] for half in HALF_DAYS}),
        Column("shifts", words.shifts, "count", is_summed=True),
        Column("covered", words.covered, "count", is_summed=True),
        Column("rate", words.rate, "share"),
    ]
    rows: list[TableRow] = [
        {"weekday": str(day), "half_day": half, "shifts": found.shifts, "covered": found.covered, "rate": _rate(found)}
        for (day, half), found in _sort(halves)
    ]
    return Table("half_days", words.half_days, columns, rows, [words.half_days_remark] if rows else ())


def _rate(found: HalfDayCoverage) -> float:
    return found.covered / found.shifts


def _sort(halves: HalfDays) -> list[tuple[tuple[int, HalfDay], HalfDayCoverage]]:
    return sorted(halves.items(), key=lambda item: (item[0][0], HALF_DAYS.index(item[0][1])))


def _draw_half_days(halves: HalfDays) -> Chart:
    words, ordered = find_year_overview_words(), _sort(halves)
    labels = [_label(words, day, half) for (day, half), _ in ordered]
    values = [_rate(found) for _, found in ordered]
    return Chart("half-days", words.half_days_chart, labels, values, "share", most=1)


def _label(words: YearOverviewWords, day: int, half: HalfDay) -> str:
    return words.half_label.format(weekday=words.weekdays[str(day)], half=words.halves[half])


# --- By quarter hour ---


def _list_quarters(arrivals: Mapping[int, int]) -> range:
    """From the first quarter hour with an arrival to the last one."""
    return range(min(arrivals), max(arrivals) + QUARTER, QUARTER) if arrivals else range(0)


def _format_quarter(quarter: int) -> str:
    return f"{quarter // 60:02}:{quarter % 60:02}"


def _build_arrivals(arrivals: Mapping[int, int]) -> Table:
    words = find_year_overview_words()
    columns = [Column("quarter", words.quarter), Column("arrivals", words.count, "count", is_summed=True)]
    rows = [
        {"quarter": _format_quarter(quarter), "arrivals": arrivals.get(quarter, 0)}
        for quarter in _list_quarters(arrivals)
    ]
    return Table("arrivals", words.arrivals, columns, rows)


def _draw_arrivals(arrivals: Mapping[int, int]) -> Chart:
    quarters = _list_quarters(arrivals)
    values = [arrivals.get(quarter, 0) for quarter in quarters]
    title = find_year_overview_words().arrivals_chart
    return Chart("arrivals", title, [*map(_format_quarter, quarters)], values)


YEAR_OVERVIEW = DocumentType(
    "year_overview",
    {language: words.title for language, words in WORDS.items()},
    "year",
    build_year_overview,
    [Argument("year", "year", {language: words.year for language, words in WORDS.items()})],
)
