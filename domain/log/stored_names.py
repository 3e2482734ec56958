"""The list of names that may be loaded, and how the bytes under each name become its event again.

Rule: a name in the log is data. It is looked up here, never imported. What is not on the list is refused by
name, for events and for the aggregate that a Created event begins.

A class with `class_version` above 1 reads older bytes through its `upcast_vN_vM(state)`, as the library does.
The upcast changes the JSON as it was stored (text, numbers, lists); what it leaves is read by the types of the
fields. Stream and version are not in there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from functools import cached_property
from importlib import import_module
from threading import RLock
from types import MappingProxyType, NoneType, UnionType
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
from domain.log.event_rows import is_recorded_instant
from domain.typed_decoding import build_json_decoder, convert

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

    A kind of stream is listed as its class, or in a table by what the names of its events begin with, before the dot,
    as `module:class`: then it is loaded when the first of its names is met.

    Raises: BadStoredName for an event without a name, with another's name, or with fields that are not plain; of a kind
        of stream in the table when it is loaded.
    """

    def __init__(self, *aggregates: type[Aggregate], table: Mapping[str, str] = MappingProxyType({})) -> None:
        self._events: dict[str, type[AggregateEvent]] = {}
        self._shapes: dict[type, Shape] = {}
        self._readers = _Readers(self._build_reader)
        self._unloaded = dict(table)
        self._loading = RLock()
        self._beginnings = frozenset({*table, *filter(None, map(_read_own_topic, aggregates))})
        for aggregate in aggregates:
            self._list_events(aggregate)
        for name in self._events:
            self._readers[name] = self._build_reader(name)

    def find_name(self, event: type) -> str:
        """The name under which this class is stored. Raises: UnknownName when it is not listed."""
        name = getattr(event, "TOPIC", "")
        if self._find_event(name) is event:
            return name
        raise UnknownName(f"{event.__module__}:{event.__qualname__}")

    @cached_property
    def fingerprint(self) -> str:
        """Says which names can be read, and what each is read as: another program, another fingerprint."""
        said = sorted(
            f"{name} {getattr(event, 'class_version', 1)} {self._find_shape(event)}"
            for name, event in self.load_all().items()
        )
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]

    def load_all(self) -> Mapping[str, type[AggregateEvent]]:
        """Every name and its class; every kind of stream is loaded."""
        for stream in [*self._unloaded]:
            self._load(stream)
        return self._events

    def readers(self) -> dict[str, Read]:
        """How to read each name, as far as it was met; a name that is not listed raises UnknownName."""
        return self._readers

    def decode(self, name: str, stream: UUID, version: int, state: bytes) -> AggregateEvent:
        """One event from its bytes. Raises: UnknownName, or one of UNREADABLE."""
        return self._readers[name](stream, version, state)

    # --- What is listed, and loaded ---

    def _find_event(self, name: str) -> type[AggregateEvent] | None:
        if name not in self._events:
            self._load(name.partition(".")[0])
        return self._events.get(name)

    def _load(self, stream: str) -> None:
        """Load a kind of stream, unless that was done or it is not in the table. Threads may do so at once."""
        with self._loading:
            if stream in self._unloaded:
                module, _, attribute = self._unloaded[stream].partition(":")
                self._list_events(getattr(import_module(module), attribute))
                del self._unloaded[stream]

    def _list_events(self, aggregate: type[Aggregate]) -> None:
        for event in _list_events(aggregate):
            name = getattr(event, "TOPIC", None)
            if not name:
                raise BadStoredName(event.__qualname__, "has no TOPIC")
            if name in self._events:
                raise BadStoredName(event.__qualname__, f"has the TOPIC {name!r} of another event")
            self._events[name] = event

    def _find_shape(self, event: type[AggregateEvent]) -> Shape:
        if event not in self._shapes:
            self._shapes[event] = _build_shape(event)
        return self._shapes[event]

    def _build_reader(self, name: str) -> Read:
        event = self._find_event(name)
        if event is None:
            raise UnknownName(name)
        return _build_reader(event, self._find_shape(event), self._beginnings)


class _Readers(dict[str, Read]):
    """Names and their readers, each built when it is met; a name that is not listed is not searched for elsewhere."""

    def __init__(self, build: Callable[[str], Read]) -> None:
        super().__init__()
        self._build = build

    def __missing__(self, name: str) -> Read:
        reader = self[name] = self._build(name)
        return reader


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
    decode, instants = _build_decoder(event, shape), [name for name, hint in shape.items() if _is_instant(hint)]
    new, set_attribute = object.__new__, object.__setattr__

    def read(stream: UUID, version: int, state: bytes) -> AggregateEvent:
        found = decode(state)
        for name in instants:
            at = found.get(name)
            if at is not None and not is_recorded_instant(at):
                raise ValueError(f"uncountable {name}: {at}")
        found["originator_id"] = stream
        found["originator_version"] = version
        made = new(event)
        set_attribute(made, "__dict__", found)
        return made

    return _build_created_reader(read, beginnings) if issubclass(event, AggregateCreated) else read


def _build_created_reader(read: Read, beginnings: frozenset[str]) -> Read:
    """A Created event names an aggregate, which the library would import: it must be listed too."""

    def read_created(stream: UUID, version: int, state: bytes) -> AggregateEvent:
        event: Any = read(stream, version, state)
        if event.originator_topic not in beginnings:
            raise UnknownName(event.originator_topic)
        return event

    return read_created


def _build_decoder(event: type[AggregateEvent], shape: Shape) -> Decode:
    current = getattr(event, "class_version", 1)
    if current > 1:
        return _build_upcasting_decoder(event, current, shape)
    # Bytes of a newer program say their version; they are refused here instead of half read.
    return build_json_decoder(_build_typed_dict(event, shape | {"class_version": _OPTIONAL[Literal[1]]})).decode


def _build_upcasting_decoder(event: type[AggregateEvent], current: int, shape: Shape) -> Decode:
    """Read the version first; older bytes go through the upcasts, one version at a time."""
    fields_of = _build_typed_dict(event, shape)
    version_of = build_json_decoder(_VersionField).decode
    typed, untyped = build_json_decoder(fields_of).decode, build_json_decoder(Fields).decode

    def decode(state: bytes) -> Fields:
        written = version_of(state).get("class_version", 1)
        if written == current:
            return typed(state)
        if written > current:
            raise ValueError(f"version {written} was written by a newer program")
        old = untyped(state)
        for step in range(written, current):
            getattr(event, f"upcast_v{step}_v{step + 1}")(old)
        return convert(old, fields_of)

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


def _is_instant(hint: Any) -> bool:
    return hint is datetime or datetime in get_args(hint)


def _is_plain(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin in (list, dict, Union, UnionType):
        return all(map(_is_plain, get_args(hint)))
    if isinstance(hint, NewType):
        return _is_plain(hint.__supertype__)
    return origin is Literal or hint in PLAIN
