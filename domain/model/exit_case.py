"""A case for review: a rule found its evidence, a person decides. 得 means may (decision 10)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from domain.act import Act, Note, build_note_fields
from domain.errors import DomainError, NoOpenCase
from domain.ids import exit_case_stream
from domain.model.retraction import AlreadyRetracted
from domain.model.streams import DeskStream

ATTESTED = "R-054"
"""The rule of cases that a person raises, about conduct; no night withdraws them."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a rule found in the facts up to a day: enough to raise a case."""

    volunteer_id: UUID
    rule: str
    basis: str
    """What the evidence is counted within: an agreement's start, a year, a period; empty for all time."""
    evidence: tuple[str, ...]
    """Dates, ascending."""
    score: float | None = None
    shifts: tuple[str, ...] = ()
    """Of each date the shift: two duties on a day are two pieces of evidence. Empty for an assessment."""

    def build_fields(self) -> dict[str, Any]:
        """As an event carries them."""
        return {"evidence": list(self.evidence), "score": self.score, "shifts": list(self.shifts)}

    def is_said_by(self, case: "ExitCase | KnownCase") -> bool:
        """Whether a case rests on the same evidence already."""
        said = (list(case.evidence), case.score, list(case.shifts))
        return said == (list(self.evidence), self.score, list(self.shifts))


class LaterCase(DomainError):
    """A case that was raised since has taken the evidence of this one up: a decision is about that one."""

    volunteer_id: UUID
    rule: str
    raised_on: str


class ExitCase(DeskStream):
    """One case of one rule about one volunteer."""

    TOPIC = "exit-case"

    class Created(Aggregate.Created):
        """The night found enough evidence, or a person stated what happened (R-054)."""

        TOPIC = "exit-case.raised"
        volunteer_id: UUID
        rule: str
        ordinal: int
        basis: str
        raised_on: str
        evidence: list[str]
        score: float | None
        shifts: list[str] | None = None
        """Of each date its shift; None in an event of version 0.1, which knew dates alone."""

    class Revised(DeskStream.Event):
        """The facts changed while the case waits."""

        TOPIC = "exit-case.revised"
        evidence: list[str]
        score: float | None
        shifts: list[str] | None = None

    class Withdrawn(DeskStream.Event):
        """The cause was corrected away before a decision."""

        TOPIC = "exit-case.withdrawn"
        on: str

    class Counselled(DeskStream.Event):
        """A talk with the volunteer, or what a person stated, before a decision (R-054, R-055)."""

        TOPIC = "exit-case.counselled"
        note: UUID
        note_digest: str

    class Decided(DeskStream.Event):
        """A person decided."""

        TOPIC = "exit-case.decided"
        decision: str
        note: UUID | None
        note_digest: str | None

    class DecisionRetracted(DeskStream.Event):
        """The decision counts as if it had not been made: the case waits again (R-055)."""

        TOPIC = "exit-case.decision-retracted"
        retracted: int
        """Where the log holds the decision."""
        note: UUID
        note_digest: str

    @classmethod
    def raise_case(cls, trigger: Trigger, ordinal: int, day: date, act: Act) -> "ExitCase":
        """A new case, dated by the day that is being reconciled."""
        return cls._create(
            cls.Created,
            id=exit_case_stream(trigger.volunteer_id, trigger.rule, ordinal),
            volunteer_id=trigger.volunteer_id,
            rule=trigger.rule,
            ordinal=ordinal,
            basis=trigger.basis,
            raised_on=day.isoformat(),
            **trigger.build_fields(),
            **act.build_fields(),
        )

    # --- Commands ---

    def revise(self, trigger: Trigger, act: Act) -> None:
        """Follow the facts; a case that already says the same stays as it is."""
        if not trigger.is_said_by(self):
            self.record(self.Revised, act, **trigger.build_fields())

    def withdraw(self, day: date, act: Act) -> None:
        """Take back what the facts no longer carry."""
        self.record(self.Withdrawn, act, on=day.isoformat())

    def counsel(self, note: Note, act: Act) -> None:
        """Record a talk with the volunteer, or a statement, while the case waits."""
        self._demand_undecided()
        self.record(self.Counselled, act, **build_note_fields(note))

    def decide(self, decision: str, note: Note, act: Act) -> None:
        """Record what a person decided."""
        self._demand_undecided()
        self.record(self.Decided, act, decision=decision, **build_note_fields(note))

    def retract_decision(
        self, position: int, decided: Decided, later: "Iterable[ExitCase]", note: Note, act: Act
    ) -> None:
        """Take a decision back; `position` is where the log holds it, `later` are the cases that were raised since.

        What was done because of the decision are events of their own, and stay (R-056).
        """
        if self.status != "decided" or self.decision != decided.originator_version:
            raise AlreadyRetracted(position)
        for case in later:
            if case.basis == self.basis and case.status != "withdrawn":
                raise LaterCase(self.volunteer_id, self.rule, case.raised_on)
        self.record(self.DecisionRetracted, act, retracted=position, **build_note_fields(note))

    def _demand_undecided(self) -> None:
        if self.status != "raised":
            raise NoOpenCase(self.volunteer_id, self.rule)

    # --- What the events do ---

    @event(Created)
    def __init__(
        self,
        volunteer_id: UUID,
        rule: str,
        basis: str,
        raised_on: str,
        evidence: list[str],
        score: float | None,
        shifts: list[str] | None = None,
    ) -> None:
        self.volunteer_id = volunteer_id
        self.rule = rule
        self.basis = basis
        self.raised_on = raised_on
        self.status = "raised"
        self.decision = 0
        """Which event of the stream decided it last; 0 while none did."""
        self.evidence: Sequence[str] = evidence
        self.score = score
        self.shifts: Sequence[str] = shifts or []

    @event(Revised)
    def _revised(self, evidence: list[str], score: float | None, shifts: list[str] | None = None) -> None:
        self.evidence = evidence
        self.score = score
        self.shifts = shifts or []

    @event(Withdrawn)
    def _withdrawn(self) -> None:
        self.status = "withdrawn"

    @event(Decided)
    def _decided(self, originator_version: int) -> None:
        self.status = "decided"
        self.decision = originator_version

    @event(DecisionRetracted)
    def _decision_retracted(self) -> None:
        self.status = "raised"


