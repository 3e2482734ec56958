"""Errors with fields, declared like those of a dataclass.

Rule: nothing is generated when such a class is loaded: there are more than a hundred, and a program meets few of them.
"""

from typing import Any

from typing_extensions import dataclass_transform, override


@dataclass_transform(eq_default=False)
class FieldError(Exception):
    """An error whose fields are the annotations of its class; a class attribute is the default of its field."""

    def __init__(self, *values: Any, **named: Any) -> None:
        names = list_fields(type(self))
        given = dict(zip(names, values)) | named  # noqa: B905 - more values than fields are refused below
        if len(given) < len(values) + len(named) or not given.keys() <= names.keys():
            raise TypeError(f"{type(self).__name__} has the fields {[*names]}")
        for name in names:
            setattr(self, name, given[name] if name in given else _find_default(type(self), name))

    @override
    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__qualname__}({fields})"


def list_fields(error: type[Exception]) -> dict[str, Any]:
    """The fields of a class and their types, in the order of their declaration, those of a base first."""
    fields: dict[str, Any] = {}
    for one in reversed(error.__mro__):
        fields |= vars(one).get("__annotations__", {})
    return fields


def _find_default(error: type, name: str) -> Any:
    try:
        return getattr(error, name)
    except AttributeError:
        raise TypeError(f"{error.__name__} needs its field {name}") from None
