"""When the whole log was last proved, and up to which head: a small file in the home, kept by whoever proves it.

Rule: the file is written whole or not at all, and nothing depends on it: it only says when somebody last looked.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from domain.log.verification import Verdict
from domain.log.writer_lock import private_file

PROVED_FILE = "proved.json"


class Proved(msgspec.Struct, frozen=True):
    """One walk over the whole log."""

    at: datetime
    """By the machine's clock, also in a simulation."""
    ok: bool
    events: int
    """How many fitted."""
    head: str
    """The chain hash after them, hex."""


def keep_proof(home: Path, verdict: Verdict, at: datetime) -> None:
    """Keep when the log was proved, and what came of it. A home that cannot be written is proved all the same."""
    proved = Proved(at, verdict.whole, verdict.events, verdict.head.chain.hex())
    unfinished = home / f".{PROVED_FILE}"
    with suppress(OSError):
        with os.fdopen(private_file(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
            file.write(msgspec.json.encode(proved))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(home / PROVED_FILE)


def last_proof(home: Path) -> Proved | None:
    """When the log was last proved; None where nobody did, or what is there cannot be read."""
    try:
        return msgspec.json.decode((home / PROVED_FILE).read_bytes(), type=Proved)
    except (OSError, msgspec.DecodeError):
        return None
