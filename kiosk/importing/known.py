"""What the home knows of the volunteers, cards and shifts of a table, so that what is there already is left alone."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from devices.protocols.decoder import CardNumber, NotACardNumber
from domain.ids import card_stream, compose, shift_stream
from domain.model.card import Card
from domain.model.insurance import Insurance
from domain.model.insurance_cover import Cover
from domain.model.record_book import RecordBook
from domain.model.shift import Shift
from domain.model.volunteer import Volunteer
from kiosk.batch.run import UNHASHED_FIELDS, derive_line_key
from kiosk.home import Home
from kiosk.home_unit import load_unit
from kiosk.people.volunteers import Details

UNKEYED_FIELDS = UNHASHED_FIELDS | {"by", "at"}
"""A row is the same for each importer, at any time; and nothing of a person goes into a key."""


@dataclass
class KnownVolunteer:
    """A volunteer who is enrolled."""

    volunteer_id: UUID
    details: Details
    mode: str = ""
    agreements: set[str] = field(default_factory=set[str])
    """The days on which agreements began."""
    trainings: dict[tuple[str, str | None], set[str]] = field(default_factory=lambda: defaultdict(set))
    """The dates of trainings, by kind and category; of one at an instant, its local date."""
    attended: dict[tuple[str, str | None], set[str]] = field(default_factory=lambda: defaultdict(set))
    """The same of sessions that are a part of one (R-004)."""


class KnownHome:
    """Looks up what the log and the people store hold."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._by_name: dict[str, list[str]] | None = None
        self.unit_category = load_unit(home.log, home.path).category

    def find_volunteer(self, number: str) -> KnownVolunteer | None:
        """The volunteer with a number, if one is enrolled. Raises: LogError."""
        volunteer_id = self._home.people.find_id(compose(number))
        if volunteer_id is None or not self._home.log.find_version(volunteer_id):
            return None
        known = KnownVolunteer(volunteer_id, self._home.people.load_details(volunteer_id))
        for entry in self._home.log.read_stream_lenient(volunteer_id):
            self._learn(known, entry.event)
        self._learn_trainings(known)
        return known

    def _learn(self, known: KnownVolunteer, event: object) -> None:
        match event:
            case Volunteer.Created(mode=mode, agreement_from=day):
                known.mode = mode
                known.agreements.add(day)
            case Volunteer.AgreementRenewed(agreement_from=day):
                known.agreements.add(day)
            case _:
                pass

    def _learn_trainings(self, known: KnownVolunteer) -> None:
        """Those that were not taken back."""
        volunteer, _ = self._home.log.load_lenient(Volunteer, known.volunteer_id)
        if volunteer is None:
            return
        for one in volunteer.completed.values():
            known.trainings[one.kind, one.category].add(one.find_day(self._find_civil_day).isoformat())
        for version, one in volunteer.attended.items():
            if version not in volunteer.completed and one.on:
                known.attended[one.kind, one.category].add(one.on)

    def _find_civil_day(self, at: datetime) -> date:
        return at.astimezone(self._home.zone).date()

    def list_numbers(self, name: str) -> list[str]:
        """The numbers of the volunteers of a name."""
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for volunteer_id, number in self._home.people.load_numbers().items():
                known = self._home.people.find_name(volunteer_id)
                if known:
                    self._by_name[compose(known)].append(number)
        return sorted(self._by_name.get(compose(name), ()))

    def find_card(self, text: str) -> Card | None:
        """The card with a number, if it was ever issued; None also for what is no card number."""
        try:
            number = CardNumber.parse(text)
        except NotACardNumber:
            return None
        return self._home.log.load(Card, card_stream(self._home.derive_token(number)))

    def find_book(self, volunteer: KnownVolunteer | None) -> RecordBook | None:
        """The record book of a volunteer who is enrolled."""
        return volunteer and self._home.log.catch_up(RecordBook.of(volunteer.volunteer_id))

    def list_covers(self, volunteer: KnownVolunteer | None) -> list[Cover]:
        """The periods in which a volunteer is insured."""
        return self._home.log.catch_up(Insurance.of(volunteer.volunteer_id)).covers if volunteer else []

    def derive_book_digest(self, number: str) -> str:
        """What the log knows the number of a record book by."""
        return self._home.derive_book_digest(number)

    def find_shift(self, name: str) -> Shift | None:
        """The shift of a name, if it is on the roster."""
        return self._home.log.load(Shift, shift_stream(compose(name)))

    def find_number(self, volunteer_id: UUID) -> str | None:
        """The number of a volunteer."""
        return self._home.people.find_number(volunteer_id)

    def is_carried_out(self, line: dict[str, Any]) -> bool:
        """Whether an earlier import has carried this line out, whatever became of it since."""
        stream = derive_line_key(self._home, line["key"], json.dumps(line)).stream
        return self._home.log.find_version(stream) > 0


def build_key(line: dict[str, Any]) -> str:
    """The key of a line: a digest of what it says, but for what identifies a person."""
    said = {name: value for name, value in line.items() if name not in UNKEYED_FIELDS}
    return f"import {hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()}"


def parse_day(text: object) -> date | None:
    """A birth date as the people store keeps it."""
    return None if text is None else date.fromisoformat(str(text))
