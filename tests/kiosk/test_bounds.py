"""Every number that a command takes has a least and a greatest value: batch fields, policy parameters, options."""

from collections.abc import Iterator
from typing import Any

import click
import pytest
from msgspec import inspect

from domain.policy import LATER_LIMITS, PARAMETERS, Policy
from kiosk.batch.commands import COMMANDS
from kiosk.cli.program import COMMANDS as PROGRAMS
from kiosk.cli.program import kiosk
from kiosk.settings import Settings


def list_numbers(kind: inspect.Type, place: str) -> Iterator[tuple[str, Any]]:
    """Every number in a type, with the way to it."""
    match kind:
        case inspect.IntType() | inspect.FloatType():
            yield place, kind
        case inspect.UnionType(types=types):
            for member in types:
                yield from list_numbers(member, place)
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            yield from list_numbers(item, place)
        case inspect.StructType(fields=fields):
            for field in fields:
                yield from list_numbers(field.type, f"{place}.{field.encode_name}")
        case _:
            pass


def is_bounded(number: Any) -> bool:
    least = number.ge if number.ge is not None else number.gt
    most = number.le if number.le is not None else number.lt
    return least is not None and most is not None


def find_unbounded(kind: Any) -> list[str]:
    return [place for place, number in list_numbers(inspect.type_info(kind), "") if not is_bounded(number)]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_number_of_a_batch_line_is_bounded(name: str) -> None:
    assert find_unbounded(COMMANDS[name]) == []


def test_a_number_of_the_settings_is_bounded() -> None:
    assert find_unbounded(Settings) == []


def test_a_number_of_a_policy_is_bounded_when_it_is_adopted() -> None:
    unbounded = {place.split(".")[1] for place in find_unbounded(Policy)}
    assert unbounded <= LATER_LIMITS.keys() <= set(PARAMETERS)
    assert [name for name, limit in LATER_LIMITS.items() if find_unbounded(limit)] == []


def list_options(command: click.Command, name: str) -> Iterator[tuple[str, click.ParamType]]:
    for parameter in command.params:
        yield f"{name} {parameter.name}", parameter.type
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found
            yield from list_options(found, f"{name} {child}")


def test_a_number_of_an_option_is_bounded() -> None:
    numbers = (click.types.IntParamType, click.types.FloatParamType)
    found = [(name, kind) for name, kind in list_options(kiosk, "kiosk") if isinstance(kind, numbers)]
    assert len(found) >= 5
    assert [
        name for name, kind in found if getattr(kind, "min", None) is None or getattr(kind, "max", None) is None
    ] == []
    assert len(PROGRAMS) > 20
