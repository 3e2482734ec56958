"""The list of names that may be loaded, and how the bytes under each name become its event again.

Rule: a name in the log is data. It is looked up here, never imported. What is not on the list is refused by
name, for events and for the aggregate that a Created event begins.

A class with `class_version` above 1 reads older bytes through its `upcast_vN_vM(state)`, as the library does.
The upcast sees the JSON as it was stored (text, numbers, lists) with `originator_id` and `originator_version`
beside it; what it leaves is read by the types of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NewType,
    NotRequired,
    TypeAlias,
    TypedDict,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

import msgspec
from eventsourcing.domain import Aggregate, AggregateCreated, AggregateEvent, CanMutateAggregate

from datetime import datetime

from domain.log.errors import BadStoredName, UnknownName

Fields: TypeAlias = dict[str, Any]
Read: TypeAlias = Callable[[UUID, int, bytes], AggregateEvent]
"""(stream, version, stored bytes) -> the event. Raises one of UNREADABLE."""
Decode: TypeAlias = Callable[[bytes, UUID, int], Fields]

UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, LookupError, AttributeError)
"""What bytes that do not fit their name raise, from a decoder or from an upcast."""
PLAIN = frozenset[object]({str, int, float, bool, NoneType, UUID, datetime, Any, object})
"""The types of which a field may be made, with list, dict, Literal and unions of them."""
_NOT_IN_THE_STATE = frozenset({"originator_id", "originator_version"})


class StoredNames:
    """The events and aggregates that may come out of the log.

    Raises: BadStoredName for an event without a name, with another's name, or with fields that are not plain.
    """

    def __init__(self, *aggregates: type[Aggregate]) -> None:
        self._names: dict[type, str] = {}
        self._readers = _Readers()
        beginnings = frozenset(filter(None, (_own_name(aggregate) for aggregate in aggregates)))
        for aggregate in aggregates:
            for event in _events_of(aggregate):
                self._list(event, beginnings)

    def name_of(self, event: type) -> str:
        """The name under which this class is stored. Raises: UnknownName when it is not listed."""
        try:
            return self._names[event]
        except KeyError:
            raise UnknownName(f"{event.__module__}:{event.__qualname__}") from None

    def readers(self) -> dict[str, Read]:
        """How to read each name; a name that is not listed raises UnknownName."""
        return self._readers

    def read(self, name: str, stream: UUID, version: int, state: bytes) -> AggregateEvent:
        """One event from its bytes. Raises: UnknownName, or one of UNREADABLE."""
        return self._readers[name](stream, version, state)

    def _list(self, event: type[AggregateEvent], beginnings: frozenset[str]) -> None:
        name = getattr(event, "TOPIC", None)
        if not name:
            raise BadStoredName(event.__qualname__, "has no TOPIC")
        if name in self._readers:
            raise BadStoredName(event.__qualname__, f"has the TOPIC {name!r} of another event")
        self._names[event] = name
        self._readers[name] = _reader(event, beginnings)


class _Readers(dict[str, Read]):
    """Names and their readers; what is not there is not looked for anywhere else."""

    def __missing__(self, name: str) -> Read:
        raise UnknownName(name)


# --- Which events an aggregate has -----------------------------------------------------------


def _own_name(aggregate: type[Aggregate]) -> str | None:
    return vars(aggregate).get("TOPIC")


def _events_of(aggregate: type[Aggregate]) -> Iterator[type[AggregateEvent]]:
    """The classes as the library redefined them: those are the ones that are triggered."""
    for attribute, value in vars(aggregate).items():
        if attribute == "Event" or not isinstance(value, type) or not issubclass(value, CanMutateAggregate):
            continue
        event = cast("type[AggregateEvent]", value)
        if _was_never_declared(event) and _own_name(aggregate) is None:
            continue
        yield event


def _was_never_declared(event: type[AggregateEvent]) -> bool:
    """The library gives every aggregate a Created event. One without name or fields is never stored."""
    return Aggregate.Created in event.__bases__ and not vars(event).get("__annotations__")


# --- How its bytes are read ------------------------------------------------------------------


def _reader(event: type[AggregateEvent], beginnings: frozenset[str]) -> Read:
    """Measured: building the event around a decoded dict costs half of what calling its class does."""
    decode = _versioned(event) if _version_of(event) > 1 else None
    plain = _decoder(event).decode
    new, set_attribute = object.__new__, object.__setattr__

    def read(stream: UUID, version: int, state: bytes) -> AggregateEvent:
        found = plain(state) if decode is None else decode(state, stream, version)
        found["originator_id"] = stream
        found["originator_version"] = version
        made = new(event)
        set_attribute(made, "__dict__", found)
        return made

    return _beginning(read, beginnings) if issubclass(event, AggregateCreated) else read


def _beginning(read: Read, beginnings: frozenset[str]) -> Read:
    """A Created event names an aggregate, which the library would import: it must be listed too."""

    def read_created(stream: UUID, version: int, state: bytes) -> AggregateEvent:
        event = cast("AggregateCreated", read(stream, version, state))
        if event.originator_topic not in beginnings:
            raise UnknownName(event.originator_topic)
        return event

    return read_created


def _version_of(event: type[AggregateEvent]) -> int:
    return getattr(event, "class_version", 1)


class _Versioned(TypedDict):
    class_version: NotRequired[int]


def _versioned(event: type[AggregateEvent]) -> Decode:
    """Read the version first; older bytes go through the upcasts, one version at a time."""
    current, shape = _version_of(event), _shape(event)
    written = msgspec.json.Decoder(_Versioned)
    plain, loose = msgspec.json.Decoder(shape), msgspec.json.Decoder(Fields)

    def decode(state: bytes, stream: UUID, version: int) -> Fields:
        found = written.decode(state).get("class_version", 1)
        if found == current:
            return plain.decode(state)
        old = loose.decode(state) | {"originator_id": stream, "originator_version": version}
        for step in range(found, current):
            getattr(event, f"upcast_v{step}_v{step + 1}")(old)
        return msgspec.convert(old, shape)

    return decode


def _decoder(event: type[AggregateEvent]) -> msgspec.json.Decoder[Fields]:
    return msgspec.json.Decoder(_shape(event))


def _shape(event: type[AggregateEvent]) -> type[Fields]:
    """A TypedDict of the fields: the fastest thing that msgspec decodes into and the library can use."""
    hints = get_type_hints(event)
    optional = cast("Any", NotRequired)
    shape: dict[str, Any] = {}
    for field in fields(event):
        if field.name in _NOT_IN_THE_STATE:
            continue
        hint = hints[field.name]
        if not _is_plain(hint):
            raise BadStoredName(event.__qualname__, f"keeps {field.name} as {hint}, which is no plain value")
        shape[field.name] = hint if field.default is MISSING else optional[hint]
    made = cast("Callable[[str, dict[str, Any]], type[Fields]]", TypedDict)
    return made(event.__name__, shape)


def _is_plain(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin in (list, dict, Union, UnionType):
        return all(map(_is_plain, get_args(hint)))
    if isinstance(hint, NewType):
        return _is_plain(hint.__supertype__)
    return origin is Literal or hint in PLAIN
