"""When the whole log was last verified, and up to which head: a small file in the home.

Rule: the file is written whole or not at all, and nothing depends on it. `kiosk verify` and the night write it.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from domain.log.chain_walk import Verdict
from kiosk.home_files import write_atomically

VERIFICATION_FILE = "proved.json"


class VerificationRecord(msgspec.Struct, frozen=True):
    """One verification of the whole log."""

    at: datetime
    """By the machine's clock, also in a simulation."""
    ok: bool
    events: int
    """How many fit the chain."""
    head: str
    """The chain hash after them, hex."""
    people_faults: int = 0
    """How many rows, reasons, authors and PINs of the people store were not as the log says."""


def write_verification(home: Path, verdict: Verdict, at: datetime, people_faults: int = 0) -> None:
    """Keep when the log was verified, and the verdict; nothing where the home cannot be written."""
    record = VerificationRecord(at, verdict.whole, verdict.events, verdict.head.chain.hex(), people_faults)
    with suppress(OSError):
        write_atomically(home / VERIFICATION_FILE, msgspec.json.encode(record))


def read_last_verification(home: Path) -> VerificationRecord | None:
    """The last verification; None where there was none, or its file cannot be read."""
    try:
        return msgspec.json.decode((home / VERIFICATION_FILE).read_bytes(), type=VerificationRecord)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def find_verified_position(home: Path) -> tuple[datetime, int] | None:
    """When the whole log was verified last, and up to which position; None where it was not, or was not whole."""
    record = read_last_verification(home)
    return (record.at, record.events) if record and record.ok else None
