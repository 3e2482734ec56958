"""Who leads the team, and who is the deputy: elections, from which the terms follow (R-046).

Rule: an election of the same role on the same day replaces the earlier one and its end; one that was a mistake is
withdrawn. When a term ends is derived from the policy, unless the person steps down before.
"""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError
from domain.ids import leader_terms_stream
from domain.model.streams import StandingStream, StreamEvent

LeaderRole = Literal["leader", "deputy"]


class NoSuchElection(DomainError):
    """No election of this role began a term on that day."""

    role: str
    since: date


class EndsBeforeTerm(DomainError):
    """The last day of a term would be before its first one."""

    since: date
    on: date


class LeaderTerms(StandingStream):
    """The elections of the team."""

    TOPIC = "leader-terms"

    class Elected(StreamEvent):
        """A volunteer was elected."""

        TOPIC = "leader-terms.elected"
        volunteer_id: UUID
        role: str
        since: str
        by_election: bool
        """The one before left in the middle of the term."""
        at: datetime
        by: UUID

    class TermEnded(StreamEvent):
        """A leader or deputy stepped down before the end of the term. Of several ends of one term the later counts."""

        TOPIC = "leader-terms.term-ended"
        volunteer_id: UUID
        """Whose term it is, and about whom the note is."""
        role: str
        since: str
        """The first day of the term."""
        on: str
        """Its last day."""
        note: UUID
        note_digest: str
        at: datetime
        by: UUID

    class Withdrawn(StreamEvent):
        """An election was written down by mistake: it counts as if it had not been."""

        TOPIC = "leader-terms.election-withdrawn"
        volunteer_id: UUID
        """Who had been elected: the note is about them, and goes when they are erased."""
        role: str
        since: str
        note: UUID
        note_digest: str
        at: datetime
        by: UUID

    @classmethod
    def of_unit(cls) -> Self:
        """The elections of the unit's team, not yet read."""
        return cls.at_version_zero(leader_terms_stream())

    def begin(self) -> None:
        """Nobody was elected."""
        self.elections: dict[tuple[str, str], UUID] = {}
        """Who was elected, by role and first day."""

    def elect(self, volunteer_id: UUID, role: LeaderRole, since: date, act: Act, *, by_election: bool) -> None:
        """Record an election."""
        facts = {"volunteer_id": volunteer_id, "role": role, "since": since.isoformat(), "by_election": by_election}
        self.trigger_event(self.Elected, **facts, **act.build_fields())

    def withdraw(self, role: LeaderRole, since: date, note: Note, act: Act) -> None:
        """Take an election back. Raises: NoSuchElection."""
        facts = {"volunteer_id": self._find_elected(role, since), "role": role, "since": since.isoformat()}
        self.trigger_event(self.Withdrawn, **facts, **build_note_fields(note), **act.build_fields())

    def end_term(self, role: LeaderRole, since: date, on: date, note: Note, act: Act) -> None:
        """Record the last day of a term that ends before its time. Raises: NoSuchElection, EndsBeforeTerm."""
        elected = self._find_elected(role, since)
        if on < since:
            raise EndsBeforeTerm(since, on)
        facts = {"volunteer_id": elected, "role": role, "since": since.isoformat(), "on": on.isoformat()}
        self.trigger_event(self.TermEnded, **facts, **build_note_fields(note), **act.build_fields())

    def _find_elected(self, role: LeaderRole, since: date) -> UUID:
        elected = self.elections.get((role, since.isoformat()))
        if elected is None:
            raise NoSuchElection(role, since)
        return elected

    @event(Elected)
    def _elected(self, volunteer_id: UUID, role: str, since: str) -> None:
        self.elections[role, since] = volunteer_id

    @event(Withdrawn)
    def _withdrawn(self, role: str, since: str) -> None:
        del self.elections[role, since]
