"""An event of every kind that the log may hold, made from the types of its fields, with nothing that came before it.

No command makes some of them without much ado, and what asks of any event must not depend on what came before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from eventsourcing.domain import AggregateCreated

from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from tests.support.people import ANN, local_time
from tests.support.undecodable_events import insert_undecodable

NOON = local_time("2026-11-19 12:00")
"""When all of them happened and were recorded."""
A_DAY = "2026-11-19"
"""A text that is a day as well: most texts of events are names or days."""
VALUES: Mapping[object, object] = {
    str: A_DAY,
    Any: A_DAY,
    object: A_DAY,
    int: 1,
    float: 1.0,
    bool: True,
    UUID: ANN,
    datetime: NOON,
}
FIELDS: Mapping[str, object] = {"volunteers": [ANN.hex], "opens": []}
"""Of fields whose types do not say all."""


def make_every_event() -> Iterator[tuple[str, Any]]:
    """Each stored name with an event of it; what may be missing is there."""
    for name, kind in sorted(REGISTERED_NAMES.load_all().items()):
        yield name, make_event(kind)


def make_event(kind: type[Any]) -> Any:
    """An event of a kind, as one that was read from the log."""
    hints, event = get_type_hints(kind), object.__new__(kind)
    stored = {field.name: field.default for field in fields(kind) if not field.name.startswith("originator_")}
    for name, default in stored.items():
        value = FIELDS[name] if name in FIELDS else make_value(hints[name])
        event.__dict__[name] = value if default is MISSING else default
    event.__dict__.update(originator_id=ANN, originator_version=1, timestamp=NOON)
    return event


def make_value(hint: Any) -> Any:
    """Some value of a type of which a field may be."""
    origin, parts = get_origin(hint) or hint, get_args(hint)
    if hasattr(hint, "__supertype__"):
        return make_value(hint.__supertype__)
    if origin in (Union, UnionType):
        return make_value(next(part for part in parts if part is not NoneType))
    if origin is Literal:
        return parts[0]
    if origin is list:
        return [make_value(part) for part in parts]
    if origin is dict:
        return {make_value(parts[0]): make_value(parts[1])} if parts else {}
    return VALUES[hint]


def store_every_event(log: EventLog) -> list[int]:
    """Write them into a log, each into a stream of its own; their positions."""
    return [_store(log, name, event) for name, event in make_every_event()]


def _store(log: EventLog, name: str, event: Any) -> int:
    state = {field: value for field, value in vars(event).items() if not field.startswith("originator_")}
    if isinstance(event, AggregateCreated):
        state["originator_topic"] = name.partition(".")[0]
    return insert_undecodable(log, uuid5(NAMESPACE_URL, name), name, msgspec.json.encode(state))
