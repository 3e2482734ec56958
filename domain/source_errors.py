"""Why nothing is taken from a source, or a kiosk does not join: for the program that asks, and for the desk."""

from uuid import UUID

from domain.errors import DomainError
from domain.field_error import FieldError

# --- At the desk ---


class KioskNameTaken(DomainError):
    """The name is, or was, that of another kiosk: its streams would meet that one's."""

    kiosk: str


class LogJoined(DomainError):
    """This log has joined already."""

    log_id: UUID
    kiosk: str


class NoSuchSource(DomainError):
    """No log of this name has joined."""

    log_id: UUID


class NoSuchKiosk(DomainError):
    """No kiosk of this name has joined."""

    kiosk: str


class NoOpenAlarm(DomainError):
    """The source has no alarm that waits to be settled."""

    log_id: UUID
    kiosk: str


# --- For a source ---


class SourceRefused(FieldError):
    """What a source sent is not taken; nothing of it is stored. The source goes on recording."""

    log_id: UUID


class UnknownSource(SourceRefused):
    """No log of any of its names has joined."""


class KeyNotValid(SourceRefused):
    """Its key was revoked."""


class NotSigned(SourceRefused):
    """What came is not what the source signed: it was changed on the way, or comes from another."""


class TooMuchAtOnce(SourceRefused):
    """The batch has too many events or bytes: send less."""


class SourceBehind(SourceRefused):
    """The batch begins behind what is held: send from there."""

    held: int
    """The last position that is held of the source."""


class SourceStopped(SourceRefused):
    """An alarm waits for a person to settle it; nothing is taken until then."""

    alarm: str
    """Its kind."""
