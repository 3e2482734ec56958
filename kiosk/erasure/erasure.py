"""Erasing a person: ledger first, then log, then people store; the next run completes one that was killed.

Rule: each step is safe to repeat. The hours stay, under a pseudonym: they belong to the unit's record. No event that
cannot be read, and no older copy of the people store, keeps a person from being erased, or erased again.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from domain.act import Act
from domain.clock import to_the_second
from domain.errors import PersonErased
from domain.log.lenient import UndecodableEvent
from domain.log.scratch import holds_personal_data, sweep_scratch_folders
from domain.model.volunteer import Volunteer
from kiosk.erasure.ledger import Basis, Erasure, append_to_ledger, read_ledger
from kiosk.erasure.traces import (
    EventsAbout,
    find_events_with_words,
    find_notes_about,
    find_undecodable_about,
    find_unnamed_notes,
)
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import LEDGER
from kiosk.nightly.report_files import replace_number_in_reports
from kiosk.people.file import SYSTEM_ACTOR, build_pseudonym, build_pseudonyms
from kiosk.refusals import UnknownNumber
from kiosk.words.command_line import CommandLineText
from kiosk.words.errors import BackupText, HomeText


def _find_volunteer(home: Home, number: str) -> UUID:
    """Whose number it is, or whose pseudonym, whatever number the store has of that person again.

    Raises: UnknownNumber; UserError where the number may have been that of a person who is erased.
    """
    if found := home.people.find_id(number):
        return found
    ledger = read_ledger(home.path)
    for volunteer_id in (*ledger, *home.desk.list_erased()):
        if number in build_pseudonyms(volunteer_id):
            return volunteer_id
    if ledger and not _is_mistyped(home, number):  # whose it was nothing can say any more
        raise UserError(CommandLineText.NUMBER_MAY_BE_ERASED.fill(number=number), EXIT_NO)
    raise UnknownNumber(number)


def _is_forgotten(home: Home, volunteer_id: UUID) -> bool:
    """Whether the store holds the pseudonym of a volunteer, and nothing else of them."""
    people = home.people
    if people.find_number(volunteer_id) not in build_pseudonyms(volunteer_id):
        return False
    notes = find_notes_about(home.log, volunteer_id)
    return str(volunteer_id) not in people.list_with_data() and not any(map(people.find_note_text, notes))


def _is_mistyped(home: Home, number: str) -> bool:
    """Whether a number that nobody has looks like that of a volunteer."""
    return bool(home.people.find_typed_id(number) or home.people.find_similar_number(number))


class PendingErasure:
    """The erasure of one volunteer, checked and not yet carried out.

    A person who was erased before, and of whom the store holds something still or again, is erased again, by number or
    by pseudonym.
    Raises: UnknownNumber, PersonErased, AgreementInForce; UserError where the number may have been that of a person who
        is erased. Traces of an earlier run are wiped all the same.
    """

    def __init__(self, home: Home, number: str, basis: Basis, backup_places: Sequence[Path] = ()) -> None:
        """Backups go to `backup_places`: copies that a killed one left there are deleted as well."""
        self._places = (home.path, *backup_places)
        home.people.wipe()
        _sweep_copies(self._places)
        volunteer_id = _find_volunteer(home, number)
        begun = read_ledger(home.path).get(volunteer_id)
        self._home = home
        is_recorded = home.desk.is_erased(volunteer_id)
        if begun and is_recorded and _is_forgotten(home, volunteer_id):
            raise PersonErased(volunteer_id)
        self._is_resumed = begun is not None or is_recorded
        self.is_again = is_recorded and not home.people.is_known(volunteer_id)
        """Whether the store has the pseudonym, and something of the person beside it."""
        now = to_the_second(home.now_recorded())
        self._entry = begun or Erasure(volunteer_id, now, basis).add_seal(home.compute_hmac)
        self._demand_erasable()

    @property
    def name(self) -> str | None:
        """The full name of the volunteer."""
        return self._home.people.find_name(self._entry.volunteer)

    def count_notes(self) -> int:
        """How many notes would be erased."""
        texts = map(self._home.people.find_note_text, find_notes_about(self._home.log, self._entry.volunteer))
        return sum(text is not None for text in texts)

    def find_words_left(self) -> list[int]:
        """The positions of the events whose own words name the person: they stay. To be called before `carry_out`."""
        number = self._home.people.find_number(self._entry.volunteer)
        return find_events_with_words(self._home.log, [word for word in (self.name, number) if word])

    def find_undecodable(self) -> list[UndecodableEvent]:
        """The events about the person that this program cannot read: what else there is, is erased all the same."""
        log, volunteer_id = self._home.log, self._entry.volunteer
        return sorted({*find_undecodable_about(log, volunteer_id), *log.load_lenient(Volunteer, volunteer_id)[1]})

    @property
    def pseudonym(self) -> str | None:
        """What the record goes on as, once the person is erased; also where traces could not be wiped then."""
        home, volunteer_id = self._home, self._entry.volunteer
        return home.people.find_number(volunteer_id) if _is_forgotten(home, volunteer_id) else None

    def carry_out(self, by: str) -> None:
        """Erase. The rules are checked again: a confirmation may have taken long.

        Raises: PersonErased, AgreementInForce; UserError, LogError, and then a second run completes it.
        """
        home, entry = self._home, self._entry
        act = Act(entry.at, home.people.ensure_actor(by), max(home.now_recorded(), entry.at))
        with home.log.writing():
            self._demand_erasable()
            append_to_ledger(home.path, [entry])
        _forget(home, entry, act)
        _sweep_copies(self._places)

    def _demand_erasable(self) -> None:
        if not self._is_resumed:
            self._home.desk.demand_erasable(self._entry.volunteer, self._entry.at)


def _sweep_copies(places: Iterable[Path]) -> None:
    """Delete the copies of the home that killed programs left. Raises: UserError where a program holds one now."""
    for folder in filter(holds_personal_data, sweep_scratch_folders(*places)):
        raise UserError(HomeText.COPY_IN_USE.fill(path=folder), EXIT_NO)


def _forget(home: Home, entry: Erasure, act: Act) -> None:
    """Record the erasure, and forget the person, while the log is held.

    The number goes from the reports first: without it a second run could not. Notes of nobody go as well.
    """
    if number := home.people.find_number(entry.volunteer):
        replace_number_in_reports(home.path, number, build_pseudonym(entry.volunteer))
    with home.log.writing():  # else a command may have kept a note that it names in a moment
        kept = home.people.list_notes()
    events = EventsAbout(home.log, entry.volunteer)
    notes = [*find_unnamed_notes(home.log, kept), *events.read_notes_on()]  # no tap waits for a log of years
    with home.log.writing():  # who holds the log sees a person erased in both stores, or in none
        home.desk.erase_person(entry.volunteer, entry.basis, act)
        home.people.forget(entry.volunteer, [*notes, *events.read_notes_on()])
    home.people.wipe()


def erase_again(home: Home, entries: Iterable[Erasure]) -> int:
    """Erase again after a restore, which may bring back erased volunteers; how many it had brought back."""
    entries = list(entries)
    append_to_ledger(home.path, entries)
    return sum(_erase_one_again(home, entry) for entry in entries)


def select_authentic(home: Home, entries: Iterable[Erasure], *, accept_unsealed: bool) -> list[Erasure]:
    """The lines that this home wrote; those about volunteers whom it never knew are of another home.

    Raises: UserError for a line about a volunteer of this home that it did not write.
    """
    authentic = [entry for entry in entries if entry.is_sealed_by(home.compute_hmac)]
    settled = {entry.volunteer for entry in authentic}
    for entry in entries:
        if entry.volunteer in settled or not _was_ever_known(home, entry.volunteer):
            continue
        if entry.seal or not accept_unsealed:
            text = BackupText.LINE_NOT_AUTHENTIC if entry.seal else BackupText.LINE_NOT_SEALED
            raise UserError(text.fill(ledger=LEDGER, volunteer=entry.volunteer), EXIT_NO)
        authentic.append(entry)
    return authentic


def _was_ever_known(home: Home, volunteer_id: UUID) -> bool:
    return home.people.find_number(volunteer_id) is not None or home.log.find_version(volunteer_id) > 0


def _erase_one_again(home: Home, entry: Erasure) -> bool:
    act = Act(entry.at, home.people.ensure_actor(SYSTEM_ACTOR), max(home.now_recorded(), entry.at))
    if _was_ever_known(home, entry.volunteer) and not _is_forgotten(home, entry.volunteer):
        _forget(home, entry, act)
        return True
    return home.desk.erase_person(entry.volunteer, entry.basis, act)
