"""Events to bytes and back: plain JSON, by listed names only.

Rule: what cannot come back as it went in is not stored. Every event is read back before it is handed to the
store, because a log that only grows keeps an unreadable event for ever.

Stored: the fields in their order, UTC instants as ISO 8601 with Z, ids as text, `class_version` when above 1.
"""

from datetime import datetime, timedelta
from math import isfinite
from types import NoneType
from typing import Any, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import AggregateEvent, DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent, Transcoder

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


class PlainJSON(Transcoder):
    """JSON of str, int, float, bool, None, UUID, datetime in UTC, list and dict, and of nothing else."""

    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder()

    def encode(self, obj: Any) -> bytes:
        """Raises: NotPlain; msgspec alone would quietly store a tuple, a set or a date as something else."""
        _check_plain(obj, "")
        try:
            return self._encoder.encode(obj)
        except ValueError as refused:
            raise NotPlain("its text", str(refused)) from refused

    def decode(self, data: bytes) -> Any:
        """The bare JSON: no types come back. Events are read by their names."""
        return self._decoder.decode(data)


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


def _check_each_field(found: dict[object, object], where: str) -> None:
    for key, value in found.items():
        if type(key) is not str:
            raise NotPlain(where, f"has the key {key!r}, which is no text")
        if type(value) not in _AS_THEY_ARE:
            _check_plain(value, f"{where}.{key}" if where else key)


class NamedEventMapper(Mapper[UUID]):
    """The library's mapper, shut: it reads and writes what `names` lists and resolves no name itself."""

    def __init__(self, names: StoredNames) -> None:
        super().__init__(transcoder=PlainJSON())
        self._names = names

    @property
    def fingerprint(self) -> str:
        """Says which events can be read, and as what."""
        return self._names.fingerprint

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Raises: UnknownName, or NotStorable for what would not come back the same."""
        kind = type(domain_event)
        self._names.find_name(kind)
        try:
            stored = super().to_stored_event(domain_event)
            came_back = self.to_domain_event(stored)
        except NotPlain as refused:
            raise NotStorable(kind.__qualname__, refused.where, refused.reason) from refused
        except UNREADABLE as refused:
            raise NotStorable(kind.__qualname__, "what it holds", f"is not what it declares ({refused})") from refused
        if vars(came_back) != vars(domain_event):
            raise NotStorable(kind.__qualname__, *_describe_difference(vars(domain_event), vars(came_back)))
        return stored

    def to_domain_event(self, stored_event: StoredEvent) -> AggregateEvent:
        """Raises: UnknownName for a name that is not listed; nothing is ever imported."""
        stream = cast("UUID", stored_event.originator_id)
        return self._names.decode(stored_event.topic, stream, stored_event.originator_version, stored_event.state)


def _describe_difference(went_in: dict[str, Any], came_back: dict[str, Any]) -> tuple[str, str]:
    field = next(name for name, value in went_in.items() if came_back.get(name) != value)
    return field, f"would come back as {came_back.get(field)!r}"
