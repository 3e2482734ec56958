"""Reads what was typed for a settlement: an instant, a code, or the number of a volunteer; or what is wrong with it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from domain.spans import Second
from domain.typed_decoding import convert
from kiosk.batch.fields import FreeText
from kiosk.desk.pending.view_model import Entry, Offer, OfferField
from kiosk.roster.corrections.corrections import parse_time

STARTS = ("check_in", "start")
"""Fields with the begin of what the next field ends: a time that is earlier is one of the next day."""


class Times(NamedTuple):
    """What a time of the day means: it is of this day, or of the next one where it would not be after an instant."""

    day: date
    zone: ZoneInfo
    after: Second


def read_fields(
    offer: Offer, form: Callable[[str], str], times: Times, find_number: Callable[[str], str | None]
) -> Entry:
    """The fields of an offer."""
    typed = {one.name: form(one.name).strip() for one in offer.fields}
    values: dict[str, Second | str | None] = {}
    faults: dict[str, str] = {}
    for one in offer.fields:
        text = typed[one.name]
        if not text:
            values[one.name] = None
            faults |= {one.name: "required"} if one.is_required else {}
            continue
        value = _parse(one, text, times, find_number)
        values[one.name] = value
        if value is None:
            faults[one.name] = one.kind
        elif one.name in STARTS and isinstance(value, int):
            times = times._replace(after=value)
    return Entry(typed, values, faults)


def _parse(one: OfferField, text: str, times: Times, find_number: Callable[[str], str | None]) -> Second | str | None:
    if one.kind == "time":
        return parse_time(text, times.after, times.day, times.zone)
    if one.kind == "choice":
        return text if text in one.choices else None
    return find_number(text)


def is_reason(text: str) -> bool:
    """Whether a text can be the reason of a correction."""
    try:
        convert(text, FreeText)
    except msgspec.ValidationError:
        return False
    return True
