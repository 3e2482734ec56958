"""Closed months, what was entered in record books, and spot checks of these. None bears on any day."""

import json

from domain.model.month_statements import MonthStatements
from domain.model.record_book_entries import RecordBookEntries
from domain.model.spot_checks import SpotChecks
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
            *(writer.position, ordinal, parse_day(line["first"]), parse_day(line["last"])),
            *(line["category"], line["item"], line["content"], line["minutes"]),
        )
        for ordinal, line in enumerate(event.lines)
    ]
    writer.db.execute("INSERT INTO book_months VALUES (?,?,?,?)", (*whose, writer.position, event.statement))
    writer.db.executemany("INSERT INTO book_entries VALUES (?,?,?,?,?,?,?,?)", rows)


def handle_entry_retracted(writer: FactWriter, event: RecordBookEntries.Retracted) -> None:
    """An entry that was not made: the one before it stands again."""
    for table in ("book_months", "book_entries"):
        writer.db.execute(f"DELETE FROM {table} WHERE position=?", (event.retracted,))


def handle_spot_check_drawn(writer: FactWriter, event: SpotChecks.Drawn) -> None:
    """A sample of record books."""
    drawn = (event.spot_check, parse_day(event.on), event.seed, event.holders, json.dumps(event.sample))
    writer.db.execute("INSERT INTO spot_checks VALUES (?,?,?,?,?,?)", (*drawn, writer.position))


def handle_spot_check_recorded(writer: FactWriter, event: SpotChecks.Recorded) -> None:
    """The result of a spot check, in place of an earlier one."""
    row = (writer.position, event.spot_check, event.matching)
    writer.db.execute("INSERT INTO spot_check_results VALUES (?,?,?)", row)


def handle_spot_check_retracted(writer: FactWriter, event: SpotChecks.Retracted) -> None:
    """A sample that is none, or a result in place of which an earlier one counts, or none."""
    for table in ("spot_checks", "spot_check_results"):
        writer.db.execute(f"DELETE FROM {table} WHERE position=?", (event.retracted,))


HANDLERS: Handlers = {
    MonthStatements.Closed: handle_month_closed,
    RecordBookEntries.EntryMade: handle_entry_made,
    RecordBookEntries.Retracted: handle_entry_retracted,
    SpotChecks.Drawn: handle_spot_check_drawn,
    SpotChecks.Recorded: handle_spot_check_recorded,
    SpotChecks.Retracted: handle_spot_check_retracted,
}
