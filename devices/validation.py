"""Data that does not fit its msgspec type, as a fault: the field, what it must be, and the words that are possible.

The rule: nothing is guessed and nothing is passed over. The types of profiles, scenarios, settings and batch lines
forbid unknown fields; what msgspec says about a value is read here, once, and put into words elsewhere.
"""

import re
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Annotated, Any, TypeVar, cast

import msgspec
from msgspec import inspect

from devices.faults import Choices, Fault, FaultCode, FieldFault, FieldKind, FieldLimit, TextForm, build_choices

Value = TypeVar("Value")

Place = tuple[str | int, ...]
"""The way to a field from the outside in: names, and the indices of lists, from 0."""
RepeatSeconds = Annotated[float, msgspec.Meta(ge=0, le=60)]
"""Seconds until a card that lies on the reader is read again; a tap within half as long again is the same one."""

_FORMS = {repr(form.value): form for form in TextForm}

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_NO_CHOICE = re.compile(r"Invalid (?:enum )?value (.*)", re.DOTALL)
_NO_MATCH = re.compile(r"Expected `str` matching regex (.*)", re.DOTALL)
_OUT_OF_RANGE = re.compile(r"Expected `(\w+)` (of length )?([<>]=?) (\S+)")
_WRONG_KIND = re.compile(r"Expected `([^`]*)`, got `(\w+)`")
_NO_TIME = re.compile(r"Invalid RFC3339 encoded time|Expected `time` with no timezone component")
_PLACE = re.compile(r"(.*) - at `\$(?:\.)?(.*)`", re.DOTALL)
_STEP = re.compile(r"([^.\[\]]+)|\[(\d*)[^\]]*\]")


_TEXTS = re.compile(r"""(?m)^[ \t]*\#.*$|(?P<head>^[ \t]*\[.*$)|(?:"[^"\n]*"|'[^'\n]*')(?=(?P<key>\s*[=.])?)""")
"""A comment, the head of a table, or a text, which is a key or a value."""


_ASKING = Lock()
"""One thread at a time asks `msgspec` for a struct: a second one meets the half of it, which ends the process."""


class FieldError(Exception):
    """A field is not as it must be. `place` leads to it; the fault names it."""

    def __init__(self, place: Place, fault: Fault) -> None:
        super().__init__(str(fault))
        self.place, self.fault = place, fault


def convert(value: object, kind: type[Value]) -> Value:
    """What was read from TOML, as `kind`. Raises: FieldError."""
    try:
        with _ASKING:
            return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise find_field_error(error, kind, value) from None


def find_field_error(error: msgspec.ValidationError, kind: Any, value: object = None) -> FieldError:
    """What msgspec found wrong with a value of `kind`. `value` is needed where a field has one of several structs."""
    what, place = _split_place(str(error))
    if match := _UNKNOWN.fullmatch(what):
        fields = _list_fields(_find_type(kind, place, value))
        return build_field_error((*place, match[1]), FieldFault.UNKNOWN, choices=build_choices(match[1], fields))
    if match := _MISSING.fullmatch(what):
        return build_field_error((*place, match[1]), FieldFault.MISSING)
    if match := _NO_CHOICE.fullmatch(what):
        choices = Choices(tuple(_list_choices(kind, place, value)), None)
        return build_field_error(place, FieldFault.NOT_A_CHOICE, value=match[1], choices=choices)
    code, fields = _find_fault(what)
    return build_field_error(place, code, **fields)


