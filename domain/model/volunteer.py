"""A volunteer: agreements, trainings, suspensions. Who it is stands in the people store.

Rule: nothing of an assessment stands here: a stream is the unit of confidentiality.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act, Note, build_note_fields
from domain.errors import (
    AgreementInForce,
    AgreementNotLater,
    AlreadySuspended,
    NoAgreementInForce,
    NotSuspended,
    PersonErased,
)
from domain.iso_forms import parse_recorded_day
from domain.model.retraction import AlreadyRetracted
from domain.model.standing import (
    Standing,
    StandingChange,
    StandingChangeKind,
    filter_known_at,
    find_agreement,
    find_standing,
)
from domain.model.streams import Beginning, DeskStream
from domain.model.training import NOTHING_REQUIRED, FindDay, Requirement, Training, TrainingEvent, find_completion
from domain.spans import Second, second

EndReason = Literal["health", "moved", "work", "study", "family", "term_over", "dismissed", "died", "other"]
"""Why a volunteer leaves, as it is counted by the year (R-077). The list is ours: no source has one."""


class Volunteer(DeskStream):
    """One person's service, from the first agreement on."""

    TOPIC = "volunteer"

    class Created(Beginning):
        """Enrolled, with an agreement that begins on a service day."""

        TOPIC = "volunteer.enrolled"
        mode: str
        agreement_from: str
        group: str | None
        """Of an older log; None since groups stand in the people store, where they can be erased."""
        person_digest: str | None = None
        """Keyed and salted, of the row in the people store; None in homes of version 0.1."""

        def apply(self, aggregate: "Volunteer") -> None:
            """The first agreement."""
            aggregate.begin(self.mode, self.person_digest)
            aggregate.add_standing_change("agreement", self.agreement_from, self.timestamp)

    class PersonChanged(DeskStream.Event):
        """What identifies the person was changed in the people store: which fields, never what they say (R-120)."""

        TOPIC = "volunteer.person-changed"
        fields: list[str]
        person_digest: str | None
        """As that of the enrolment, of the row from now on."""
        note: UUID | None
        note_digest: str | None

    class AgreementRenewed(DeskStream.Event):
        """A new agreement begins; absences count from zero again (R-050)."""

        TOPIC = "volunteer.agreement-renewed"
        agreement_from: str

    class AgreementEnded(DeskStream.Event):
        """The agreement ends after this service day."""

        TOPIC = "volunteer.agreement-ended"
        on: str
        note: UUID | None
        note_digest: str | None
        reason_code: str | None = None
        """One of `EndReason` (R-077); None where it was not stated."""

    class TrainingAttended(TrainingEvent):
        """A session of a training that is not complete with it alone (R-003, R-004)."""

        TOPIC = "volunteer.training-attended"

        def apply(self, aggregate: "Volunteer") -> None:
            """It counts for the sum."""
            aggregate.attended[self.originator_version] = self.build_training()

    class TrainingCompleted(TrainingEvent):
        """A training was completed, on a day or at a known instant (R-002)."""

        TOPIC = "volunteer.training-completed"
        is_sum: bool = False
        """Whether sessions that are on file add up to it: then it is no session of its own."""

        def apply(self, aggregate: "Volunteer") -> None:
            """It is complete, and a session unless it is a sum."""
            training = aggregate.completed[self.originator_version] = self.build_training()
            if not self.is_sum:
                aggregate.attended[self.originator_version] = training

    class TrainingRetracted(DeskStream.Event):
        """A session of a training was wrong. What it completed, and sums of the training, are void."""

        TOPIC = "volunteer.training-retracted"
        kind: str
        category: str | None
        retracted: int
        """Where the log holds the session."""
        version: int
        """Its number in this stream."""
        note: UUID | None
        note_digest: str | None

        def apply(self, aggregate: "Volunteer") -> None:
            """The session is gone."""
            attended = aggregate.attended
            attended.pop(self.version, None)
            aggregate.completed = {
                version: one
                for version, one in aggregate.completed.items()
                if version in attended or (one.kind, one.category) != (self.kind, self.category)
            }

    class Suspended(DeskStream.Event):
        """Service pauses from this service day on (R-053)."""

        TOPIC = "volunteer.suspended"
        since: str

    class Resumed(DeskStream.Event):
        """Service goes on from this service day on."""

        TOPIC = "volunteer.resumed"
        on: str

    class Assessed(DeskStream.Event):
        """Of an older log: an assessment, which stands in `Assessments` since."""

        TOPIC = "volunteer.assessed"
        period_end: str
        score: float

    class PersonErased(DeskStream.Event):
        """The people store has forgotten who this was; service is over after this day, whatever else the log knows."""

        TOPIC = "volunteer.person-erased"
        on: str
        basis: str

    @classmethod
    def enrol(
        cls, volunteer_id: UUID, mode: str, agreement_from: date, act: Act, person_digest: str | None = None
    ) -> "Volunteer":
        """A person begins to serve. `person_digest` proves who it is."""
        facts = {"mode": mode, "agreement_from": agreement_from.isoformat(), "group": None}
        return cls._create(cls.Created, id=volunteer_id, **facts, person_digest=person_digest, **act.build_fields())

    # --- Commands ---

    def change_person(self, fields: list[str], person_digest: str | None, reason: Note | None, act: Act) -> None:
        """What identifies the person is changed in these fields; without any, nothing is recorded (R-121)."""
        self.demand_not_erased()
        if fields:
            said = {"fields": fields, "person_digest": person_digest, **build_note_fields(reason)}
            self.record(self.PersonChanged, act, **said)

    def renew_agreement(self, agreement_from: date, act: Act) -> None:
        """A new agreement follows the one in force."""
        current = max(turn.day for turn in self.standing_changes if turn.kind == "agreement")
        if agreement_from.toordinal() <= current:
            raise AgreementNotLater(self.id, date.fromordinal(current))
        self.record(self.AgreementRenewed, act, agreement_from=agreement_from.isoformat())

    def end_agreement(self, on: date, note: Note, act: Act, reason_code: EndReason | None = None) -> None:
        """The agreement ends after `on`."""
        day = on.toordinal()
        if (
            find_agreement(self.standing_changes, day) is None
            or find_standing(self.standing_changes, day) == "agreement_ended"
        ):
            raise NoAgreementInForce(self.id, on)
        self.record(self.AgreementEnded, act, on=on.isoformat(), reason_code=reason_code, **build_note_fields(note))

    def complete_training(
        self,
        training: Training,
        certificate: Note | None,
        act: Act,
        requirement: Requirement = NOTHING_REQUIRED,
        find_day: FindDay = datetime.date,
    ) -> bool:
        """A training is on file, or a session of one; with the last of them, that it is complete (R-003, R-004).

        Whether it is complete now. A basic training with a certificate is complete whatever its modules were.
        """
        fields, note = training.build_fields(), build_note_fields(certificate)
        if requirement.is_whole(training) or (training.kind == "basic" and certificate):
            self.record(self.TrainingCompleted, act, **fields, **note, is_sum=False)
            return True
        self.record(self.TrainingAttended, act, **fields, **note)
        return self._add_up(training, act, requirement, find_day)

    def retract_training(
        self, position: int, entry: TrainingEvent, note: Note, act: Act, rules: tuple[Requirement, FindDay]
    ) -> None:
        """Take a session back; `position` is where the log holds it. What is left of the training is added up anew."""
        training = self.attended.get(entry.originator_version)
        if training is None:
            raise AlreadyRetracted(position)
        facts = {"kind": entry.kind, "category": entry.category, "retracted": position}
        self.record(self.TrainingRetracted, act, **facts, version=entry.originator_version, **build_note_fields(note))
        self._add_up(training, act, *rules)

    def _add_up(self, training: Training, act: Act, requirement: Requirement, find_day: FindDay) -> bool:
        """Record that a training is complete where its sessions are what it needs; whether it is complete."""
        found = find_completion((one for one in self.attended.values() if one.is_of(training)), requirement, find_day)
        known = [one.find_order(find_day) for one in self.completed.values() if one.is_of(training)]
        if found and not any(order <= found.find_order(find_day) for order in known):
            whole = Training(found.kind, found.category, found.on, found.completed_at, None)
            self.record(self.TrainingCompleted, act, **whole.build_fields(), **build_note_fields(None), is_sum=True)
        return bool(known or found)

    def suspend(self, since: date, act: Act) -> None:
        """Service pauses."""
        if find_standing(self.standing_changes, since.toordinal()) == "suspended":
            raise AlreadySuspended(self.id, since)
        self.record(self.Suspended, act, since=since.isoformat())

    def resume(self, on: date, act: Act) -> None:
        """Service goes on."""
        if find_standing(self.standing_changes, on.toordinal()) != "suspended":
            raise NotSuspended(self.id, on)
        self.record(self.Resumed, act, on=on.isoformat())

    def demand_not_erased(self) -> None:
        """Raises: PersonErased."""
        if self.erased:
            raise PersonErased(self.id)

    def demand_erasable(self, day: date) -> None:
        """A volunteer who serves on a day, or will later, is not erased. Raises: PersonErased, AgreementInForce."""
        self.demand_not_erased()
        latest = max(turn.day for turn in self.standing_changes if turn.kind == "agreement")
        if latest > day.toordinal() or find_standing(self.standing_changes, day.toordinal()) != "agreement_ended":
            raise AgreementInForce(self.id, day)

    def erase(self, on: date, basis: str, act: Act) -> None:
        """The person is erased. A log that went back may lack the end of the agreement: here it ends after `on`."""
        self.demand_not_erased()
        self.record(self.PersonErased, act, on=on.isoformat(), basis=basis)

    def find_known_standing(self, day: int, at: Second) -> Standing:
        """How the volunteer stands on a service day, as far as the log knew at an instant."""
        return find_standing(filter_known_at(self.standing_changes, at), day)

    # --- What the events do ---

    def begin(self, mode: str, person_digest: str | None) -> None:
        """Nothing happened yet."""
        self.mode, self.person_digest, self.erased = mode, person_digest, False
        self.standing_changes: list[StandingChange] = []
        self.attended: dict[int, Training] = {}
        """Sessions of trainings, those too that were a whole training, by the number of the event in this stream."""
        self.completed: dict[int, Training] = {}

    @event(PersonChanged)
    def _person_changed(self, person_digest: str | None) -> None:
        self.person_digest = person_digest

    @event(AgreementRenewed)
    def _agreement_renewed(self, agreement_from: str, timestamp: datetime) -> None:
        self.add_standing_change("agreement", agreement_from, timestamp)

    @event(AgreementEnded)
    def _agreement_ended(self, on: str, timestamp: datetime) -> None:
        self.add_standing_change("ended", on, timestamp)

    @event(Suspended)
    def _suspended(self, since: str, timestamp: datetime) -> None:
        self.add_standing_change("suspended", since, timestamp)

    @event(Resumed)
    def _resumed(self, on: str, timestamp: datetime) -> None:
        self.add_standing_change("resumed", on, timestamp)

    @event(PersonErased)
    def _person_erased(self, on: str, timestamp: datetime) -> None:
        self.erased = True
        self.add_standing_change("ended", on, timestamp)

    def add_standing_change(self, kind: StandingChangeKind, day: str, recorded: datetime) -> None:
        """`day`: a service day, as an event holds it."""
        self.standing_changes.append(StandingChange(kind, parse_recorded_day(day).toordinal(), second(recorded)))
