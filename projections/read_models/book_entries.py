"""Read model: what stands in the record books, for the certificates that must agree with it (R-032)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.model.record_book_entries import EntryLine
from projections.engine.views import Views


class BookEntry(NamedTuple):
    """A line in a record book."""

    volunteer: UUID
    month: date
    statement: int
    """The number of the month's statement that was entered."""
    line: EntryLine


def list_book_entries(
    views: Views, volunteer: UUID | None = None, since: date = date.min, until: date = date.max
) -> Iterator[BookEntry]:
    """The lines whose first and last day lie in a period, by volunteer and month."""
    whose = "" if volunteer is None else "AND p.volunteer = :volunteer"
    values = {"since": since.toordinal(), "until": until.toordinal(), "volunteer": volunteer and volunteer.bytes}
    for who, month, statement, first, last, *work in views.rows(_ENTRIES.format(whose=whose), values):
        line = EntryLine(date.fromordinal(first), date.fromordinal(last), *work)
        yield BookEntry(UUID(bytes=who), date.fromordinal(month), statement, line)


_ENTRIES = """
SELECT p.volunteer, month, statement, first, last, category, item, content, minutes
FROM book_entries b JOIN people p ON p.key = b.volunteer
WHERE first >= :since AND last <= :until {whose} ORDER BY b.volunteer, month, ordinal
"""
