"""A backup: a folder with a log, a people store, a site key and the settings, and one file that describes them.

Rule: a folder without its description is no backup, and the description is written last. Only the owner can
read it: a backup holds all personal data of the home.
"""

import hashlib
import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from domain.log.chain import Head
from domain.log.writer_lock import open_private_file
from domain.typed_decoding import decode_json
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import (
    BACKUP_DESCRIPTION,
    HEADS_FOLDER,
    KEY_FILE,
    LOG_FILE,
    PEOPLE_FILE,
    PRIVATE_FOLDER,
    PROFILES,
    flush_folder,
    is_optional_file,
    open_regular_file,
    write_private,
)
from kiosk.input_files import SETTINGS_FILE
from kiosk.words.errors import BackupText

FILES = (LOG_FILE, PEOPLE_FILE, KEY_FILE, SETTINGS_FILE)
FOLDERS = (PROFILES, HEADS_FOLDER)
"""The folders in a backup: the reader profiles of the unit, and the keys that signed heads. The heads are in none."""
LONGEST_DESCRIPTION = 2**16
"""Bytes: a hundred times what one has."""
NAME = re.compile(r"backup-\d{8}T\d{6}Z")


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The description beside the files of a backup."""

    made_at: datetime
    """When it was made, by the clock of the machine."""
    born: UUID
    """The first name of the log: it differs between homes."""
    log_id: UUID
    """The name in force when the copy was made."""
    position: int
    """Of the last event."""
    chain: str
    """The chain hash there, hex: the head to keep elsewhere."""
    simulation: bool
    digests: dict[str, str]
    """SHA-256 of each file, hex; of the ledger of erasures where there is one."""
    seal: str = ""
    """HMAC-SHA256 of all that under the site key, hex; empty in a backup of version 0.1."""

    @property
    def head(self) -> Head:
        """The end of the log in the backup."""
        return Head(self.position, bytes.fromhex(self.chain))


def format_name(made: datetime) -> str:
    """The name of a backup, which sorts by time: `backup-20261121T043000Z`."""
    return f"backup-{made:%Y%m%dT%H%M%SZ}"


def compute_digest(path: Path) -> str:
    """SHA-256 of a file, hex. Raises: OSError."""
    with open_regular_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_description(folder: Path, description: Description) -> None:
    """Write the description, after all other files. Raises: UserError."""
    write_private(folder / BACKUP_DESCRIPTION, msgspec.json.format(msgspec.json.encode(description), indent=1) + b"\n")


def read_description(folder: Path) -> Description:
    """Read the description. Raises: UserError where the folder is no finished backup."""
    try:
        with open_regular_file(folder / BACKUP_DESCRIPTION) as file:
            content = file.read(LONGEST_DESCRIPTION)
    except FileNotFoundError:
        state = BackupText.IS_UNFINISHED.fill() if folder.is_dir() else BackupText.IS_MISSING.fill()
        raise UserError(
            BackupText.NOT_A_BACKUP.fill(folder=folder, state=state, description=BACKUP_DESCRIPTION)
        ) from None
    except OSError as error:
        raise UserError(BackupText.DESCRIPTION_UNREADABLE.fill(folder=folder, strerror=error.strerror)) from None
    try:
        return decode_json(content, Description)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise UserError(BackupText.DESCRIPTION_ALTERED.fill(folder=folder / BACKUP_DESCRIPTION), EXIT_NO) from None


def demand_unaltered(folder: Path, description: Description) -> None:
    """Check that every file is as it was written. Raises: UserError, naming the first that is not."""
    for name in (*FILES, *filter(is_optional_file, description.digests)):
        try:
            same = compute_digest(folder / name) == description.digests.get(name)
        except OSError as error:
            raise UserError(
                BackupText.FILE_UNREADABLE.fill(folder=folder / name, strerror=error.strerror), EXIT_NO
            ) from None
        if not same:
            raise UserError(BackupText.FILE_ALTERED.fill(folder=folder / name), EXIT_NO)


def list_backups(where: Path) -> list[Path]:
    """The finished backups in a folder, the oldest first."""
    with suppress(OSError):
        return sorted(p for p in where.iterdir() if NAME.fullmatch(p.name) and (p / BACKUP_DESCRIPTION).is_file())
    return []


# --- Folders and files, flushed to the disk ---


def copy_file(source: Path, into: Path) -> str:
    """Copy a file into a new one that only its owner can read; the SHA-256 of the copy, hex. Raises: OSError."""
    digest = hashlib.sha256()
    into.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    with os.fdopen(open_private_file(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as written:
        with open_regular_file(source) as read:
            while block := read.read(2**20):
                digest.update(block)
                written.write(block)
        written.flush()
        os.fsync(written.fileno())
    if into.parent.name in FOLDERS:
        flush_folder(into.parent)
    return digest.hexdigest()


def copy_unaltered(backup: Path, description: Description, name: str, into: Path) -> None:
    """Copy a file of a backup: what was copied is compared with the description. Raises: UserError, OSError."""
    if copy_file(backup / name, into / name) != description.digests.get(name):
        raise UserError(BackupText.FILE_ALTERED.fill(folder=backup / name), EXIT_NO)
