"""The fields of the forms about people: what was typed becomes the value of a batch line, or a fault beside its field.

Rule: a date may be written as people in Taiwan write it. Everything else is checked by the types of batch lines.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from devices.faults import ShortText
from domain.calendar import parse_birth_date, parse_date
from domain.typed_decoding import convert
from kiosk.batch.fields import (
    FreeText,
    Identifier,
    check_national_id,
    parse_civil_day,
    parse_person_name,
)
from kiosk.desk.forms import Form
from kiosk.desk.people.view_model import Command
from kiosk.text.typed import narrow
from kiosk.words.languages import CHINESE_DATE, ROC_ERA

Kind = Literal[
    "number", "name", "date", "birth_date", "national_id", "short", "text", "hours", "count", "choice", "card", "box"
]
"""What can be entered in a field."""
Fault = Literal["required", "conflict", Kind]
"""What is wrong with it."""

FIXED_FORMS: frozenset[Kind] = frozenset({"number", "date", "birth_date", "national_id", "hours", "count", "card"})
"""Fields in which wide letters and digits mean the narrow ones; the others hold what was typed."""
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WESTERN_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")


_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_HOURS = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)


class Field(NamedTuple):
    """One field of a form."""

    name: str
    kind: Kind
    is_required: bool = False
    choices: tuple[str, ...] = ()
    """The values of a choice."""


@dataclass(slots=True)
class Entry:
    """A form as it was filled in: what was typed, what it means, and what is wrong with it."""

    typed: dict[str, str] = field(default_factory=dict[str, str])
    values: dict[str, object] = field(default_factory=dict[str, object])
    """Of the fields that are filled in and right."""
    faults: dict[str, Fault] = field(default_factory=dict[str, Fault])
    sentences: dict[str, str] = field(default_factory=dict[str, str])
    """Why a rule refused what was entered in a field."""
    refusal: str = ""
    """The sentence of a rule that refused the whole."""

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.faults or self.sentences or self.refusal)

    def get(self, name: str) -> object:
        """The value of a field; None where it was left empty."""
        return self.values.get(name)


class PersonAct(NamedTuple):
    """One form on the page of a person."""

    name: str
    fields: tuple[Field, ...]
    build: Callable[[str, Entry], list[Command]]
    """From the number of the volunteer and what was entered."""


def read_entry(form: Form, fields: Iterable[Field]) -> Entry:
    """The fields of a form as it was sent."""
    entry = Entry()
    for one in fields:
        text = entry.typed[one.name] = form.get(one.name).strip().replace("\r\n", "\n")
        if not text:
            if one.is_required:
                entry.faults[one.name] = "required"
            continue
        try:
            entry.values[one.name] = _parse(one, text)
        except ValueError:  # msgspec's error is one
            entry.faults[one.name] = one.kind
    return entry


def read_cards(entry: Entry, fields: Iterable[Field], parse_card: Callable[[str], str | None]) -> None:
    """Turn the card numbers that were typed into those of batch lines."""
    for one in fields:
        if one.kind == "card" and one.name in entry.values:
            card = entry.values[one.name] = parse_card(narrow(entry.typed[one.name]))
            if card is None:
                entry.faults[one.name] = "card"


def _parse(one: Field, text: str) -> object:
    if one.kind == "choice" and text not in one.choices:
        raise ValueError
    return PARSERS[one.kind](narrow(text) if one.kind in FIXED_FORMS else text)


def normalise_date(text: str) -> str:
    """A date as batch lines take it: 民國 115 年 3 月 1 日 is 115/3/1, and 2026/3/1 or 20260301 is 2026-03-01."""
    compact = "".join(narrow(text).split())
    match = CHINESE_DATE.fullmatch(compact)
    compact = "/".join(match.groups()) if match else compact.removeprefix(ROC_ERA)
    if match := _COMPACT_DATE.fullmatch(compact) or _WESTERN_DATE.fullmatch(compact):
        year, month, day = match.groups()
        compact = f"{year}-{month:0>2}-{day:0>2}"
    return compact


def parse_typed_date(text: str) -> str:
    """A date in any notation, as 2026-03-01. Raises: ValueError."""
    return parse_civil_day(normalise_date(text), parse_date).isoformat()


def parse_typed_birth_date(text: str) -> str:
    """The same; a year of two digits is of the Republic. Raises: ValueError."""
    return parse_civil_day(normalise_date(text), parse_birth_date).isoformat()


def parse_hours(text: str) -> float:
    """A number of hours, 1.5 or 2. Raises: ValueError."""
    if not _HOURS.fullmatch(text) or float(text) == 0:
        raise ValueError
    return float(text)


def parse_count(text: str) -> int:
    """A whole number. Raises: ValueError."""
    if not _COUNT.fullmatch(text):
        raise ValueError
    return int(text)


PARSERS: Mapping[Kind, Callable[[str], object]] = {
    "number": lambda text: convert(text, Identifier),
    "name": parse_person_name,
    "date": parse_typed_date,
    "birth_date": parse_typed_birth_date,
    "national_id": check_national_id,
    "short": lambda text: convert(text, ShortText),
    "text": lambda text: convert(text, FreeText),
    "hours": parse_hours,
    "count": parse_count,
    "choice": str,
    "card": str,
    "box": str,
}


# --- The next number ---

_NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)
FIRST_NUMBER = "V001"


def suggest_number(numbers: Sequence[str]) -> str:
    """The number after the highest of those that are written like most others."""
    series: dict[str, list[str]] = {}
    for number in numbers:
        if match := _NUMBERED.fullmatch(number):
            series.setdefault(match[1], []).append(match[2])
    if not series:
        return FIRST_NUMBER
    prefix = max(series, key=lambda one: len(series[one]))
    highest = max(series[prefix], key=int)
    return f"{prefix}{int(highest) + 1:0{len(highest)}d}"
