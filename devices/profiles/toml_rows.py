"""A table of a TOML file, read field by field: what is missing, unknown or of the wrong kind is a fault with its field.

The rule: nothing is guessed and nothing is passed over. After the last field, `check_all_read` refuses any other.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from devices.faults import Fault, FaultCode, FieldFault, FieldKind, build_choices

Choice = TypeVar("Choice")

_KINDS: dict[type, FieldKind] = {
    str: FieldKind.TEXT,
    int: FieldKind.WHOLE,
    bool: FieldKind.FLAG,
    dict: FieldKind.TABLE,
    list: FieldKind.LIST,
}


class FieldError(Exception):
    """A field of a table is not as it must be. `path` leads to it, from the outermost table on."""

    def __init__(self, path: tuple[str, ...], fault: Fault) -> None:
        super().__init__(".".join(path), str(fault))
        self.path = path
        self.fault = fault


class TomlTable:
    """One table. Every method that reads a field raises `FieldError` where it does not fit."""

    def __init__(self, fields: Mapping[str, object], path: tuple[str, ...] = ()) -> None:
        self._fields = fields
        self._names_read: dict[str, None] = {}
        self.path = path

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._fields

    def holds_text(self, name: str) -> bool:
        """Whether the field is there, and a text."""
        return isinstance(self._fields.get(name), str)

    def text(self, name: str, default: str | None = None) -> str:
        """A text that says something."""
        value = self._take(name, str, default)
        if not value:
            raise self.build_error(name, FieldFault.EMPTY)
        return value

    def whole(self, name: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number from `least` to `most`."""
        value = self._take(name, int, default)
        if not least <= value <= most:
            raise self.build_error(name, FieldFault.OUT_OF_RANGE, least=least, most=most, value=value)
        return value

    def one_of(self, name: str, numbers: Iterable[int]) -> int:
        """One of some whole numbers."""
        value = self._take(name, int, None)
        if value not in numbers:
            raise self.build_error(name, FieldFault.NOT_ONE_OF, value=value, numbers=tuple(numbers))
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        return self._take(name, bool, default)

    def choice(self, name: str, choices: Mapping[str, Choice], default: str | None = None) -> Choice:
        """What one of some words stands for."""
        word = self._take(name, str, default)
        if word not in choices:
            raise self.build_error(name, FieldFault.NOT_A_CHOICE, value=word, choices=build_choices(word, choices))
        return choices[word]

    def octets(self, name: str) -> bytes:
        """Bytes written in hexadecimal digits; none where the field is missing."""
        written = self._take(name, str, "")
        try:
            return bytes.fromhex(written)
        except ValueError:
            raise self.build_error(name, FieldFault.NOT_HEXADECIMAL, value=written) from None

    def table(self, name: str, default: Mapping[str, object] | None = None) -> "TomlTable":
        """A table within this one."""
        fields = self._take(name, dict, None if default is None else dict(default))
        return TomlTable(fields, (*self.path, name))

    def tables(self, name: str) -> list["TomlTable"]:
        """A list of tables, at least one."""
        listed = cast("list[object]", self._take(name, list, None))
        if not listed or not all(isinstance(one, dict) for one in listed):
            raise self.build_error(name, FieldFault.NOT_TABLES)
        return [TomlTable(cast("dict[str, object]", one), (*self.path, name)) for one in listed]

    def check_all_read(self) -> None:
        """Everything was read."""
        for name in (name for name in self._fields if name not in self._names_read):
            raise self.build_error(name, FieldFault.UNKNOWN, choices=build_choices(name, self._names_read))

    def build_error(self, name: str, code: FaultCode, **fields: object) -> FieldError:
        """An error in one field of this table; the fault names it."""
        return FieldError((*self.path, name), Fault(code, {"name": name, **fields}))

    def _take(self, name: str, kind: type[Choice], default: Choice | None) -> Choice:
        self._names_read[name] = None
        if name not in self._fields:
            if default is None:
                raise self.build_error(name, FieldFault.MISSING)
            return default
        value = self._fields[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.build_error(name, FieldFault.WRONG_KIND, kind=_KINDS[kind])
        return value


def find_line(text: str, index: int | None, path: tuple[str, ...]) -> int | None:
    """The line of the field that `path` leads to, within the n-th of the tables in double brackets, if it is in one.

    The line of what is around it where it is not written; None where there is nothing to point at.
    """
    heads = [match.start() for match in re.finditer(r"(?m)^[ \t]*\[\[", text)]
    start, end = (0, len(text)) if index is None or index >= len(heads) else ([*heads, len(text)])[index : index + 2]
    place = start if index is not None else None
    for name in path:
        written = re.compile(rf"(?m)(?<![\w-])[\"']?{re.escape(name)}[\"']?\s*[=.\]]").search(text, place or 0, end)
        place = written.end() if written else place
    return None if place is None else text.count("\n", 0, place) + 1
