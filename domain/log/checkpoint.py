"""A checkpoint: how far a log goes, the root of the tree over its events, and its chain there; and what proves by it.

Rule: what is written are the forms that other programs read: C2SP tlog-checkpoint, its request of tlog-witness (a
checkpoint with the proof that it extends an older one), and tlog-proof (an event with the proof that it stands there).

    kiosk/<log_id>                            the name of the log
    403                                       events
    <root of the tree, base64>
    chain <chain, base64>
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from domain.log.chain import Head
from domain.log.merkle import is_extended, is_included
from domain.log.signed_note import COSIGNATURE, NoteKey, SignedNote, parse_note

PREFIX = "kiosk/"
LARGEST = 2**63 - 1
"""Events."""
PROOF_FORM = "c2sp.org/tlog-proof@v1"
_HASH = 32
"""Bytes."""


class Checkpoint(NamedTuple):
    """The state of a log at one position."""

    log_id: UUID
    head: Head
    root: bytes
    """Of the Merkle tree over all events up to the head."""

    @property
    def name(self) -> str:
        """The name under which the log signs."""
        return name_log(self.log_id)

    def format(self) -> str:
        """The text that is signed."""
        root, chain = (b64encode(value).decode() for value in (self.root, self.head.chain))
        return f"{self.name}\n{self.head.position}\n{root}\nchain {chain}\n"


def name_log(log_id: UUID) -> str:
    """The name under which a log signs."""
    return f"{PREFIX}{log_id}"


def parse_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from its text. Raises: ValueError."""
    name, size, root, chain = text.removesuffix("\n").split("\n")
    log_id = UUID(name.removeprefix(PREFIX))
    head = Head(_parse_number(size), _parse_hash(chain.removeprefix("chain ")))
    found = Checkpoint(log_id, head, _parse_hash(root))
    if found.format() != text:
        raise ValueError(text)
    return found


class ProvedHead(NamedTuple):
    """A checkpoint, and the proof that it extends an older one."""

    old: int
    """Events of the older one; 0 without a proof."""
    proof: Sequence[bytes]
    note: SignedNote

    @property
    def checkpoint(self) -> Checkpoint:
        """What the note says. Raises: ValueError."""
        return parse_checkpoint(self.note.text)

    def is_signed_by(self, keys: Iterable[NoteKey]) -> bool:
        """Whether one of the keys signed it that may: a key of this log, or one of a witness, but of no other log."""
        name = self.checkpoint.name
        return any(key.name == name or key.algorithm == COSIGNATURE for key in keys if key.has_signed(self.note))

    def format(self) -> str:
        """As a witness takes it."""
        return f"old {self.old}\n{_format_hashes(self.proof)}\n{self.note.format()}"

    def extends(self, older: Checkpoint) -> bool:
        """Whether the proof shows that this one extends an older one of the same log."""
        newer = self.checkpoint
        if (older.log_id, older.head.position) != (newer.log_id, self.old):
            return False
        return is_extended(self.old, older.root, newer.head.position, newer.root, self.proof)


def parse_proved_head(written: str) -> ProvedHead:
    """A checkpoint with its proof, or a note alone. Raises: ValueError."""
    old, proof = 0, list[bytes]()
    if written.startswith("old "):
        first, _, written = written.partition("\n\n")
        size, *lines = first.split("\n")
        old, proof = _parse_number(size.removeprefix("old ")), [_parse_hash(line) for line in lines]
    found = ProvedHead(old, proof, parse_note(written))
    parse_checkpoint(found.note.text)
    return found


class ProvedEvent(NamedTuple):
    """An event as it is stored, and the proof that it stands in the tree of a checkpoint."""

    data: bytes
    """What its leaf is the hash of, without the byte that keeps leaves apart."""
    position: int
    proof: Sequence[bytes]
    note: SignedNote

    def format(self) -> str:
        """As other programs take it."""
        extra = b64encode(self.data).decode()
        return (
            f"{PROOF_FORM}\nextra {extra}\nindex {self.position - 1}\n{_format_hashes(self.proof)}\n"
            f"{self.note.format()}"
        )

    @property
    def is_proved(self) -> bool:
        """Whether the event stands in the tree. Who signed for the tree is another question."""
        found = parse_checkpoint(self.note.text)
        leaf = sha256(b"\x00" + self.data).digest()
        return is_included(self.position - 1, leaf, found.head.position, found.root, self.proof)


def _format_hashes(hashes: Sequence[bytes]) -> str:
    return "".join(f"{b64encode(one).decode()}\n" for one in hashes)


def _parse_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)) or str(int(text)) != text:
        raise ValueError(text)
    return int(text)


def _parse_hash(text: str) -> bytes:
    found = b64decode(text, validate=True)
    if len(found) != _HASH:
        raise ValueError(text)
    return found
