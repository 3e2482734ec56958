"""The hours of a month, by volunteer and category, and by day (R-028).

Rule: the figures are those of the read model of hours; nothing is computed here but sums.
"""

from datetime import date, timedelta

from domain.months import find_last_day
from kiosk.documents.definition import VOLUNTEER, Chart, Column, Document, Table
from kiosk.documents.document_type import Argument, Arguments, DocumentType
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.monthly_hours import MONTHLY_HOURS as WORDS
from kiosk.words.documents.monthly_hours import find_monthly_hours_words
from projections.read_models.day_filter import DayFilter
from projections.read_models.hours import list_hours, sum_minutes_by_day

TABLE = "hours"


def build_monthly_hours(source: DocumentSource, arguments: Arguments) -> Document:
    """The document; `month` is the first day of the month."""
    words, first = find_monthly_hours_words(), arguments["month"]
    assert isinstance(first, date)  # noqa: S101 - the argument is a month
    period = first, find_last_day(first)
    return Document(
        MONTHLY_HOURS.name,
        words.title,
        source.unit_name,
        period,
        source.log,
        [_build_table(source, period)],
        remarks=[words.remark],
        signatures=[words.registrar, words.head],
        charts=[_build_chart(source, period)] if first <= source.today else [],
    )


def _build_table(source: DocumentSource, period: tuple[date, date]) -> Table:
    words, numbers = find_monthly_hours_words(), source.people.load_numbers()
    rows = sorted(
        list_hours(source.views, DayFilter(*period), by_category=True),
        key=lambda row: (numbers.get(row.volunteer, row.volunteer.hex), row.category or ""),
    )
    columns = [
        Column("number", words.number, "person", "number"),
        Column("name", words.name, "person", "name"),
        Column("category", words.category, words={"": words.no_category}),
        Column("duties", words.duties, "count", is_summed=True),
        Column("minutes", words.minutes, "minutes", is_summed=True),
    ]
    return Table(
        TABLE,
        words.table,
        columns,
        [
            {VOLUNTEER: row.volunteer, "category": row.category or "", "duties": row.duties, "minutes": row.minutes}
            for row in rows
        ],
    )


def _build_chart(source: DocumentSource, period: tuple[date, date]) -> Chart:
    """The days up to that as of which it is evaluated: of later ones nothing is known."""
    minutes, last = sum_minutes_by_day(source.views, DayFilter(*period)), min(period[1], source.today)
    days = [period[0] + timedelta(days=number) for number in range((last - period[0]).days + 1)]
    values = [minutes.get(day, 0) for day in days]
    return Chart("by-day", find_monthly_hours_words().by_day, [str(day.day) for day in days], values, "minutes")


MONTHLY_HOURS = DocumentType(
    "monthly_hours",
    {language: words.title for language, words in WORDS.items()},
    "month",
    build_monthly_hours,
    [Argument("month", "month", {language: words.month for language, words in WORDS.items()})],
)
