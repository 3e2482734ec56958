"""What a coordinator chose about a file: which sheet, which column is what, what holds for all rows."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kiosk.desk.forms import Form
from kiosk.importing.plan import ImportPlan
from kiosk.importing.rows import Session
from kiosk.importing.values import parse_time_range

FOR_ALL_ROWS = ("mode", "agreement_from")
"""Fields that a list of volunteers may lack, because they are the same for all."""
COLUMN_PREFIX = "column_"
MOST_DIGITS = 5


class Choices(NamedTuple):
    """The choices of a form; the columns by their letters."""

    sheet: str | None = None
    columns: Mapping[str, str] = {}
    header: int | None = None
    values: Mapping[str, str] = {}
    sessions: Mapping[str, Session] = {}
    update: bool = False


def read_choices(form: Form) -> Choices:
    """The choices of a form that was sent."""
    header = form.get_narrow("header")
    columns = {name.removeprefix(COLUMN_PREFIX): value for name, value in form.fields if name.startswith(COLUMN_PREFIX)}
    if header != form.get("header_shown"):  # the columns were those below another header
        columns = {}
    return Choices(
        form.get_text("sheet"),
        columns,
        int(header) if header.isdecimal() and len(header) <= MOST_DIGITS else None,
        {name: text for name in FOR_ALL_ROWS if (text := form.get_text(name))},
        dict(_read_sessions(form)),
        form.get("update") == "yes",
    )


def _read_sessions(form: Form) -> Iterator[tuple[str, Session]]:
    starts, ends = form.get_all("session_from"), form.get_all("session_to")
    for name, start, end in zip(form.get_all("session"), starts, ends, strict=False):
        times = parse_time_range(f"{start}-{end}")
        if times:
            yield name, times


def derive_digest(choices: Choices, plan: ImportPlan) -> str:
    """What a preview has shown: what is read as what, and which rows are wrong. Saving asks for the same."""
    columns = [(column.letters, column.field) for column in plan.columns.columns]
    chosen = (choices.sheet, sorted(choices.values.items()), sorted(choices.sessions.items()), choices.update)
    rows = sorted({fault.row for fault in plan.faults})
    return hashlib.sha256(repr((chosen, plan.columns.header, columns, rows)).encode()).hexdigest()
