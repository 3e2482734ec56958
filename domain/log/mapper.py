"""Events to bytes and back: plain JSON, by listed names only.

Rule: what cannot come back as it went in is not stored. Every event is read back before it is handed to the
store, because a log that only grows keeps an unreadable event for ever.

Stored: the fields in their order, UTC instants as ISO 8601 with Z, ids as text, `class_version` when above 1.
"""

from datetime import UTC, datetime, timedelta
from math import isfinite
from types import NoneType
from typing import Any, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import CanMutateAggregate
from eventsourcing.persistence import StoredEvent

from domain.log.errors import NotStorable
from domain.log.stored_names import UNREADABLE, StoredNames

_AS_THEY_ARE = frozenset({str, int, bool, NoneType, UUID})
_NO_OFFSET = timedelta(0)


class NotPlain(Exception):
    """A value that JSON would turn into something else."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason


def _check_plain(value: object, where: str) -> None:
    """Exact types: an enumeration that is also a str comes back as a str, which is something else."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return
    if kind is dict:
        _check_each_field(cast("dict[object, object]", value), where)
    elif kind is list:
        for index, item in enumerate(cast("list[object]", value)):
            _check_plain(item, f"{where}[{index}]")
    elif kind is datetime:
        if cast("datetime", value).utcoffset() != _NO_OFFSET:
            raise NotPlain(where, "is an instant that is not in UTC")
    elif kind is float:
        if not isfinite(cast("float", value)):
            raise NotPlain(where, f"is {value}, which JSON has no word for")
    else:
        raise NotPlain(where, f"is a {kind.__name__}")


def _check_each_field(found: dict[Any, object], where: str) -> None:
    for key, value in found.items():
        if type(key) is not str:
            raise NotPlain(where, f"has the key {key!r}, which is no text")
        kind = type(value)
        if kind in _AS_THEY_ARE or (type(value) is datetime and value.tzinfo is UTC):
            continue  # nearly always
        _check_plain(value, f"{where}.{key}" if where else key)


class NamedEventMapper:
    """In place of the library's mapper: it writes what `names` lists and resolves no name itself."""

    def __init__(self, names: StoredNames) -> None:
        self._names = names
        self._encode = msgspec.json.Encoder().encode

    @property
    def fingerprint(self) -> str:
        """Says which events can be read, and as what."""
        return self._names.fingerprint

    def to_stored_event(self, event: CanMutateAggregate[UUID]) -> StoredEvent:
        """Raises: UnknownName, or NotStorable for what would not come back the same."""
        kind, fields = type(event), vars(event)
        topic = self._names.find_name(kind)
        stream, version = event.originator_id, event.originator_version
        try:
            state = self._encode_plain(kind, fields)
            came_back = vars(self._names.decode(topic, stream, version, state))
        except NotPlain as refused:
            raise NotStorable(kind.__qualname__, refused.where, refused.reason) from refused
        except UNREADABLE as refused:
            raise NotStorable(kind.__qualname__, "what it holds", f"is not what it declares ({refused})") from refused
        if came_back != fields:
            raise NotStorable(kind.__qualname__, *_describe_difference(fields, came_back))
        return StoredEvent(stream, version, topic, state)

    def _encode_plain(self, kind: type, fields: dict[str, Any]) -> bytes:
        """Raises: NotPlain; msgspec alone would quietly store a tuple, a set or a date as something else."""
        stored = fields.copy()
        del stored["originator_id"], stored["originator_version"]
        if (class_version := getattr(kind, "class_version", 1)) > 1:
            stored["class_version"] = class_version
        _check_each_field(stored, "")
        try:
            return self._encode(stored)
        except ValueError as refused:
            raise NotPlain("its text", str(refused)) from refused


def _describe_difference(went_in: dict[str, Any], came_back: dict[str, Any]) -> tuple[str, str]:
    field = next(name for name, value in went_in.items() if came_back.get(name) != value)
    return field, f"would come back as {came_back.get(field)!r}"
