"""The record of backups in a home: when the last one was made, and when a drill last restored one.

Rule: the record says how old the newest backup is; the evidence is in the backups themselves. A record that cannot be
read counts as none.
"""

from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import msgspec

from domain.clock import CLOCK_MARGIN
from domain.typed_decoding import decode_json
from kiosk.backups.mounted_disk import MountedDisk
from kiosk.home_files import clean_path, write_atomically
from kiosk.words.errors import BackupText
from kiosk.words.sentence import format_instant

RECORD = "backups.json"
FOLDER = "backups"
"""Where backups go by default, in the home: another disk is better."""
DRILL_DUE = timedelta(hours=26)
"""A drill a day, and two hours for a timer that waits for its turn."""


class CompletedBackup(msgspec.Struct, frozen=True):
    """The last backup."""

    at: datetime
    folder: Path
    position: int
    chain: str
    """The head of the log in it, hex."""
    files: tuple[str, ...] = ()
    """What is in it; empty where an earlier version made it."""
    disk: MountedDisk | None = None
    """Where the system had its disk; None where an earlier version made it."""


class Drill(msgspec.Struct, frozen=True):
    """A backup was restored into a scratch folder and verified, or could not be."""

    at: datetime
    folder: Path
    seconds: float
    why: str = ""
    """What went wrong; empty when all was well."""


class BackupRecord(msgspec.Struct, frozen=True):
    """The whole record; None stands for what never happened."""

    made: CompletedBackup | None = None
    drill: Drill | None = None
    """The last drill, good or not."""
    good_drill: Drill | None = None
    """The last that was good."""


def read_record(home: Path) -> BackupRecord:
    """The record of a home."""
    with suppress(OSError, msgspec.DecodeError, ValueError, RecursionError):
        return decode_json((home / RECORD).read_bytes(), BackupRecord, _decode_path)
    return BackupRecord()


def list_backup_places(home: Path) -> list[Path]:
    """The folders into which this home's backups go, as far as it knows."""
    made = read_record(home).made
    return [*([made.folder.parent] if made else []), home / FOLDER]


def record_backup(home: Path, made: CompletedBackup) -> None:
    """Record a backup. Raises: OSError."""
    _write(home, msgspec.structs.replace(read_record(home), made=made))


def forget_backup(home: Path) -> None:
    """Record that the log of this name has no backup yet. Raises: OSError."""
    _write(home, msgspec.structs.replace(read_record(home), made=None))


def record_drill(home: Path, drill: Drill) -> None:
    """Record a drill. Raises: OSError."""
    record = msgspec.structs.replace(read_record(home), drill=drill)
    _write(home, record if drill.why else msgspec.structs.replace(record, good_drill=drill))


def find_drill_trouble(record: BackupRecord, now: datetime, zone: tzinfo) -> str:
    """Why the backups are not reliable, as a clause; empty when a drill was good within a day."""
    good, last = record.good_drill, record.drill
    if last and last.why:
        return BackupText.LAST_DRILL_FAILED.fill(why=last.why)
    if good is None:
        return BackupText.NEVER_DRILLED.fill()
    if good.at - now > CLOCK_MARGIN:
        return BackupText.DRILL_LATER_THAN_NOW.fill(at=format_instant(good.at, zone))
    if now - good.at > DRILL_DUE:
        return BackupText.DRILL_TOO_OLD.fill(at=format_instant(good.at, zone))
    return ""


def _write(home: Path, record: BackupRecord) -> None:
    write_atomically(home / RECORD, msgspec.json.encode(record, enc_hook=str) + b"\n")


def _decode_path(_: type, value: object) -> Path:
    return clean_path(Path(str(value)))
