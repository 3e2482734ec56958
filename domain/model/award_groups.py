"""Families among the volunteers and the team of the unit, for awards that ask for them (R-087, R-088, R-092, R-098).

Rule: how persons are related no system knows; a person attests it, with the document. Members stand here by their ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError
from domain.ids import award_groups_stream
from domain.model.award_ledger import AfterThatDay
from domain.model.retraction import AlreadyRetracted
from domain.model.streams import StandingStream

FEWEST_MEMBERS = 2


@dataclass(eq=False)
class FamilyTooSmall(DomainError):
    """A family has two members or more (R-088)."""

    family: str


class GroupEvent(Aggregate.Event):
    """What was attested, with its author."""

    note: UUID | None
    note_digest: str | None
    at: datetime
    by: UUID


class AwardGroups(StandingStream):
    """All families, and the team."""

    TOPIC = "award-groups"

    class Created(Aggregate.Created):
        """Never triggered; the library wants every named aggregate to name one."""

        TOPIC = "award-groups.created"

    class FamilyAttested(GroupEvent):
        """These volunteers are a family; what was attested of it before counts no more."""

        TOPIC = "award-groups.family-attested"
        family: str
        members: list[str]
        """Their ids: the note is about each of them, and goes when one of them is erased."""

    class TeamAttested(GroupEvent):
        """When the team of the unit was established."""

        TOPIC = "award-groups.team-attested"
        established_on: str

    class TeamAwardGranted(GroupEvent):
        """The team received an award."""

        TOPIC = "award-groups.team-award-granted"
        award: str
        on: str

    class Retracted(GroupEvent):
        """What was attested or granted counts as if it had not been."""

        TOPIC = "award-groups.retracted"
        retracted: int
        """Where the log holds it."""
        version: int
        """Its number in this stream."""

    @classmethod
    def of_unit(cls) -> Self:
        """Families and team, not yet read."""
        return cls.at_version_zero(award_groups_stream())

    # --- Commands ---

    def attest_family(self, family: str, members: Sequence[UUID], note: Note, act: Act) -> None:
        """A person attests that volunteers are related (R-088)."""
        if len(set(members)) < FEWEST_MEMBERS:
            raise FamilyTooSmall(family)
        listed = [str(member) for member in dict.fromkeys(members)]
        self._record(self.FamilyAttested, note, act, family=family, members=listed)

    def attest_team(self, established_on: date, today: date, note: Note, act: Act) -> None:
        """A person attests when the team was established (R-087)."""
        if established_on > today:
            raise AfterThatDay(established_on, today)
        self._record(self.TeamAttested, note, act, established_on=established_on.isoformat())

    def grant_team_award(self, award: str, on: date, note: Note | None, act: Act) -> None:
        """The team received an award on a day."""
        self._record(self.TeamAwardGranted, note, act, award=award, on=on.isoformat())

    def retract(self, position: int, attested: GroupEvent, note: Note, act: Act) -> None:
        """Take back what was attested or granted; `position` is where the log holds it."""
        if attested.originator_version in self.retracted:
            raise AlreadyRetracted(position)
        facts = {"retracted": position, "version": attested.originator_version}
        self._record(self.Retracted, note, act, **facts)

    def _record(self, happened: type[GroupEvent], note: Note | None, act: Act, **facts: object) -> None:
        self.trigger_event(happened, **build_note_fields(note), **act.build_fields(), **facts)

    # --- What the events do ---

    def begin(self) -> None:
        """Nothing is attested."""
        self.retracted: set[int] = set()

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.retracted.add(version)
