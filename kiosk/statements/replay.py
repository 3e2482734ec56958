"""`kiosk replay`: the live read models against a rebuild, the log as of an instant against both live and saved rows.

Rule: cells stay as they are stored, so that nothing is hidden by being made readable; the key says whose row it is.
What had been recorded by an instant must still be what the read models rest on: a row may differ today only where an
event recorded since explains it. Time alone explains nothing: both sides are evaluated as of today.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from domain.spans import Second
from kiosk.home import Home
from kiosk.statements.difference import (
    AFTER_ALL,
    BEFORE_ALL,
    READ_MODELS,
    Change,
    EventLookup,
    build_change_row,
    find_changes,
)
from kiosk.statements.saved_statement import SavedStatement
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import ReportQuarantine, Statements
from kiosk.words.command_line import StatementText
from projections.engine.rebuild import MOST_DIFFERENCES, Difference, replay
from projections.read_models.day_filter import EVERYTHING

# --- Against a rebuild ---

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
    "replaced": "event",
}
"""Columns of the tables that people know by another name."""
INSTANT_COLUMNS = ("check_in", "check_out", "at", "starts", "ends")
EVENT_COLUMNS = ("position", "settled_by", "replaced")
"""Columns in which a row that is one event names it."""
MULTI_EVENT_TABLES = ("roster", "shifts")
"""The tables whose rows name one of their events only."""


def compare_with_live(home: Home) -> Row:
    """Rebuild the read models and compare; the first differences, and the events in quarantine."""
    with home.views.hold_snapshot():
        return _compare_snapshot(home)


def _compare_snapshot(home: Home) -> Row:
    comparison = replay(home.log, home.views)
    rows = list(_describe_differences(home, comparison.differences)) if comparison.differences else []
    quarantine = [{"event": one.position, "name": one.name, "why": one.why} for one in home.views.quarantine]
    facts = {"identical": not rows, "events": comparison.events, "rows": comparison.rows, "differences": rows}
    return facts | ({"quarantine": quarantine} if quarantine else {})


def _describe_differences(home: Home, differences: list[Difference]) -> Iterator[Row]:
    lookup = EventLookup(home)
    for difference in differences:
        key = _describe_key(home, difference)
        yield {
            "view": difference.table,
            "key": key,
            "columns": [COLUMNS.get(name, name) for name in difference.columns],
            "before": difference.live,
            "after": difference.rebuilt,
            "events": _find_events(difference, key, lookup),
        }


def _describe_key(home: Home, difference: Difference) -> dict[str, str]:
    """The key of the row with numbers and local dates instead of keys and seconds."""
    numbers = home.people.load_numbers()
    formatters: dict[str, Callable[[Any], str]] = {
        "volunteer": lambda key: (
            numbers.get(difference.volunteer, str(difference.volunteer)) if difference.volunteer else f"#{key}"
        ),
        "day": lambda day: date.fromordinal(day).isoformat(),
        **dict.fromkeys(INSTANT_COLUMNS, lambda at: datetime.fromtimestamp(at, home.zone).isoformat()),
    }
    names = ("volunteer",) if difference.table == "people" else difference.key
    return {COLUMNS.get(name, name): _format_value(formatters.get(name, str), difference.cell(name)) for name in names}


def _format_value(formatter: Callable[[Any], str], value: object) -> str:
    """A readable value; one that was written by hand may be neither a day nor an instant."""
    try:
        return formatter(value)
    except (ValueError, OverflowError, OSError):
        return f"#{value}"


def _find_events(difference: Difference, key: dict[str, str], lookup: EventLookup) -> list[int]:
    """The event that the row is, or the events that it follows from; none for a row that no event wrote."""
    columns = {*EVENT_COLUMNS} & {*difference.columns}
    if columns and difference.table not in MULTI_EVENT_TABLES:
        return [difference.cell(name) for name in columns] if difference.rebuilt else []
    return (
        lookup.find_for_row(key, differs_in_minutes=difference.table == "duties")
        if difference.volunteer
        else lookup.find_for_shift(key.get("shift", ""))
    )


def format_difference(row: Row) -> str:
    """One line: the cells in the views, the cells that follow from the events, and those events."""
    key = " ".join((row["view"], *row["key"].values()))
    events = ", ".join(map(str, row["events"]))
    return f"{key}: {_format_cells(row)}" + (StatementText.FROM_EVENTS.fill(events=events) if events else "")


def _format_cells(row: Row) -> str:
    before, after = row["before"], row["after"]
    if before is None or after is None:
        return StatementText.FOLLOWS_NO_EVENT.fill() if before else StatementText.ROW_IS_MISSING.fill()
    cells = zip(row["columns"], before, after, strict=True)
    return "; ".join(
        StatementText.CELL_DIFFERS.fill(name=name, live=_format_cell(live), rebuilt=_format_cell(rebuilt))
        for name, live, rebuilt in cells
        if live != rebuilt
    )


def _format_cell(value: object) -> str:
    return StatementText.CELL_EMPTY.fill() if value is None else str(value)


# --- The log as of an instant ---


def compare_past_with_live(home: Home, instant: Second, report_quarantine: ReportQuarantine) -> Row:
    """Compare the log as of an instant with the live read models; rows that later events explain are counted."""
    with Statements.snapshot(home) as live:
        return _compare_past_with_snapshot(home, live, instant, report_quarantine)


def _compare_past_with_snapshot(
    home: Home, live: Statements, instant: Second, report_quarantine: ReportQuarantine
) -> Row:
    since = EventLookup(home, instant, AFTER_ALL)
    rows, unexplained, changed = 0, list[Row](), 0
    with Statements.as_of(home, instant, live.views.evaluated_at, live.views.position) as then:
        report_quarantine(then.views)
        for read_model in READ_MODELS:
            old = read_model.query(then, EVERYTHING)
            rows += len(old)
            for change in find_changes(read_model, old, read_model.query(live, EVERYTHING)):
                explained = bool(since.find_for_change(change))
                changed += explained
                unexplained += [] if explained else [build_change_row(home, read_model.name, change, [])]
    facts = {
        "identical": not unexplained,
        "as_of": live.format_local(instant),
        "events": live.views.position,
        "rows": rows,
    }
    return {**facts, "changed_since": changed, "differences": unexplained[:MOST_DIFFERENCES]}


def compare_past_with_saved(
    home: Home, instant: Second, saved: SavedStatement, report_quarantine: ReportQuarantine
) -> Row:
    """Compare a saved statement with the log as of an instant; the first differences, each with the facts by then.

    Only what had been recorded by the instant can bear a statement of it out, so no later event explains a difference.
    """
    with Statements.as_of(home, instant) as then:
        report_quarantine(then.views)
        rebuilt = saved.rebuild(home, then)
        position, as_of = then.views.position, then.format_local(instant)
    changes = list(find_changes(saved.read_model, saved.rows, rebuilt.rows))
    facts = {
        "identical": not changes,
        "as_of": as_of,
        "events": position,
        "rows": len(rebuilt.rows),
        "view": saved.read_model.name,
        **({"erased_since": rebuilt.erased} if rebuilt.erased else {}),
    }
    return {**facts, "differences": _explain_changes(home, instant, rebuilt.erased, saved, changes[:MOST_DIFFERENCES])}


def _explain_changes(
    home: Home, instant: Second, erased: Mapping[str, str], saved: SavedStatement, changes: list[Change]
) -> list[Row]:
    if not changes:
        return []
    by_then, name = EventLookup(home, BEFORE_ALL, instant), saved.read_model.name
    events = [by_then.find_for_change(_name_erased(change, erased)) for change in changes]
    rows = [build_change_row(home, name, change, found) for change, found in zip(changes, events, strict=True)]
    return [{**row, "recorded": "by then"} for row in rows]


def _name_erased(change: Change, erased: Mapping[str, str]) -> Change:
    """The change with the pseudonym by which the events of a volunteer who was erased since are found."""
    number = change.key["volunteer"]
    return change._replace(key=change.key | {"volunteer": erased.get(number, number)})
