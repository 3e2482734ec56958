"""The hash chain: what each event adds to the one value that stands for all events before it.

Rule: the stored bytes are hashed, never something rebuilt from them. A check of a log without
this program needs SHA-256 and this page. Whole numbers are big-endian; a length counts bytes:

    leaf  = SHA-256( 00                        1 byte    domain separation, as in RFC 6962
                     00000008  position        4 + 8     signed
                     length    stream          4 + n     the TEXT as stored, UTF-8 (32 hex digits)
                     00000008  version         4 + 8     signed
                     length    topic           4 + n     the TEXT as stored, UTF-8
                     length    state           4 + n )   the BLOB as stored
    chain = SHA-256( chain of the event before, 32 bytes; leaf, 32 bytes )

The event before the first has the chain GENESIS, 32 zero bytes. Only the chain is stored: a leaf follows
from its row, so a stored one would add no evidence and cost 32 bytes an event. The storage classes are not
hashed: the verifier demands the one class each column has before it hashes the row.

The chain finds what was changed, taken out or put in between. It cannot find a tail that was cut off, nor a
chain that a person with this page computed again: a head that is kept elsewhere does.
"""

from hashlib import sha256
from struct import Struct
from typing import NamedTuple

GENESIS = bytes(32)
"""The chain before the first event."""

_UP_TO_STREAM = Struct(">BIqI")
_UP_TO_TOPIC = Struct(">IqI")
_UP_TO_STATE = Struct(">I")
_WORD = 8


class Head(NamedTuple):
    """The end of the log: how far it goes, and the chain there. Keep one elsewhere to verify the log later."""

    position: int
    """Of the last event; 0 in an empty log."""
    chain: bytes


EMPTY_HEAD = Head(0, GENESIS)
"""The head of a log without events."""


def pack_leaf(position: int, stream: bytes, version: int, topic: bytes, state: bytes) -> bytes:
    """What a leaf is the hash of; `stream` and `topic` as the UTF-8 bytes of their TEXT."""
    return b"".join(
        (
            _UP_TO_STREAM.pack(0, _WORD, position, len(stream)),
            stream,
            _UP_TO_TOPIC.pack(_WORD, version, len(topic)),
            topic,
            _UP_TO_STATE.pack(len(state)),
            state,
        )
    )


def compute_leaf(position: int, stream: bytes, version: int, topic: bytes, state: bytes) -> bytes:
    """The digest of one stored event."""
    return sha256(pack_leaf(position, stream, version, topic, state)).digest()


def compute_link(previous: bytes, leaf: bytes) -> bytes:
    """The chain after an event: everything up to and including it."""
    return sha256(previous + leaf).digest()
