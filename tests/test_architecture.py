"""Rules of the house that a reviewer would otherwise have to remember."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from eventsourcing.domain import Aggregate, AggregateEvent, CanMutateAggregate

import domain
from domain.errors import DomainError
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.registered_names import STREAMS as TABLE
from domain.log.stream_ownership import KIOSK_STREAMS
from domain.model.ledger import Ledger, PersonLedger
from domain.model.streams import DeskStream, KioskStream, StandingStream
from domain.use_cases.past_in_log import WRITTEN_BY_MACHINE
from tests.support.sources import parse

ROOT = Path(domain.__file__).parents[1]


def list_sources(*folders: str) -> list[Path]:
    """The Python files of some of our folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


# --- Mutators assign and never judge: they run again on every replay ---


def list_mutators(cls: ast.ClassDef) -> list[ast.FunctionDef]:
    """What runs when an event is applied: decorated methods, `apply`, `begin`, and what they call on `self`."""
    methods = {node.name: node for node in cls.body if isinstance(node, ast.FunctionDef)}
    found = [
        name
        for name, method in methods.items()
        if name in ("apply", "begin") or any(map(is_event_decorator, method.decorator_list))
    ]
    for name in found:
        found += [called for called in list_self_calls(methods[name]) if called in methods and called not in found]
    return [methods[name] for name in found]


