"""Families among the volunteers and the team of the unit, for awards that ask for them (R-087, R-088, R-092, R-098).

Rule: how persons are related no system knows; a person attests it, with the document. Members stand here by their ids.
"""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note
from domain.errors import DomainError
from domain.ids import award_groups_stream
from domain.model.award_ledger import AfterThatDay
from domain.model.ledger import Ledger, LedgerRetraction, NotedEntry

FEWEST_MEMBERS = 2


class FamilyTooSmall(DomainError):
    """A family has two members or more (R-088)."""

    family: str


class AwardGroups(Ledger):
    """All families, and the team."""

    TOPIC = "award-groups"

    class FamilyAttested(NotedEntry):
        """These volunteers are a family; what was attested of it before counts no more."""

        TOPIC = "award-groups.family-attested"
        family: str
        members: list[str]
        """Their ids: the note is about each of them, and goes when one of them is erased."""

    class TeamAttested(NotedEntry):
        """When the team of the unit was established."""

        TOPIC = "award-groups.team-attested"
        established_on: str

    class TeamAwardGranted(NotedEntry):
        """The team received an award."""

        TOPIC = "award-groups.team-award-granted"
        award: str
        on: str

    class Retracted(LedgerRetraction):
        """What was attested or granted was wrong."""

        TOPIC = "award-groups.retracted"

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
        self.write(self.FamilyAttested, {"family": family, "members": listed}, note, act)

    def attest_team(self, established_on: date, today: date, note: Note, act: Act) -> None:
        """A person attests when the team was established (R-087)."""
        if established_on > today:
            raise AfterThatDay(established_on, today)
        self.write(self.TeamAttested, {"established_on": established_on.isoformat()}, note, act)

    def grant_team_award(self, award: str, on: date, note: Note | None, act: Act) -> None:
        """The team received an award on a day."""
        self.write(self.TeamAwardGranted, {"award": award, "on": on.isoformat()}, note, act)

    # --- What the events do ---

    @event(FamilyAttested)
    def _family_attested(self, originator_version: int, family: str) -> None:
        self.entries[originator_version] = family

    @event(TeamAttested)
    def _team_attested(self, originator_version: int, established_on: str) -> None:
        self.entries[originator_version] = established_on

    @event(TeamAwardGranted)
    def _team_award_granted(self, originator_version: int, award: str) -> None:
        self.entries[originator_version] = award

    @event(Retracted)
    def _retracted(self, version: int) -> None:
        self.entries.pop(version, None)
