"""The record book of a volunteer, one for life, whichever unit issued it (R-009 to R-012); and who has which number.

Rule: the log knows a number by its keyed digest alone. A book whose number is not known is on file and counts as none
where books are counted (R-009); an application waits until a book is registered.
"""

from datetime import date
from typing import Literal, Self
from uuid import UUID

from eventsourcing.domain import event
from typing_extensions import override

from domain.act import Act, Note
from domain.errors import DomainError
from domain.ids import book_number_stream, record_book_stream
from domain.iso_forms import parse_recorded_day
from domain.model.book_status import BookEntry, BookStatus, find_book_status
from domain.model.ledger import PersonEntry, PersonLedger, PersonRetraction
from domain.model.streams import DeskStream, StandingStream

ReissueReason = Literal["damaged", "lost"]
"""Why another book replaces the first (R-010)."""


class BookRegisteredAlready(DomainError):
    """The volunteer has a record book on file: there is one for life (R-009)."""

    volunteer_id: UUID


class BookAppliedAlready(DomainError):
    """A record book was applied for, and is waited for."""

    volunteer_id: UUID


class NoBook(DomainError):
    """The volunteer has no record book on file that could be replaced or kept."""

    volunteer_id: UUID


class BookOfAnother(DomainError):
    """Another volunteer's record book has this number (R-009)."""

    holder: UUID


class RecordBook(PersonLedger):
    """The book of one volunteer."""

    TOPIC = "record-book"

    class Registered(PersonEntry):
        """The volunteer has a book (R-009). The note is its number."""

        TOPIC = "record-book.registered"
        book: str | None
        """Keyed digest of the number; None where that is not known."""
        issued_on: str | None
        """None where the day is not known: then it is on file from the service day of `at`."""
        on: str
        """The service day from which it is on file."""
        authority: str | None
        """Which office issued it."""

    class Reissued(PersonEntry):
        """Another book replaces one that is damaged or lost; the hours stay (R-010). The note is the new number."""

        TOPIC = "record-book.reissued"
        book: str | None
        on: str
        why: str

    class Applied(PersonEntry):
        """The unit has applied for a book (R-011)."""

        TOPIC = "record-book.applied"
        on: str

    class CustodyStated(PersonEntry):
        """A person states whether the volunteer keeps the book, as is the rule (R-012)."""

        TOPIC = "record-book.custody-stated"
        on: str
        is_with_volunteer: bool

    class Retracted(PersonRetraction):
        """An entry was wrong."""

        TOPIC = "record-book.retracted"

    @classmethod
    @override
    def of(cls, volunteer_id: UUID) -> Self:
        return cls.at_version_zero(record_book_stream(volunteer_id))

    # --- Commands ---

    def register(
        self,
        volunteer_id: UUID,
        book: str | None,
        issued: tuple[date | None, date, str | None],
        note: Note | None,
        act: Act,
    ) -> None:
        """A book is on file. `issued`: the day of issue, the service day from which it is on file, and the office."""
        status = self.status
        if status == "held" or (status == "number_unknown" and book is None):
            raise BookRegisteredAlready(volunteer_id)
        issued_on, on, authority = issued
        facts = {"book": book, "issued_on": issued_on and issued_on.isoformat(), "on": on.isoformat()}
        self.record(self.Registered, volunteer_id, {**facts, "authority": authority}, note, act)

    def reissue(
        self, volunteer_id: UUID, book: str | None, on: date, why: ReissueReason, note: Note | None, act: Act
    ) -> None:
        """Another book replaces the one on file."""
        self.demand_book(volunteer_id)
        facts = {"book": book, "on": on.isoformat(), "why": why}
        self.record(self.Reissued, volunteer_id, facts, note, act)

    def apply_for(self, volunteer_id: UUID, on: date, act: Act) -> None:
        """The unit has applied for a book."""
        if self.status == "applied":
            raise BookAppliedAlready(volunteer_id)
        if self.status != "none":
            raise BookRegisteredAlready(volunteer_id)
        self.record(self.Applied, volunteer_id, {"on": on.isoformat()}, None, act)

    def state_custody(
        self, volunteer_id: UUID, on: date, note: Note | None, act: Act, *, is_with_volunteer: bool
    ) -> None:
        """State who keeps the book."""
        self.demand_book(volunteer_id)
        facts = {"on": on.isoformat(), "is_with_volunteer": is_with_volunteer}
        self.record(self.CustodyStated, volunteer_id, facts, note, act)

    def demand_book(self, volunteer_id: UUID) -> None:
        """Raises: NoBook."""
        if self.status in ("none", "applied"):
            raise NoBook(volunteer_id)

    @property
    def status(self) -> BookStatus:
        """Whether there is a book, whatever the day."""
        return find_book_status(self.list_book_entries())

    def list_book_entries(self) -> list[BookEntry]:
        """What the status follows from."""
        return [entry for entry in self.entries.values() if entry is not None]

    def has_had(self, book: str) -> bool:
        """Whether the number with this digest is, or was, that of this volunteer's book."""
        return any(entry.digest == book for entry in self.list_book_entries())

    # --- What the events do ---

    @event(Registered)
    def _registered(self, originator_version: int, book: str | None, on: str) -> None:
        day = parse_recorded_day(on).toordinal()
        self.entries[originator_version] = BookEntry("registered", day, book is not None, book)

    @event(Reissued)
    def _reissued(self, originator_version: int, book: str | None, on: str) -> None:
        day = parse_recorded_day(on).toordinal()
        self.entries[originator_version] = BookEntry("reissued", day, book is not None, book)

    @event(Applied)
    def _applied(self, originator_version: int, on: str) -> None:
        day = parse_recorded_day(on).toordinal()
        self.entries[originator_version] = BookEntry("applied", day, is_numbered=False)

    @event(CustodyStated)
    def _custody_stated(self, originator_version: int) -> None:
        self.entries[originator_version] = None

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)


class BookNumber(StandingStream):
    """The number of a record book: whose it is, for life. A book that was replaced keeps its number."""

    TOPIC = "book-number"

    class Taken(DeskStream.Event):
        """It is the number of a volunteer's book."""

        TOPIC = "book-number.taken"
        volunteer_id: UUID

    class Freed(DeskStream.Event):
        """It was not: the entry that said so was taken back."""

        TOPIC = "book-number.freed"
        volunteer_id: UUID

    @classmethod
    def of(cls, book: str) -> Self:
        """The number with a digest, not yet read."""
        return cls.at_version_zero(book_number_stream(book))

    def take(self, volunteer_id: UUID, act: Act) -> None:
        """Make it a volunteer's; one who has it keeps it."""
        if self.holder != volunteer_id:
            self.trigger_event(self.Taken, volunteer_id=volunteer_id, **act.build_fields())

    def free(self, volunteer_id: UUID, act: Act) -> None:
        """Give it back."""
        if self.holder == volunteer_id:
            self.trigger_event(self.Freed, volunteer_id=volunteer_id, **act.build_fields())

    def begin(self) -> None:
        """Nobody's yet."""
        self.holder: UUID | None = None

    @event(Taken)
    def _taken(self, volunteer_id: UUID) -> None:
        self.holder = volunteer_id

    @event(Freed)
    def _freed(self) -> None:
        self.holder = None
