"""The live read models against a rebuild: each difference with the names of its columns and the events behind it.

Rule: the cells stay as they are stored, so that nothing is hidden by being made readable; the key says whose row it is.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from kiosk.home import Home
from kiosk.statements.difference import EventLookup
from kiosk.statements.statements import Row
from kiosk.words.command_line import StatementText
from projections.engine.rebuild import Difference, replay

COLUMNS = {
    "day": "date",
    "starts": "start",
    "ends": "end",
    "late": "late_minutes",
    "early": "early_minutes",
    "seconds": "credited_seconds",
    "credited": "credited_minutes",
    "seq": "sequence",
    "position": "event",
    "settled_by": "event",
}
"""What a column of the tables is called for people; the others are called what they are."""
INSTANT_COLUMNS = ("check_in", "check_out", "at", "starts", "ends")
EVENT_COLUMNS = ("position", "settled_by")
"""Columns in which a row that is one event names it."""
MULTI_EVENT_TABLE = "roster"
"""The table whose rows name the first of their events only."""


def compare_with_live(home: Home) -> Row:
    """Rebuild, compare, and tell the first differences."""
    found = replay(home.log, home.views)
    told = list(_describe_differences(home, found.differences)) if found.differences else []
    left_out = [{"event": one.position, "name": one.name, "why": one.why} for one in home.views.quarantine]
    facts = {"identical": not told, "events": found.events, "rows": found.rows, "differences": told}
    return facts | ({"quarantine": left_out} if left_out else {})


def _describe_differences(home: Home, differences: list[Difference]) -> Iterator[Row]:
    behind = EventLookup(home)
    for found in differences:
        key = _describe_key(home, found)
        yield {
            "view": found.table,
            "key": key,
            "columns": [COLUMNS.get(name, name) for name in found.columns],
            "before": found.live,
            "after": found.rebuilt,
            "events": _find_events(found, key, behind),
        }


def _describe_key(home: Home, found: Difference) -> dict[str, str]:
    """What names the row, as people say it."""
    numbers = home.people.load_numbers()
    say: dict[str, Callable[[Any], str]] = {
        "volunteer": lambda key: numbers.get(found.volunteer, str(found.volunteer)) if found.volunteer else f"#{key}",
        "day": lambda day: date.fromordinal(day).isoformat(),
        **dict.fromkeys(INSTANT_COLUMNS, lambda at: datetime.fromtimestamp(at, home.zone).isoformat()),
    }
    names = ("volunteer",) if found.table == "people" else found.key
    return {COLUMNS.get(name, name): _format_value(say.get(name, str), found.cell(name)) for name in names}


def _format_value(say: Callable[[Any], str], value: object) -> str:
    """As people say it; what somebody wrote there by hand may be neither a day nor an instant."""
    try:
        return say(value)
    except (ValueError, OverflowError, OSError):
        return f"#{value}"


def _find_events(found: Difference, key: dict[str, str], behind: EventLookup) -> list[int]:
    """The one that the row is, or those that it follows from; none behind a row that no event wrote."""
    naming = {*EVENT_COLUMNS} & {*found.columns}
    if naming and found.table != MULTI_EVENT_TABLE:
        return [found.cell(name) for name in naming] if found.rebuilt else []
    return behind.find_for_row(key) if found.volunteer else behind.find_for_shift(key.get("shift", ""))


def format_difference(told: Row) -> str:
    """One line for a person: what stands in the views, what follows from the events."""
    key = " ".join(told["key"].values())
    return f"{told['view']} {key}: {_format_cells(told)}  events {told['events']}"


def _format_cells(told: Row) -> str:
    before, after = told["before"], told["after"]
    if before is None or after is None:
        return StatementText.FOLLOWS_NO_EVENT.fill() if before else "is missing"
    cells = zip(told["columns"], before, after, strict=True)
    return "; ".join(
        StatementText.CELL_DIFFERS.fill(name=name, live=live, rebuilt=rebuilt)
        for name, live, rebuilt in cells
        if live != rebuilt
    )
