"""What coordinators do about people: agreements, pauses, trainings, cards, and names that are shown.

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.act import Act, Note
from domain.errors import AlreadyEnrolled, NoSuchCard
from domain.ids import card_stream
from domain.model.assessments import Assessments
from domain.model.card import Card
from domain.model.evacuation_drill import EvacuationDrills
from domain.model.name_access import NameAccess, Purpose
from domain.model.streams import UNWRITTEN
from domain.model.training import NOTHING_REQUIRED, FindRequirement, Requirement, Training, TrainingEvent
from domain.model.volunteer import EndReason, Volunteer
from domain.use_cases.roster_desk import RosterDesk


def _make_unknown(volunteer_id: UUID) -> Volunteer:
    """A person of whose enrolment nothing can be read, and who can be erased all the same."""
    volunteer = Volunteer.__new__(Volunteer)
    volunteer.__base_init__(originator_id=volunteer_id, originator_version=0, timestamp=UNWRITTEN)
    volunteer.begin("", None)
    return volunteer


class PeopleDesk(RosterDesk):
    """The use cases of people and their cards."""

    def enrol(
        self, volunteer_id: UUID, mode: str, agreement_from: date, act: Act, person_digest: str | None = None
    ) -> None:
        """A person begins to serve. `person_digest` proves who it is."""
        with self._log.writing():
            if self._log.find_version(volunteer_id):
                raise AlreadyEnrolled(volunteer_id)
            self._log.append(Volunteer.enrol(volunteer_id, mode, agreement_from, act, person_digest))

    def change_person(
        self, volunteer_id: UUID, fields: list[str], person_digest: str | None, reason: Note | None, act: Act
    ) -> None:
        """What identifies a person is changed in these fields of the people store; without any, nothing is recorded."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.change_person(fields, person_digest, reason, act)

    def renew_agreement(self, volunteer_id: UUID, agreement_from: date, act: Act) -> None:
        """A new agreement follows."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.renew_agreement(agreement_from, act)

    def end_agreement(
        self, volunteer_id: UUID, on: date, note: Note, act: Act, reason_code: EndReason | None = None
    ) -> None:
        """The agreement ends after a day."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.end_agreement(on, note, act, reason_code)

    def complete_training(
        self,
        volunteer_id: UUID,
        training: Training,
        certificate: Note | None,
        act: Act,
        requirement: Requirement = NOTHING_REQUIRED,
    ) -> bool:
        """A training is on file, or a session of one; whether the training is complete now."""
        with self._saving(volunteer_id) as volunteer:
            return volunteer.complete_training(training, certificate, act, requirement, self._rules.load().days.of)

    def _retract_training(
        self, position: int, entry: TrainingEvent, note: Note, act: Act, find_requirement: FindRequirement
    ) -> Volunteer:
        """A session of a training taken back, not yet saved."""
        volunteer = self._load_volunteer(entry.originator_id)
        volunteer.demand_not_erased()
        needed = (find_requirement(entry.kind, entry.category), self._rules.load().days.of)
        volunteer.retract_training(position, entry, note, act, needed)
        return volunteer

    def suspend(self, volunteer_id: UUID, since: date, act: Act) -> None:
        """Service pauses."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.suspend(since, act)

    def resume(self, volunteer_id: UUID, on: date, act: Act) -> None:
        """Service goes on."""
        with self._saving(volunteer_id) as volunteer:
            volunteer.resume(on, act)

    def assess(self, volunteer_id: UUID, period_end: date, score: float, act: Act) -> None:
        """A score for a period, in a stream that says nothing else of the volunteer."""
        with self._log.writing():
            self._demand_serving(volunteer_id)
            assessments = self._log.move_to_end(Assessments.of(volunteer_id))
            assessments.assess(volunteer_id, period_end, score, act)
            self._log.append(assessments)

    def demand_erasable(self, volunteer_id: UUID, at: datetime) -> None:
        """Whether a person may be erased at an instant, as far as the log can be read.

        A person who was never enrolled is in no event.
        """
        volunteer, _ = self._log.load_lenient(Volunteer, volunteer_id)
        if volunteer:
            volunteer.demand_erasable(self._rules.load().days.of(at))

    def is_erased(self, volunteer_id: UUID) -> bool:
        """Whether the log says that a person is erased, also by an event that cannot be read any more."""
        return any(row[3] == Volunteer.PersonErased.TOPIC for row in self._log.read_stream_rows(volunteer_id))

    def list_erased(self) -> list[UUID]:
        """Who is erased, as far as the log can be read; it looks at every event."""
        return [event.originator_id for _, event in self._log.read_topic_lenient(Volunteer.PersonErased.TOPIC)]

    def erase_person(self, volunteer_id: UUID, basis: str, act: Act) -> bool:
        """Erase a person; whether that is new to the log. Call `demand_erasable` first, except after a restore."""
        with self._log.writing():
            volunteer, undecodable = self._log.load_lenient(Volunteer, volunteer_id)
            if self.is_erased(volunteer_id) or not (volunteer or undecodable):
                return False
            volunteer = volunteer or self._log.move_to_end(_make_unknown(volunteer_id))
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

    # --- Cards ---

    def issue_card(self, volunteer_id: UUID, token: str, tech: str, act: Act) -> None:
        """Give a card to a volunteer, unless another one holds it."""
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

    def revoke_issued_card(self, position: int, note: Note, act: Act) -> None:
        """Take the card out of use that the event at a position issued: one that is lost can be named in no other way.

        Raises: NoSuchCard, also where it was revoked since.
        """
        with self._log.writing():
            issued = next((entry.event for entry in self._log.read_entries_lenient(position - 1, 1, position)), None)
            if not isinstance(issued, Card.Created | Card.Reissued):
                raise NoSuchCard
            card = self._log.load(Card, issued.originator_id)
            if card is None or card.version != issued.originator_version:
                raise NoSuchCard
            card.revoke(note, act)
            self._log.append(card)

    # --- Names ---

    def record_person_shown(self, volunteer_id: UUID, purpose: Purpose, note: Note | None, act: Act) -> None:
        """Record that one person is shown; to be called before (R-120)."""
        with self._recording_names(act) as access:
            access.record_person_shown(volunteer_id, purpose, note, act)

    def record_names_listed(
        self, listed: str, volunteers: Sequence[UUID], purpose: Purpose, note: Note | None, act: Act
    ) -> None:
        """Record that a list with names is shown; to be called before (R-120)."""
        with self._recording_names(act) as access:
            access.record_names_listed(listed, volunteers, purpose, note, act)

    def record_drill(self, accounted: Sequence[UUID], missing: Sequence[UUID], note: Note | None, act: Act) -> None:
        """Record an evacuation drill."""
        with self._log.writing():
            drills = self._log.move_to_end(EvacuationDrills.of(self._rules.load().days.of(act.at)))
            drills.record_drill(accounted, missing, note, act)
            self._log.append(drills)

    @contextmanager
    def _recording_names(self, act: Act) -> Generator[NameAccess]:
        with self._log.writing():
            access = self._log.move_to_end(NameAccess.of(self._rules.load().days.of(act.at)))
            yield access
            self._log.append(access)
