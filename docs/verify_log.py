"""Verify the hash chain of a log, with Python 3.7 or newer alone: `python3 verify_log.py log.db [HEAD ...]`.

Written from log-format.md alone. A head, `403:05133f95…` or a file with a checkpoint, is what was kept elsewhere: the
log must have that event, and that tree. Who signed a checkpoint it does not check: OpenSSL can.
Prints the head that the events add up to. Status 0: all fits; 1: something does not; 2: the file cannot be read.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sqlite3
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

APPLICATION_ID, FORMATS = 0x4B4C4F47, (1, 2)
NO_CHAIN = bytes(32)
EVENTS = """
SELECT position, CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), state, chain,
    typeof(originator_id) || typeof(originator_version) || typeof(topic) || typeof(state) || typeof(chain)
FROM stored_events ORDER BY position
"""
CLASSES = "textintegertextblobblob"
TAKEN = """
SELECT source, source_position, CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), state,
    taken.chain, signature
FROM taken LEFT JOIN stored_events USING (position) ORDER BY source, source_position
"""
NOTHING_TAKEN = "WITH taken (position, source) AS (SELECT 0, '' WHERE 0)"
JOINED = "SELECT position, state FROM stored_events WHERE topic = 'kiosk-register.kiosk-joined' ORDER BY position"
TAPS = """
SELECT position, state, source FROM stored_events LEFT JOIN taken USING (position)
WHERE topic LIKE 'attendance.%' OR topic LIKE 'refused-taps.%'
"""


class Head(NamedTuple):
    """What was kept of a log elsewhere."""

    position: int
    chain: bytes
    name: str = ""
    """Of a checkpoint: the name of the log."""
    root: bytes = b""
    """Of a checkpoint: the root of the tree over its events."""


class Fault(Exception):
    """The log is not what it should be."""


def pack(value: bytes) -> bytes:
    """A part of a leaf: its length and itself."""
    return struct.pack(">I", len(value)) + value


def compute_leaf(position: int, stream: bytes, version: int, topic: bytes, state: bytes) -> bytes:
    """The leaf of an event."""
    numbers = [struct.pack(">q", number) for number in (position, version)]
    parts = (numbers[0], stream, numbers[1], topic, state)
    return hashlib.sha256(b"\x00" + b"".join(pack(part) for part in parts)).digest()


def compute_chain(before: bytes, leaf: bytes) -> bytes:
    """The chain up to and with an event."""
    return hashlib.sha256(before + leaf).digest()


def compute_root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree over leaves, level by level: a node without a sibling rises as it is."""
    level = list(leaves)
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        above = [hashlib.sha256(b"\x01" + level[left] + level[left + 1]).digest() for left in pairs]
        level = above + level[len(above) * 2 :]
    return level[0]


def walk(connection: sqlite3.Connection, leaves: list[bytes]) -> Iterator[tuple[int, bytes]]:
    """Each position and its chain, computed anew, and each leaf. Raises: Fault at the first event that does not fit."""
    position, chain = 0, NO_CHAIN
    for found, stream, version, topic, state, stored, classes in connection.execute(EVENTS):
        if found != position + 1:
            raise Fault(f"behind event {position} follows event {found}")
        if classes != CLASSES:
            raise Fault(f"event {found} has a column of another storage class")
        leaves.append(compute_leaf(found, stream, version, topic, state))
        position, chain = found, compute_chain(chain, leaves[-1])
        if chain != stored:
            raise Fault(f"event {found} does not fit the chain")
        yield position, chain


def walk_sources(connection: sqlite3.Connection) -> None:
    """Compute the chain of each source anew, up to a signature. Raises: Fault at the first event that does not fit."""
    heads: dict[str, tuple[int, bytes]] = {}
    signed: dict[str, int] = {}
    for source, found, stream, version, topic, state, stored, signature in connection.execute(TAKEN):
        position, chain = heads.get(source, (0, NO_CHAIN))
        if found != position + 1 or state is None:
            raise Fault(f"behind event {position} of the source {source} follows event {found}")
        heads[source] = found, compute_chain(chain, compute_leaf(found, stream, version, topic, state))
        if heads[source][1] != stored:
            raise Fault(f"event {found} of the source {source} does not fit its chain")
        if signature is not None:
            signed[source] = found
    for source, (position, _) in heads.items():
        if signed.get(source) != position:
            raise Fault(f"event {position} of the source {source} ends a batch, and has no signature")