def is_event_decorator(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "event"


def list_self_calls(method: ast.FunctionDef) -> list[str]:
    calls = [node.func for node in ast.walk(method) if isinstance(node, ast.Call)]
    return [call.attr for call in calls if isinstance(call, ast.Attribute) and ast.unparse(call.value) == "self"]


def list_classes(outer: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef]:
    """The classes of a module and those within them."""
    for statement in outer.body:
        if isinstance(statement, ast.ClassDef):
            yield statement
            yield from list_classes(statement)


MUTATORS = {
    f"{path.stem}.{cls.name}.{method.name}": method
    for path in list_sources("domain")
    for cls in list_classes(parse(path))
    for method in list_mutators(cls)
}


def test_a_mutator_assigns_and_never_judges() -> None:
    judges = {
        name: ast.unparse(node)
        for name, mutator in MUTATORS.items()
        for node in ast.walk(mutator)
        if isinstance(node, ast.Raise | ast.Assert)
    }
    assert judges == {}


def test_the_mutators_are_found() -> None:
    """So that the rule above cannot hold for want of anything to look at; helpers of mutators are among them."""
    found = {
        "shift.Shift._assigned",
        "volunteer.Volunteer.add_standing_change",
        "card.Card.begin",
        "attendance.TapEvent.apply",
    }
    assert found <= MUTATORS.keys()


# --- Stored names and stored values ---


BASES = (DeskStream, KioskStream, Ledger, PersonLedger, StandingStream)
"""Streams that are none themselves."""


def list_stream_classes() -> Iterator[type[Aggregate]]:
    """Every kind of stream that a module of the domain defines."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for value in vars(importlib.import_module(module.name)).values():
            defined_there = isinstance(value, type) and value.__module__ == module.name
            if defined_there and issubclass(value, Aggregate) and value not in BASES:
                yield value


def list_event_classes(stream: type[Aggregate]) -> list[type[AggregateEvent]]:
    """The events that a stream names itself; `Event` is only their base."""
    nested = {name: value for name, value in vars(stream).items() if isinstance(value, type)}
    return [value for name, value in nested.items() if name != "Event" and issubclass(value, CanMutateAggregate)]


STREAMS = list(list_stream_classes())
EVENTS = [event for stream in STREAMS for event in list_event_classes(stream)]
STORED_NAME = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?")
"""`shift` and `shift.leave-requested`: words of the field. A module path has a colon, a class name a capital."""


def test_a_stored_name_is_chosen_and_no_module_path() -> None:
    """Renaming a file must not orphan a log."""
    assert [one for one in (*STREAMS, *EVENTS) if not STORED_NAME.fullmatch(getattr(one, "TOPIC", ""))] == []


def test_no_two_things_share_a_stored_name() -> None:
    names = [stored.TOPIC for stored in (*STREAMS, *EVENTS)]
    assert sorted(names) == sorted(set(names))
    assert len(EVENTS) > len(STREAMS) > 0


def test_an_event_is_named_after_its_stream() -> None:
    strangers = [
        e.TOPIC for stream in STREAMS for e in list_event_classes(stream) if e.TOPIC.split(".")[0] != stream.TOPIC
    ]
    assert strangers == []


def test_the_log_may_load_every_event() -> None:
    assert [event for event in EVENTS if REGISTERED_NAMES.find_name(event) != event.TOPIC] == []


def test_the_table_of_streams_names_each_stream_where_it_is_and_nothing_else() -> None:
    """So that a stream is found by the names of its events, whichever of them is met first."""
    assert {stream.TOPIC: f"{stream.__module__}:{stream.__qualname__}" for stream in STREAMS} == TABLE
    assert set(REGISTERED_NAMES.load_all().values()) == set(EVENTS)


def test_what_machines_write_is_written_to_streams_of_the_table() -> None:
    assert {beginning.removesuffix(".") for beginning in WRITTEN_BY_MACHINE} - set(TABLE) == set()


def test_a_stored_name_that_is_written_out_is_that_of_an_event() -> None:
    """A reader that loads no kind of stream knows events by their names: one misspelt would never be met."""
    texts = {
        node.value
        for path in list_sources("projections", "kiosk")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    like_events = {text for text in texts if re.fullmatch(rf"({'|'.join(TABLE)})\.[a-z]+(-[a-z]+)*", text)}
    assert like_events - {event.TOPIC for event in EVENTS} == {"corrections.csv", "unit.db"}
    assert "volunteer.enrolled" in like_events


def test_every_stream_that_a_kiosk_writes_is_taken_from_kiosks() -> None:
    assert {stream.TOPIC: stream for stream in STREAMS if issubclass(stream, KioskStream)} == KIOSK_STREAMS


def test_the_streams_share_one_base_of_their_events() -> None:
    """So each class is built once, and the base cannot tell the events of one stream: their stored names do."""
    assert {stream.Event for stream in STREAMS} == {Aggregate.Event, DeskStream.Event}
    names = "|".join(stream.__name__ for stream in STREAMS)
    asked = re.compile(rf"\b({names})\.Event\b")
    sources = list_sources("domain", "projections", "kiosk", "tests")
    assert [path.name for path in sources if asked.search(path.read_text(encoding="utf-8"))] == []


UNCHANGED_TYPES = {str, int, float, bool, NoneType, UUID, datetime}
"""What the store returns as it was given."""
STORAGE_COLUMNS = {"originator_id", "originator_version"}
"""Columns of the store, not part of what an event holds."""
READ_FROM_JSON = Any
"""Within a dict: values that were JSON before they came to us, and are checked as they are written."""


def is_stored_unchanged(hint: Any) -> bool:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is dict:
        return arguments[0] is str and (arguments[1] is READ_FROM_JSON or is_stored_unchanged(arguments[1]))
    if origin in (list, Union, UnionType):
        return all(map(is_stored_unchanged, arguments))
    return origin is Literal or hint in UNCHANGED_TYPES


def list_changed_fields(event: Any) -> list[str]:
    """The fields of an event that the store would not return as they were given."""
    held = {field.name for field in fields(event)} - STORAGE_COLUMNS
    hints = get_type_hints(event)
    return [name for name in sorted(held) if not is_stored_unchanged(hints[name])]


def test_an_event_holds_only_what_the_store_returns_unchanged() -> None:
    """A date would fail to be stored, a tuple would come back as a list without a word."""
    assert {event.TOPIC: changed for event in EVENTS if (changed := list_changed_fields(event))} == {}


@pytest.mark.parametrize("hint", [tuple[int, int], set[str], object, bytes, list[Any], dict[int, str], date])
def test_other_types_would_be_noticed(hint: Any) -> None:
    assert not is_stored_unchanged(hint)


# --- Refusals ---


REFUSALS = [refusal for refusal in DomainError.__subclasses__() if refusal.__module__.startswith("domain.")]


def find_raised_names(path: Path) -> set[str]:
    """The names of what a file raises."""
    raised = (node.exc for node in ast.walk(parse(path)) if isinstance(node, ast.Raise) and node.exc)
    return {ast.unparse(exc.func if isinstance(exc, ast.Call) else exc) for exc in raised}


def test_a_refusal_is_raised_by_some_rule() -> None:
    """And by the domain: nobody else may say no in its name."""
    raised = {name for path in list_sources("domain") for name in find_raised_names(path)}
    assert REFUSALS
    assert {refusal.__name__ for refusal in REFUSALS} - raised == set()


def test_a_refusal_can_be_changed_on_its_way_up() -> None:
    """A frozen exception breaks inside a context manager."""
    for refusal in REFUSALS:
        said = refusal.__new__(refusal)
        said.add_note("on its way")
        assert said.__notes__ == ["on its way"], refusal


# --- Scratch files ---

MAY_USE_TEMPFILE = {
    "domain/log/scratch.py": "the one place that makes scratch folders",
    "kiosk/cli/demo.py": "the people of a demonstration are invented",
    "kiosk/cli/options.py": "whether a folder takes a file is tried with an empty one",
    "devices/simulated/scripted_reader.py": "a link to a pseudo-terminal holds no data",
}


def test_what_is_derived_or_copied_from_a_home_is_put_into_scratch_folders_alone() -> None:
    """A folder in /tmp may be on another disk, and is left there by a kill."""
    found = {
        str(path.relative_to(ROOT))
        for path in list_sources("domain", "projections", "kiosk", "devices")
        if "tempfile" in path.read_text(encoding="utf-8")
    }
    assert found == {*MAY_USE_TEMPFILE}
