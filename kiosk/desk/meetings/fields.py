"""The form of a new session: what was typed becomes a command, or a fault beside its field."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.people.fields import parse_typed_date

Fault = Literal["required", "date", "time", "end", "hours", "training", "category"]
"""What is wrong with a field; its sentence stands in the words."""

_TIME = re.compile(r"([01]?\d|2[0-3])[:：.]?([0-5]\d)")
_SEPARATOR = re.compile(r"[\s,，、;；]+")


class NewSession(NamedTuple):
    """What a form comes to."""

    command: Command
    """Without the id of the session."""
    day: str
    faults: Mapping[str, Fault]


def read_new_session(form: Form) -> NewSession:
    """The command of a form, and what is wrong with it."""
    faults: dict[str, Fault] = {
        name: "required" for name in ("session_title", "day", "start", "end") if not form.get_text(name)
    }
    day = _read_day(form, faults)
    start, end = (_read_time(form, name, faults) for name in ("start", "end"))
    if start and end and end <= start and "end" not in faults:
        faults["end"] = "end"
    numbers = [number for number in _SEPARATOR.split(form.get("numbers").strip()) if number]
    command: Command = {
        "do": "schedule_session",
        "kind": form.get("session_kind"),
        "title": form.get("session_title").strip(),
        "start": f"{day}T{start}",
        "end": f"{day}T{end}",
        "volunteers": numbers or None,
        "chair": form.get_text("chair"),
    }
    if form.get("session_kind") == "training":
        command = {**command, **_read_training(form, faults)}
    return NewSession(command, day, faults)


def _read_training(form: Form, faults: dict[str, Fault]) -> Command:
    training, category = form.get_text("training"), form.get_text("category")
    if training is None:
        faults["training"] = "training"
    if training == "special" and category is None:
        faults["category"] = "category"
    return {
        "training": training,
        "category": category if training == "special" else None,
        "hours": _read_hours(form, faults),
    }


def _read_day(form: Form, faults: dict[str, Fault]) -> str:
    try:
        return parse_typed_date(form.get("day").strip())
    except ValueError:
        faults.setdefault("day", "date")
        return ""


def _read_time(form: Form, name: str, faults: dict[str, Fault]) -> str:
    """A time of day as 09:30."""
    match = _TIME.fullmatch(form.get_narrow(name))
    if match is None:
        faults.setdefault(name, "time")
        return ""
    return f"{int(match[1]):02d}:{match[2]}"


def _read_hours(form: Form, faults: dict[str, Fault]) -> float | None:
    text = form.get_narrow("hours")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text) or float(text) == 0:
        faults["hours"] = "hours"
        return None
    return float(text)
