"""What coordinators do: load, one command, save. Each command is one transaction of the log.

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.act import Act, Note
from domain.errors import DomainError, NoOpenCase, UnitNotOpen
from domain.ids import unit_stream
from domain.model.acknowledgements import Acknowledgements
from domain.model.corrections import CorrectionEvent, Corrections
from domain.model.exit_case import ATTESTED, ExitCase, Trigger
from domain.model.ledger import LedgerEntry
from domain.model.pending_row import RowState, SeenRow
from domain.model.record_book_entries import RecordBookEntries
from domain.model.refused_commands import RefusedCommands
from domain.model.shift import Shift
from domain.model.standing import demand_in_service, find_standing
from domain.model.training import NOTHING_REQUIRED, FindRequirement, TrainingEvent
from domain.model.unit import Unit, UnitFacts
from domain.model.unit_session import UnitSession
from domain.model.visits import Visit
from domain.model.volunteer import Volunteer
from domain.use_cases.award_desk import AwardDesk
from domain.use_cases.month_desk import MonthDesk
from domain.use_cases.papers_desk import PapersDesk
from domain.use_cases.retractable import Retractable, find_retractable
from domain.use_cases.session_desk import SessionDesk
from domain.use_cases.stream_queries import list_cases, list_visits_around
from domain.use_cases.unit_desk import UnitDesk


class Desk(AwardDesk, PapersDesk, MonthDesk, UnitDesk, SessionDesk):
    """The use cases of the desk."""

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

    # --- Corrections ---

    def close_visit(self, volunteer_id: UUID, period: tuple[datetime, datetime], note: Note, act: Act) -> None:
        """Give a visit without check-out its end."""
        with self._correcting(volunteer_id, period[0], act) as (corrections, visits):
            corrections.close(volunteer_id, period, visits, note, act)

    def add_visit(self, volunteer_id: UUID, period: tuple[datetime, datetime], note: Note, act: Act) -> None:
        """Add a visit that no tap shows."""
        with self._correcting(volunteer_id, period[0], act) as (corrections, visits):
            corrections.add(volunteer_id, period, visits, note, act)

    def add_arrival(self, volunteer_id: UUID, check_in: datetime, note: Note, act: Act) -> None:
        """Begin a visit that no tap shows, of a volunteer in service: a tap or `close_visit` ends it (R-036)."""
        with self._correcting(volunteer_id, check_in, act) as (corrections, visits):
            day = self._rules.load().days.of(check_in)
            volunteer, undecodable = self._log.load_lenient(Volunteer, volunteer_id)
            if volunteer and not undecodable:
                standing = find_standing(volunteer.standing_changes, day.toordinal())
                demand_in_service(volunteer_id, standing, day)
            corrections.add_arrival(volunteer_id, (check_in, day.toordinal()), visits, note, act)

    def void_visit(self, volunteer_id: UUID, check_in: datetime, note: Note, act: Act) -> None:
        """Let a visit count for nothing."""
        with self._correcting(volunteer_id, check_in, act) as (corrections, visits):
            corrections.void(volunteer_id, check_in, visits, note, act)

    def annotate_misuse(self, volunteer_id: UUID, check_in: datetime, kind: str, note: Note, act: Act) -> None:
        """Note a misuse of the card."""
        with self._correcting(volunteer_id, check_in, act) as (corrections, visits):
            corrections.annotate_misuse(volunteer_id, (check_in, kind), visits, note, act)

    @contextmanager
    def _correcting(
        self, volunteer_id: UUID, check_in: datetime, act: Act
    ) -> Generator[tuple[Corrections, list[Visit]]]:
        with self._log.writing():
            self._demand_enrolled(volunteer_id)
            day = self._rules.load().days.of(check_in)
            corrections = self._log.catch_up(Corrections.of(volunteer_id, day))
            yield corrections, self._list_visits_around(volunteer_id, day, act)
            self._log.append(corrections)

    # --- What is right as it is ---

    def acknowledge(self, row: SeenRow, now: RowState, note: Note, act: Act) -> None:
        """Acknowledge what needs a person; `now` is what the read models say of it, at the head of the log."""
        with self._log.writing():
            acknowledgements = self._log.catch_up(Acknowledgements.of(row.volunteer_id, now.day))
            acknowledgements.acknowledge(row, now, note, act)
            self._log.append(acknowledgements)

    # --- What is taken back ---

    def retract(
        self,
        position: int,
        note: Note,
        act: Act,
        find_requirement: FindRequirement = lambda _kind, _category: NOTHING_REQUIRED,
    ) -> None:
        """Take back what a person did at a position of the log: it counts as if it had not been done."""
        with self._log.writing():
            found = find_retractable(self._log, position)
            if isinstance(found, TrainingEvent):
                changed = [self._retract_training(position, found, note, act, find_requirement)]
            else:
                changed = self._retract(position, found, note, act)
            self._log.append(*changed)

    def _retract(self, position: int, found: Retractable, note: Note, act: Act) -> list[Aggregate]:
        match found:
            case Shift.AbsenceExcused() as excuse:
                changed = self._load_shift(excuse.shift)
                changed.retract_excuse(position, excuse, note, act)
            case Shift.Assigned() as assigned:
                changed = self._load_shift(assigned.shift)
                changed.retract_assignment(position, assigned, note, act)
            case ExitCase.Decided() as decided:
                changed, later = self._load_case(decided.originator_id)
                changed.retract_decision(position, decided, later, note, act)
            case UnitSession.AttendanceAdded() as added:
                changed = self.find_session(added.session)
                changed.retract_attendance(position, added, note, act)
            case Acknowledgements.Acknowledged() as acknowledged:
                changed = self._log.catch_up(Acknowledgements.at_version_zero(acknowledged.originator_id))
                changed.retract(position, acknowledged, note, act)
            case LedgerEntry() as entry:
                if isinstance(entry, RecordBookEntries.EntryMade):
                    self._demand_closing_role(act)
                return self._retract_entry(position, entry, note, act)
            case correction:
                changed = self._log.catch_up(Corrections.at_version_zero(correction.originator_id))
                changed.retract(position, correction, self._list_visits_without(correction, act), note, act)
        return [changed]

    def _load_case(self, stream: UUID) -> tuple[ExitCase, list[ExitCase]]:
        """A case, and those of its rule that were raised after it."""
        found = self._log.load(ExitCase, stream)
        assert found is not None, "its stream holds the decision"  # noqa: S101 - a programming error
        cases = list_cases(self._log, found.volunteer_id, found.rule)
        number = next(number for number, case in enumerate(cases) if case.id == stream)
        return cases[number], cases[number + 1 :]

    def _list_visits_without(self, correction: CorrectionEvent, act: Act) -> list[Visit]:
        """The visits around a correction as they would be if it had not been made."""
        day = self._rules.load().days.of(correction.check_in)
        return self._list_visits_around(correction.volunteer_id, day, act, without=correction)

    def _list_visits_around(
        self, volunteer_id: UUID, day: date, act: Act, without: CorrectionEvent | None = None
    ) -> list[Visit]:
        return list_visits_around(
            self._log, self._rules.load(), self._place, volunteer_id, day, now=act.recorded, without=without
        )

    # --- Exit cases ---

    def report_misconduct(self, volunteer_id: UUID, on: date, note: Note, act: Act) -> None:
        """A person states what a volunteer did: a case waits for a decision (R-054)."""
        with self._log.writing():
            self._demand_enrolled(volunteer_id)
            ordinal = len(list_cases(self._log, volunteer_id, ATTESTED)) + 1
            stated = Trigger(volunteer_id, ATTESTED, str(ordinal), (on.isoformat(),))
            case = ExitCase.raise_case(stated, ordinal, self._rules.load().days.of(act.at), act)
            case.counsel(note, act)
            self._log.append(case)

    def counsel(self, volunteer_id: UUID, rule: str, note: Note, act: Act) -> None:
        """Record a talk about the latest case of a rule that waits (R-055)."""
        with self._log.writing():
            case = self._find_undecided(volunteer_id, rule)
            case.counsel(note, act)
            self._log.append(case)

    def decide_exit(self, volunteer_id: UUID, rule: str, decision: str, note: Note, act: Act) -> None:
        """Decide the latest case of a rule that waits."""
        with self._log.writing():
            case = self._find_undecided(volunteer_id, rule)
            case.decide(decision, note, act)
            self._log.append(case)

    def _find_undecided(self, volunteer_id: UUID, rule: str) -> ExitCase:
        self._demand_enrolled(volunteer_id)
        waiting = [case for case in list_cases(self._log, volunteer_id, rule) if case.status == "raised"]
        if not waiting:
            raise NoOpenCase(volunteer_id, rule)
        return waiting[-1]
