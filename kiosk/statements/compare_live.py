"""The live read models against a rebuild: each difference with the names of its columns and the events behind it.

Rule: the cells stay as they are stored, so that nothing is hidden by being made readable; the key says whose row it is.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from kiosk.home import Home
from kiosk.statements.difference import Behind
from kiosk.statements.statements import Row
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
INSTANTS = ("check_in", "check_out", "at", "starts", "ends")
NAMING_EVENTS = ("position", "settled_by")
"""Columns in which a row that is one event names it."""
OF_SEVERAL = "roster"
"""The table whose rows name the first of their events only."""


def against_live(home: Home) -> Row:
    """Rebuild, compare, and tell the first differences."""
    found = replay(home.log, home.views)
    told = list(_told(home, found.differences)) if found.differences else []
    left_out = [{"event": one.position, "name": one.name, "why": one.why} for one in home.views.quarantine]
    facts = {"identical": not told, "events": found.events, "rows": found.rows, "differences": told}
    return facts | ({"quarantine": left_out} if left_out else {})


def _told(home: Home, differences: list[Difference]) -> Iterator[Row]:
    behind = Behind(home)
    for found in differences:
        key = _key(home, found)
        yield {
            "view": found.table,
            "key": key,
            "columns": [COLUMNS.get(name, name) for name in found.columns],
            "before": found.live,
            "after": found.rebuilt,
            "events": _events(found, key, behind),
        }


def _key(home: Home, found: Difference) -> dict[str, str]:
    """What names the row, as people say it."""
    numbers = home.people.numbers()
    say: dict[str, Callable[[Any], str]] = {
        "volunteer": lambda key: numbers.get(found.volunteer, str(found.volunteer)) if found.volunteer else f"#{key}",
        "day": lambda day: date.fromordinal(day).isoformat(),
        **dict.fromkeys(INSTANTS, lambda at: datetime.fromtimestamp(at, home.zone).isoformat()),
    }
    names = ("volunteer",) if found.table == "people" else found.key
    return {COLUMNS.get(name, name): _said(say.get(name, str), found.cell(name)) for name in names}


def _said(say: Callable[[Any], str], value: object) -> str:
    """As people say it; what somebody wrote there by hand may be neither a day nor an instant."""
    try:
        return say(value)
    except (ValueError, OverflowError, OSError):
        return f"#{value}"


def _events(found: Difference, key: dict[str, str], behind: Behind) -> list[int]:
    """The one that the row is, or those that it follows from; none behind a row that no event wrote."""
    naming = {*NAMING_EVENTS} & {*found.columns}
    if naming and found.table != OF_SEVERAL:
        return [found.cell(name) for name in naming] if found.rebuilt else []
    return behind.row(key) if found.volunteer else behind.shift(key.get("shift", ""))


def as_sentence(told: Row) -> str:
    """One line for a person: what stands in the views, what follows from the events."""
    key = " ".join(told["key"].values())
    return f"{told['view']} {key}: {_turned(told)}  events {told['events']}"


def _turned(told: Row) -> str:
    before, after = told["before"], told["after"]
    if before is None or after is None:
        return "follows from no event" if before else "is missing"
    cells = zip(told["columns"], before, after, strict=True)
    return "; ".join(f"{name} is {live}, from the events {rebuilt}" for name, live, rebuilt in cells if live != rebuilt)
