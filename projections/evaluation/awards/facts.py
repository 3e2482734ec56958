"""What awards are decided from: hours, trainings, attestations and what was received before.

Days are proleptic ordinals where they are summed, dates elsewhere. What is not known is None, and never counts as no.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.policy import Policy


class Credit(NamedTuple):
    """Whole minutes credited for one duty, event or flexible day of this unit."""

    day: int
    category: str | None
    minutes: int
    """0 where it is less than a minute."""
    event: str | None = None
    """None for a shift or a flexible day. An event of several days has a credit for each."""


class AttestedHours(NamedTuple):
    """Hours that a document proves and no event of this log (R-031)."""

    first: int
    last: int
    minutes: int
    unit: str | None
    """None: this unit, before it used this system."""
    category: str | None
    city: str | None
    proof: str
    """`certificate` is a performance certificate of that unit."""


class AttestedSeniority(NamedTuple):
    """Service since a day, as a document proves it, up to the last day that it covers."""

    since: int
    until: int
    unit: str | None
    category: str | None
    """None: it counts for every category."""


class HonorCard(NamedTuple):
    """An honor card that was granted (R-083)."""

    approved_on: date
    expires_on: date
    counted_through: date
    """Service up to this day was counted for it, and is not counted again."""


class Grant(NamedTuple):
    """An award that was received."""

    award: str
    on: date


class AwardFacts(msgspec.Struct):
    """One volunteer."""

    volunteer: UUID
    credits: Sequence[Credit] = ()
    """In order of days."""
    basic_on: int | None = None
    special_on: Mapping[str, int] = msgspec.field(default_factory=dict[str, int])
    attested_hours: Sequence[AttestedHours] = ()
    attested_seniority: Sequence[AttestedSeniority] = ()
    grants: Sequence[Grant] = ()
    honor_cards: Sequence[HonorCard] = ()
    """In order of approval."""
    certificates: Sequence[date] = ()
    """When this unit issued performance certificates."""
    conditions: frozenset[tuple[str, str]] = frozenset()
    """Attested: award and condition."""
    scores: Sequence[tuple[date, float]] = ()
    """Assessments: the last day of the period, and the score."""
    is_in_service: bool = True
    birth_date: date | None = None
    has_record_book: bool | None = None
    has_badge: bool | None = None


class Question(msgspec.Struct, frozen=True):
    """On which day, under which policy, for which unit awards are asked about."""

    at: date
    policy: Policy
    category: str | None = None
    """The unit's own: duties without a category need no other special training (R-005)."""
    city: str | None = None


class TeamFacts(msgspec.Struct, frozen=True):
    """The team of the unit on a day; None is not known."""

    members: int
    established_on: date | None = None
    insured: int | None = None
    with_record_book: int | None = None
    seniors: int | None = None
    """Members of 65 and more."""


class FamilyFacts(msgspec.Struct, frozen=True):
    """Members whose relation a person attested (R-088, R-092)."""

    family: str
    members: Sequence[AwardFacts]
