"""The log as of a recorded instant, against what stands live, and against a statement that was saved then.

Rule: what had been recorded by then must still be what everything rests on. A row may be another one today only where
an event that was recorded since says so; time alone excuses nothing, because both sides are reckoned as of today.
"""

from collections.abc import Iterable

from domain.spans import Second
from kiosk.home import Home
from kiosk.statements.difference import AFTER_ALL, BEFORE_ALL, READ_MODELS, Change, EventLookup, find_changes
from kiosk.statements.saved_statement import SavedStatement
from kiosk.statements.statements import Row, Statements
from projections.engine.rebuild import MOST_DIFFERENCES
from projections.read_models.day_filter import EVERYTHING


def compare_past_with_live(home: Home, instant: Second) -> Row:
    """Compare the log as of an instant with the live read models; rows that later events changed are counted."""
    live = Statements.now(home)
    since = EventLookup(home, instant, AFTER_ALL)
    rows, unexplained, changed = 0, list[Row](), 0
    with Statements.as_of(home, instant, live.views.evaluated_at) as then:
        for view in READ_MODELS:
            old = view.query(then, EVERYTHING)
            rows += len(old)
            for change in find_changes(view, old, view.query(live, EVERYTHING)):
                explained = bool(since.find_for_row(change.key))
                changed += explained
                unexplained += [] if explained else [_build_row(view.name, change, [])]
    facts = {
        "identical": not unexplained,
        "as_of": live.format_local(instant),
        "events": live.views.position,
        "rows": rows,
    }
    return {**facts, "changed_since": changed, "differences": unexplained[:MOST_DIFFERENCES]}


def compare_past_with_saved(home: Home, instant: Second, saved: SavedStatement) -> Row:
    """Compare a saved statement with what the log said at that instant; the first differences, each with its events."""
    with Statements.as_of(home, instant) as then:
        rebuilt = saved.read_model.query(then, saved.build_filter(home, then))
        position, as_of = then.views.position, then.format_local(instant)
    found = list(find_changes(saved.read_model, saved.rows, rebuilt))
    facts = {
        "identical": not found,
        "as_of": as_of,
        "events": position,
        "rows": len(rebuilt),
        "view": saved.read_model.name,
    }
    return {
        **facts,
        "differences": list(_attach_events(home, instant, saved.read_model.name, found[:MOST_DIFFERENCES])),
    }


def _attach_events(home: Home, instant: Second, view: str, found: Iterable[Change]) -> Iterable[Row]:
    """Each with the events recorded since, if the statement was saved later than is said; else with its facts."""
    if not found:
        return
    since, by_then = EventLookup(home, instant, AFTER_ALL), EventLookup(home, BEFORE_ALL, instant)
    for change in found:
        later = since.find_for_row(change.key)
        recorded = "since" if later else "by then"
        yield {**_build_row(view, change, later or by_then.find_for_row(change.key)), "recorded": recorded}


def _build_row(view: str, change: Change, events: list[int]) -> Row:
    return {"view": view, **change._asdict(), "events": events}
