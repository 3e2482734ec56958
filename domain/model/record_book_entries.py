"""What a registrar entered in a volunteer's record book, month by month (R-029).

Certificates must agree with it (R-032).
Rule: an entry is of a statement. Where a month is stated again, its new entry takes the place of the earlier one. An
entry that was not made in the book is taken back by an event, and the earlier one counts again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import event
from typing_extensions import override

from domain.act import Act
from domain.errors import DomainError
from domain.ids import record_book_entries_stream
from domain.model.entry_line import EntryLine
from domain.model.ledger import Ledger, LedgerEntry, LedgerRetraction


class NothingToEnter(DomainError):
    """What was stated of the month stands in the record books already, or is nothing."""

    month: str
    number: int
    """Of the statement."""


class MonthEntry(NamedTuple):
    """What was entered of a month."""

    month: str
    lines: list[dict[str, Any]]


class RecordBookEntries(Ledger):
    """The entries of one volunteer."""

    TOPIC = "record-book-entries"

    class EntryMade(LedgerEntry):
        """The lines of a month were entered; without any, those that were entered before are struck out."""

        TOPIC = "record-book-entries.entry-made"
        volunteer_id: UUID
        month: str
        statement: int
        lines: list[dict[str, Any]]

    class Retracted(LedgerRetraction):
        """The entry of a month was not made: the one before it stands again."""

        TOPIC = "record-book-entries.retracted"
        volunteer_id: UUID
        month: str

    @classmethod
    def of(cls, volunteer_id: UUID) -> Self:
        """The entries of a volunteer, not yet read."""
        return cls.at_version_zero(record_book_entries_stream(volunteer_id))

    def enter(self, volunteer_id: UUID, month: str, statement: int, lines: Sequence[EntryLine], act: Act) -> bool:
        """Record the entry of a month; whether there is anything new to enter."""
        written = [line.build_fields() for line in lines]
        if self._find_entered(month) == written:
            return False
        whose = {"volunteer_id": volunteer_id, "month": month, "statement": statement}
        self.trigger_event(self.EntryMade, **whose, lines=written, **act.build_fields())
        return True

    def _find_entered(self, month: str) -> list[dict[str, Any]]:
        """The lines that stand of a month."""
        found = [one.lines for one in self.entries.values() if one.month == month]
        return found[-1] if found else []

    @override
    def describe_retraction(self, entry: LedgerEntry) -> Mapping[str, object]:
        assert isinstance(entry, self.EntryMade)  # noqa: S101 - the one kind of entry
        return {"volunteer_id": entry.volunteer_id, "month": entry.month}

    # --- What the events do ---

    @event(EntryMade)
    def _entry_made(self, originator_version: int, month: str, lines: list[dict[str, Any]]) -> None:
        self.entries[originator_version] = MonthEntry(month, lines)

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)
