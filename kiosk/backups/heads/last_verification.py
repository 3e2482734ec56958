"""When the log was last verified, and up to which head: a small file in the home.

Rule: the file is written whole or not at all, and nothing depends on it. `kiosk verify` and the night write it.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from domain.log.chain import Head
from domain.log.chain_walk import Verdict
from domain.typed_decoding import decode_json
from kiosk.home_files import write_atomically

VERIFICATION_FILE = "proved.json"
WHOLE_EVERY = timedelta(days=7)
"""How often a night walks a large log from the first event on."""


class VerificationRecord(msgspec.Struct, frozen=True):
    """One verification of the log."""

    at: datetime
    """By the machine's clock, also in a simulation."""
    ok: bool
    events: int
    """How many fit the chain."""
    head: str
    """The chain hash after them, hex."""
    people_faults: int = 0
    """How many rows, reasons, authors and PINs of the people store were not as the log says."""
    whole_at: datetime | None = None
    """When all of it was verified, from the first event on, with the people store; None in files of older programs."""


def write_verification(
    home: Path, verdict: Verdict, at: datetime, people_faults: int = 0, *, whole_at: datetime | None = None
) -> None:
    """Keep when the log was verified, and the verdict; nothing where the home cannot be written.

    `whole_at`: when the whole was, where this time only what followed an earlier verification was.
    """
    head = verdict.head.chain.hex()
    record = VerificationRecord(at, verdict.whole, verdict.events, head, people_faults, whole_at or at)
    with suppress(OSError):
        write_atomically(home / VERIFICATION_FILE, msgspec.json.encode(record))


def read_last_verification(home: Path) -> VerificationRecord | None:
    """The last verification; None where there was none, or its file cannot be read."""
    try:
        return decode_json((home / VERIFICATION_FILE).read_bytes(), VerificationRecord)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def find_verified_position(home: Path) -> tuple[datetime, int] | None:
    """When the whole log was verified last, and up to which position; None where it was not, or was not whole."""
    record = read_last_verification(home)
    return (record.at, record.events) if record and record.ok else None


def was_whole_verified(home: Path) -> bool:
    """Whether the last verification began at the first event; also where it is not known."""
    record = read_last_verification(home)
    return record is None or record.whole_at in (None, record.at)


class VerifiedHead(NamedTuple):
    """A head up to which the whole log was verified."""

    head: Head
    whole_at: datetime
    """When it was walked from the first event on."""


def find_verified_head(home: Path, now: datetime) -> VerifiedHead | None:
    """From where a night goes on; None where it has to verify the whole, because it is time or something was wrong."""
    record = read_last_verification(home)
    if record is None or not record.ok or record.people_faults or record.whole_at is None:
        return None
    if not record.whole_at <= record.at <= now < record.whole_at + WHOLE_EVERY:
        return None
    with suppress(ValueError):
        return VerifiedHead(Head(record.events, bytes.fromhex(record.head)), record.whole_at)
    return None
