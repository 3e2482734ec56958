"""The forms of the page of a duty: the line of a batch that each stands for.

Rule: a form that is sent twice says the same twice, whatever it changed meanwhile, so that it is known again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from kiosk.desk.forms import SHOWN, Form
from kiosk.desk.home_access import Command
from kiosk.desk.plan.fields import FieldReader, combine_local
from kiosk.desk.plan.view_model import DutyLine, DutyView
from kiosk.words.desk.plan_words import DutyAct

ListDuties = Callable[[str, date, str], Sequence[DutyLine]]
"""The duties of a volunteer, by number, on a day, of one half-day or of all, that they are or were responsible for."""

WITHDRAWALS = {"unassign": "unassign", "withdraw": "withdraw_leave"}
"""The commands that take something back of one volunteer, by the form."""


def read_command(act: DutyAct, shift: str, reader: FieldReader, form: Form, list_duties: ListDuties) -> Command:
    """The line of a form; what is wrong is with the reader."""
    number = form.get_text("volunteer")
    match act:
        case "assign":
            return {"do": "assign", "shift": shift, "volunteer": reader.read_volunteer("volunteer")}
        case "unassign" | "withdraw":
            return {"do": WITHDRAWALS[act], "shift": shift, "volunteer": number}
        case "change":
            return _read_change(shift, reader)
        case "cancel":
            return {"do": "cancel_shift", "shift": shift, "reason": reader.read_text("reason")}
        case "swap":
            return {"do": "swap", "shift": shift, "from": number, **_read_swap(reader, form, list_duties)}
        case "leave":
            reason = form.get_text("reason")
            return {"do": "request_leave", "shift": shift, "volunteer": number, "reason": reason}
        case "excuse":
            reason = reader.read_text("reason")
            return {"do": "excuse_absence", "shift": shift, "volunteer": number, "reason": reason}
        case "describe":
            return _read_description(shift, reader, form)


def list_shown(view: DutyView) -> Mapping[str, Mapping[str, str]]:
    """What the fields of a form show of the duty, by the form."""
    duty = view.duty
    return {
        "change": {"date": duty.start.date().isoformat(), "start": f"{duty.start:%H:%M}", "end": f"{duty.end:%H:%M}"},
        "describe": {"item": view.item or "", "content": view.content or ""},
    }


def is_changed_meanwhile(act: DutyAct, view: DutyView, form: Form) -> bool:
    """Whether another person changed what a form shows, after it was opened, to something else than it says."""
    stands = list_shown(view).get(act, {})
    return any(value not in (form.get(SHOWN + name), form.get(name).strip()) for name, value in stands.items())


def _read_description(shift: str, reader: FieldReader, form: Form) -> Command:
    """What is left empty stays as it is (R-022)."""
    item, content = form.get_text("item"), form.get_text("content")
    if item is None and content is None:
        reader.refuse("item", "required")
    return {"do": "describe_duty", "shift": shift, "item": item, "content": content}


def _read_change(shift: str, reader: FieldReader) -> Command:
    day, start, end = reader.read_day("date"), reader.read_time("start"), reader.read_time("end")
    if day is None or start is None or end is None:
        return {}
    times = {"start": combine_local(day, start), "end": combine_local(day + timedelta(days=end <= start), end)}
    return {"do": "change_shift", "shift": shift, **times}


def _read_swap(reader: FieldReader, form: Form, list_duties: ListDuties) -> Command:
    """Who takes the duty, and which of their own they give in return, where a day is named."""
    taker = reader.read_volunteer("to")
    if not form.get_text("return_day"):
        return {"to": taker}
    day = reader.read_day("return_day")
    if not taker or day is None:
        return {}
    found = list_duties(taker, day, form.get("return_half"))
    serving = [duty for duty in found if duty.has_responsible(taker)] or found
    if len(serving) != 1:
        matches = reader.join(f"{duty.times} {duty.post}".strip() for duty in serving)
        reader.refuse("return_day", "several_duties" if serving else "no_duty", who=taker, matches=matches)
        return {}
    return {"to": taker, "return_shift": serving[0].shift}