class DecidedEvidence:
    """What the decided cases of a rule were decided on: a case is raised again only by what is not among it."""

    def __init__(self, cases: "Iterable[ExitCase | KnownCase]") -> None:
        self._duties: set[tuple[str, str]] = set()
        self._dates = Counter[str]()
        """Of cases that name no shifts: of assessments, and of version 0.1."""
        for case in cases:
            if case.status == "decided" and case.shifts:
                self._duties.update(zip(case.evidence, case.shifts, strict=True))
            elif case.status == "decided":
                self._dates |= Counter(case.evidence)

    def includes(self, trigger: Trigger) -> bool:
        """Whether every piece of evidence was decided on."""
        if not (self._duties or self._dates):
            return not trigger.evidence
        shifts = trigger.shifts or ("",) * len(trigger.evidence)
        duties = [duty for duty in zip(trigger.evidence, shifts, strict=True) if duty not in self._duties]
        named = Counter(date for date, _ in self._duties)
        return Counter(date for date, _ in duties) <= self._dates - named


# --- What the night changes ---


class KnownCase(NamedTuple):
    """A case as read models hold it."""

    basis: str
    status: str
    evidence: Sequence[str]
    score: float | None
    shifts: Sequence[str]


class CaseChange(NamedTuple):
    """What the facts change about the cases of a rule and a volunteer."""

    case: int | None
    """Which of them, from 0 on; None where another is raised."""
    trigger: Trigger | None
    """What it rests on from now on; None where it is withdrawn."""


KnownCases = Mapping[tuple[UUID, str], Sequence[ExitCase | KnownCase]]
"""Of each volunteer and rule the cases that are not withdrawn, the oldest first."""


def group_triggers(cases: KnownCases, triggers: Iterable[Trigger]) -> dict[tuple[UUID, str], list[Trigger]]:
    """What the rules found by volunteer and rule, also where that is nothing and there are cases.

    Of R-054 there is nothing to find: its cases wait for a person, whatever the facts become.
    """
    found: dict[tuple[UUID, str], list[Trigger]] = {key: [] for key in cases if key[1] != ATTESTED}
    for trigger in triggers:
        found.setdefault((trigger.volunteer_id, trigger.rule), []).append(trigger)
    return found


def list_case_changes(cases: Sequence[ExitCase | KnownCase], triggers: Sequence[Trigger]) -> Iterator[CaseChange]:
    """Undecided cases follow the facts; evidence that no case waits on and no decision has seen raises another."""
    seen = DecidedEvidence(cases)
    unseen = [trigger for trigger in triggers if not seen.includes(trigger)]
    carried, waiting = {trigger.basis: trigger for trigger in unseen}, set[str]()
    for index, case in enumerate(cases):
        if case.status == "raised":
            waiting.add(case.basis)
            trigger = carried.get(case.basis)
            if trigger is None or not trigger.is_said_by(case):
                yield CaseChange(index, trigger)
    yield from (CaseChange(None, trigger) for trigger in unseen if trigger.basis not in waiting)


def list_cases_after(
    cases: Sequence[ExitCase | KnownCase], triggers: Sequence[Trigger]
) -> list[ExitCase | KnownCase | Trigger]:
    """The cases of a rule and a volunteer once the night has made its changes, or what they rest on from then on."""
    changes = list(list_case_changes(cases, triggers))
    changed = {change.case: change.trigger for change in changes}
    kept = (changed.get(index, case) for index, case in enumerate(cases))
    raised = (change.trigger for change in changes if change.case is None)
    return [case for case in (*kept, *raised) if case is not None]
