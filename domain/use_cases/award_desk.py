"""What coordinators record of awards: received, attested by documents, taken back.

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from domain.act import Act, Note
from domain.model.award_groups import AwardGroups
from domain.model.award_ledger import (
    AwardLedger,
    Certificate,
    HonorCard,
    HoursOnPaper,
    SeniorityOnPaper,
)
from domain.use_cases.roster_desk import RosterDesk


class AwardDesk(RosterDesk):
    """The use cases of awards."""

    def grant_award(self, volunteer_id: UUID, award: str, on: date, note: Note | None, act: Act) -> None:
        """The volunteer received an award (R-080)."""
        with self._recording_award(volunteer_id) as ledger:
            ledger.grant_award(volunteer_id, award, on, note, act)

    def grant_honor_card(self, volunteer_id: UUID, card: HonorCard, note: Note | None, act: Act) -> None:
        """The authority approved an honor card (R-083)."""
        with self._recording_award(volunteer_id) as ledger:
            ledger.grant_honor_card(volunteer_id, card, note, act)

    def issue_certificate(self, volunteer_id: UUID, certificate: Certificate, note: Note | None, act: Act) -> None:
        """The unit issued a performance certificate (R-084)."""
        with self._recording_award(volunteer_id) as ledger:
            ledger.issue_certificate(volunteer_id, certificate, note, act)

    def attest_hours(self, volunteer_id: UUID, hours: HoursOnPaper, note: Note, act: Act) -> None:
        """A document proves hours (R-031)."""
        with self._recording_award(volunteer_id) as ledger:
            ledger.attest_hours(volunteer_id, hours, self._find_day_of_act(act), note, act)

    def attest_seniority(self, volunteer_id: UUID, served: SeniorityOnPaper, note: Note, act: Act) -> None:
        """A document proves years of service (R-081)."""
        with self._recording_award(volunteer_id) as ledger:
            ledger.attest_seniority(volunteer_id, served, self._find_day_of_act(act), note, act)

    def attest_condition(self, volunteer_id: UUID, award: str, condition: str, note: Note, act: Act) -> None:
        """A person attests a condition of an award (R-080)."""
        with self._recording_award(volunteer_id) as ledger:
            ledger.attest_condition(volunteer_id, award, condition, note, act)

    def attest_family(self, family: str, members: Sequence[UUID], note: Note, act: Act) -> None:
        """A person attests that volunteers are related (R-088)."""
        with self._recording_groups() as groups:
            for member in members:
                self._demand_serving(member)
            groups.attest_family(family, members, note, act)

    def attest_team(self, established_on: date, note: Note, act: Act) -> None:
        """A person attests when the team was established (R-087)."""
        with self._recording_groups() as groups:
            groups.attest_team(established_on, self._find_day_of_act(act), note, act)

    def grant_team_award(self, award: str, on: date, note: Note | None, act: Act) -> None:
        """The team received an award (R-087)."""
        with self._recording_groups() as groups:
            groups.grant_team_award(award, on, note, act)

    def _find_day_of_act(self, act: Act) -> date:
        return self._rules.load().days.of(act.at)

    @contextmanager
    def _recording_award(self, volunteer_id: UUID) -> Generator[AwardLedger]:
        with self._log.writing():
            self._demand_serving(volunteer_id)
            ledger = self._log.catch_up(AwardLedger.of(volunteer_id))
            yield ledger
            self._log.append(ledger)

    @contextmanager
    def _recording_groups(self) -> Generator[AwardGroups]:
        with self._log.writing():
            groups = self._log.catch_up(AwardGroups.of_unit())
            yield groups
            self._log.append(groups)
