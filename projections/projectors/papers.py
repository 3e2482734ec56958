"""Record books, badges and insurance: the entries of these ledgers that stand. No minute and no outcome follows."""

from typing import Any

from domain.model.insurance import Insurance
from domain.model.ledger import PersonRetraction
from domain.model.record_book import RecordBook
from domain.model.service_certificate import ServiceCertificate
from projections.projectors.fact_writer import FactWriter, Handlers, parse_day


def handle_book_registered(writer: FactWriter, event: RecordBook.Registered) -> None:
    """A record book on file."""
    _write_book(writer, event, "registered", holds=event.book is not None)


def handle_book_reissued(writer: FactWriter, event: RecordBook.Reissued) -> None:
    """Another record book in place of the first."""
    _write_book(writer, event, "reissued", holds=event.book is not None)


def handle_book_applied(writer: FactWriter, event: RecordBook.Applied) -> None:
    """A record book that was applied for."""
    _write_book(writer, event, "applied", holds=False)


def handle_custody_stated(writer: FactWriter, event: RecordBook.CustodyStated) -> None:
    """Who keeps the record book."""
    _write_book(writer, event, "custody", holds=event.is_with_volunteer)


def _write_book(writer: FactWriter, event: Any, kind: str, *, holds: bool) -> None:
    key = writer.get_or_create_key(event.volunteer_id)
    note = event.note.bytes if event.note else None
    row = (key, writer.position, kind, parse_day(event.on), holds, note)
    writer.db.execute("INSERT INTO record_books VALUES (?,?,?,?,?,?)", row)


def handle_badge_issued(writer: FactWriter, event: ServiceCertificate.Issued) -> None:
    """A badge, and the last day on which it is valid."""
    expires = parse_day(event.expires_on) if event.expires_on else None
    _write_badge(writer, event, "issued", expires)


def handle_badge_taken_back(writer: FactWriter, event: ServiceCertificate.TakenBack) -> None:
    """A badge that is valid no more."""
    _write_badge(writer, event, "taken_back", None)


def _write_badge(writer: FactWriter, event: Any, kind: str, expires: int | None) -> None:
    row = (writer.get_or_create_key(event.volunteer_id), writer.position, kind, parse_day(event.on), expires)
    writer.db.execute("INSERT INTO badges VALUES (?,?,?,?,?)", row)


def handle_insurance_enrolled(writer: FactWriter, event: Insurance.Enrolled) -> None:
    """A period in which a volunteer is insured."""
    until = parse_day(event.until) if event.until else None
    row = (writer.get_or_create_key(event.volunteer_id), writer.position, "enrolled", parse_day(event.since), until)
    writer.db.execute("INSERT INTO insurance VALUES (?,?,?,?,?)", row)


def handle_insurance_ended(writer: FactWriter, event: Insurance.Ended) -> None:
    """The end of all cover."""
    row = (writer.get_or_create_key(event.volunteer_id), writer.position, "ended", None, parse_day(event.on))
    writer.db.execute("INSERT INTO insurance VALUES (?,?,?,?,?)", row)


def _build_retraction_handler(table: str) -> Any:
    def handle_retracted(writer: FactWriter, event: PersonRetraction) -> None:
        """An entry counts no more."""
        row = (writer.get_or_create_key(event.volunteer_id), event.retracted)
        writer.db.execute(f"DELETE FROM {table} WHERE volunteer=? AND position=?", row)

    return handle_retracted


HANDLERS: Handlers = {
    RecordBook.Registered: handle_book_registered,
    RecordBook.Reissued: handle_book_reissued,
    RecordBook.Applied: handle_book_applied,
    RecordBook.CustodyStated: handle_custody_stated,
    RecordBook.Retracted: _build_retraction_handler("record_books"),
    ServiceCertificate.Issued: handle_badge_issued,
    ServiceCertificate.TakenBack: handle_badge_taken_back,
    ServiceCertificate.Retracted: _build_retraction_handler("badges"),
    Insurance.Enrolled: handle_insurance_enrolled,
    Insurance.Ended: handle_insurance_ended,
    Insurance.Retracted: _build_retraction_handler("insurance"),
}
