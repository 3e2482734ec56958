"""What the evaluation of an award says: met, to be attested, short by how much, or blocked."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from projections.evaluation.awards.rules import AwardRule

Status = Literal["met", "attest", "short", "blocked"]
"""Everything is met; everything that can be computed is, and a person attests the rest; something lacks; it cannot be
given on that day whatever the figures."""

LackKind = Literal[
    "hours",
    "seniority",
    "continuity",
    "age",
    "training",
    "certificate",
    "record_book",
    "badge",
    "service",
    "assessment",
    "members",
    "established",
    "insured",
    "record_books",
    "seniors",
]

Block = Literal["not_in_service", "received", "received_lately"]
"""Not in service; received before, and given once; received within the years that must pass."""


class Lack(NamedTuple):
    """One thing that is missing."""

    kind: LackKind
    minutes: int | None = None
    """Of hours."""
    people: int | None = None
    until: date | None = None
    """The day on which it will be there by itself."""
    volunteer: UUID | None = None
    """Of a family: the member who lacks it."""


class AwardResult(msgspec.Struct, frozen=True):
    """One award for one volunteer, family or team on a day."""

    rule: AwardRule
    status: Status
    volunteer: UUID | None = None
    group: str | None = None
    """The family."""
    lacks: tuple[Lack, ...] = ()
    attest: Mapping[str, str] = msgspec.field(default_factory=dict[str, str])
    """Conditions that a person has yet to attest: name and words. A name of `KNOWN_GAPS` says what is not on file."""
    alternatives: Mapping[str, str] = msgspec.field(default_factory=dict[str, str])
    """Conditions of which one would be enough in place of years and hours, once it is attested."""
    met_on: date | None = None
    """From which day on everything that can be computed is met; None while hours lack."""
    minutes: int | None = None
    """Counted, never rounded but where the row says so."""
    duties: int | None = None
    """Credited duties within the window of a standard; for information (R-082)."""
    counted_from: date | None = None
    """From which day on hours are counted; None: from the first."""
    counted_until: date | None = None
    seniority_from: date | None = None
    blocked_by: Block | None = None
    blocked_until: date | None = None
    apply_by: date | None = None
    score: float | None = None

    @property
    def is_candidate(self) -> bool:
        """Whether it may be given, attestations provided."""
        return self.status in ("met", "attest")


KNOWN_GAPS = ("birth_date", "record_book", "badge", "city", "established", "insured", "record_books", "seniors")
"""What may be true and is not on file: a person looks it up and attests it."""
