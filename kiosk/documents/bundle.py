"""The evidence of a year for an evaluation: its documents as PDF and CSV, with an index of their codes (R-110).

Rule: it follows from the log as of one instant, so that the same bytes can be made again. What begins after that
instant is left out, and a day that is not there yet is the last one that is.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from domain.months import find_last_day
from kiosk.documents.definition import Document
from kiosk.documents.digest import compute_digest
from kiosk.documents.document_type import Argument, Arguments, ArgumentValue, DocumentType
from kiosk.documents.forms import build_document_file
from kiosk.documents.people_lookup import PersonLookup
from kiosk.documents.registry import KINDS
from kiosk.documents.source import DocumentSource
from kiosk.documents.spot_check import SPOT_CHECK_SHEET
from kiosk.documents.written import write_document
from kiosk.errors import UserError
from kiosk.words.bundle import BundleText
from kiosk.words.language import StaffLanguage, use_language
from projections.read_models.spot_checks import list_spot_checks

PERIODS = ("month", "half_year", "year")
BUNDLED = (*(kind for kind in KINDS if kind.occasion in PERIODS), SPOT_CHECK_SHEET)
"""The documents of a year, in the order of the index."""
HALVES = ((1, 6), (7, 12))
"""First and last month of each."""
INDEX = "index.csv"
INDEX_COLUMNS = ("document", "title", "arguments", "period_from", "period_to", "file", "code", "position")


class BundledFile(NamedTuple):
    """A file of the bundle."""

    name: str
    content: bytes


class BundledDocument(NamedTuple):
    """A document of the bundle."""

    asked: str
    """What it was asked with."""
    document: Document
    files: Sequence[BundledFile]
    """The PDF, then a CSV file for each table."""

    def build_index_row(self, position: int) -> list[str]:
        """Its row of the index."""
        period = [day.isoformat() for day in self.document.period]
        said = [self.document.name, self.document.title, self.asked, *period]
        return [*said, self.files[0].name, compute_digest(self.document).code, str(position)]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was built for a year."""

    position: int
    """Of the log."""
    items: Sequence[BundledDocument]

    def build_archive(self) -> bytes:
        """The ZIP file: the same bytes for the same documents."""
        stored = io.BytesIO()
        with ZipFile(stored, "w") as archive:
            archive.writestr(ZipInfo(INDEX), self._build_index(), ZIP_DEFLATED)
            for file in (file for item in self.items for file in item.files):
                archive.writestr(ZipInfo(file.name), file.content, ZIP_DEFLATED)
        return stored.getvalue()

    def _build_index(self) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([INDEX_COLUMNS, *(item.build_index_row(self.position) for item in self.items)])
        return text.getvalue().encode()


def find_bundled(names: Sequence[str]) -> list[DocumentType]:
    """The documents with these names, all without any. Raises: UserError."""
    known = {kind.name: kind for kind in BUNDLED}
    for name in names:
        if name not in known:
            raise UserError(BundleText.NOT_IN_BUNDLE.fill(name=name, names=", ".join(known)))
    return [kind for kind in BUNDLED if not names or kind.name in names]


def build_bundle(
    source: DocumentSource, year: int, kinds: Sequence[DocumentType], people: PersonLookup, language: StaffLanguage
) -> Bundle:
    """The documents of a year up to the day of the source, in a language that is not that of who makes them.

    Raises: LogError; UserError where the year has not begun.
    """
    if date(year, 1, 1) > source.today:
        raise UserError(BundleText.NOT_BEGUN.fill(period=year, today=source.today))
    with use_language(language):
        items = [
            _build_item(source, kind, arguments, people)
            for kind in kinds
            for arguments in list_arguments(source, kind, year)
        ]
    return Bundle(source.log.position, items)


def _build_item(
    source: DocumentSource, kind: DocumentType, arguments: Arguments, people: PersonLookup
) -> BundledDocument:
    document = kind.build_document(source, arguments)
    asked = " ".join(f"{name}={_format_argument(value)}" for name, value in arguments.items())
    name = "-".join([kind.name, *map(_format_argument, arguments.values())])
    return BundledDocument(asked, document, _write_files(document, name, people))


def list_arguments(source: DocumentSource, kind: DocumentType, year: int) -> Iterator[Arguments]:
    """What a document is asked with, once for each of its periods in the year that has begun."""
    if kind is SPOT_CHECK_SHEET:
        checks = list_spot_checks(source.views, date(year, 1, 1), date(year, 12, 31))
        yield from ({"number": check.number} for check in checks)
        return
    for first, last in _list_periods(kind, year):
        if first <= source.today:
            yield {one.name: _choose_value(one, first, min(last, source.today)) for one in kind.arguments}


def _list_periods(kind: DocumentType, year: int) -> Iterator[tuple[date, date]]:
    months = {"month": [(month, month) for month in range(1, 13)], "half_year": HALVES}.get(kind.occasion, [(1, 12)])
    yield from ((date(year, first, 1), find_last_day(date(year, last, 1))) for first, last in months)


def _choose_value(argument: Argument, first: date, last: date) -> ArgumentValue:
    match argument.kind:
        case "month":
            return first
        case "year":
            return first.year
        case "choice":
            return list(argument.choices)[first.month > HALVES[0][1]]
        case _:
            return last


def _format_argument(value: ArgumentValue) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_files(document: Document, name: str, people: PersonLookup) -> list[BundledFile]:
    """The PDF, then a CSV file for each table."""
    written = write_document(document, people, compute_digest(document).code)
    tables = [
        BundledFile(f"{name}-{table.name}.csv", build_document_file(document, written, "csv", table.name))
        for table in written.tables
    ]
    return [BundledFile(f"{name}.pdf", build_document_file(document, written, "pdf")), *tables]
