"""The sheet for a spot check of record books: whose books were drawn, and every entry that the system believes (R-112).

Rule: the sample is that of the log; the entries are those of the state of the log that the sheet is made from.
"""

from uuid import UUID

from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow
from kiosk.documents.document_type import Argument, Arguments, DocumentType
from kiosk.documents.source import DocumentSource
from kiosk.errors import UserError
from kiosk.words.documents.spot_check import SPOT_CHECKS, SpotCheckWords, find_spot_check_words
from projections.read_models.book_entries import BookEntry, list_book_entries
from projections.read_models.record_books import load_book_notes
from projections.read_models.spot_checks import SpotCheck, list_spot_checks


def build_spot_check_sheet(source: DocumentSource, arguments: Arguments) -> Document:
    """The sheet of one spot check. Raises: UserError where there is none of that number."""
    words, number = find_spot_check_words(), arguments["number"]
    check = next((one for one in list_spot_checks(source.views) if one.number == number), None)
    if check is None:
        raise UserError(words.no_such.format(number=number))
    entries = {one: list(list_book_entries(source.views, one)) for one in _sort(source, check.sample)}
    size = len(check.sample)
    drawn = words.drawn_of.format(number=check.number, size=size, holders=check.holders, seed=check.seed)
    return Document(
        SPOT_CHECK_SHEET.name,
        words.title,
        source.unit_name,
        (check.day, check.day),
        source.log,
        [_build_sample(source, words, check, entries), _build_entries(words, entries)],
        facts=[(words.drawn, drawn), (words.result, format_result(check, words))],
        remarks=[words.how],
        signatures=[words.auditor],
        is_landscape=True,
    )


def format_result(check: SpotCheck, words: SpotCheckWords) -> str:
    """How many books agree, `5/5`; what nobody recorded is not known."""
    if check.matching is None:
        return words.unknown
    return words.result_of.format(matching=check.matching, size=len(check.sample))


def _sort(source: DocumentSource, sample: list[UUID]) -> list[UUID]:
    """By number."""
    numbers = source.people.load_numbers()
    return sorted(sample, key=lambda one: (numbers.get(one, one.hex), one))


def _list_person_columns(words: SpotCheckWords) -> list[Column]:
    return [Column("number", words.number, "person", "number"), Column("name", words.name, "person", "name")]


def _build_sample(
    source: DocumentSource, words: SpotCheckWords, check: SpotCheck, entries: dict[UUID, list[BookEntry]]
) -> Table:
    columns = [
        *_list_person_columns(words),
        Column("book_number", words.book_number, "note"),
        Column("count", words.count, "count", is_summed=True),
        Column("minutes", words.minutes, "minutes", is_summed=True),
        Column("agrees", words.agrees, "check"),
    ]
    notes = load_book_notes(source.views, check.day.toordinal())
    rows: list[TableRow] = [
        {
            VOLUNTEER: one,
            "book_number": notes.get(one),
            "count": len(found),
            "minutes": sum(entry.line.minutes for entry in found),
        }
        for one, found in entries.items()
    ]
    return Table("sample", words.sample, columns, rows)


def _build_entries(words: SpotCheckWords, entries: dict[UUID, list[BookEntry]]) -> Table:
    columns = [
        *_list_person_columns(words),
        Column("month", words.month, "month"),
        Column("first", words.first, "date"),
        Column("last", words.last, "date"),
        Column("category", words.category),
        Column("item", words.item),
        Column("content", words.content),
        Column("minutes", words.minutes, "minutes"),
        Column("agrees", words.agrees, "check"),
    ]
    rows: list[TableRow] = [
        {VOLUNTEER: one, "month": entry.month, **entry.line._asdict()}
        for one, found in entries.items()
        for entry in found
    ]
    return Table("entries", words.entries, columns, rows)


SPOT_CHECK_SHEET = DocumentType(
    "spot_check_sheet",
    {language: words.title for language, words in SPOT_CHECKS.items()},
    "occasion",
    build_spot_check_sheet,
    [Argument("number", "count", {language: words.check for language, words in SPOT_CHECKS.items()})],
)
