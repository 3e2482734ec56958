"""The base of the batch commands, and the context in which one runs.

Rule: a command calls one use case. What is written wrongly is an `UnusableLine`, what a rule forbids a `DomainError`.
"""

from pathlib import Path
from typing import ClassVar
from uuid import UUID

import msgspec

from devices.faults import ShortText
from domain.act import Act, Note
from kiosk.batch.fields import FreeText, Instant
from kiosk.home import Home
from kiosk.office_calendar import CalendarFile, read_calendar_file
from kiosk.refusals import NamesVolunteer, UnknownNumber, UnknownNumberLike

NamedFiles = Path | CalendarFile
"""The folder of the batch file, to which the files that it names are relative; or the one that a browser sent."""


class UnusableLine(Exception):
    """A line that cannot be run as it is written: one sentence."""


class CommandContext:
    """What one command runs with: the home, the act, and the notes that it keeps."""

    def __init__(self, home: Home, act: Act, files: NamedFiles) -> None:
        self.home = home
        self.act = act
        self._files = files
        self.notes: list[Note] = []
        """The notes that were kept for this command."""

    def read_calendar_file(self, name: str) -> CalendarFile:
        """The file that a command names. Raises: UserError."""
        if isinstance(self._files, CalendarFile):
            return self._files
        return read_calendar_file(self._files / name)

    def find_volunteer(self, number: str) -> UUID:
        """The volunteer with a number. Raises: UnknownNumber."""
        volunteer_id = self.home.people.find_id(number)
        if volunteer_id is None and (similar := self.home.people.find_similar_number(number)):
            raise UnknownNumberLike(number, similar)
        if volunteer_id is None:
            raise UnknownNumber(number)
        return volunteer_id

    def find_volunteers(self, numbers: list[str]) -> list[UUID]:
        """The volunteers with these numbers, in order. Raises: UnknownNumber."""
        return [self.find_volunteer(number) for number in numbers]

    def demand_nameless(self, *words: str | None) -> None:
        """Refuse a word that the log would keep for good and that names a volunteer. Raises: NamesVolunteer."""
        for word in filter(None, words):
            if self.home.people.is_named_in(word):
                raise NamesVolunteer(word)

    def keep_note(self, text: str, place: int = 0) -> Note:
        """Keep a free text in the people store, where it can be erased. To be called while the log is held.

        `place` is that of the event that will name it, among those of the command.
        """
        note = self.home.people.keep_note(text, self.home.log.next_position() + place)
        self.notes.append(note)
        return note

    def keep_note_if_any(self, text: str | None) -> Note | None:
        """Keep a free text that may be left out."""
        return None if text is None else self.keep_note(text)

    def drop_notes(self) -> None:
        """Remove the notes of a command that was refused: no event names them."""
        for note in reversed(self.notes):
            self.home.people.drop_note(note)


class BatchCommand(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    """One command. Its fields are those of the contract."""

    at: Instant | None = None
    """When it happened; required in a simulation."""
    recorded_at: Instant | None = None
    """When it reached the log; allowed in a simulation only."""
    by: ShortText | None = None
    """The actor who gives the command; None is the system."""
    key: ShortText | None = None
    """Of all lines with one key only the first is carried out; None: the line is carried out as often as it is run."""

    is_repeatable: ClassVar[bool] = False
    """It takes several transactions, and run again goes on where it ended: it does not hold the log meanwhile."""

    clears_when_empty: ClassVar[frozenset[str]] = frozenset()
    """The fields in which an empty text is what null is: what was there goes."""

    def prepare(self, home: Home) -> None:
        """Do what may take long and changes nothing, before the log is held."""

    def run(self, context: CommandContext) -> str | None:
        """Run the command; a remark for the person at the terminal, or None.

        Raises: UnusableLine, DomainError, LogError, UserError.
        """
        raise NotImplementedError


class AuthoredCommand(BatchCommand):
    """A command that has an author."""

    def __post_init__(self) -> None:
        """Require the author, in the words in which msgspec requires a field."""
        if self.by is None:
            raise ValueError("Object missing required field `by`")


class SignedCommand(AuthoredCommand):
    """A correction or a decision: it has an author and a reason."""

    reason: FreeText
