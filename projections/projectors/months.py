"""Closed months, and what was entered in record books. Neither bears on any day."""

import json

from domain.model.month_statements import MonthStatements
from domain.model.record_book_entries import RecordBookEntries
from domain.months import parse_month
from domain.spans import second
from projections.projectors.fact_writer import FactWriter, Handlers, parse_day


def handle_month_closed(writer: FactWriter, event: MonthStatements.Closed) -> None:
    """A statement of a month."""
    said = (json.dumps(event.totals), json.dumps(event.lines), json.dumps(event.pending))
    when = (parse_month(event.month).toordinal(), event.number, event.position, second(event.timestamp))
    writer.db.execute("INSERT INTO month_statements VALUES (?,?,?,?,?,?,?,?)", (*when, *said, writer.position))


def handle_entry_made(writer: FactWriter, event: RecordBookEntries.EntryMade) -> None:
    """The lines of a month in a record book, in place of earlier ones."""
    whose = (writer.get_or_create_key(event.volunteer_id), parse_month(event.month).toordinal())
    rows = [
        (
            *(*whose, ordinal, parse_day(line["first"]), parse_day(line["last"])),
            *(line["category"], line["item"], line["content"], line["minutes"], event.statement, writer.position),
        )
        for ordinal, line in enumerate(event.lines)
    ]
    writer.db.execute("DELETE FROM book_entries WHERE volunteer=? AND month=?", whose)
    writer.db.executemany("INSERT INTO book_entries VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)


HANDLERS: Handlers = {
    MonthStatements.Closed: handle_month_closed,
    RecordBookEntries.EntryMade: handle_entry_made,
}
