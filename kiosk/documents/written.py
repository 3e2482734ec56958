"""A document as it is handed out, in one language: every person filled in, every figure as a text and as a value.

Rule: every form is made of this and of nothing else, so that all of them say the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import UUID

from kiosk.documents.definition import VOLUNTEER, Chart, Column, Document, Table, TableRow, Value
from kiosk.documents.formatting import format_instant, format_period, format_value
from kiosk.documents.people_lookup import ERASED, Erased, PersonLookup
from kiosk.text.escaping import escape_controls
from kiosk.words.documents.shared import DocumentWords, find_document_words

FIGURES = frozenset({"count", "minutes", "share", "decimal", "money"})
"""What is set to the right."""
BOXES = frozenset({"check", "signature"})
"""What a person fills in on paper: it is set in the middle."""
Align = Literal["left", "right", "center"]


class WrittenCell(NamedTuple):
    """A value, and how it is read."""

    text: str
    value: Value | Erased


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table with every cell."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[WrittenCell]]
    totals: Sequence[WrittenCell]
    """A cell a column; empty where no column is summed, or there is nothing to sum: that is not 0."""
    remarks: Sequence[str]

    def list_aligns(self) -> list[Align]:
        """How each column is set."""
        return [
            "right" if column.kind in FIGURES else "center" if column.kind in BOXES else "left"
            for column in self.columns
        ]


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document with everything that stands on it."""

    name: str
    title: str
    unit: str
    period: str
    code: str
    """Empty where it is only looked at, and not handed out."""
    facts: Sequence[tuple[str, str]]
    tables: Sequence[WrittenTable]
    charts: Sequence[Chart]
    remarks: Sequence[str]
    signatures: Sequence[str]
    origin: Sequence[tuple[str, str]]
    """Label and value of the instant, the position of the log and its hash."""
    is_landscape: bool
    is_simulation: bool
    scanned: str
    """What a telephone reads from it; empty where it has no QR code."""


def write_document(document: Document, people: PersonLookup, code: str) -> WrittenDocument:
    """Fill in the persons of a document and write its figures, in the language of the one that reads it."""
    words = find_document_words()
    return WrittenDocument(
        document.name,
        document.title,
        document.unit,
        format_period(document.period),
        code,
        [(label, escape_controls(value)) for label, value in document.facts],
        [_write_table(table, people) for table in document.tables],
        document.charts,
        [*document.remarks, *((words.masked,) if document.has_persons and people.is_masked else ())],
        document.signatures,
        _list_origin(document, words),
        document.is_landscape,
        document.log.is_simulation,
        document.scanned,
    )


def _list_origin(document: Document, words: DocumentWords) -> list[tuple[str, str]]:
    log = document.log
    return [
        (words.past if log.is_past else words.as_of, format_instant(log.as_of)),
        (words.position, str(log.position)),
        (words.chain, log.chain),
    ]


def _write_table(table: Table, people: PersonLookup) -> WrittenTable:
    rows = [[_write_cell(row, column, people) for column in table.columns] for row in table.rows]
    totals = list(_write_totals(table)) if table.rows and any(column.is_summed for column in table.columns) else []
    remarks = table.remarks if rows else table.remarks or (find_document_words().no_rows,)
    return WrittenTable(table.name, table.title, table.columns, rows, totals, remarks)


def _write_cell(row: TableRow, column: Column, people: PersonLookup) -> WrittenCell:
    value = _find_value(row, column, people)
    return WrittenCell(escape_controls(format_value(value, column)), value)


def _find_value(row: TableRow, column: Column, people: PersonLookup) -> Value | Erased:
    value = row.get(column.name)
    if column.kind == "note":
        return (people.find_note(value) or ERASED) if isinstance(value, UUID) else None
    if column.person is None:
        return value
    volunteer = row.get(VOLUNTEER)
    return people.find(volunteer, column.person) if isinstance(volunteer, UUID) else None


def _write_totals(table: Table) -> Iterable[WrittenCell]:
    """The word for them in the first column; a sum is not known where a figure in it is not."""
    for number, column in enumerate(table.columns):
        if column.is_summed:
            total = sum_column(table, column)
            yield WrittenCell(format_value(total, column), total)
        else:
            text = find_document_words().total if number == 0 else ""
            yield WrittenCell(text, text)


def sum_column(table: Table, column: Column) -> float | None:
    """The sum of a column; None where a figure is not known."""
    total: float = 0
    for row in table.rows:
        value = row.get(column.name)
        if not isinstance(value, int | float):
            return None
        total += value
    return total
