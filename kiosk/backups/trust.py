"""Whom a backup is trusted from: a folder that only its owner can change, and a seal of the home that made it.

Rule: what others can write to is refused before it is read; what it says is believed where the site key confirms it.
"""

import hmac
import stat
from pathlib import Path

import msgspec

from domain.log.read_connection import is_on_read_only_media
from kiosk.backups.folder import Description
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import KEY_BYTES, KEY_FILE
from kiosk.home_folder import demand_own
from kiosk.words.errors import BackupText

OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
PURPOSE = b"kiosk backup\0"
"""Stands before what is sealed: the seal of anything else is none of a backup."""


def demand_trusted_folder(folder: Path) -> None:
    """Check that a folder is this user's and that no other can change it. Raises: UserError, OSError."""
    if is_on_read_only_media(folder):
        return
    demand_own(folder)
    if folder.exists() and folder.stat().st_mode & OTHERS_WRITE:
        raise UserError(BackupText.OTHERS_CAN_WRITE.fill(folder=folder), EXIT_NO)


def demand_trusted_backup(backup: Path) -> None:
    """Check that no other user can change a backup, or put another one in its place. Raises: UserError, OSError."""
    demand_trusted_folder(backup)
    parent = backup.absolute().parent
    found = parent.stat()
    can_be_replaced = found.st_mode & OTHERS_WRITE and not found.st_mode & stat.S_ISVTX
    if can_be_replaced and not is_on_read_only_media(parent):
        raise UserError(BackupText.OTHERS_CAN_WRITE.fill(folder=parent), EXIT_NO)


# --- The seal of the description ---


def seal_description(description: Description, site_key: bytes) -> Description:
    """The description with the seal of the home whose key it is: it covers the digests, and so every file."""
    return msgspec.structs.replace(description, seal=_compute_seal(description, site_key))


def demand_sealed(description: Description, site_key: bytes, folder: Path, *, accept_unsealed: bool) -> None:
    """Check the seal; one of version 0.1, which has none, is taken only where that is accepted. Raises: UserError."""
    if not description.seal:
        if not accept_unsealed:
            raise UserError(BackupText.NOT_SEALED.fill(folder=folder), EXIT_NO)
    elif not hmac.compare_digest(description.seal, _compute_seal(description, site_key)):
        raise UserError(BackupText.WRONG_SEAL.fill(folder=folder), EXIT_NO)


def read_kept_site_key(lost: Path | None) -> bytes | None:
    """The site key of the home that the backup is of, where that home still has one."""
    try:
        key = (lost / KEY_FILE).read_bytes() if lost else b""
    except OSError:
        return None
    return key if len(key) == KEY_BYTES else None


def _compute_seal(description: Description, site_key: bytes) -> str:
    message = msgspec.json.encode(msgspec.structs.replace(description, seal=""), order="sorted")
    return hmac.digest(site_key, PURPOSE + message, "sha256").hex()
