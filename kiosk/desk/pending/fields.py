"""Reads what was typed for a settlement: an instant, a code, or the number of a volunteer; or what is wrong with it."""

from collections.abc import Callable, Mapping

import msgspec

from domain.spans import Second
from domain.typed_decoding import convert
from kiosk.batch.fields import FreeText
from kiosk.desk.pending.view_model import Entry, Offer, OfferField
from kiosk.roster.corrections.corrections import TimeFault, TimeSpan, parse_time

STARTS = ("check_in", "start")
"""Fields with the begin of what the next field ends: a time is looked for after it."""
TIME_FAULTS: Mapping[TimeFault, str] = {"no_time": "time", "needs_date": "needs_date"}


def read_fields(
    offer: Offer, form: Callable[[str], str], span: TimeSpan, find_number: Callable[[str], str | None]
) -> Entry:
    """The fields of an offer. `span`: where a time without its date is looked for."""
    typed = {one.name: form(one.name).strip() for one in offer.fields}
    values: dict[str, Second | str | None] = {}
    faults: dict[str, str] = {}
    for one in offer.fields:
        text = typed[one.name]
        values[one.name] = None
        if not text:
            faults |= {one.name: "required"} if one.is_required else {}
        elif one.kind == "time":
            at = parse_time(text, span)
            if isinstance(at, str):
                faults[one.name] = TIME_FAULTS[at]
                continue
            values[one.name] = at
            span = TimeSpan.after_instant(span.days, at) if one.name in STARTS else span
        elif value := _find_value(one, text, find_number):
            values[one.name] = value
        else:
            faults[one.name] = one.kind
    return Entry(typed, values, faults)


def _find_value(one: OfferField, text: str, find_number: Callable[[str], str | None]) -> str | None:
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
