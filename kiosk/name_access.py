"""Recording that names and personal data are shown: before they are, by whom and why (R-120).

Rule: the log has the ids and a word for the purpose; what was typed beside it goes to the people store.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from domain.act import Act, Note
from domain.purposes import PURPOSES, Purpose
from domain.typed_decoding import convert
from kiosk.batch.fields import FreeText
from kiosk.home import Home


class AccessReason(NamedTuple):
    """Why names are needed."""

    purpose: Purpose
    text: str | None = None
    """What was typed beside it."""


def parse_access_reason(purpose: str, text: str | None) -> AccessReason:
    """A reason as it was chosen and typed. Raises: ValueError; anything but the purposes of the list needs a text."""
    known = PURPOSES.get(purpose)
    if known is None or (known == "other" and not text):
        raise ValueError
    return AccessReason(known, text and convert(text, FreeText))  # its ValidationError is a ValueError


def record_person_shown(home: Home, volunteer: UUID, reason: AccessReason, act: Act) -> None:
    """Record that one person is shown. Raises: LogError, UserError: then nothing may be shown."""
    with home.log.writing():
        home.desk.record_person_shown(volunteer, reason.purpose, _keep_note(home, reason), act)


def record_names_listed(home: Home, listed: str, volunteers: Sequence[UUID], reason: AccessReason, act: Act) -> None:
    """Record that a list with names is shown; `listed` says which. Raises: LogError, UserError."""
    with home.log.writing():
        home.desk.record_names_listed(listed, volunteers, reason.purpose, _keep_note(home, reason), act)


def _keep_note(home: Home, reason: AccessReason) -> Note | None:
    return None if reason.text is None else home.people.keep_note(reason.text, home.log.next_position())
