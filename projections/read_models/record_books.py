"""Read model: what is on file of record books, and the status of each on a service day (R-009 to R-012)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.model.book_status import BookEntry, BookStatus, find_book_status
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id


class BookLine(NamedTuple):
    """An entry about the record book of a volunteer."""

    position: int
    kind: str
    """`registered`, `reissued`, `applied` or `custody`."""
    day: date
    holds: bool
    """Of a book whether its number is known; of `custody` whether the volunteer keeps it."""


def list_book_lines(views: RowSource, volunteer: int) -> list[BookLine]:
    """What is on file of a volunteer's record book, in the order in which it was recorded."""
    query = "SELECT position, kind, day, holds FROM record_books WHERE volunteer = ? ORDER BY position"
    return [
        BookLine(position, kind, read_day(day), bool(holds))
        for position, kind, day, holds in views.rows(query, (volunteer,))
    ]


def load_book_statuses(views: RowSource, day: int) -> Mapping[int, BookStatus]:
    """Of every volunteer of whose record book something is on file, by their keys."""
    entries: dict[int, list[BookEntry]] = defaultdict(list)
    for key, kind, since, holds in views.rows(_ENTRIES):
        entries[key].append(BookEntry(kind, since, bool(holds)))
    return {key: find_book_status(found, day) for key, found in entries.items()}


def load_book_notes(views: RowSource, day: int) -> Mapping[UUID, UUID]:
    """Of every volunteer who holds a record book on a service day, the note in which its number stands."""
    notes: dict[UUID, UUID | None] = {}
    for stored, since, note in views.rows(_NOTES):
        if since <= day:
            notes[read_id(stored)] = note and read_id(note)
    return {volunteer: note for volunteer, note in notes.items() if note}


_NOTES = """
SELECT p.volunteer, day, note FROM record_books b JOIN people p ON p.key = b.volunteer
WHERE kind IN ('registered', 'reissued') ORDER BY b.volunteer, position
"""
_ENTRIES = """
SELECT volunteer, kind, day, holds FROM record_books WHERE kind != 'custody' ORDER BY volunteer, position
"""
