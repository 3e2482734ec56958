"""The list of volunteers to be insured (R-071, R-072), and that of record books to apply for (R-011).

Rule: nothing here depends on what the people store says, not even on an age, so that the list can be proved after an
erasure. The age limit of the contract stands under the table, and the dates of birth beside the names.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow
from kiosk.documents.document_type import Argument, Arguments, DocumentType
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.paper_lists import PAPER_LISTS, PaperListWords, find_paper_list_words
from projections.read_models.coverage import find_insurance_coverage, list_book_applications
from projections.read_models.record_books import load_book_notes
from projections.read_models.volunteers import VolunteerState, list_active


def build_insured_list(source: DocumentSource, arguments: Arguments) -> Document:
    """Who serves on a day, by whether the shared contract can take them, and whether they are insured that day."""
    words, day = find_paper_list_words(), _find_day(arguments)
    active, books = _sort(source, day), load_book_notes(source.views, day.toordinal())
    limit = source.unit.policies.on(day.toordinal()).insurance_age_limit
    columns = [*_list_person_columns(words), Column("insured", words.insured, words={"yes": words.yes, "no": words.no})]
    with_book = [*columns[:-1], Column("book_number", words.book_number, "note"), columns[-1]]
    held = [_build_row(one, books.get(one.volunteer)) for one in active if one.book == "held"]
    others = [_build_row(one, None) for one in active if one.book != "held"]
    return Document(
        INSURED_LIST.name,
        words.insured_title,
        source.unit_name,
        (day, day),
        source.log,
        [
            _build_table("shared", words.shared, with_book, held, words.age_limit, limit=limit),
            _build_table("other", words.other, columns, others, words.other_insurance),
        ],
        facts=[(words.coverage, _format_coverage(source, day, words))],
        remarks=[words.layout],
        signatures=[words.coordinator],
        is_landscape=True,
    )


def build_record_book_applications(source: DocumentSource, arguments: Arguments) -> Document:
    """Who is trained by a day, has no record book and none applied for (R-011)."""
    words, day = find_paper_list_words(), _find_day(arguments)
    found = {
        one.volunteer: one.trained_on for one in list_book_applications(source.views, source.unit, day.toordinal())
    }
    columns = [
        *_list_person_columns(words),
        Column("trained_on", words.trained_on, "date"),
        Column("photos", words.photos, "check"),
    ]
    columns.insert(2, Column("gender", words.gender, "person", "gender"))
    rows: list[TableRow] = [
        {VOLUNTEER: one.volunteer, "trained_on": found[one.volunteer]}
        for one in _sort(source, day)
        if one.volunteer in found
    ]
    return Document(
        RECORD_BOOK_APPLICATIONS.name,
        words.applications_title,
        source.unit_name,
        (day, day),
        source.log,
        [_build_table("applications", words.applications, columns, rows, words.passport)],
        signatures=[words.coordinator],
        is_landscape=True,
    )


def _build_table(
    name: str, title: str, columns: Sequence[Column], rows: Sequence[TableRow], remark: str, **numbers: int
) -> Table:
    """With what is to be done about those whom it lists."""
    return Table(name, title, columns, rows, [remark.format(**numbers)] if rows else ())


def _find_day(arguments: Arguments) -> date:
    day = arguments["day"]
    assert isinstance(day, date)  # noqa: S101 - the argument is a date
    return day


def _sort(source: DocumentSource, day: date) -> list[VolunteerState]:
    """Who serves on a day, by number."""
    numbers = source.people.load_numbers()
    active = list_active(source.views, source.unit, day.toordinal())
    return sorted(active, key=lambda one: (numbers.get(one.volunteer, one.volunteer.hex), one.volunteer))


def _list_person_columns(words: PaperListWords) -> list[Column]:
    return [
        Column("number", words.number, "person", "number"),
        Column("name", words.name, "person", "name"),
        Column("birth_date", words.birth_date, "person", "birth_date"),
        Column("national_id", words.national_id, "person", "national_id"),
    ]


def _build_row(state: VolunteerState, book: UUID | None) -> TableRow:
    row = {VOLUNTEER: state.volunteer, "insured": "yes" if state.is_insured else "no"}
    return row if book is None else {**row, "book_number": book}


def _format_coverage(source: DocumentSource, day: date, words: PaperListWords) -> str:
    coverage = find_insurance_coverage(source.views, source.unit, day.toordinal())
    if coverage.share is None:
        return words.unknown
    return words.coverage_of.format(
        covered=coverage.covered, counted=coverage.counted, share=f"{100 * coverage.share:.1f} %"
    )


DAY = Argument("day", "date", {language: words.day for language, words in PAPER_LISTS.items()})
INSURED_LIST = DocumentType(
    "insured_list",
    {language: words.insured_title for language, words in PAPER_LISTS.items()},
    "year",
    build_insured_list,
    [DAY],
)
RECORD_BOOK_APPLICATIONS = DocumentType(
    "record_book_applications",
    {language: words.applications_title for language, words in PAPER_LISTS.items()},
    "occasion",
    build_record_book_applications,
    [DAY],
)
