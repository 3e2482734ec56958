"""What coordinators write down about the unit: what was done, who was served, tours, plans, leaders.

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from domain.act import Act, Note
from domain.errors import NotScheduled
from domain.ids import event_stream, shift_stream
from domain.model.duty_description import DutyDescription, PlannedKind, PostDescription
from domain.model.leader_terms import LeaderRole, LeaderTerms
from domain.model.planned_period import Plan
from domain.model.served_counts import Counted, CountSource, ServedCounts
from domain.model.service_event import ServiceEvent
from domain.model.service_plans import ServicePlans
from domain.model.shift import Shift
from domain.model.spot_checks import SpotChecks
from domain.model.streams import StandingStream
from domain.model.tour_booking import TourBooking
from domain.spans import instant
from domain.use_cases.roster_desk import RosterDesk

S = TypeVar("S", bound=StandingStream)


class UnitDesk(RosterDesk):
    """The use cases of the unit's ledgers."""

    def describe_duty(self, kind: PlannedKind, name: str, item: str | None, content: str | None, act: Act) -> None:
        """Say what is done in a shift or an event; None leaves what was said (R-022)."""
        with self._log.writing():
            self._find_planned(kind, name)
            description = self._log.move_to_end(DutyDescription.of(kind, name))
            description.change((kind, name), item, content, act)
            self._log.append(description)

    def describe_post(self, post: str, item: str | None, content: str | None, since: date, act: Act) -> None:
        """Say what is usually done at a post from a service day on; None is no default (R-022)."""
        with self._log.writing():
            description = self._log.move_to_end(PostDescription.of(post))
            description.change(post, item, content, since, act)
            self._log.append(description)

    def record_served_count(self, counted: Counted, count: int | None, source: CountSource, act: Act) -> None:
        """Record how many people were served; None takes an earlier count back (R-104)."""
        with self._log.writing():
            counts = self._log.move_to_end(ServedCounts.of(counted))
            counts.record_count(counted, self._find_beginning(counted), count, source, act)
            self._log.append(counts)

    def _find_beginning(self, counted: Counted) -> datetime:
        if counted.kind == "day":
            return instant(self._rules.load().days.start(date.fromisoformat(counted.name).toordinal()))
        return self._find_planned(counted.kind, counted.name).start

    def _find_planned(self, kind: PlannedKind, name: str) -> Shift | ServiceEvent:
        found = (
            self._find(Shift, shift_stream, name) if kind == "shift" else self._find(ServiceEvent, event_stream, name)
        )
        if found is None:
            raise NotScheduled(name)
        return found

    def book_tour(self, booking: str, plan: Plan, guide: UUID, group: tuple[str | None, int], act: Act) -> None:
        """Book a tour of a group, its language and size: the duty of a guide, a shift of the same id (R-049)."""
        with self._log.writing():
            shift = self._build_shift(booking, plan, [guide], act)
            self._log.append(shift, TourBooking.book(booking, *group, act))

    def draw_spot_check(
        self, day: date, holders: Sequence[UUID], size: int, seed: int, act: Act
    ) -> tuple[int, list[UUID]]:
        """Draw record books of those who hold one on a service day; the number of the check, and whose (R-112)."""
        with self._log.writing():
            checks = self._log.catch_up(SpotChecks.of_unit())
            sample = checks.draw(day, holders, size, seed, act)
            self._log.append(checks)
            return len(checks.samples), sample

    def record_spot_check(self, number: int, matching: int, note: Note | None, act: Act) -> None:
        """Record how many books of a spot check agree with what the system believes (R-112)."""
        with self._log.writing():
            checks = self._log.catch_up(SpotChecks.of_unit())
            checks.record(number, matching, note, act)
            self._log.append(checks)

    def file_plan(self, plan: str, authority: str, valid: tuple[date, date], act: Act) -> None:
        """Record that a service plan was filed (R-001)."""
        with self._changing_ledger(ServicePlans.of_unit()) as plans:
            plans.file(plan, authority, valid, act)

    def report_results(self, period: tuple[date, date], on: date, authority: str, act: Act) -> None:
        """Record that the results of a period were handed in (R-111)."""
        with self._changing_ledger(ServicePlans.of_unit()) as plans:
            plans.report_results(period, on, authority, act)

    def terminate_plan(self, plan: str, on: date, note: Note, act: Act) -> None:
        """Record that a plan does not hold any more from a day on (R-111)."""
        with self._changing_ledger(ServicePlans.of_unit()) as plans:
            plans.terminate(plan, on, note, act)

    def elect_leader(
        self, volunteer_id: UUID, role: LeaderRole, since: date, act: Act, *, by_election: bool = False
    ) -> None:
        """Record who was elected leader or deputy (R-046)."""
        with self._changing_ledger(LeaderTerms.of_unit()) as terms:
            self._demand_serving(volunteer_id)
            terms.elect(volunteer_id, role, since, act, by_election=by_election)

    def withdraw_election(self, role: LeaderRole, since: date, note: Note, act: Act) -> None:
        """Take an election back that was written down by mistake."""
        with self._changing_ledger(LeaderTerms.of_unit()) as terms:
            terms.withdraw(role, since, note, act)

    def end_leader_term(self, role: LeaderRole, since: date, on: date, note: Note, act: Act) -> None:
        """Record that a leader or deputy stepped down: the last day of the term that began on a day (R-046)."""
        with self._changing_ledger(LeaderTerms.of_unit()) as terms:
            terms.end_term(role, since, on, note, act)

    @contextmanager
    def _changing_ledger(self, stream: S) -> Generator[S]:
        """A stream as it stands; what is recorded in it is saved with the end of the block."""
        with self._log.writing():
            current = self._log.catch_up(stream)
            yield current
            self._log.append(current)
