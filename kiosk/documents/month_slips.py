"""What is handed out of a closed month: hour slips, lines for the record books, and corrections of what was stated.

Rule: a slip says whose it is and who issued it, so that none is taken for another's (R-029).
"""

from collections.abc import Sequence
from datetime import date

from domain.months import find_last_day
from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow, Value
from kiosk.documents.document_type import MONTH_ARGUMENT, Arguments, DocumentType, find_month
from kiosk.documents.month import (
    build_work,
    find_registrar,
    list_person_columns,
    list_work_columns,
    sort_by_number,
)
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.month import MONTH, MonthWords, find_month_words
from projections.read_models.book_entries import list_book_entries
from projections.read_models.month_lines import MonthLine, list_hour_slips, list_month_lines
from projections.read_models.month_statements import list_month_differences, list_month_statements


def build_hour_slips(source: DocumentSource, arguments: Arguments) -> Document:
    """A slip a volunteer, and one for each event (R-023, R-029)."""
    month, words = find_month(arguments), find_month_words()
    slips = list_hour_slips(source.views, month, source.past)
    of_month = [line for slip in slips if slip.event is None for line in slip.lines]
    rows: list[TableRow] = [_build_slip_row(source, line) for line in sort_by_number(source, of_month)]
    tables = [Table("slips", words.slips_of_month, _list_slip_columns(words), rows)]
    of_events: list[TableRow] = [
        {"event": slip.event, **_build_slip_row(source, line)}
        for slip in slips
        if slip.event is not None
        for line in slip.lines
    ]
    if of_events:
        columns = [Column("event", words.event), *_list_slip_columns(words)]
        tables.append(Table("event_slips", words.slips_of_events, columns, of_events))
    return _build_document(source, month, ("hour_slips", words.slips), tables)


def _list_slip_columns(words: MonthWords) -> list[Column]:
    return [
        *list_person_columns(words),
        Column("unit", words.unit),
        Column("first", words.first, "date"),
        Column("last", words.last, "date"),
        *list_work_columns(words),
        Column("minutes", words.minutes, "minutes"),
        Column("stamp", words.stamp, "signature"),
    ]


def _build_slip_row(source: DocumentSource, line: MonthLine) -> dict[str, Value]:
    span: dict[str, Value] = {"first": line.first, "last": line.last, "minutes": line.minutes}
    return {VOLUNTEER: line.volunteer, "unit": source.unit_name, **build_work(line), **span}


def _build_document(source: DocumentSource, month: date, name: tuple[str, str], tables: Sequence[Table]) -> Document:
    words, statements = find_month_words(), list_month_statements(source.views, month)
    facts = [(words.registrar, find_registrar(source, statements[-1]))] if statements else []
    remarks = [] if statements else [words.state_missing]
    period = (month, find_last_day(month))
    return Document(
        *(*name, source.unit_name, period, source.log, tables, facts, remarks, [words.registrar]), is_landscape=True
    )


# --- Record books ---


def build_record_book_lines(source: DocumentSource, arguments: Arguments) -> Document:
    """What is to be written into each record book, and what stands there already (R-029)."""
    month, words = find_month(arguments), find_month_words()
    lines = list_month_lines(source.views, month, source.past)
    entered = {(entry.volunteer, entry.line): entry.statement for entry in list_book_entries(source.views)}
    rows: list[TableRow] = [
        {
            VOLUNTEER: line.volunteer,
            "first": line.first,
            "last": line.last,
            **build_work(line),
            "minutes": line.minutes,
            "entered": entered.get((line.volunteer, line.entry)),
        }
        for line in sort_by_number(source, lines)
    ]
    columns = [
        *list_person_columns(words),
        Column("first", words.first, "date"),
        Column("last", words.last, "date"),
        *list_work_columns(words),
        Column("minutes", words.minutes, "minutes", is_summed=True),
        Column("entered", words.entered, "count"),
        Column("stamp", words.stamp, "signature"),
    ]
    table = Table("lines", words.book_lines, columns, rows)
    return _build_document(source, month, ("record_book_lines", words.book_lines), [table])


# --- Corrections of a statement ---


def build_month_difference(source: DocumentSource, arguments: Arguments) -> Document:
    """What has to be added to the last statement of a month, line by line."""
    month, words = find_month(arguments), find_month_words()
    differences = list_month_differences(source.views, source.events, month, source.past)
    found = {difference.line: difference for difference in differences}
    rows: list[TableRow] = [
        {
            VOLUNTEER: line.volunteer,
            **build_work(line),
            "stated": one.stated.minutes if (one := found[line]).stated else 0,
            "now": one.now.minutes if one.now else 0,
            "change": one.minutes,
        }
        for line in sort_by_number(source, found)
    ]
    figures = (("stated", words.stated), ("now", words.now), ("change", words.change))
    columns = [
        *list_person_columns(words),
        *list_work_columns(words),
        *(Column(name, heading, "minutes", is_summed=True) for name, heading in figures),
    ]
    is_same = not rows and list_month_statements(source.views, month)
    remarks = (words.nothing_differs,) if is_same else ()
    table = Table("lines", words.difference, columns, rows, remarks)
    return _build_document(source, month, ("month_difference", words.difference), [table])


# --- Their kinds ---

HOUR_SLIPS = DocumentType(
    "hour_slips",
    {language: words.slips for language, words in MONTH.items()},
    "month",
    build_hour_slips,
    [MONTH_ARGUMENT],
)
RECORD_BOOK_LINES = DocumentType(
    "record_book_lines",
    {language: words.book_lines for language, words in MONTH.items()},
    "month",
    build_record_book_lines,
    [MONTH_ARGUMENT],
)
MONTH_DIFFERENCE = DocumentType(
    "month_difference",
    {language: words.difference for language, words in MONTH.items()},
    "month",
    build_month_difference,
    [MONTH_ARGUMENT],
)
