"""Why a log in a database is not used: one class each, with fields. The sentences are `kiosk.words.log_errors`."""

from uuid import UUID

from domain.log.errors import LogError, LogNotWhole


class ServerSettingRefused(LogError):
    """The server of a database has a setting that would let it lose an acknowledged event."""

    place: str
    setting: str
    wanted: str
    got: str


class RoleTooPowerful(LogError):
    """A database would let this program change or delete events."""

    place: str
    role: str


class NoSuchTables(LogError):
    """A database that can be reached has no tables of event logs."""

    place: str


class OtherTables(LogError):
    """The tables in a database are those of an older or a newer program. Nothing was written."""

    place: str
    found: int
    """Their version."""
    wanted: int


class NoSuchUnit(LogError):
    """A database has no log that was born with a name, or it belongs to another role."""

    place: str
    unit: UUID


class UnitGoesAnotherWay(LogError):
    """A database holds a log of this name that is no beginning of the one that was to be moved there."""

    place: str
    position: int
    """How far it goes."""


class DatabaseWentBack(LogNotWhole):
    """A database lacks the event at a position that was seen there: it was restored, or its standby was behind."""

    place: str
    position: int
