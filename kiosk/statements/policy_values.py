"""A value of a policy parameter in words: the same on the pages of the unit, of an event, and of an explained day.

A value is that of a `Policy`, or what JSON made of it in an event; what no policy can hold is shown as it is.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress

import msgspec

from domain.policy import RewardStandard
from domain.typed_decoding import convert
from kiosk.text.sanitise import sanitise
from kiosk.words.desk.policy_parameters import PolicyWords

LONGEST_VALUE = 1_000
"""Cells of a value: an event that cannot be decoded may hold anything."""


def format_policy_value(name: str, value: object, words: PolicyWords) -> str:
    """A value of the parameter of that name, as a person reads it."""
    if isinstance(value, bool):
        return words.yes if value else words.no
    if value is None:
        return words.no_value
    if name == "reward_standard":
        with suppress(msgspec.ValidationError):
            standard = value if isinstance(value, RewardStandard) else convert(value, RewardStandard)
            return words.reward_standard.format(duties=standard.duties, minutes=standard.minutes)
    if isinstance(value, list):
        return words.separator.join(_format_window(str(one), words) for one in value)
    text = str(value)
    return find_choice(name, text, words) or (
        text.removesuffix(":00") if text.count(":") > 1 else text.removesuffix(".0")
    )


def format_parameters(values: Mapping[str, object], words: PolicyWords, colon: str) -> Iterator[str]:
    """Each parameter by its name for people, with its value."""
    for name, value in values.items():
        text = sanitise(format_policy_value(name, value, words), LONGEST_VALUE)
        yield f"{words.parameters.get(name, sanitise(name))}{colon}{text}"


def find_choice(name: str, value: str, words: PolicyWords) -> str | None:
    """A value of a parameter with a choice; None for another."""
    return words.values.get(f"{name}.{value}") or words.values.get(value)


def _format_window(text: str, words: PolicyWords) -> str:
    """When results are handed in: two days, or a last one; and of which period, where it says so."""
    period, _, days = text.rpartition(":")
    first, slash, last = days.partition("/")
    sentence = {"": "{window}", "annual": words.annual, "half_year": words.half_year}.get(period)
    if not slash or sentence is None:
        return text
    window = words.window.format(first=first, last=last) if first else words.last_day.format(last=last)
    return sentence.format(window=window)
