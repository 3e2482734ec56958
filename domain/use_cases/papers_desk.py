"""What coordinators enter of volunteers' papers: record books, badges, insurance (R-006 to R-012, R-071).

Every method raises a `DomainError` when a rule refuses, and a `LogError` when the log cannot be read or written.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TypeVar
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.act import Act, Note
from domain.ids import compose
from domain.model.award_groups import AwardGroups
from domain.model.award_ledger import AwardLedger
from domain.model.insurance import Insurance
from domain.model.ledger import Ledger, LedgerEntry, PersonEntry, PersonLedger
from domain.model.record_book import BookNumber, BookOfAnother, RecordBook, ReissueReason
from domain.model.record_book_entries import RecordBookEntries
from domain.model.service_certificate import ServiceCertificate, TrainingIncomplete
from domain.model.spot_checks import SpotChecks
from domain.model.volunteer import Volunteer
from domain.use_cases.people_desk import PeopleDesk

L = TypeVar("L", bound=PersonLedger)
LEDGERS: Sequence[type[Ledger]] = (
    *(RecordBook, ServiceCertificate, Insurance),
    *(AwardLedger, AwardGroups, RecordBookEntries, SpotChecks),
)
"""Those whose entries can be taken back."""


class PapersDesk(PeopleDesk):
    """The use cases of papers. A day that is left out is the service day of the act."""

    # --- The record book ---

    def register_record_book(
        self, volunteer_id: UUID, book: str | None, issued: tuple[date | None, str | None], note: Note | None, act: Act
    ) -> None:
        """A volunteer has a record book; `book` is the digest of its number, `issued` the day and the office."""
        issued_on, authority = issued
        with self._writing_ledger(RecordBook, volunteer_id) as ledger:
            number = self._take_number(book, volunteer_id, act)
            on = self._find_day(issued_on, act)
            ledger.register(volunteer_id, book, (issued_on, on, authority), note, act)
            self._log.append(ledger, *number)

    def reissue_record_book(
        self, volunteer_id: UUID, book: str | None, on: date | None, why: ReissueReason, note: Note | None, act: Act
    ) -> None:
        """Another record book replaces one that is damaged or lost."""
        with self._writing_ledger(RecordBook, volunteer_id) as ledger:
            number = self._take_number(book, volunteer_id, act)
            ledger.reissue(volunteer_id, book, self._find_day(on, act), why, note, act)
            self._log.append(ledger, *number)

    def apply_for_record_book(self, volunteer_id: UUID, on: date | None, act: Act) -> None:
        """The unit has applied for a record book."""
        with self._writing_ledger(RecordBook, volunteer_id) as ledger:
            ledger.apply_for(volunteer_id, self._find_day(on, act), act)
            self._log.append(ledger)

    def state_book_custody(
        self, volunteer_id: UUID, on: date | None, note: Note | None, act: Act, *, is_with_volunteer: bool
    ) -> None:
        """A person states whether the volunteer keeps the record book."""
        with self._writing_ledger(RecordBook, volunteer_id) as ledger:
            day = self._find_day(on, act)
            ledger.state_custody(volunteer_id, day, note, act, is_with_volunteer=is_with_volunteer)
            self._log.append(ledger)

    def _take_number(self, book: str | None, volunteer_id: UUID, act: Act) -> list[BookNumber]:
        """The number, made this volunteer's. Of an erased holder it is free: the same person may be enrolled anew."""
        if book is None:
            return []
        number = self._log.catch_up(BookNumber.of(book))
        if number.holder not in (None, volunteer_id) and not self._is_erased(number.holder):
            raise BookOfAnother(number.holder)
        number.take(volunteer_id, act)
        return [number]

    def _is_erased(self, volunteer_id: UUID) -> bool:
        volunteer, _ = self._log.load_lenient(Volunteer, volunteer_id)
        return volunteer is not None and volunteer.erased

    # --- The badge ---

    def issue_service_certificate(
        self, volunteer_id: UUID, on: date | None, expires_on: date | None, note: Note | None, act: Act
    ) -> None:
        """Issue a badge, once training is complete."""
        with self._writing_ledger(ServiceCertificate, volunteer_id) as ledger:
            day = self._find_day(on, act)
            if missing := self._list_missing_trainings(volunteer_id, day):
                raise TrainingIncomplete(volunteer_id, day, missing)
            ledger.issue(volunteer_id, day, expires_on, note, act)
            self._log.append(ledger)

    def take_back_service_certificate(
        self, volunteer_id: UUID, on: date | None, note: Note, act: Act, *, is_number_cancelled: bool
    ) -> None:
        """Take a badge back, of a volunteer who left too; the card is revoked by a command of its own."""
        with self._log.writing():
            self._demand_enrolled(volunteer_id)
            ledger = self._log.catch_up(ServiceCertificate.of(volunteer_id))
            day = self._find_day(on, act)
            ledger.take_back(volunteer_id, day, note, act, is_number_cancelled=is_number_cancelled)
            self._log.append(ledger)

    def _list_missing_trainings(self, volunteer_id: UUID, day: date) -> list[str]:
        """What the policy of a day demands and is not on file by then."""
        rules = self._rules.load()
        if not rules.policies.on(day.toordinal()).require_training:
            return []
        required = [("basic", None), *([("special", rules.unit.category)] if rules.unit.category else [])]
        volunteer, _ = self._log.load_lenient(Volunteer, volunteer_id)
        done = {
            (one.kind, compose(one.category) if one.kind == "special" and one.category else None)
            for one in (volunteer.completed.values() if volunteer else ())
            if one.find_day(rules.days.of) <= day
        }
        return [" ".join(filter(None, one)) for one in required if one not in done]

    # --- Insurance ---

    def enrol_insurance(
        self,
        volunteers: Sequence[UUID],
        period: tuple[date, date | None],
        keep_note: Callable[[int], Note | None],
        act: Act,
    ) -> None:
        """Insure volunteers for a period, all or none.

        `keep_note` keeps the policy in a note of each, the n-th of those who are insured, counted from 0.
        """
        with self._log.writing():
            ledgers: list[Insurance] = []
            for place, volunteer_id in enumerate(volunteers):
                self._demand_serving(volunteer_id)
                ledger = self._log.catch_up(Insurance.of(volunteer_id))
                ledger.enrol(volunteer_id, period, keep_note(place), act)
                ledgers.append(ledger)
            self._log.append(*ledgers)

    def end_insurance(self, volunteer_id: UUID, on: date, note: Note | None, act: Act) -> None:
        """All cover of a volunteer ends after a day."""
        with self._log.writing():
            self._demand_enrolled(volunteer_id)
            ledger = self._log.catch_up(Insurance.of(volunteer_id))
            ledger.end(volunteer_id, on, note, act)
            self._log.append(ledger)

    # --- What is taken back ---

    def _retract_entry(self, position: int, entry: LedgerEntry, note: Note, act: Act) -> list[Aggregate]:
        """An entry of a ledger counts no more; a number that it gave to a volunteer is free again."""
        kind = next(ledger for ledger in LEDGERS if type(entry) in vars(ledger).values())
        ledger = self._log.catch_up(kind.at_version_zero(entry.originator_id))
        ledger.retract(position, entry, note, act)
        book = getattr(entry, "book", None)
        if not isinstance(ledger, RecordBook) or not isinstance(entry, PersonEntry):
            return [ledger]
        if book is None or ledger.has_had(book):
            return [ledger]
        number = self._log.catch_up(BookNumber.of(book))
        number.free(entry.volunteer_id, act)
        return [ledger, number]

    @contextmanager
    def _writing_ledger(self, kind: type[L], volunteer_id: UUID) -> Generator[L]:
        """The ledger of a volunteer who is enrolled and not erased."""
        with self._log.writing():
            self._demand_serving(volunteer_id)
            yield self._log.catch_up(kind.of(volunteer_id))

    def _find_day(self, day: date | None, act: Act) -> date:
        return day or self._rules.load().days.of(act.at)
