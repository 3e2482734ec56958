"""What every line of a batch says, and the context who carries one out.

Rule: a line calls one use case. What it says wrongly is an `Unusable`, what a rule forbids is a `DomainError`.
"""

from pathlib import Path
from uuid import UUID

import msgspec

from domain.act import Act, Note
from kiosk.batch.fields import FreeText, Instant, ShortText
from kiosk.errors import UnknownNumber
from kiosk.home import Home


class UnusableLine(Exception):
    """A line that cannot be carried out as it is written: one sentence."""


class CommandContext:
    """Carries out one line: the home to act on, and the circumstances of the act."""

    def __init__(self, home: Home, act: Act, folder: Path) -> None:
        self.home = home
        self.act = act
        self.folder = folder
        """Where the batch stands: the files that it names are looked for from here."""
        self.notes: list[Note] = []
        """What was written down for this line."""

    def find_volunteer(self, number: str) -> UUID:
        """Whose number this is. Raises: UnknownNumber."""
        volunteer_id = self.home.people.find_id(number)
        if volunteer_id is None:
            raise UnknownNumber(number)
        return volunteer_id

    def find_volunteers(self, numbers: list[str]) -> list[UUID]:
        """Whose numbers these are, in order. Raises: UnknownNumber."""
        return [self.find_volunteer(number) for number in numbers]

    def keep_note(self, text: str) -> Note:
        """Keep a free text where it can be erased."""
        note = self.home.people.keep_note(text)
        self.notes.append(note)
        return note

    def keep_note_if_any(self, text: str | None) -> Note | None:
        """Keep a free text that may be left out."""
        return None if text is None else self.keep_note(text)

    def drop_notes(self) -> None:
        """Forget the texts of a line that was refused: no event names them."""
        for note in reversed(self.notes):
            self.home.people.drop_note(note)


class BatchCommand(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    """One command. Its fields are those of the contract."""

    at: Instant | None = None
    """When it happened; a simulation must be told."""
    recorded_at: Instant | None = None
    """When it reached the log; only a simulation may be told."""
    by: ShortText | None = None
    """Who gives the command; None is the system."""

    def run(self, context: CommandContext) -> str | None:
        """Do it. A remark for the person at the terminal, where there is one to make.

        Raises: Unusable, DomainError, LogError, Mistake.
        """
        raise NotImplementedError


class SignedCommand(BatchCommand):
    """A correction or a decision: it has an author and a reason."""

    reason: FreeText

    def __post_init__(self) -> None:
        """Ask for the author, in the words in which msgspec asks for a field."""
        if self.by is None:
            raise ValueError("Object missing required field `by`")
