"""Kinds of stream: one that begins with an event, and one that exists as soon as it is named; that of a kiosk is one.

In both a plain method decides, an event is put at the end, and a decorated private method assigns.

The events of all streams of a kind have one base. Where each stream has its own, the library builds the class of every
event once more: a third of the time in which a command loads them. What is built of a class is built once: `EventType`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from types import new_class
from typing import Any, NamedTuple, Self, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import Aggregate, MetaDomainEvent, OriginatorVersionError
from eventsourcing.utils import resolve_topic
from typing_extensions import override

from domain.act import Act
from domain.ids import DESK

UNWRITTEN = datetime(1970, 1, 1, tzinfo=UTC)
"""When a stream without events was last changed."""


class EventType(MetaDomainEvent):
    """The type of events: frozen dataclasses, of whose methods only those that are called are compiled.

    The library compiles five for each class, and for an event with a mutator once more: most of what loading one costs.
    """

    def __new__(cls, name: str, bases: tuple[type[Any], ...], body: dict[str, Any]) -> type[Any]:
        """A class that adds no field to another one has the methods of that."""
        with_fields = [base for base in bases if is_dataclass(base)]
        if len(with_fields) == 1 and not body.get("__annotations__"):
            body["__dataclass_fields__"] = with_fields[0].__dataclass_fields__
            return type.__new__(cls, name, bases, body)
        made = _make_dataclass(type.__new__(cls, name, bases, body), init=False)
        made.__init__ = _build_initialiser(made)
        return made


def _make_dataclass(event: type[Any], *, init: bool) -> Any:
    return dataclass(frozen=True, init=init, repr=False, eq=False)(event)


def _build_initialiser(event: type[Any]) -> Callable[..., None]:
    """What compiles the initialiser of a class when its first event is made: one that is read is made without."""

    def initialise(self: object, *values: object, **named: object) -> None:
        event.__init__ = _make_dataclass(type.__new__(EventType, event.__name__, (event,), {}), init=True).__init__
        event.__init__(self, *values, **named)

    return initialise


class StreamEvent(Aggregate.Event, metaclass=EventType):
    """An event of any stream."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._list_values() == cast("StreamEvent", other)._list_values()

    def __hash__(self) -> int:
        return hash((self.originator_id, self.originator_version))

    def __repr__(self) -> str:
        names = (field.name for field in fields(self))
        values = ", ".join(f"{name}={value!r}" for name, value in zip(names, self._list_values(), strict=True))
        return f"{type(self).__qualname__}({values})"

    def _list_values(self) -> list[object]:
        return [getattr(self, field.name) for field in fields(self)]


class Beginning(Aggregate.Created, metaclass=EventType):
    """The first event of a stream of the desk that taps load: its `apply` sets what the stream holds.

    At each of them the library looks up which of its fields two initialisers take.
    """

    def mutate(self, aggregate: Aggregate | None) -> Aggregate:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The stream that begins with it."""
        if aggregate is not None:
            raise OriginatorVersionError(self.originator_version, aggregate.version + 1)
        begun: Aggregate = object.__new__(resolve_topic(self.originator_topic))
        begun.__base_init__(self.originator_id, self.originator_version, self.timestamp)
        self.apply(begun)
        return begun


class DeskStream(Aggregate):
    """A stream of the desk or the night: a plain method decides, `record` writes, a mutator assigns."""

    class Event(StreamEvent):
        """An event with its actor."""

        at: datetime
        by: UUID

    def __init_subclass__(cls) -> None:
        cls.Event = DeskStream.Event
        super().__init_subclass__()

    def record(self, happened: type[Aggregate.Event], act: Act, **facts: object) -> None:
        """Put an event at the end of the stream; the fields of the act come from the act."""
        self.trigger_event(happened, **facts, **act.build_fields())


class StandingStream(Aggregate):
    """A stream that needs no beginning: it exists, empty, as soon as it is named."""

    def __init_subclass__(cls) -> None:
        """The library wants every named aggregate to have a first event: that of these is never triggered."""
        if topic := vars(cls).get("TOPIC"):
            names = {"__module__": cls.__module__, "__qualname__": f"{cls.__qualname__}.Created"}
            body = {**names, "TOPIC": f"{topic}.created"}
            cls.Event = Aggregate.Event
            cls.Created = new_class(
                "Created", (Aggregate.Created,), {"metaclass": EventType}, lambda own: own.update(body)
            )
        super().__init_subclass__()

    @classmethod
    def at_version_zero(cls, stream: UUID) -> Self:
        """The stream before its first event."""
        aggregate = cls.__new__(cls)
        aggregate.__base_init__(originator_id=stream, originator_version=0, timestamp=UNWRITTEN)
        aggregate.begin()
        return aggregate

    def begin(self) -> None:
        """Set what an empty stream holds."""

    @override
    def trigger_event(self, event_class: type[Any], **kwargs: Any) -> None:
        """As the library's, which asks each time whether the class is listed: the log does so before it stores one."""
        happened = event_class(originator_id=self.id, originator_version=self.version + 1, **kwargs)
        happened.mutate(self)
        self.pending_events.append(happened)


class StreamKey(NamedTuple):
    """A stream, not yet read."""

    id: UUID
    writer: str = DESK
    """The name of the kiosk that writes it, or `DESK`."""


class WrittenFields(msgspec.Struct, frozen=True):
    """What an event of a kiosk says that its stream derives from; a later form of the event says it too."""

    kiosk: str
    at: datetime
    volunteer_id: UUID | None = None
    boot: str | None = None


class KioskStream(StandingStream):
    """A stream that one kiosk writes, or the desk about it: its id alone keeps it apart from that of another."""

    writer: str
    """The name of the kiosk, or `DESK`."""

    @classmethod
    def of_writer(cls, stream: UUID, writer: str) -> Self:
        """The stream before its first event."""
        aggregate = cls.at_version_zero(stream)
        aggregate.writer = writer
        return aggregate

    @classmethod
    def derive_id(cls, written: WrittenFields, day: date) -> UUID | None:
        """The stream that an event belongs to when its instant lies on a service day; None where fields are missing.

        The kiosk derives it so when it writes, and who takes its events derives it again.
        """
        raise NotImplementedError
