"""The ledger of erasures: the volunteers, by random ids, who must stay erased whatever backup is restored.

Rule: an entry is on the disk before anything is erased, and no entry is ever taken out. It holds no name and no number.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec

from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import LEDGER, write_atomically
from kiosk.words.errors import BackupText

Basis = Literal["request", "purpose_ended", "authority"]
"""Why a person is erased: on request, because the purpose has ended, or by order of an authority."""


class Erasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the ledger."""

    volunteer: UUID
    at: datetime
    basis: Basis


Erasures = dict[UUID, Erasure]
"""By volunteer, in the order of the ledger."""


def read_ledger(folder: Path) -> Erasures:
    """The ledger in a folder; empty where there is none. Raises: UserError."""
    try:
        lines = (folder / LEDGER).read_bytes().splitlines()
        entries = [msgspec.json.decode(line, type=Erasure) for line in lines]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UserError(BackupText.LEDGER_UNREADABLE.fill(folder=folder / LEDGER, strerror=error.strerror)) from None
    except (msgspec.DecodeError, ValueError):
        raise UserError(BackupText.LEDGER_ALTERED.fill(folder=folder / LEDGER), EXIT_NO) from None
    return {entry.volunteer: entry for entry in entries}


def merge_ledgers(*folders: Path) -> Erasures:
    """The entries of all ledgers; of several about one volunteer the first. Raises: UserError."""
    found: Erasures = {}
    for folder in folders:
        found = read_ledger(folder) | found
    return found


def append_to_ledger(folder: Path, entries: Iterable[Erasure]) -> None:
    """Add the entries that the ledger in a folder lacks, all or none. Raises: UserError."""
    known = read_ledger(folder)
    if missing := [entry for entry in entries if entry.volunteer not in known]:
        lines = (msgspec.json.encode(entry) + b"\n" for entry in (*known.values(), *missing))
        try:
            write_atomically(folder / LEDGER, b"".join(lines))
        except OSError as error:
            raise UserError(
                BackupText.LEDGER_NOT_WRITABLE.fill(folder=folder / LEDGER, strerror=error.strerror), EXIT_NO
            ) from None
