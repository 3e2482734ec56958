"""What coordinators do: load, ask one thing, save. Each command is one transaction of the log.

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.act import Act, Note
from domain.errors import (
    AlreadyEnrolled,
    AlreadyScheduled,
    DomainError,
    NoOpenCase,
    NoSuchCard,
    NotEnrolled,
    NotScheduled,
    UnitNotOpen,
)
from domain.ids import card_stream, event_stream, shift_stream, unit_stream
from domain.log.event_log import EventLog
from domain.model.card import Card
from domain.model.corrections import Corrections
from domain.model.refused_commands import RefusedCommands
from domain.model.service_event import ServiceEvent
from domain.model.shift import Plan, Shift
from domain.model.unit import Unit, UnitFacts
from domain.model.visits import Visit
from domain.model.volunteer import Training, Volunteer
from domain.use_cases.check_in import KioskPlace
from domain.use_cases.stream_queries import list_cases, list_visits_around
from domain.use_cases.unit_rules import UnitRules


class Desk:
    """The use cases of the desk."""

    def __init__(self, log: EventLog, place: KioskPlace) -> None:
        self._log = log
        self._place = place
        self._rules = UnitRules(log)

    def record_refusal(self, command: str, refusal: DomainError, act: Act) -> None:
        """Write down that a command was refused."""
        with self._log.writing():
            day = self._rules.load().days.of(act.at)
            refusals = self._log.move_to_end(RefusedCommands.of(day))
            refusals.refuse(command, refusal, act)
            self._log.append(refusals)

    # --- The unit ---

    def open_unit(self, facts: UnitFacts, act: Act) -> None:
        """Open the unit for volunteers."""
        with self._log.writing():
            unit = self._load_unit()
            unit.open(facts, act)
            self._log.append(unit)

    def adopt_policy(self, effective_from: date, changes: dict[str, object], act: Act) -> None:
        """Change parameters from a service day on."""
        with self._log.writing():
            unit = self._load_unit()
            unit.adopt_policy(effective_from, changes, act)
            self._log.append(unit)

    def import_calendar(self, year: int, source: str, closed: Sequence[date], act: Act) -> None:
        """Take over the office days of a year."""
        with self._log.writing():
            unit = self._load_unit()
            unit.import_calendar(year, source, closed, act)
            self._log.append(unit)

    def _load_unit(self) -> Unit:
        unit = self._log.load(Unit, unit_stream())
        if unit is None:
            raise UnitNotOpen
        return unit

    # --- People ---

    def enrol(self, volunteer_id: UUID, mode: str, agreement_from: date, group: str | None, act: Act) -> None:
        """A person begins to serve."""
        with self._log.writing():
            if self._log.load(Volunteer, volunteer_id):
                raise AlreadyEnrolled(volunteer_id)
            self._log.append(Volunteer.enrol(volunteer_id, mode, agreement_from, group, act))

    def renew_agreement(self, volunteer_id: UUID, agreement_from: date, act: Act) -> None:
        """A new agreement follows."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.renew_agreement(agreement_from, act)

    def end_agreement(self, volunteer_id: UUID, on: date, note: Note, act: Act) -> None:
        """The agreement ends after a day."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.end_agreement(on, note, act)

    def complete_training(self, volunteer_id: UUID, training: Training, certificate: Note | None, act: Act) -> None:
        """A training is on file."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.complete_training(training, certificate, act)

    def suspend(self, volunteer_id: UUID, since: date, act: Act) -> None:
        """Service pauses."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.suspend(since, act)

    def resume(self, volunteer_id: UUID, on: date, act: Act) -> None:
        """Service goes on."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.resume(on, act)

    def assess(self, volunteer_id: UUID, period_end: date, score: float, act: Act) -> None:
        """A score for a period."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.assess(period_end, score, act)

    def demand_erasable(self, volunteer_id: UUID, at: datetime) -> None:
        """Whether somebody may be erased at an instant. Of who was never enrolled the log knows nothing."""
        if volunteer := self._log.load(Volunteer, volunteer_id):
            volunteer.demand_erasable(self._rules.load().days.of(at))

    def erase_person(self, volunteer_id: UUID, basis: str, act: Act) -> bool:
        """A person is erased; whether the log learnt it only now. Ask `demand_erasable` first, but after a restore."""
        with self._log.writing():
            volunteer = self._log.load(Volunteer, volunteer_id)
            if volunteer is None or volunteer.erased:
                return False
            volunteer.erase(self._rules.load().days.of(act.at) - timedelta(days=1), basis, act)
            self._log.append(volunteer)
            return True

    @contextmanager
    def _saving(self, volunteer_id: UUID) -> Generator[Volunteer]:
        with self._log.writing():
            volunteer = self._load_volunteer(volunteer_id)
            volunteer.demand_not_erased()
            yield volunteer
            self._log.append(volunteer)

    def _demand_enrolled(self, volunteer_id: UUID) -> None:
        """Whatever else of them cannot be read."""
        volunteer, illegible = self._log.load_lenient(Volunteer, volunteer_id)
        if volunteer is None and not illegible:
            raise NotEnrolled(volunteer_id)

    def _demand_serving(self, volunteer_id: UUID) -> None:
        """Enrolled, and not erased since."""
        volunteer, illegible = self._log.load_lenient(Volunteer, volunteer_id)
        if volunteer:
            volunteer.demand_not_erased()
        elif not illegible:
            raise NotEnrolled(volunteer_id)

    def _load_volunteer(self, volunteer_id: UUID) -> Volunteer:
        volunteer = self._log.load(Volunteer, volunteer_id)
        if volunteer is None:
            raise NotEnrolled(volunteer_id)
        return volunteer

    # --- Cards ---

    def issue_card(self, volunteer_id: UUID, token: str, tech: str, act: Act) -> None:
        """Give a card to a volunteer, unless somebody holds it."""
        with self._log.writing():
            self._demand_serving(volunteer_id)
            card = self._log.load(Card, card_stream(token))
            if card is None:
                card = Card.issue(token, tech, volunteer_id, act)
            else:
                card.reissue(volunteer_id, act)
            self._log.append(card)

    def revoke_card(self, token: str, note: Note, act: Act) -> None:
        """Take a card out of use."""
        with self._log.writing():
            card = self._log.load(Card, card_stream(token))
            if card is None:
                raise NoSuchCard
            card.revoke(note, act)
            self._log.append(card)

    # --- The roster ---

    def schedule_shift(self, name: str, plan: Plan, volunteers: Sequence[UUID], act: Act) -> None:
        """Put a shift on the roster, with those responsible for it."""
        with self._log.writing():
            if self._log.load(Shift, shift_stream(name)):
                raise AlreadyScheduled(name)
            shift = Shift.schedule(name, plan, act)
            for volunteer_id in volunteers:
                self._demand_serving(volunteer_id)
                shift.assign(volunteer_id, act)
            self._log.append(shift)

    def schedule_event(
        self,
        name: str,
        span: tuple[datetime, datetime],
        category: str | None,
        volunteers: Sequence[UUID] | None,
        act: Act,
    ) -> None:
        """Announce a service event."""
        with self._log.writing():
            if self._log.load(ServiceEvent, event_stream(name)):
                raise AlreadyScheduled(name)
            for volunteer_id in volunteers or ():
                self._demand_serving(volunteer_id)
            self._log.append(ServiceEvent.schedule(name, span, category, volunteers, act))

    def assign(self, name: str, volunteer_id: UUID, act: Act) -> None:
        """Make somebody responsible for a shift."""
        with self._changing(name) as shift:
            self._demand_serving(volunteer_id)
            shift.assign(volunteer_id, act)

    def unassign(self, name: str, volunteer_id: UUID, act: Act) -> None:
        """Take somebody off a shift before it starts."""
        with self._changing(name) as shift:
            shift.unassign(volunteer_id, act)

    def change_shift(self, name: str, start: datetime, end: datetime, act: Act) -> None:
        """Give a shift other times."""
        with self._changing(name) as shift:
            shift.change(start, end, act)

    def cancel_shift(self, name: str, note: Note, act: Act) -> None:
        """Call a shift off."""
        with self._changing(name) as shift:
            shift.cancel(note, act)

    def request_leave(self, name: str, volunteer_id: UUID, note: Note | None, act: Act) -> None:
        """Ask for leave before a shift starts."""
        with self._changing(name) as shift:
            shift.request_leave(volunteer_id, note, act)

    def withdraw_leave(self, name: str, volunteer_id: UUID, act: Act) -> None:
        """Take a request for leave back."""
        with self._changing(name) as shift:
            shift.withdraw_leave(volunteer_id, act)

    def excuse_absence(self, name: str, volunteer_id: UUID, note: Note, act: Act) -> None:
        """Turn an absence into leave."""
        with self._changing(name) as shift:
            shift.excuse_absence(volunteer_id, note, act)

    def swap(
        self,
        shifts: tuple[str, str | None],
        people: tuple[UUID, UUID],
        note: Note | None,
        act: Act,
        *,
        retroactive: bool = False,
    ) -> None:
        """Hand a shift over, and another one back in return: both or neither (R-042)."""
        name, return_name = shifts
        giver, taker = people
        with self._log.writing():
            self._demand_serving(taker)
            shift = self._load_shift(name)
            given_back = self._load_shift(return_name) if return_name else None
            shift.hand_over(giver, taker, act, note, retroactive=retroactive)
            if given_back:
                given_back.hand_over(taker, giver, act, note, retroactive=retroactive)
            self._log.append(shift, *([given_back] if given_back else []))

    @contextmanager
    def _changing(self, name: str) -> Generator[Shift]:
        with self._log.writing():
            shift = self._load_shift(name)
            yield shift
            self._log.append(shift)

    def _load_shift(self, name: str) -> Shift:
        shift = self._log.load(Shift, shift_stream(name))
        if shift is None:
            raise NotScheduled(name)
        return shift

    # --- Corrections ---

    def close_visit(self, volunteer_id: UUID, claim: tuple[datetime, datetime], note: Note, act: Act) -> None:
        """Give a visit without check-out its end."""
        with self._correcting(volunteer_id, claim[0]) as (corrections, visits):
            corrections.close(volunteer_id, claim, visits, note, act)

    def add_visit(self, volunteer_id: UUID, claim: tuple[datetime, datetime], note: Note, act: Act) -> None:
        """Add a visit that no tap shows."""
        with self._correcting(volunteer_id, claim[0]) as (corrections, visits):
            corrections.add(volunteer_id, claim, visits, note, act)

    def void_visit(self, volunteer_id: UUID, check_in: datetime, note: Note, act: Act) -> None:
        """Let a visit count for nothing."""
        with self._correcting(volunteer_id, check_in) as (corrections, visits):
            corrections.void(volunteer_id, check_in, visits, note, act)

    def annotate_misuse(self, volunteer_id: UUID, check_in: datetime, kind: str, note: Note, act: Act) -> None:
        """Note a misuse of the card."""
        with self._correcting(volunteer_id, check_in) as (corrections, visits):
            corrections.annotate_misuse(volunteer_id, (check_in, kind), visits, note, act)

    @contextmanager
    def _correcting(self, volunteer_id: UUID, check_in: datetime) -> Generator[tuple[Corrections, list[Visit]]]:
        with self._log.writing():
            self._demand_enrolled(volunteer_id)
            day = self._rules.load().days.of(check_in)
            corrections = self._log.catch_up(Corrections.of(volunteer_id, day))
            yield corrections, list_visits_around(self._log, self._rules.load(), self._place, volunteer_id, day)
            self._log.append(corrections)

    # --- Exit cases ---

    def decide_exit(self, volunteer_id: UUID, rule: str, decision: str, note: Note, act: Act) -> None:
        """Decide the latest case of a rule that waits."""
        with self._log.writing():
            self._demand_enrolled(volunteer_id)
            waiting = [case for case in list_cases(self._log, volunteer_id, rule) if case.status == "raised"]
            if not waiting:
                raise NoOpenCase(volunteer_id, rule)
            waiting[-1].decide(decision, note, act)
            self._log.append(waiting[-1])
