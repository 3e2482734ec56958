"""What can go wrong with the log: one class each, with fields. The sentences are `kiosk.words.log_errors`.

Rule: everything the log raises on purpose is a `LogError`. What is left is a bug.
"""

from pathlib import Path
from uuid import UUID

from domain.field_error import FieldError
from domain.log.chain_walk import LogFault


class LogError(FieldError):
    """The log could not carry out an operation."""

    def __str__(self) -> str:
        """The fields, for a traceback; people read the sentence."""
        return ", ".join(f"{name}={value}" for name, value in vars(self).items())


class LogNotWhole(LogError):
    """The log itself is not as it was left, for every reader: this may be reported as damage, and kept.

    Of any other error that is not known: the disk, another program or a server may be in the way for a while.
    """


# --- Opening ---------------------------------------------------------------------------------


class LogMissing(LogError):
    """There is no file where the log should be."""

    path: Path


class LogExists(LogError):
    """A new log was to be created where a file exists already."""

    path: Path


class NotALog(LogNotWhole):
    """The file is something else, or a log whose making was cut short."""

    path: Path


class NotPrivate(LogError):
    """Users other than the owner may read or write the file."""

    path: Path
    mode: int


class CannotOpen(LogError):
    """The file is there, the system does not let this program open it."""

    path: Path
    reason: str


class LogDamaged(LogNotWhole):
    """What is stored is malformed."""

    place: Path | str
    reason: str


class ChainBroken(LogNotWhole):
    """An event does not fit the chain, so that nothing can be proved of the log from there on."""

    place: Path | str
    position: int
    objection: LogFault


class LogWentBack(LogNotWhole):
    """The log does not hold every event that was acknowledged. Its files were not touched."""

    path: Path
    objection: LogFault


class SchemaAltered(LogNotWhole):
    """The tables or triggers in the file are not those of a log. Nothing was written."""

    place: Path | str
    objection: LogFault


class SettingRefused(LogError):
    """SQLite does not hold a setting that the log's safety rests on."""

    path: Path
    setting: str
    wanted: object
    got: object


class LogReplaced(LogError):
    """The file at the path is not the one that was opened, or has lost bytes: what is written would be lost."""

    path: Path


# --- Writing ---------------------------------------------------------------------------------


class LogBusy(LogError):
    """Another process or thread has been writing for longer than a writer waits."""

    place: Path | str
    waited: float
    """Seconds."""
    holder: int | None = None
    """The process that holds the lock, where the system says so."""
    stopped: bool = False
    """It is stopped (SIGSTOP), and writes nothing until it is continued."""
    program: str | None = None
    """What holds the lock, and on which machine, where a server says so."""


class LogIsReadOnly(LogError):
    """The log was opened to be read only: a backup, or media that cannot be written."""

    place: Path | str


class NotWriting(LogError):
    """The next position was requested outside `writing()`, where another writer may take it."""

    place: Path | str


class WrittenAtHub(LogError):
    """A stream that a kiosk does not write was to be appended to at a kiosk that belongs to a hub."""

    place: Path | str
    topic: str


class Conflict(LogError):
    """Another writer has stored this version of the stream: nothing of the batch is stored."""

    stream: UUID
    version: int


class CannotWrite(LogError):
    """The store refused. Nothing of the batch is stored, its events are still pending, a retry is safe."""

    place: Path | str
    reason: str


class CannotWriteKey(CannotWrite):
    """The file of a new key cannot be written."""


class DiskFull(CannotWrite):
    """The disk has no room."""


class ServerFailed(CannotWrite):
    """A server did not carry out the transaction."""


class OutcomeUnknown(CannotWrite):
    """A server did not answer a commit, and cannot be asked: the batch may be stored. Look before it is tried again."""


class RowsNotKept(LogError):
    """Read back before the commit, the rows were not those that had been added. Nothing of the batch is stored."""

    place: Path | str


class NotStorable(LogError):
    """An event holds a value that would not come back from the store as it went in."""

    event: str
    where: str
    """The field, and the place inside it: `days[2].from`."""
    reason: str


# --- Reading ---------------------------------------------------------------------------------


class CannotRead(LogError):
    """Something is in the way of what the store holds: of that itself nothing is known."""

    place: Path | str
    reason: str


class CannotReadHead(CannotRead):
    """The head file is there, and cannot be read: whether its log went back is not known."""


class CannotReadKey(CannotRead):
    """The system does not let this program read the file of a key."""


class NotASigningKey(CannotReadKey):
    """A file holds something else than the private key, Ed25519, that this program signs with."""


class CannotConnect(CannotRead):
    """The server of a log cannot be reached, or does not let this program in."""


class UnknownName(LogError):
    """A stored name is not on the list of what may be loaded. Nothing was imported."""

    name: str
    position: int | None = None
    """Where it stands in the log; None for an event that was about to be stored."""


class Unreadable(LogError):
    """The bytes of an event do not say what its kind promises."""

    position: int
    name: str
    reason: str


class WrongStream(LogError):
    """The events of a stream do not make the aggregate that was to be loaded."""

    stream: UUID
    reason: str


# --- Declaring -------------------------------------------------------------------------------


class BadStoredName(LogError):
    """An event class cannot be listed: a programmer's mistake, found when the program starts."""

    event: str
    reason: str
