"""What coordinators do about meetings and training sessions. Each command is one transaction of the log.

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from uuid import UUID

from domain.act import Act, Note
from domain.ids import session_stream
from domain.model.training import Requirement, Training
from domain.model.unit_session import NoSuchSession, SessionPlan, SessionScheduledAlready, UnitSession
from domain.use_cases.people_desk import PeopleDesk


class SessionDesk(PeopleDesk):
    """The use cases of sessions."""

    def schedule_session(self, name: str, plan: SessionPlan, chair: Note | None, act: Act) -> None:
        """Announce a meeting or a training, for all volunteers or for those listed; `chair` is who takes it."""
        with self._log.writing():
            if self._log.load(UnitSession, session_stream(name)):
                raise SessionScheduledAlready(name)
            for volunteer_id in plan.volunteers or ():
                self._demand_serving(volunteer_id)
            self._log.append(UnitSession.schedule(name, plan, chair, act))

    def cancel_session(self, name: str, reason: Note, act: Act) -> None:
        """Call a session off."""
        with self._changing_session(name) as session:
            session.cancel(reason, act)

    def add_session_attendance(self, name: str, volunteer_id: UUID, reason: Note, act: Act) -> None:
        """A volunteer was at a session without a card (R-121)."""
        with self._changing_session(name) as session:
            self._demand_serving(volunteer_id)
            session.add_attendance(volunteer_id, reason, act)

    def find_session(self, name: str) -> UnitSession:
        """A session as the log has it. Raises: NoSuchSession."""
        session = self._log.load(UnitSession, session_stream(name))
        if session is None:
            raise NoSuchSession(name)
        return session

    def complete_session_training(
        self, name: str, volunteers: Sequence[UUID], requirement: Requirement, act: Act
    ) -> int:
        """The training of a session is on file for these volunteers, unless it is already; for how many it is new.

        One transaction: for all of them or for none (R-073).
        """
        with self._log.writing():
            session = self.find_session(name)
            session.demand_training()
            training, days = self._build_training(session), self._rules.load().days
            people = [self._load_volunteer(volunteer_id) for volunteer_id in volunteers]
            new = [
                one
                for one in people
                if not one.erased and not any(done.session == name for done in one.attended.values())
            ]
            for volunteer in new:
                volunteer.complete_training(training, None, act, requirement, days.of)
            if new:
                self._log.append(*new)
            return len(new)

    def _build_training(self, session: UnitSession) -> Training:
        """Complete at the end of the session: service counts from then on (decision 4)."""
        plan = session.plan
        return Training(plan.training or "", plan.category, None, plan.end, plan.hours, (), session.name)

    @contextmanager
    def _changing_session(self, name: str) -> Generator[UnitSession]:
        with self._log.writing():
            session = self.find_session(name)
            yield session
            self._log.append(session)
