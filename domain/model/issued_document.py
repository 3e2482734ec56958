"""A document that was handed out: which one, of which state of the log, and the digest of what it said.

Rule: handed out again with the same content, it is the same document; its stream derives from its code. What it said
of persons is in no event: the document is built again from the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act
from domain.ids import issued_document_stream
from domain.model.streams import DeskStream, StandingStream


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What it takes to build a document again, and to compare it."""

    document: str
    """The kind of document, as programs call it."""
    arguments: Mapping[str, str]
    """What it was asked with; a volunteer by the id."""
    as_of: datetime
    """The instant as of which it was evaluated."""
    is_past: bool
    """Whether only what had been recorded by then counts."""
    made_from: int
    """Of the last event that it was made from."""
    digest: str
    tables: Mapping[str, str]
    """The digest of each table."""


class IssuedDocument(StandingStream):
    """One document."""

    TOPIC = "issued-document"

    class Issued(DeskStream.Event):
        """It was handed out for the first time."""

        TOPIC = "issued-document.issued"
        document: str
        arguments: dict[str, str]
        as_of: datetime
        is_past: bool
        made_from: int
        digest: str
        tables: dict[str, str]

    @classmethod
    def of(cls, code: str) -> Self:
        """The document with a code, not yet read."""
        return cls.at_version_zero(issued_document_stream(code))

    def issue(self, facts: DocumentFacts, act: Act) -> None:
        """Hand it out; a document that was handed out already stays as it is."""
        if self.facts is None:
            kept = {"arguments": dict(facts.arguments), "tables": dict(facts.tables)}
            self.trigger_event(
                self.Issued,
                document=facts.document,
                as_of=facts.as_of,
                is_past=facts.is_past,
                made_from=facts.made_from,
                digest=facts.digest,
                **kept,
                **act.build_fields(),
            )

    # --- What the events do ---

    def begin(self) -> None:
        """It was never handed out."""
        self.facts: DocumentFacts | None = None
        self.issued_at: datetime | None = None
        self.issued_by: UUID | None = None

    @event(Issued)
    def _issued(
        self,
        document: str,
        arguments: dict[str, str],
        as_of: datetime,
        is_past: bool,
        made_from: int,
        digest: str,
        tables: dict[str, str],
        at: datetime,
        by: UUID,
    ) -> None:
        self.facts = DocumentFacts(document, arguments, as_of, is_past, made_from, digest, tables)
        self.issued_at, self.issued_by = at, by
