"""The ledger of erasures: the volunteers, by random ids, who must stay erased whatever backup is restored.

Rule: an entry is on the disk before anything is erased, and no entry is ever taken out. It holds no name and no number.
"""

import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec

from domain.typed_decoding import decode_json
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import LEDGER, open_regular_file, write_atomically
from kiosk.words.errors import BackupText

Basis = Literal["request", "purpose_ended", "authority"]
"""Why a person is erased: on request, because the purpose has ended, or by order of an authority."""
ComputeHmac = Callable[[bytes], bytes]
"""The HMAC of a message under the site key of one home."""
PURPOSE = b"kiosk erasure\0"
"""Stands before what is sealed: the seal of anything else is none of a line."""


class Erasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of the ledger."""

    volunteer: UUID
    at: datetime
    basis: Basis
    seal: str = ""
    """HMAC of the rest under the site key of the home that wrote it, hex; empty in a line of version 0.1."""

    def add_seal(self, compute_hmac: ComputeHmac) -> "Erasure":
        """The line with the seal of a home."""
        return msgspec.structs.replace(self, seal=self._compute_seal(compute_hmac))

    def is_sealed_by(self, compute_hmac: ComputeHmac) -> bool:
        """Whether a home wrote the line."""
        return hmac.compare_digest(self.seal, self._compute_seal(compute_hmac))

    def _compute_seal(self, compute_hmac: ComputeHmac) -> str:
        return compute_hmac(PURPOSE + msgspec.json.encode(msgspec.structs.replace(self, seal=""))).hex()


Erasures = dict[UUID, Erasure]
"""By volunteer, in the order of the ledger."""


def read_ledger(folder: Path) -> Erasures:
    """The ledger in a folder; empty where there is none. Raises: UserError."""
    try:
        with open_regular_file(folder / LEDGER) as file:
            entries = [decode_json(line, Erasure) for line in file]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UserError(BackupText.LEDGER_UNREADABLE.fill(folder=folder / LEDGER, strerror=error.strerror)) from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise UserError(BackupText.LEDGER_ALTERED.fill(folder=folder / LEDGER), EXIT_NO) from None
    return {entry.volunteer: entry for entry in entries}


def merge_ledgers(*folders: Path) -> list[Erasure]:
    """The different lines of all ledgers, several of one volunteer included. Raises: UserError."""
    return list(dict.fromkeys(entry for folder in folders for entry in read_ledger(folder).values()))


def seal_ledger(home: Path, compute_hmac: ComputeHmac) -> None:
    """Seal the lines that a home wrote before lines were sealed. Raises: UserError, also where a seal is wrong."""
    entries = read_ledger(home).values()
    if any(entry.seal and not entry.is_sealed_by(compute_hmac) for entry in entries):
        raise UserError(BackupText.LEDGER_ALTERED.fill(folder=home / LEDGER), EXIT_NO)
    append_to_ledger(home, [entry.add_seal(compute_hmac) for entry in entries])


def append_to_ledger(folder: Path, entries: Iterable[Erasure]) -> None:
    """Add the entries that the ledger in a folder lacks, or has with another seal, all or none. Raises: UserError."""
    known = read_ledger(folder)
    merged = known | {entry.volunteer: entry for entry in entries if entry.seal or entry.volunteer not in known}
    if merged != known:
        lines = (msgspec.json.encode(entry) + b"\n" for entry in merged.values())
        try:
            write_atomically(folder / LEDGER, b"".join(lines))
        except OSError as error:
            raise UserError(
                BackupText.LEDGER_NOT_WRITABLE.fill(folder=folder / LEDGER, strerror=error.strerror), EXIT_NO
            ) from None
