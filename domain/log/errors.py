"""What can go wrong with the log: one kind each, with fields, and a sentence that says what to do.

Rule: everything the log raises on purpose is a `LogError`. What is left is a bug.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID


class LogError(Exception):
    """The log could not do what was asked."""


# --- Opening ---------------------------------------------------------------------------------


@dataclass(eq=False)
class LogMissing(LogError):
    """There is no file where the log should be."""

    path: Path

    def __str__(self) -> str:
        return f"there is no event log at {self.path}: name the right folder, or make a new home"


@dataclass(eq=False)
class LogExists(LogError):
    """A new log was asked for where a file stands already."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path} exists already: open it, or choose another folder for a new log"


@dataclass(eq=False)
class NotALog(LogError):
    """The file is something else, or a log whose making was cut short."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path} is not an event log of this program: move it away, or restore a backup"


@dataclass(eq=False)
class NotPrivate(LogError):
    """Others than the owner may read or write the file."""

    path: Path
    mode: int

    def __str__(self) -> str:
        return f"{self.path} is open to other users (mode {self.mode:04o}): run chmod 600 on it"


@dataclass(eq=False)
class CannotOpen(LogError):
    """The file is there, the system does not let this program open it."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"cannot open the event log {self.path} ({self.reason}): check its owner and permissions"


@dataclass(eq=False)
class LogDamaged(LogError):
    """SQLite says that the file is malformed."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"the event log {self.path} is damaged ({self.reason}): keep the file, restore a backup"


@dataclass(eq=False)
class LogWentBack(LogError):
    """The log does not hold what somebody was told that it holds. Its files were not touched."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"the event log {self.path} went back: {self.reason}; keep its files, restore the newest backup"


@dataclass(eq=False)
class SettingRefused(LogError):
    """SQLite does not hold a setting that the log's safety rests on."""

    path: Path
    setting: str
    wanted: object
    got: object

    def __str__(self) -> str:
        return (
            f"SQLite keeps {self.setting} at {self.got} instead of {self.wanted} for {self.path}: "
            "use a local disk and the SQLite that Python came with"
        )


# --- Writing ---------------------------------------------------------------------------------


@dataclass(eq=False)
class LogBusy(LogError):
    """Somebody else has been writing for longer than a writer waits."""

    path: Path
    waited: float
    """Seconds."""

    def __str__(self) -> str:
        return f"another program held {self.path} for {self.waited:g} s: try again, or look what it is doing"


@dataclass(eq=False)
class NotWriting(LogError):
    """The next position was asked for while others may take it."""

    path: Path

    def __str__(self) -> str:
        return f"the next position in {self.path} is only certain while writing: ask inside writing()"


@dataclass(eq=False)
class Conflict(LogError):
    """Somebody else has written this version of the stream: nothing of the batch is stored."""

    stream: UUID
    version: int

    def __str__(self) -> str:
        return f"version {self.version} of stream {self.stream} was written by another: load it and decide again"


@dataclass(eq=False)
class CannotWrite(LogError):
    """The disk refused. Nothing of the batch is stored, its events are still pending, a retry is safe."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"cannot write to the event log {self.path} ({self.reason}): free or repair the disk, then retry"


class DiskFull(CannotWrite):
    """The disk has no room."""


@dataclass(eq=False)
class NotStorable(LogError):
    """An event holds a value that would not come back from the store as it went in."""

    event: str
    where: str
    """The field, and the place inside it: `days[2].from`."""
    reason: str

    def __str__(self) -> str:
        return f"{self.event} cannot be stored, {self.where} {self.reason}: give it a plain value"


# --- Reading ---------------------------------------------------------------------------------


@dataclass(eq=False)
class CannotRead(LogError):
    """The disk or SQLite could not give back what is stored."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"cannot read the event log {self.path} ({self.reason}): verify it, or restore a backup"


@dataclass(eq=False)
class UnknownName(LogError):
    """A stored name is not on the list of what may be loaded. Nothing was imported."""

    name: str
    position: int | None = None
    """Where it stands in the log; None for an event that was about to be stored."""

    def __str__(self) -> str:
        where = "" if self.position is None else f" at position {self.position}"
        return f"no event is called {self.name!r}{where}: use the program that wrote it, and verify the log"


@dataclass(eq=False)
class Unreadable(LogError):
    """The bytes of an event do not say what its kind promises."""

    position: int
    name: str
    reason: str

    def __str__(self) -> str:
        return f"event {self.position} ({self.name}) cannot be read ({self.reason}): verify the log"


@dataclass(eq=False)
class WrongStream(LogError):
    """The events of a stream do not make the aggregate that was asked for."""

    stream: UUID
    reason: str

    def __str__(self) -> str:
        return f"stream {self.stream} does not fold ({self.reason}): verify the log, then report this as a fault"


# --- Declaring -------------------------------------------------------------------------------


@dataclass(eq=False)
class BadStoredName(LogError):
    """An event class cannot be listed: a programmer's mistake, found when the program starts."""

    event: str
    reason: str

    def __str__(self) -> str:
        return f"{self.event} {self.reason}"
