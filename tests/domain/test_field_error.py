"""Errors with fields: they take what they declare, and nothing else."""

from typing import Any

import pytest

from domain.field_error import FieldError


class Refused(FieldError):
    """With one field that must be given."""

    name: str


class RefusedTwice(Refused):
    """With one more, that need not."""

    times: int = 2


def test_fields_are_given_in_order_those_of_the_base_first_or_by_name() -> None:
    assert vars(RefusedTwice("Ann")) == vars(RefusedTwice(name="Ann", times=2)) == {"name": "Ann", "times": 2}
    assert repr(RefusedTwice("Ann", 3)) == "RefusedTwice(name='Ann', times=3)"


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("Ann", 2, 3), {}), (("Ann",), {"nmae": "Ann"}), (("Ann",), {"name": "Ben"})],
    ids=["too few", "too many", "unknown", "given twice"],
)
def test_other_fields_are_a_mistake_of_the_program(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        RefusedTwice(*values, **named)


def test_two_are_one_only_where_they_are_the_same() -> None:
    assert Refused("Ann") != Refused("Ann")
