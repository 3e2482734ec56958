"""What every line of a batch says, and the clerk who carries one out.

Rule: a line calls one use case. What it says wrongly is an `Unusable`, what a rule forbids is a `DomainError`.
"""

from pathlib import Path
from uuid import UUID

import msgspec

from domain.act import Act, Note
from kiosk.batch.fields import Instant, Prose, Word
from kiosk.home import Home
from kiosk.refusals import UnknownNumber


class Unusable(Exception):
    """A line that cannot be carried out as it is written: one sentence."""


class Clerk:
    """Carries out one line: the home to act on, and the circumstances of the act."""

    def __init__(self, home: Home, act: Act, folder: Path) -> None:
        self.home = home
        self.act = act
        self.folder = folder
        """Where the batch stands: the files that it names are looked for from here."""
        self.notes: list[Note] = []
        """What was written down for this line."""

    def volunteer(self, number: str) -> UUID:
        """Whose number this is. Raises: UnknownNumber."""
        volunteer_id = self.home.people.id_of(number)
        if volunteer_id is None:
            raise UnknownNumber(number)
        return volunteer_id

    def volunteers(self, numbers: list[str]) -> list[UUID]:
        """Whose numbers these are, in order. Raises: UnknownNumber."""
        return [self.volunteer(number) for number in numbers]

    def note(self, text: str) -> Note:
        """Keep a free text where it can be erased."""
        note = self.home.people.note(text)
        self.notes.append(note)
        return note

    def note_if_any(self, text: str | None) -> Note | None:
        """Keep a free text that may be left out."""
        return None if text is None else self.note(text)

    def take_notes_back(self) -> None:
        """Forget the texts of a line that was refused: no event names them."""
        for note in reversed(self.notes):
            self.home.people.drop(note)


class Line(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    """One command. Its fields are those of the contract."""

    at: Instant | None = None
    """When it happened; a simulation must be told."""
    recorded_at: Instant | None = None
    """When it reached the log; only a simulation may be told."""
    by: Word | None = None
    """Who gives the command; None is the system."""

    def carry_out(self, clerk: Clerk) -> str | None:
        """Do it. A remark for the person at the terminal, where there is one to make.

        Raises: Unusable, DomainError, LogError, Mistake.
        """
        raise NotImplementedError


class Signed(Line):
    """A correction or a decision: it has an author and a reason."""

    reason: Prose

    def __post_init__(self) -> None:
        """Ask for the author, in the words in which msgspec asks for a field."""
        if self.by is None:
            raise ValueError("Object missing required field `by`")
