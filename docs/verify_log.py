"""Verify the hash chain of a log, with nothing of the program that wrote it: `python3 verify_log.py log.db [HEAD ...]`.

Written from log-format.md alone. A head, `403:05133f95…`, is what was kept elsewhere: the log must have that event.
Prints the head that the events add up to. Status 0: all fits; 1: something does not; 2: the file cannot be read.
"""

import hashlib
import sqlite3
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

APPLICATION_ID, FORMATS = 0x4B4C4F47, (1, 2)
NO_CHAIN = bytes(32)
EVENTS = """
SELECT position, CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), state, chain,
    typeof(originator_id) || typeof(originator_version) || typeof(topic) || typeof(state) || typeof(chain)
FROM stored_events ORDER BY position
"""
CLASSES = "textintegertextblobblob"
TAKEN = """
SELECT source, source_position, CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), state, taken.chain
FROM taken LEFT JOIN stored_events USING (position) ORDER BY source, source_position
"""


class Fault(Exception):
    """The log is not what it should be."""


def pack(value: bytes) -> bytes:
    """A part of a leaf: its length and itself."""
    return struct.pack(">I", len(value)) + value


def compute_chain(before: bytes, position: int, stream: bytes, version: int, topic: bytes, state: bytes) -> bytes:
    """The chain up to and with an event."""
    numbers = [struct.pack(">q", number) for number in (position, version)]
    parts = (numbers[0], stream, numbers[1], topic, state)
    leaf = hashlib.sha256(b"\x00" + b"".join(pack(part) for part in parts)).digest()
    return hashlib.sha256(before + leaf).digest()


def walk(connection: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    """Each position and its chain, computed anew. Raises: Fault at the first event that does not fit."""
    position, chain = 0, NO_CHAIN
    for found, stream, version, topic, state, stored, classes in connection.execute(EVENTS):
        if found != position + 1:
            raise Fault(f"behind event {position} follows event {found}")
        if classes != CLASSES:
            raise Fault(f"event {found} has a column of another storage class")
        position, chain = found, compute_chain(chain, found, stream, version, topic, state)
        if chain != stored:
            raise Fault(f"event {found} does not fit the chain")
        yield position, chain


def walk_sources(connection: sqlite3.Connection) -> None:
    """Compute the chain of each source anew. Raises: Fault at the first event that does not fit."""
    heads: dict[str, tuple[int, bytes]] = {}
    for source, found, stream, version, topic, state, stored in connection.execute(TAKEN):
        position, chain = heads.get(source, (0, NO_CHAIN))
        if found != position + 1 or state is None:
            raise Fault(f"behind event {position} of the source {source} follows event {found}")
        heads[source] = found, compute_chain(chain, found, stream, version, topic, state)
        if heads[source][1] != stored:
            raise Fault(f"event {found} of the source {source} does not fit its chain")


def parse_head(text: str) -> tuple[int, bytes]:
    """A head as the program prints it."""
    position, _, digits = text.partition(":")
    return int(position), bytes.fromhex(digits)


def verify(path: Path, heads: Sequence[tuple[int, bytes]]) -> tuple[int, bytes]:
    """The head of a log. Raises: Fault, sqlite3.Error."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if numbers[0] != APPLICATION_ID or numbers[1] not in FORMATS:
            raise Fault("this is no log of format 1 or 2")
        missing, end = set(heads), (0, NO_CHAIN)
        for end in walk(connection):
            missing.discard(end)
        if numbers[1] == FORMATS[1]:
            walk_sources(connection)
        for position, chain in sorted(missing - {(0, NO_CHAIN)}):
            raise Fault(f"it does not extend the head {position}:{chain.hex()}; it ends at {end[0]}:{end[1].hex()}")
        return end
    finally:
        connection.close()


def main(arguments: Sequence[str]) -> int:
    """Verify what the arguments name; the exit status."""
    try:
        path, heads = Path(arguments[0]), [parse_head(text) for text in arguments[1:]]
    except (IndexError, ValueError):
        print("usage: verify_log.py LOG [POSITION:CHAIN ...]", file=sys.stderr)
        return 2
    try:
        position, chain = verify(path, heads)
    except Fault as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 1
    except sqlite3.Error as unreadable:
        print(f"{path}: it cannot be read: {unreadable}", file=sys.stderr)
        return 2
    print(f"{position}:{chain.hex()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