def read_field(state: bytes, name: str) -> str | None:
    """A field of an event; None where it has no such text, or cannot be read."""
    try:
        value = json.loads(state)[name]
    except (ValueError, TypeError, KeyError):
        return None
    return value if isinstance(value, str) else None


def check_rows_of_sources(connection: sqlite3.Connection, user_version: int) -> None:
    """A row of the kiosk beside each tap of one that joined, and no row of a log that did not. Raises: Fault."""
    joined = {}
    for position, state in connection.execute(JOINED):
        joined[read_field(state, "kiosk")] = position, read_field(state, "log_id")
    for position, state, source in connection.execute(TAPS if user_version == 2 else NOTHING_TAKEN + TAPS):
        kiosk = read_field(state, "kiosk")
        since, log_id = joined.get(kiosk, (position, None))
        if kiosk is not None and since < position and source != log_id:
            raise Fault(f"event {position} is of the kiosk {kiosk}, and no row of that stands beside it")
    for (source,) in connection.execute("SELECT DISTINCT source FROM taken") if user_version == 2 else ():
        if source not in [log_id for _, log_id in joined.values()]:
            raise Fault(f"there are events of the source {source}, which did not join")


def parse_head(text: str) -> Head:
    """A head as the program prints it, or the checkpoint in a file. Raises: ValueError with a sentence."""
    try:
        position, _, digits = text.partition(":")
        if position.isdigit():
            return Head(int(position), bytes.fromhex(digits))
        note = Path(text).read_text(encoding="utf-8-sig").rstrip()
        if note.startswith("old "):
            note = note.partition("\n\n")[2]
        name, size, root, chain, *_ = note.split("\n")
        decoded = [base64.b64decode(value, validate=True) for value in (root, chain.partition("chain ")[2])]
        return Head(int(size), decoded[1], name, decoded[0])
    except OSError as refused:
        raise ValueError(f"{text}: it cannot be read: {refused.strerror}") from refused
    except ValueError as other:
        raise ValueError(f"{text}: this is no head: name POSITION:CHAIN, or a file with a checkpoint") from other


def check_heads(heads: Sequence[Head], names: Sequence[str], chains: Sequence[bytes], leaves: Sequence[bytes]) -> None:
    """Compare the heads that were kept. `chains` holds one before the first event. Raises: Fault."""
    for position, chain, name, root in sorted(heads):
        if name and name.partition("kiosk/")[2] not in names:
            raise Fault(f"the head of {name} is one of another log")
        if position >= len(chains) or chains[position] != chain:
            raise Fault(f"it does not extend the head {position}:{chain.hex()}; it ends at {len(leaves)}")
        if root and compute_root(leaves[:position]) != root:
            raise Fault(f"the tree over its first {position} events is not that of the checkpoint")


def verify(path: Path, heads: Sequence[Head]) -> tuple[int, bytes]:
    """The head of a log. Raises: Fault, sqlite3.Error."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if numbers[0] != APPLICATION_ID or numbers[1] not in FORMATS:
            raise Fault("this is no log of format 1 or 2")
        leaves: list[bytes] = []
        chains = [NO_CHAIN, *(chain for _, chain in walk(connection, leaves))]
        if numbers[1] == 2:
            walk_sources(connection)
        check_rows_of_sources(connection, numbers[1])
        check_heads(heads, [name for (name,) in connection.execute("SELECT log_id FROM log_identity")], chains, leaves)
        return len(leaves), chains[-1]
    finally:
        connection.close()


def main(arguments: Sequence[str]) -> int:
    """Verify what the arguments name; the exit status."""
    try:
        path, heads = Path(arguments[0]), [parse_head(text) for text in arguments[1:]]
    except IndexError:
        print("usage: verify_log.py LOG [POSITION:CHAIN | FILE ...]", file=sys.stderr)
        return 2
    except ValueError as no_head:
        print(no_head, file=sys.stderr)
        return 2
    try:
        position, chain = verify(path, heads)
    except Fault as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 1
    except sqlite3.Error as unreadable:
        print(f"{path}: it cannot be read: {unreadable}", file=sys.stderr)
        return 2
    try:
        print(f"{position}:{chain.hex()}", flush=True)
    except OSError as refused:
        print(f"the answer cannot be written: {refused}", file=sys.stderr)
        os._exit(2)  # Python would try once more at its end
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