def build_field_error(place: Place, code: FaultCode, **fields: object) -> FieldError:
    """An error in one field, with its name: the place in one word, `reader[0].port`."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")
    return FieldError(place, Fault(code, {"name": name} | fields))


def find_line(text: str, place: Place) -> int | None:
    """The line of a TOML text on which the field at `place` stands, from 1.

    The line of what is around it where it is not written; None where there is nothing to point at.
    """
    text = _TEXTS.sub(_blank_values, text)
    start, end, steps = _find_table(text, place)
    found = start
    for index, name in enumerate(steps):
        if not isinstance(name, str):
            continue
        begin, until = found or 0, end
        if isinstance(number := next(iter(steps[index + 1 :]), None), int):
            begin, until = _find_inner_table(text, (begin, end), name, number)
        key = re.compile(rf"(?m)(?:^|[\[{{,.])\s*[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
        written = key.search(text, begin, until)
        found = written.end() if written else found
    return None if found is None else text.count("\n", 0, found) + 1


def _blank_values(match: re.Match[str]) -> str:
    """A comment or a value as so many spaces: what looks like a field in it is none."""
    return match[0] if match["head"] or match["key"] else " " * len(match[0])


def _find_table(text: str, place: Place) -> tuple[int | None, int, Place]:
    """Where the table in double brackets that the place is in begins and ends, if there is one, and the way on."""
    match place:
        case (str(name), int(index), *steps):
            heads = [match.start() for match in re.finditer(rf"(?m)^[ \t]*\[\[\s*{re.escape(name)}\s*\]\]", text)]
            if index < len(heads):
                return heads[index], [*heads, len(text)][index + 1], tuple(steps)
        case _:
            pass
    return None, len(text), place


def _find_inner_table(text: str, within: tuple[int, int], name: str, index: int) -> tuple[int, int]:
    """Where one of the tables in double brackets that lie in another one begins; else all of the other one."""
    head = re.compile(rf"(?m)^[ \t]*\[\[[^\]\n]*\.\s*{re.escape(name)}\s*\]\]")
    heads = [match.start() for match in head.finditer(text, *within)]
    return (heads[index], within[1]) if index < len(heads) else within


# --- What msgspec says ---


def _split_place(message: str) -> tuple[str, Place]:
    match = _PLACE.fullmatch(message)
    if not match:
        return message, ()
    return match[1], tuple(step[1] or int(step[2] or 0) for step in _STEP.finditer(match[2]))


def _find_fault(what: str) -> tuple[FieldFault, dict[str, object]]:
    if match := _NO_MATCH.fullmatch(what):
        return FieldFault.WRONG_FORM, {"form": _FORMS[match[1]]}
    if match := _OUT_OF_RANGE.fullmatch(what):
        code = (FieldFault.WRONG_LENGTH if match[1] == "str" else FieldFault.WRONG_COUNT) if match[2] else None
        return code or FieldFault.OUT_OF_RANGE, {"limit": FieldLimit(match[3]), "value": match[4]}
    if match := _WRONG_KIND.fullmatch(what):
        kinds = tuple(map(FieldKind, match[1].split(" | ")))
        kind = FieldKind(match[2])
        is_fraction = kind is FieldKind.NUMBER and FieldKind.WHOLE in kinds
        return FieldFault.WRONG_KIND, {"kinds": kinds, "kind": FieldKind.FRACTION if is_fraction else kind}
    if _NO_TIME.fullmatch(what):
        return FieldFault.WRONG_FORM, {"form": TextForm.CLOCK_TIME}
    return FieldFault.REFUSED, {"reason": what}


# --- What a type allows at a place in it ---


def _list_fields(kind: inspect.Type) -> list[str]:
    if not isinstance(kind, inspect.StructType):
        return []
    tag = [kind.tag_field] if kind.tag_field else []
    return tag + [field.encode_name for field in kind.fields]


def _list_choices(kind: Any, place: Place, value: object) -> Iterable[str]:
    """The values of a literal, or the tags of the structs of which one must stand around `place`."""
    found = _unwrap_optional(inspect.type_info(kind))
    for step in place:
        if tags := [str(struct.tag) for struct in _list_structs(found) if struct.tag_field == step]:
            return tags
        found, value = _step_into(_choose_struct(found, value), value, step)
    return map(str, found.values) if isinstance(found, inspect.LiteralType) else []


def _find_type(kind: Any, place: Place, value: object) -> inspect.Type:
    found = _unwrap_optional(inspect.type_info(kind))
    for step in place:
        found, value = _step_into(_choose_struct(found, value), value, step)
    return _choose_struct(found, value)


def _step_into(kind: inspect.Type, value: object, step: str | int) -> tuple[inspect.Type, object]:
    match kind:
        case inspect.StructType(fields=fields) if isinstance(step, str):
            inner = next(field.type for field in fields if field.encode_name == step)
            return _unwrap_optional(inner), cast("Mapping[str, object]", value or {}).get(step)
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            listed = cast("list[object]", value or [])
            return item, listed[step] if isinstance(step, int) and step < len(listed) else None
        case _:
            return kind, None


def _list_structs(kind: inspect.Type) -> list[inspect.StructType]:
    members = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return [member for member in members if isinstance(member, inspect.StructType)]


def _choose_struct(kind: inspect.Type, value: object) -> inspect.Type:
    """Of a union, the struct that a table's tag names, or the only one that there is."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    structs = _list_structs(kind)
    fields = cast("Mapping[str, object]", value if isinstance(value, Mapping) else {})
    tagged = [struct for struct in structs if struct.tag_field and fields.get(struct.tag_field) == struct.tag]
    return next(iter(tagged or structs), kind)


def _unwrap_optional(kind: inspect.Type) -> inspect.Type:
    """An optional value's type when there is a value."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    members = tuple(member for member in kind.types if not isinstance(member, inspect.NoneType))
    return members[0] if len(members) == 1 else inspect.UnionType(members)
