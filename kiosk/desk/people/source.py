"""The volunteers of a home as the pages ask for them: read models with the names beside them, and batch commands.

Rule: names leave here masked, except by `show_details`, which records it first (R-120).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

from devices.profiles.typed_number import TypedNumber, parse_typed_number
from devices.protocols.decoder import CardNumber, NotACardNumber
from domain.errors import DomainError
from domain.ids import compose
from domain.model.name_access import Purpose
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.people.record import load_person
from kiosk.desk.people.view_model import (
    PAGE,
    Command,
    Detailed,
    Lack,
    ListedPerson,
    ListQuery,
    Order,
    Outcome,
    PeopleList,
    Person,
    Share,
    UnitView,
    find_date,
    list_texts,
)
from kiosk.errors import EXIT_NO, UserError
from kiosk.name_access import AccessReason, record_names_listed, record_person_shown
from kiosk.people.volunteers import Details
from kiosk.readers.configured import find_reader, resolve_profile
from kiosk.readers.entrance_session import open_card_source
from kiosk.readers.issuing import CardIssuer
from kiosk.text.masking import mask
from kiosk.text.search import fold
from projections.engine.views import Views
from projections.read_models.coverage import Coverage, measure_books, measure_insurance
from projections.read_models.person_record import find_card_holders
from projections.read_models.volunteers import VolunteerFilter, VolunteerState, list_active, list_states

WHOLE_UID = (14, 20)
"""Digits of a UID of 7 or 10 bytes: nobody prints a decimal number of so many."""
TAP_SECONDS = 30.0
"""To wait for each of the two reads of a card."""


class HomePeople:
    """The volunteers of a home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands, self._home = reader, commands, reader.home

    # --- Reading ---

    def list_people(self, query: ListQuery) -> PeopleList:
        """A page of the list."""
        details, numbers = self._home.people.load_all_details(), self._home.people.load_numbers()
        found = self._list_states(query, details, numbers)
        pages = max(1, -(-len(found) // PAGE))
        page = min(max(query.page, 1), pages)
        shown = found[(page - 1) * PAGE : page * PAGE]
        rows = [self._build_row(state, details, numbers) for state in shown]
        shares, today = self._reader.read(self._list_shares), self.read_unit().today
        return PeopleList(rows, len(found), pages, shares, today)

    def _list_shares(self, views: Views) -> list[Share]:
        """Of what the unit keeps on file at all."""
        unit = self._reader.read_unit()
        day = unit.days.ordinal(views.evaluated_at)
        active, policy = list_active(views, unit, day), unit.policies.on(day)
        insured, books = (measure_insurance(active, policy.insurance_target), measure_books(active, policy.book_target))
        shares: tuple[tuple[Lack, Coverage], ...] = (("insurance", insured), ("book", books))
        return [
            Share(lack, found.covered, found.counted, found.target, bool(found.is_met))
            for lack, found in shares
            if found.covered
        ]

    def _list_states(
        self, query: ListQuery, details: Mapping[UUID, Details], numbers: Mapping[UUID, str]
    ) -> list[VolunteerState]:
        """Those who are asked for, in order."""
        found = self._reader.read(lambda views: list(self._find(views, query, details)))
        names = {state.volunteer: details.get(state.volunteer, Details()).name or "" for state in found}
        return sorted(found, key=lambda state: _order(query.order, state, names, numbers))

    def list_details(self, query: ListQuery, purpose: Purpose, text: str | None, by: str) -> list[Detailed]:
        """Everybody on the list, of whatever page, once it is recorded who asks for it and why."""
        details, numbers = self._home.people.load_all_details(), self._home.people.load_numbers()
        found = self._list_states(query, details, numbers)
        if found:
            act = self._commands.build_act(self._home.people.ensure_actor(by))
            shown, reason = [state.volunteer for state in found], AccessReason(purpose, text)
            record_names_listed(self._home, "export", shown, reason, act)
        return [
            Detailed(
                self._build_row(state, details, numbers),
                find_date(state.agreement_from),
                list_texts(details.get(state.volunteer, Details())),
            )
            for state in found
        ]

    def _find(self, views: Views, query: ListQuery, details: Mapping[UUID, Details]) -> Iterator[VolunteerState]:
        unit = self._reader.read_unit()
        ends_within = query.days if query.lack == "ending" else None
        lack = query.lack
        wanted = VolunteerFilter(lack == "card", lack == "training", ends_within, lack == "book", lack == "insurance")
        states = list_states(views, unit, unit.days.ordinal(views.evaluated_at), wanted)
        text = _fold_words(query.text)
        if not text:
            yield from states
            return
        numbers, holders = self._home.people.load_numbers(), find_card_holders(views, self._list_tokens(query.text))
        for state in states:
            words = (numbers.get(state.volunteer), details.get(state.volunteer, Details()).name)
            if state.volunteer in holders or any(text in _fold_words(word) for word in words if word):
                yield state

    def _list_tokens(self, text: str) -> list[str]:
        """The tokens of the cards that a text may be the number of."""
        with suppress(NotACardNumber):
            typed = parse_typed_number(text)
            return [self._home.derive_token(one.number) for meanings in typed.candidates for one in meanings]
        return []

    def _build_row(
        self, state: VolunteerState, details: Mapping[UUID, Details], numbers: Mapping[UUID, str]
    ) -> ListedPerson:
        kept = details.get(state.volunteer, Details())
        return ListedPerson(
            numbers.get(state.volunteer, str(state.volunteer)),
            mask(kept.name, self._home.settings.masking) if kept.name else "",
            kept.group or "",
            state.mode,
            state.standing,
            find_date(state.agreement_to),
            state.trainings_missing,
            state.cards,
        )

    def load_person(self, number: str) -> Person | None:
        """One volunteer by a number as it was typed; None where nobody has it, or is not enrolled with it."""
        volunteer = self._home.people.find_typed_id(compose(number))
        return volunteer and self._reader.read(lambda views: load_person(self._home, views, volunteer))

    def show_details(self, number: str, purpose: Purpose, text: str | None, by: str) -> Details | None:
        """All that is kept of a person, once it is recorded who asks for it and why; None where there is nobody."""
        volunteer = self._home.people.find_id(compose(number))
        if volunteer is None:
            return None
        act = self._commands.build_act(self._home.people.ensure_actor(by))
        record_person_shown(self._home, volunteer, AccessReason(purpose, text), act)
        return self._home.people.load_details(volunteer)

    def list_numbers(self) -> list[str]:
        """All numbers that are taken."""
        return list(self._home.people.load_numbers().values())

    def read_unit(self) -> UnitView:
        """The unit as of now."""
        unit = self._reader.read_unit()
        day = self._reader.read(lambda views: unit.days.ordinal(views.evaluated_at))
        return UnitView(self._home.read_unit_name(), unit.category, date.fromordinal(day))

    # --- Changing ---

    def run(self, commands: Sequence[Command], by: str, form_id: str) -> Outcome:
        """Carry out all commands, or, where one of several would be refused, none."""
        checked = self._commands.check(commands, by, form_id) if len(commands) > 1 else []
        results = checked if any(result.status for result in checked) else self._commands.run(commands, by, form_id)
        for index, result in enumerate(results):
            if result.status:
                return Outcome(result.sentence or "", index)
        return Outcome(is_repeated=all(result.is_repeated for result in results))

    def change_person(
        self, number: str, changed: Mapping[str, str], shown: Mapping[str, str], by: str, form_id: str
    ) -> Outcome | Sequence[str]:
        """Change details, with a `reason`; or the names of those that another person changed meanwhile."""
        with self._home.log.writing():
            volunteer = self._home.people.find_id(compose(number))
            kept = list_texts(self._home.people.load_details(volunteer) if volunteer else Details())
            conflicts = [
                name for name, text in changed.items() if name in kept and kept[name] not in (shown[name], text)
            ]
            if conflicts:
                return conflicts
            return self.run([{"do": "change_person", "volunteer": number, **changed}], by, form_id)

    # --- Cards ---

    def list_readers(self) -> list[str]:
        """The names of the readers at which a card can be held."""
        return [reader.name for reader in self._home.settings.readers]

    def parse_card(self, text: str) -> str | None:
        """A number that was typed as a batch line has it; None where it does not say which card is meant.

        Digits that may mean several numbers mean the one that a reader of this kiosk reads. A code is written as `QR:`.
        """
        for canonical in (text, _drop_separators(text)):
            with suppress(NotACardNumber):
                if ":" in canonical or len(canonical) in WHOLE_UID:
                    return str(CardNumber.parse(canonical))
        try:
            typed = parse_typed_number(text)
        except NotACardNumber:
            return None
        (meanings, *more) = typed.candidates
        fitting = {one.number for one in meanings if all(any(each.fits(one.number) for each in rest) for rest in more)}
        found = [number for number in fitting if self._is_certain(number, typed)]
        return str(found[0]) if len(found) == 1 else None

    def _is_certain(self, number: CardNumber, typed: TypedNumber) -> bool:
        """Whether it is the card and not one of several that its digits may mean."""
        if typed.complete:
            return number.tech != "QR"
        is_whole = number.tech != "E" or number.raw[0] != 0  # on fobs the customer byte is not printed
        return number.tech in self._list_techs() and is_whole

    def _list_techs(self) -> set[str]:
        return {resolve_profile(reader, self._home.path).tech for reader in self._home.settings.readers}

    def issue_at_reader(self, number: str, reader: str, by: str) -> str:
        """Wait for the card at a reader and issue it; its last digits. Raises: UserError with the reason."""
        try:
            issuer, found = CardIssuer(self._home, compose(number), by), find_reader(self._home, reader)
        except DomainError as refusal:
            raise UserError(self._home.format_refusal(refusal), EXIT_NO) from None
        with open_card_source(found, self._home, number, TAP_SECONDS) as session:
            return issuer.issue_at(session, TAP_SECONDS, lambda _: None).masked


def _drop_separators(text: str) -> str:
    return re.sub(r"[\s:.\-]", "", text)


def _fold_words(text: str) -> str:
    return "".join(fold(text).split())


def _order(
    order: Order, state: VolunteerState, names: Mapping[UUID, str], numbers: Mapping[UUID, str]
) -> tuple[object, ...]:
    number = numbers.get(state.volunteer, str(state.volunteer))
    if order == "name":
        return not names[state.volunteer], names[state.volunteer], number
    if order == "agreement_to":
        return state.agreement_to is None, state.agreement_to or 0, number
    return (number,)
