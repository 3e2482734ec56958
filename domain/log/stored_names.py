"""The list of names that may be loaded, and how the bytes under each name become its event again.

Rule: a name in the log is data. It is looked up here, never imported. What is not on the list is refused by
name, for events and for the aggregate that a Created event begins.

A class with `class_version` above 1 reads older bytes through its `upcast_vN_vM(state)`, as the library does.
The upcast changes the JSON as it was stored (text, numbers, lists); what it leaves is read by the types of the
fields. Stream and version are not in there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import datetime
from functools import cached_property
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

from domain.log.errors import BadStoredName, UnknownName

Fields: TypeAlias = dict[str, Any]
Read: TypeAlias = Callable[[UUID, int, bytes], AggregateEvent]
"""(stream, version, stored bytes) -> the event. Raises one of UNREADABLE."""
Shape: TypeAlias = dict[str, Any]
"""Field names and their types."""
Decode: TypeAlias = Callable[[bytes], Fields]

UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, LookupError, AttributeError)
"""What bytes that do not fit their name raise, from a decoder or from an upcast."""
PLAIN = frozenset[object]({str, int, float, bool, NoneType, UUID, datetime, Any, object})
"""The types of which a field may be made, with list, dict, Literal and unions of them."""
_NOT_IN_THE_STATE = frozenset({"originator_id", "originator_version"})
_OPTIONAL = cast("Any", NotRequired)  # its argument is made here, not written down


class StoredNames:
    """The events and aggregates that may come out of the log.

    Raises: BadStoredName for an event without a name, with another's name, or with fields that are not plain.
    """

    def __init__(self, *aggregates: type[Aggregate]) -> None:
        self._names: dict[type, str] = {}
        self._shapes: dict[type, Shape] = {}
        self._readers = _Readers()
        beginnings = frozenset(filter(None, (_read_own_topic(aggregate) for aggregate in aggregates)))
        for aggregate in aggregates:
            for event in _list_events(aggregate):
                self._register(event, beginnings)

    def find_name(self, event: type) -> str:
        """The name under which this class is stored. Raises: UnknownName when it is not listed."""
        try:
            return self._names[event]
        except KeyError:
            raise UnknownName(f"{event.__module__}:{event.__qualname__}") from None

    @cached_property
    def fingerprint(self) -> str:
        """Says which names can be read, and what each is read as: another program, another fingerprint."""
        said = sorted(
            f"{name} {getattr(event, 'class_version', 1)} {self._shapes[event]}" for event, name in self._names.items()
        )
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]

    def readers(self) -> dict[str, Read]:
        """How to read each name; a name that is not listed raises UnknownName."""
        return self._readers

    def decode(self, name: str, stream: UUID, version: int, state: bytes) -> AggregateEvent:
        """One event from its bytes. Raises: UnknownName, or one of UNREADABLE."""
        return self._readers[name](stream, version, state)

    def _register(self, event: type[AggregateEvent], beginnings: frozenset[str]) -> None:
        name = getattr(event, "TOPIC", None)
        if not name:
            raise BadStoredName(event.__qualname__, "has no TOPIC")
        if name in self._readers:
            raise BadStoredName(event.__qualname__, f"has the TOPIC {name!r} of another event")
        self._names[event] = name
        self._shapes[event] = _build_shape(event)
        self._readers[name] = _build_reader(event, self._shapes[event], beginnings)


class _Readers(dict[str, Read]):
    """Names and their readers; a name that is missing is not searched for anywhere else."""

    def __missing__(self, name: str) -> Read:
        raise UnknownName(name)


# --- Which events an aggregate has -----------------------------------------------------------


def _read_own_topic(aggregate: type[Aggregate]) -> str | None:
    return vars(aggregate).get("TOPIC")


def _list_events(aggregate: type[Aggregate]) -> Iterator[type[AggregateEvent]]:
    """The classes as the library redefined them: those are the ones that are triggered."""
    for attribute, value in vars(aggregate).items():
        if attribute != "Event" and isinstance(value, type) and issubclass(value, CanMutateAggregate):
            yield cast("type[AggregateEvent]", value)


# --- How its bytes are read ------------------------------------------------------------------


def _build_reader(event: type[AggregateEvent], shape: Shape, beginnings: frozenset[str]) -> Read:
    """Measured: building the event around a decoded dict costs half of what calling its class does."""
    decode = _build_decoder(event, shape)
    new, set_attribute = object.__new__, object.__setattr__

    def read(stream: UUID, version: int, state: bytes) -> AggregateEvent:
        found = decode(state)
        found["originator_id"] = stream
        found["originator_version"] = version
        made = new(event)
        set_attribute(made, "__dict__", found)
        return made

    return _build_created_reader(read, beginnings) if issubclass(event, AggregateCreated) else read


def _build_created_reader(read: Read, beginnings: frozenset[str]) -> Read:
    """A Created event names an aggregate, which the library would import: it must be listed too."""

    def read_created(stream: UUID, version: int, state: bytes) -> AggregateEvent:
        event = cast("AggregateCreated", read(stream, version, state))
        if event.originator_topic not in beginnings:
            raise UnknownName(event.originator_topic)
        return event

    return read_created


def _build_decoder(event: type[AggregateEvent], shape: Shape) -> Decode:
    current = getattr(event, "class_version", 1)
    if current > 1:
        return _build_upcasting_decoder(event, current, shape)
    # Bytes of a newer program say their version; they are refused here instead of half read.
    return msgspec.json.Decoder(_build_typed_dict(event, shape | {"class_version": _OPTIONAL[Literal[1]]})).decode


def _build_upcasting_decoder(event: type[AggregateEvent], current: int, shape: Shape) -> Decode:
    """Read the version first; older bytes go through the upcasts, one version at a time."""
    fields_of = _build_typed_dict(event, shape)
    version_of = msgspec.json.Decoder(_VersionField).decode
    typed, untyped = msgspec.json.Decoder(fields_of).decode, msgspec.json.Decoder(Fields).decode

    def decode(state: bytes) -> Fields:
        written = version_of(state).get("class_version", 1)
        if written == current:
            return typed(state)
        if written > current:
            raise ValueError(f"version {written} was written by a newer program")
        old = untyped(state)
        for step in range(written, current):
            getattr(event, f"upcast_v{step}_v{step + 1}")(old)
        return msgspec.convert(old, fields_of)

    return decode


class _VersionField(TypedDict):
    class_version: NotRequired[int]


def _build_shape(event: type[AggregateEvent]) -> Shape:
    """Each field that is stored, with its type; one with a default may be missing in older bytes."""
    hints = get_type_hints(event)
    shape: Shape = {}
    for field in fields(event):
        if field.name in _NOT_IN_THE_STATE:
            continue
        hint = hints[field.name]
        if not _is_plain(hint):
            raise BadStoredName(event.__qualname__, f"keeps {field.name} as {hint}, which is no plain value")
        shape[field.name] = hint if field.default is MISSING else _OPTIONAL[hint]
    return shape


def _build_typed_dict(event: type[AggregateEvent], shape: Shape) -> type[Fields]:
    """The fastest thing that msgspec decodes into and the library can use as it is."""
    make = cast("Callable[[str, Shape], type[Fields]]", TypedDict)
    return make(event.__name__, shape)


def _is_plain(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin in (list, dict, Union, UnionType):
        return all(map(_is_plain, get_args(hint)))
    if isinstance(hint, NewType):
        return _is_plain(hint.__supertype__)
    return origin is Literal or hint in PLAIN
