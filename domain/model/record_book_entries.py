"""What a registrar entered in a volunteer's record book, month by month (R-029).

Certificates must agree with it (R-032).
Rule: an entry is of a statement. Where a month is stated again, its new entry takes the place of the earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act
from domain.errors import DomainError
from domain.ids import record_book_entries_stream
from domain.model.streams import DeskStream, StandingStream


@dataclass(eq=False)
class NothingToEnter(DomainError):
    """What was stated of the month stands in the record books already, or is nothing."""

    month: str
    number: int
    """Of the statement."""


class EntryLine(NamedTuple):
    """A line of the record book: what was served, from the first day to the last."""

    first: date
    last: date
    category: str | None
    item: str | None
    content: str | None
    minutes: int

    def build_fields(self) -> dict[str, Any]:
        """As an event holds it."""
        return {**self._asdict(), "first": self.first.isoformat(), "last": self.last.isoformat()}


class RecordBookEntries(StandingStream):
    """The entries of one volunteer."""

    TOPIC = "record-book-entries"

    class Created(Aggregate.Created):
        """Never triggered; the library wants every named aggregate to name one."""

        TOPIC = "record-book-entries.created"

    class EntryMade(DeskStream.Event):
        """The lines of a month were entered; without any, those that were entered before are struck out."""

        TOPIC = "record-book-entries.entry-made"
        volunteer_id: UUID
        month: str
        statement: int
        lines: list[dict[str, Any]]

    @classmethod
    def of(cls, volunteer_id: UUID) -> Self:
        """The entries of a volunteer, not yet read."""
        return cls.at_version_zero(record_book_entries_stream(volunteer_id))

    def enter(self, volunteer_id: UUID, month: str, statement: int, lines: Sequence[EntryLine], act: Act) -> bool:
        """Record the entry of a month; whether there is anything new to enter."""
        written = [line.build_fields() for line in lines]
        if self.entered.get(month, []) == written:
            return False
        whose = {"volunteer_id": volunteer_id, "month": month, "statement": statement}
        self.trigger_event(self.EntryMade, **whose, lines=written, **act.build_fields())
        return True

    # --- What the events do ---

    def begin(self) -> None:
        """Nothing was entered."""
        self.entered: dict[str, list[dict[str, Any]]] = {}

    @event(EntryMade)
    def _entry_made(self, month: str, lines: list[dict[str, Any]]) -> None:
        self.entered[month] = lines
