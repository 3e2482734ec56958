"""Data that does not fit its type, in a sentence: which field, what it may be, and the nearest known word."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import inspect

from kiosk.words.errors import ValidationText

_INVISIBLE = r"\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
SHORT_TEXT = rf"\A(?!\s)[^\x00-\x1f{_INVISIBLE}]{{1,128}}(?<!\s)\Z"
"""A name or an id: no invisible character, no space at its ends."""
FREE_TEXT = rf"\A[^\x00-\x08\x0b-\x1f{_INVISIBLE}]*[^\s\x00-\x1f{_INVISIBLE}][^\x00-\x08\x0b-\x1f{_INVISIBLE}]*\Z"
"""Free text with a visible character: line breaks yes, other control characters no."""
CLOCK_TIME = r"\A(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)\Z"

FORMS = {
    SHORT_TEXT: ValidationText.SHORT_TEXT.fill(),
    FREE_TEXT: ValidationText.FREE_TEXT.fill(),
    CLOCK_TIME: ValidationText.CLOCK_TIME.fill(),
}
"""What the patterns mean, in words. A field with a pattern uses one of these."""
_FORMS_AS_SHOWN = {repr(pattern): words for pattern, words in FORMS.items()}

JSON_TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": ValidationText.TRUE_OR_FALSE.fill(),
    "array": "a list",
    "object": "an object",
    "null": "null",
}
"""JSON's kinds, in words."""

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_NO_CHOICE = re.compile(r"Invalid enum value (.*)", re.DOTALL)
_NO_MATCH = re.compile(r"Expected `str` matching regex (.*)", re.DOTALL)
_OUT_OF_RANGE = re.compile(r"Expected `(\w+)` (of length )?([<>]=?) (\S+)")
_WRONG_KIND = re.compile(r"Expected `([^`]*)`, got `(\w+)`")
_PLACE = re.compile(r"(.*) - at `\$(?:\.)?(.*)`", re.DOTALL)
_STEP = re.compile(r"([^.\[\]]+)|\[[^\]]*\]")


def format_validation_error(error: msgspec.ValidationError, kind: Any) -> str:
    """The sentence for an error that msgspec found while it read a value of `kind`."""
    what, place = _split_place(str(error))
    if match := _UNKNOWN.fullmatch(what):
        return ValidationText.UNKNOWN_FIELD.fill(
            place=_join_place(place, match[1]), hint=_format_hint(match[1], _list_fields(kind, place))
        )
    if match := _MISSING.fullmatch(what):
        return ValidationText.FIELD_MISSING.fill(place=_join_place(place, match[1]))
    if match := _NO_CHOICE.fullmatch(what):
        choices = _list_choices(kind, place)
        return ValidationText.NOT_A_CHOICE.fill(place=place, match=match[1], choices=", ".join(choices))
    return f"`{place}` {_format_expectation(what)}" if place else _format_expectation(what)


def find_nearest(word: str, words: Iterable[str]) -> str | None:
    """The known word nearest to `word`."""
    return next(iter(difflib.get_close_matches(word, list(words), n=1)), None)


def find_field(error: msgspec.ValidationError) -> tuple[str, int | None]:
    """The name of the field that an error is about, and the index of the list item that it stands in, if any."""
    what, place = _split_place(str(error))
    index = re.search(r"\[(\d+)\]", place)
    named = _UNKNOWN.fullmatch(what) or _MISSING.fullmatch(what)
    return named[1] if named else place.rpartition(".")[2], int(index[1]) if index else None


def _split_place(message: str) -> tuple[str, str]:
    match = _PLACE.fullmatch(message)
    return (match[1], match[2]) if match else (message, "")


def _join_place(place: str, field: str) -> str:
    return f"{place}.{field}" if place else field


def _format_hint(word: str, words: list[str]) -> str:
    meant = find_nearest(word, words)
    return (
        ValidationText.FIELD_HINT.fill(meant=meant) if meant else ValidationText.FIELDS_ARE.fill(words=", ".join(words))
    )


def _format_expectation(what: str) -> str:
    if match := _NO_MATCH.fullmatch(what):
        return f"must be {_FORMS_AS_SHOWN[match[1]]}"
    if match := _OUT_OF_RANGE.fullmatch(what):
        bound = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}[match[3]]
        return f"must {'have' if match[2] else 'be'} {bound} {match[4]}{' characters' if match[2] else ''}"
    if match := _WRONG_KIND.fullmatch(what):
        wanted = " or ".join(JSON_TYPES.get(word, word) for word in match[1].split(" | "))
        return ValidationText.WRONG_KIND.fill(wanted=wanted, match=JSON_TYPES.get(match[2], match[2]))
    return what


# --- What a type allows at a place in it ---


def _list_fields(kind: Any, place: str) -> list[str]:
    found = _find_type(kind, place)
    return [field.encode_name for field in found.fields] if isinstance(found, inspect.StructType) else []


def _list_choices(kind: Any, place: str) -> list[str]:
    found = _find_type(kind, place)
    return [str(value) for value in found.values] if isinstance(found, inspect.LiteralType) else []


def _find_type(kind: Any, place: str) -> inspect.Type:
    found = _unwrap_optional(inspect.type_info(kind))
    for step in _STEP.finditer(place):
        found = _unwrap_optional(_step_into(found, step[1]))
    return found


def _step_into(kind: inspect.Type, name: str | None) -> inspect.Type:
    match kind:
        case inspect.StructType(fields=fields) if name:
            return next(field.type for field in fields if field.encode_name == name)
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return item
        case _:
            return kind


def _unwrap_optional(kind: inspect.Type) -> inspect.Type:
    """An optional value's type when there is a value."""
    if isinstance(kind, inspect.UnionType):
        return next(member for member in kind.types if not isinstance(member, inspect.NoneType))
    return kind
