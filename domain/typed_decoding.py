"""JSON, msgpack and plain values as types of ours, safe for threads.

Rule: no other module asks `msgspec` for a type, except `devices.validation`, which has types of its own. What `msgspec`
knows of a struct it finds out the first time that the struct is asked for, and a second thread that asks meanwhile
meets the half of it, which ends the process. So one thread at a time asks; decoding itself needs no lock.
"""

from collections.abc import Callable
from threading import RLock
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")
DecodeHook = Callable[[type, Any], Any]
"""What makes a value of a type that JSON does not know."""

_ASKING = RLock()


@overload
def build_json_decoder(kind: type[T], hook: DecodeHook | None = None) -> msgspec.json.Decoder[T]: ...
@overload
def build_json_decoder(kind: Any, hook: DecodeHook | None = None) -> msgspec.json.Decoder[Any]: ...
def build_json_decoder(kind: Any, hook: DecodeHook | None = None) -> msgspec.json.Decoder[Any]:
    """A decoder of JSON, which any thread may use."""
    with _ASKING:
        return msgspec.json.Decoder(kind, dec_hook=hook)


def decode_json(content: bytes | str, kind: type[T], hook: DecodeHook | None = None) -> T:
    """The value in a text of JSON. Raises: msgspec.DecodeError, msgspec.ValidationError."""
    return build_json_decoder(kind, hook).decode(content)


def decode_msgpack(content: bytes, kind: type[T]) -> T:
    """The value in bytes of msgpack. Raises: msgspec.DecodeError, msgspec.ValidationError."""
    with _ASKING:
        decoder = msgspec.msgpack.Decoder(kind)
    return decoder.decode(content)


@overload
def convert(value: object, kind: type[T]) -> T: ...
@overload
def convert(value: object, kind: Any) -> Any: ...
def convert(value: object, kind: Any) -> Any:
    """A plain value as a type. Raises: msgspec.ValidationError."""
    with _ASKING:
        return msgspec.convert(value, kind)
