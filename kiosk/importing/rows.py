"""The rows of a table as fields, each row checked by itself; and those fields as batch commands.

Rule: a row that is wrong says where, as the spreadsheet shows it. No rule of the unit is decided here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from kiosk.errors import EXIT_USAGE, UserError
from kiosk.importing.columns import Columns, ListKind, simplify
from kiosk.importing.values import parse_cell, parse_time_range
from kiosk.people.volunteers import DETAILS
from kiosk.sheets.read import Table
from kiosk.words.import_headings import NAME_SEPARATORS, TOTAL_WORDS, TOTALS
from kiosk.words.sheets import ColumnText, RowText

Values = dict[str, str | float]
"""What a row says, by field; nothing for a cell that is empty."""
Session = tuple[str, str]
"""When a session begins and ends, as 08:30."""
NEEDED: Mapping[ListKind, Sequence[tuple[str, ...]]] = {
    "people": [("volunteer",)],
    "trainings": [("volunteer",), ("training_kind",), ("date",)],
    "shifts": [("date",), ("volunteer", "name"), ("start", "session"), ("end", "session")],
}
"""The fields without which a row says nothing, by kind; of those in one tuple any."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person says about a table, beside what it says itself."""

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of a heading or the letters of a column: which field it is, `-` for none."""
    header: int | None = None
    """The number of the header row; None: it is found."""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of fields that no column has: what all rows say."""
    sessions: Mapping[str, Session] = field(default_factory=dict[str, Session])
    """When the sessions of the unit begin and end, by name."""
    update: bool = False
    """Whether volunteers who are enrolled get the details of the table."""
    by: str | None = None
    """The actor who imports; None is the system."""
    at: str | None = None
    """When it happens; in a simulation only."""


class RowFault(NamedTuple):
    """Why a row cannot be imported."""

    row: int
    """As the spreadsheet numbers it."""
    column: str | None
    """As a person finds it, D (生日); None where it concerns the row."""
    sentence: str
    status: int = EXIT_USAGE


class SkippedRow(NamedTuple):
    """A row that is no data: a sum, or the header again."""

    row: int
    text: str
    """Its first cell."""


class SheetRow(NamedTuple):
    """A row whose cells can be read."""

    row: int
    values: Values


class PlannedLine(NamedTuple):
    """A batch command that a row asks for, and the field that it is mostly about."""

    field: str
    content: dict[str, Any]


def demand_fields(table: Table, columns: Columns, options: ImportOptions) -> None:
    """Check that the table has the columns that its rows need. Raises: UserError."""
    known = columns.fields.keys() | options.values.keys()
    for choices in NEEDED[columns.kind]:
        if not known & set(choices):
            raise UserError(ColumnText.FIELD_MISSING.fill(name=table.name, field=choices[0]))


def read_rows(table: Table, columns: Columns, options: ImportOptions) -> Iterator[SheetRow | SkippedRow | RowFault]:
    """The rows below the header, without blank ones; of a wrong row its first fault."""
    header = [simplify(cell) for cell in table.rows[columns.header]]
    for index in range(columns.header + 1, len(table.rows)):
        cells = table.rows[index]
        first = next((str(cell).strip() for cell in cells if str(cell).strip()), "")
        if not first:
            continue
        if _is_total(simplify(first)) or [simplify(cell) for cell in cells] == header:
            yield SkippedRow(index + 1, first)
        else:
            yield _read_row(table, columns, options, index)


def _is_total(first: str) -> bool:
    return first.startswith(TOTALS) or first in TOTAL_WORDS


def _read_row(table: Table, columns: Columns, options: ImportOptions, index: int) -> SheetRow | RowFault:
    values: Values = {}
    for name, text in options.values.items():
        values[name] = parse_cell(name, text)  # was checked by `check_values`
    for name, column in columns.fields.items():
        cell = table.cell(index, column.index)
        if str(cell).strip():
            try:
                values[name] = parse_cell(name, cell)
            except ValueError as error:
                return RowFault(index + 1, column.label, str(error))
    for choices in NEEDED[columns.kind]:
        if not values.keys() & set(choices):
            column = next((columns.fields[name] for name in choices if name in columns.fields), None)
            return RowFault(index + 1, column and column.label, RowText.EMPTY.fill(field=choices[0]))
    return SheetRow(index + 1, values)


def check_values(options: ImportOptions) -> None:
    """Check what is said of all rows. Raises: UserError."""
    for name, text in options.values.items():
        try:
            parse_cell(name, text)
        except ValueError as error:
            raise UserError(ColumnText.BAD_VALUE.fill(field=name, reason=error)) from None


# --- Commands ---


def pick_details(values: Values) -> dict[str, Any]:
    """What a row says of a person, by the fields of the people store."""
    details = {name: values[name] for name in DETAILS if name in values}
    if telephone := values.get("emergency_telephone"):
        details["emergency_contact"] = " ".join(
            str(text) for text in (values.get("emergency_contact"), telephone) if text
        )
    return details


def build_training(values: Values, unit_category: str | None) -> dict[str, Any]:
    """The command of a row of a list of trainings."""
    kind = values["training_kind"]
    category = values.get("category") or (unit_category if kind == "special" else None)
    said = {"category": category, "hours": values.get("hours"), "certificate": values.get("certificate")}
    return {
        "do": "complete_training",
        "volunteer": values["volunteer"],
        "kind": kind,
        "on": values["date"],
        **{name: value for name, value in said.items() if value is not None},
    }


def build_trainings_of_person(values: Values, unit_category: str | None) -> Iterator[PlannedLine]:
    """The commands for the dates of trainings in a list of people."""
    for name, kind in (("basic_on", "basic"), ("special_on", "special")):
        if name in values:
            of_training = {**values, "training_kind": kind, "date": values[name]}
            for other in ("hours", "certificate", *(["category"] if kind == "basic" else [])):
                of_training.pop(other, None)
            yield PlannedLine(name, build_training(of_training, unit_category))


def find_period(values: Values, sessions: Mapping[str, Session]) -> Session:
    """When a row's shift begins and ends, as local instants. Raises: ValueError, with a sentence."""
    session = str(values.get("session", ""))
    start, end = values.get("start"), values.get("end")
    if start is None or end is None:
        found = sessions.get(session) or parse_time_range(session)
        if found is None:
            raise ValueError(RowText.SESSION_UNKNOWN.fill(session=session))
        start, end = found
    return _join_time(str(values["date"]), str(start)), _join_time(str(values["date"]), str(end))


def _join_time(day: str, time: str) -> str:
    if time == "24:00":
        return f"{date.fromisoformat(day) + timedelta(days=1)}T00:00"
    return f"{day}T{time}"


def build_shift(values: Values, period: Session) -> dict[str, Any]:
    """The command that puts the shift of a row on the roster; without a number it is called by date, times and post."""
    called = [period[0].replace("T", " ") + "-" + period[1][-5:], values.get("post")]
    said = {name: values[name] for name in ("category", "post", "item") if name in values}
    return {
        "do": "schedule_shift",
        "shift": values.get("shift") or " ".join(str(word) for word in called if word),
        "start": period[0],
        "end": period[1],
        "volunteers": [],
        **said,
    }


def split_names(text: str) -> list[str]:
    """The volunteers that one cell names."""
    for mark in NAME_SEPARATORS[1:]:
        text = text.replace(mark, NAME_SEPARATORS[0])
    return [name.strip() for name in text.split(NAME_SEPARATORS[0]) if name.strip()]
