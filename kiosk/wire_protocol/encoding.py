"""Messages as bytes: msgpack, deflated; what is none, or too large, is refused before it fills the memory."""

import zlib
from typing import TypeVar

import msgspec

from domain.typed_decoding import decode_msgpack

MOST_BODY_BYTES = 6 * 1024 * 1024
"""Of a body, deflated or not: 4 MiB of events, and what stands around them."""

M = TypeVar("M", bound=msgspec.Struct)


class NotUnderstood(ValueError):
    """A body is no message of its kind, or too large."""


def encode(message: msgspec.Struct) -> bytes:
    """A body, deflated."""
    return zlib.compress(msgspec.msgpack.encode(message), 1)


def decode(kind: type[M], body: bytes) -> M:
    """The message in a body. Raises: NotUnderstood."""
    try:
        return decode_msgpack(_inflate(body), kind)
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError) as refused:
        raise NotUnderstood(str(refused)) from refused


def _inflate(body: bytes) -> bytes:
    """At most the largest body, so that a few bytes cannot fill the memory."""
    inflating = zlib.decompressobj()
    plain = inflating.decompress(body, MOST_BODY_BYTES)
    if inflating.unconsumed_tail or not inflating.eof:
        raise NotUnderstood(len(body))
    return plain
