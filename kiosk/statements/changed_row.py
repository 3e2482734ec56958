"""A row of a read model that changed, in words: what it is about, each field before and after, who did what and why."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kiosk.sheets.cells import format_clock
from kiosk.statements.event_lines import format_instant
from kiosk.statements.explained_day import format_authorship, format_events
from kiosk.text.sanitise import sanitise
from kiosk.words.codes import find_word
from kiosk.words.command_line import CommandLineText
from kiosk.words.explained import find_explained_words

Row = dict[str, Any]

LONGEST_VALUE = 1_000
"""Cells."""
INSTANTS = frozenset({"check_in", "check_out", "start", "end"})
CODES = frozenset({"outcome", "status", "kind", "decision"})
MISSING = "-"
"""In place of a value that is not there."""
ITEM_END = "; "


class ChangedField(NamedTuple):
    """A field that differs; empty where the row is missing on that side."""

    label: str
    before: str
    after: str


class ChangeAct(NamedTuple):
    """What a person did that the change follows from."""

    event: int
    text: str


class ChangedRow(NamedTuple):
    """A changed row."""

    title: str
    """The read model and the key, and whether the row is new or gone."""
    fields: list[ChangedField]
    acts: list[ChangeAct]
    events: list[int]
    """Positions of the other events that it follows from."""
    volunteer_day: tuple[str, str] | None
    """The number of the volunteer and the service day, where it is about one."""


def describe_change(row: Row) -> ChangedRow:
    """The row in the language of the one that reads it."""
    key, acts = row["key"], row["acts"]
    parts = (_format_key(name, part, key) for name, part in key.items() if part)
    title = " ".join((find_word("view", row["view"]), *map(sanitise, parts)))
    if not (row["before"] and row["after"]):
        title = (CommandLineText.ROW_IS_NEW if row["after"] else CommandLineText.ROW_IS_GONE).fill(row=title)
    return ChangedRow(
        title,
        list(_build_fields(row["before"] or {}, row["after"] or {}, key)),
        [ChangeAct(act["event"], _format_act(act)) for act in acts],
        [position for position in row["events"] if position not in {act["event"] for act in acts}],
        (key["volunteer"], key["date"]) if key.get("date") else None,
    )


def _format_key(name: str, part: str, key: Mapping[str, str]) -> str:
    """An instant of the day that the key says already is a time of day."""
    return _format_instant(part).removeprefix(f"{key.get('date', '')} ") if name in INSTANTS else part


def _build_fields(
    before: Mapping[str, Any], after: Mapping[str, Any], key: Mapping[str, str]
) -> Iterator[ChangedField]:
    """Of a row that is new or gone, all that it says beside its key."""
    for name in {**before, **after}:
        old, new = (format_cell(name, row.get(name)) for row in (before, after))
        if name in key or old == new:
            continue
        label = find_word("column", name, name.replace("_", " ")).replace("_", "")
        yield ChangedField(label, (old or MISSING) if before else "", (new or MISSING) if after else "")


def format_cell(name: str, value: object) -> str:
    """A value of a field as a person reads it; empty where there is none."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return (CommandLineText.YES if value else CommandLineText.NO).fill()
    if isinstance(value, list):
        return ITEM_END.join(map(_format_item, value))
    text = str(value)
    if name in INSTANTS:
        return _format_instant(text)
    if name in CODES:
        return _find_value(text)
    return sanitise(text.removesuffix(".0"), LONGEST_VALUE)


def _find_value(code: str) -> str:
    return sanitise(find_word("value", code, code.replace("_", " ")))


def _format_instant(text: str) -> str:
    """Without idle seconds."""
    return format_instant(text).removesuffix(":00")


def _format_item(item: Any) -> str:
    """A stretch of a visit that is not credited, or a date."""
    if not isinstance(item, dict):
        return sanitise(str(item))
    return f"{format_clock(item['from'])}-{format_clock(item['to'])} {_find_value(item['reason'])}"


def _format_act(act: Row) -> str:
    stream, _, happened = act["what"].replace("-", " ").partition(".")
    what = find_word("act", act["what"], f"{stream}: {happened}")
    if "retracts" in act:
        what += f" {CommandLineText.IN_BRACKETS.fill(text=format_events([act['retracts']]))}"
    authorship = format_authorship(act, find_explained_words())
    at = _format_instant(act["recorded_at"])
    return CommandLineText.ACT.fill(event=act["event"], at=at, what=what, authorship=authorship)
