"""When the whole log was last proved, and up to which head: a small file in the home, kept by whoever proves it.

Rule: the file is written whole or not at all, and nothing depends on it: it only says when somebody last looked.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from domain.log.chain_walk import Verdict
from kiosk.home_files import write_atomically

VERIFICATION_FILE = "proved.json"


class VerificationRecord(msgspec.Struct, frozen=True):
    """One walk over the whole log."""

    at: datetime
    """By the machine's clock, also in a simulation."""
    ok: bool
    events: int
    """How many fitted."""
    head: str
    """The chain hash after them, hex."""


def write_verification(home: Path, verdict: Verdict, at: datetime) -> None:
    """Keep when the log was proved, and what came of it. A home that cannot be written is proved all the same."""
    proved = VerificationRecord(at, verdict.whole, verdict.events, verdict.head.chain.hex())
    with suppress(OSError):
        write_atomically(home / VERIFICATION_FILE, msgspec.json.encode(proved))


def read_last_verification(home: Path) -> VerificationRecord | None:
    """When the log was last proved; None where nobody did, or what is there cannot be read."""
    try:
        return msgspec.json.decode((home / VERIFICATION_FILE).read_bytes(), type=VerificationRecord)
    except (OSError, msgspec.DecodeError):
        return None
