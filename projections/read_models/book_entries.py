"""Read model: what stands in the record books, for the certificates that must agree with it (R-032)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.model.entry_line import EntryLine
from projections.engine.stored_values import read_day, read_id
from projections.engine.views import Views


class BookEntry(NamedTuple):
    """A line in a record book."""

    volunteer: UUID
    month: date
    statement: int
    """The number of the month's statement that was entered."""
    line: EntryLine
    position: int
    """Of the event that entered it."""


def list_book_entries(
    views: Views, volunteer: UUID | None = None, since: date = date.min, until: date = date.max
) -> Iterator[BookEntry]:
    """The lines of the months that begin in a period, by volunteer and month."""
    whose = "" if volunteer is None else "AND p.volunteer = :volunteer"
    values = {"since": since.toordinal(), "until": until.toordinal(), "volunteer": volunteer and volunteer.bytes}
    for who, month, statement, position, first, last, *work in views.rows(_ENTRIES.format(whose=whose), values):
        line = EntryLine(read_day(first), read_day(last), *work)
        yield BookEntry(read_id(who), read_day(month), statement, line, position)


_ENTRIES = """
SELECT p.volunteer, m.month, m.statement, m.position, first, last, category, item, content, minutes
FROM book_months m JOIN book_entries b ON b.position = m.position JOIN people p ON p.key = m.volunteer
WHERE m.month BETWEEN :since AND :until {whose} AND NOT EXISTS (
    SELECT 1 FROM book_months later
    WHERE later.volunteer = m.volunteer AND later.month = m.month AND later.position > m.position
)
ORDER BY m.volunteer, m.month, ordinal
"""
