"""Who stands behind the ids of a document: read from the people store when the document is written.

Rule: unless names were asked for, and that was recorded (R-120), names are masked and what else identifies is hidden.
"""

from typing import Protocol
from uuid import UUID

from kiosk.documents.definition import PersonField, Value
from kiosk.people.file import build_pseudonyms
from kiosk.people.people import People
from kiosk.people.volunteers import Details
from kiosk.text.masking import MASK, Style, mask

OPEN: frozenset[PersonField] = frozenset({"number", "gender", "group", "education", "occupation"})
"""What identifies nobody outside of the unit."""
HIDDEN = 3 * MASK


class Erased:
    """In place of what is not kept any more."""


ERASED = Erased()


class PersonLookup(Protocol):
    """What is known of the persons of a document."""

    is_masked: bool
    """Whether names and what else identifies are hidden."""

    def find(self, volunteer: UUID, wanted: PersonField) -> Value | Erased:
        """What is kept of a volunteer; None where nothing was recorded."""
        ...

    def find_note(self, note: UUID) -> str | None:
        """The text of a note; None once it is erased."""
        ...


class StoredPersons:
    """The persons of a people store, as they stand there when the first one is asked for."""

    def __init__(self, people: People, masking: Style, *, is_masked: bool) -> None:
        self.is_masked = is_masked
        self._people = people
        self._masking: Style = masking
        self._loaded: tuple[dict[UUID, str], dict[UUID, Details]] | None = None

    def find(self, volunteer: UUID, wanted: PersonField) -> Value | Erased:
        """What is kept of a volunteer; None where nothing was recorded."""
        if self._loaded is None:
            self._loaded = self._people.load_numbers(), self._people.load_all_details()
        numbers, details = self._loaded
        number = numbers.get(volunteer)
        if number is None or number in build_pseudonyms(volunteer):
            return ERASED
        value = number if wanted == "number" else getattr(details[volunteer], wanted, None)
        if value is None or not self.is_masked or wanted in OPEN:
            return value
        return mask(str(value), self._masking) if wanted == "name" else HIDDEN

    def find_note(self, note: UUID) -> str | None:
        """The text of a note, hidden where names are masked, for it may identify; None once it is erased."""
        text = self._people.find_note_text(note)
        return HIDDEN if text and self.is_masked else text
