"""The monthly statement and the statistics of a month.

Rule: the figures are those of the read models; nothing is computed here but sums.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from domain.months import find_last_day
from kiosk.documents.allowance_list import build_paid_allowances
from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow
from kiosk.documents.document_type import MONTH_ARGUMENT, Arguments, DocumentType, find_month
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.month import MONTH, MonthWords, find_month_words
from projections.read_models.day_filter import DayFilter
from projections.read_models.month_lines import MonthLine, list_month_lines
from projections.read_models.month_statements import MonthStatement, find_changed_volunteers, list_month_statements
from projections.read_models.served import list_served


def build_monthly_statement(source: DocumentSource, arguments: Arguments) -> Document:
    """What every volunteer served, by category and item, and the allowances that are paid for it (R-028, R-070)."""
    month, words = find_month(arguments), find_month_words()
    lines = list_month_lines(source.views, month, source.past)
    remarks = [words.how_counted, words.how_split]
    table = Table("lines", words.lines, _list_line_columns(words), _list_line_rows(source, lines))
    tables = [table, _build_work_table(words, lines), *build_paid_allowances(source, month)]
    return _build_document(source, month, ("monthly_statement", words.statement), tables, lines, remarks)


def build_monthly_statistics(source: DocumentSource, arguments: Arguments) -> Document:
    """The unit's figures of a month, by category and item, without anybody's; people served as counted (R-104)."""
    month, words = find_month(arguments), find_month_words()
    lines = list_month_lines(source.views, month, source.past)
    tables = [_build_work_table(words, lines), _build_served_table(source, month)]
    return _build_document(source, month, ("monthly_statistics", words.statistics), tables, lines, [words.how_counted])


def _build_served_table(source: DocumentSource, month: date) -> Table:
    """By day, desk and service; nothing that was not recorded."""
    words = find_month_words()
    rows: list[TableRow] = [
        {"day": row.day, "of": row.name, "type": row.service_type or "", "desk": row.desk or "", "people": row.people}
        for row in list_served(source.views, DayFilter(month, find_last_day(month)))
    ]
    columns = [
        Column("day", words.day, "date"),
        Column("of", words.counted_for),
        Column("type", words.item, words={"": words.unclassified}),
        Column("desk", words.desk),
        Column("people", words.served, "count", is_summed=True),
    ]
    return Table("served", words.served, columns, rows, () if rows else (words.not_recorded,))


def _build_document(
    source: DocumentSource,
    month: date,
    name: tuple[str, str],
    tables: Sequence[Table],
    lines: Sequence[MonthLine],
    remarks: Iterable[str] = (),
) -> Document:
    words, statements = find_month_words(), list_month_statements(source.views, month)
    facts = [(words.state, _format_state(source, statements))]
    return Document(
        *name,
        source.unit_name,
        (month, find_last_day(month)),
        source.log,
        tables,
        facts,
        [*_list_state_remarks(words, statements, lines), *remarks],
        [words.registrar, words.head],
    )


def _format_state(source: DocumentSource, statements: Sequence[MonthStatement]) -> str:
    words = find_month_words()
    if not statements:
        return words.not_closed
    return words.stated_by.format(number=statements[-1].number, by=find_registrar(source, statements[-1]))


def find_registrar(source: DocumentSource, statement: MonthStatement) -> str:
    """Who stated a month."""
    (entry,) = source.events.read_entries_lenient(statement.position - 1, 1, statement.position)
    by = getattr(entry.event, "by", None)
    return (by and source.people.find_actor_name(by)) or str(by)


def _list_state_remarks(
    words: MonthWords, statements: Sequence[MonthStatement], lines: Sequence[MonthLine]
) -> list[str]:
    if not statements:
        return []
    remarks: list[str] = []
    if changed := find_changed_volunteers(statements[-1], lines):
        remarks.append(words.changed.format(count=len(changed)))
    if pending := sum(statements[-1].pending.values()):
        remarks.append(words.pending.format(count=pending))
    return remarks


# --- Lines ---


def list_person_columns(words: MonthWords) -> list[Column]:
    """Whose row it is."""
    return [Column("number", words.number, "person", "number"), Column("name", words.name, "person", "name")]


def list_work_columns(words: MonthWords) -> list[Column]:
    """What was served."""
    unclassified = {"": words.unclassified}
    return [
        Column("category", words.category, words=unclassified),
        Column("item", words.item, words=unclassified),
        Column("content", words.content, words=unclassified),
    ]


def _list_line_columns(words: MonthWords) -> list[Column]:
    return [
        *list_person_columns(words),
        *list_work_columns(words),
        Column("duties", words.duties, "count", is_summed=True),
        Column("minutes", words.minutes, "minutes", is_summed=True),
    ]


def build_work(line: MonthLine) -> dict[str, str]:
    """The values of those columns; empty where nobody has said."""
    return {"category": line.category or "", "item": line.item or "", "content": line.content or ""}


def _build_row(line: MonthLine) -> dict[str, str | int | date]:
    figures = {"first": line.first, "last": line.last, "duties": line.duties, "minutes": line.minutes}
    return {**build_work(line), **figures}


def _list_line_rows(source: DocumentSource, lines: Sequence[MonthLine]) -> list[TableRow]:
    return [{VOLUNTEER: line.volunteer, **_build_row(line)} for line in sort_by_number(source, lines)]


def sort_by_number(source: DocumentSource, lines: Iterable[MonthLine]) -> list[MonthLine]:
    """In the order of the unit's numbers; those of erased volunteers last."""
    numbers = source.people.load_numbers()
    return sorted(
        lines, key=lambda line: (numbers.get(line.volunteer, "\U0010ffff"), *(part or "" for part in line.work[1:]))
    )


def _build_work_table(words: MonthWords, lines: Sequence[MonthLine]) -> Table:
    groups: dict[tuple[str, ...], list[MonthLine]] = defaultdict(list)
    for line in lines:
        groups[tuple(build_work(line).values())].append(line)
    rows: list[TableRow] = [
        {
            **build_work(found[0]),
            "volunteers": len({line.volunteer for line in found}),
            "duties": sum(line.duties for line in found),
            "minutes": sum(line.minutes for line in found),
        }
        for _, found in sorted(groups.items())
    ]
    columns = [
        *list_work_columns(words),
        Column("volunteers", words.volunteers, "count"),
        Column("duties", words.duties, "count", is_summed=True),
        Column("minutes", words.minutes, "minutes", is_summed=True),
    ]
    return Table("work", words.by_work, columns, rows)


# --- Their kinds ---

MONTHLY_STATEMENT = DocumentType(
    "monthly_statement",
    {language: words.statement for language, words in MONTH.items()},
    "month",
    build_monthly_statement,
    [MONTH_ARGUMENT],
)
MONTHLY_STATISTICS = DocumentType(
    "monthly_statistics",
    {language: words.statistics for language, words in MONTH.items()},
    "month",
    build_monthly_statistics,
    [MONTH_ARGUMENT],
)
