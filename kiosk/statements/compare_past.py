"""The log as of a recorded instant, against what stands live, and against a statement that was saved then.

Rule: what had been recorded by then must still be what everything rests on. A row may be another one today only where
an event that was recorded since says so; time alone excuses nothing, because both sides are reckoned as of today.
"""

from collections.abc import Iterable

from domain.spans import Second
from kiosk.home import Home
from kiosk.statements.difference import AFTER_ALL, BEFORE_ALL, VIEWS, Behind, Change, changes
from kiosk.statements.saved_statement import Saved
from kiosk.statements.statements import Row, Statements
from projections.engine.rebuild import SHOWN
from projections.read_models.day_filter import EVERYTHING


def against_today(home: Home, instant: Second) -> Row:
    """Compare the log as of an instant with the live read models; rows that later events changed are counted."""
    live = Statements.now(home)
    since = Behind(home, instant, AFTER_ALL)
    rows, unexplained, changed = 0, list[Row](), 0
    with Statements.as_of(home, instant, live.views.reckoned_at) as then:
        for view in VIEWS:
            old = view.ask(then, EVERYTHING)
            rows += len(old)
            for change in changes(view, old, view.ask(live, EVERYTHING)):
                explained = bool(since.row(change.key))
                changed += explained
                unexplained += [] if explained else [_told(view.name, change, [])]
    facts = {"identical": not unexplained, "as_of": live.local(instant), "events": live.views.position, "rows": rows}
    return {**facts, "changed_since": changed, "differences": unexplained[:SHOWN]}


def against_saved(home: Home, instant: Second, saved: Saved) -> Row:
    """Compare a saved statement with what the log said at that instant; the first differences, each with its events."""
    with Statements.as_of(home, instant) as then:
        rebuilt = saved.view.ask(then, saved.asked(home, then))
        position, as_of = then.views.position, then.local(instant)
    found = list(changes(saved.view, saved.rows, rebuilt))
    facts = {"identical": not found, "as_of": as_of, "events": position, "rows": len(rebuilt), "view": saved.view.name}
    return {**facts, "differences": list(_explained(home, instant, saved.view.name, found[:SHOWN]))}


def _explained(home: Home, instant: Second, view: str, found: Iterable[Change]) -> Iterable[Row]:
    """Each with the events recorded since, if the statement was saved later than is said; else with its facts."""
    if not found:
        return
    since, by_then = Behind(home, instant, AFTER_ALL), Behind(home, BEFORE_ALL, instant)
    for change in found:
        later = since.row(change.key)
        recorded = "since" if later else "by then"
        yield {**_told(view, change, later or by_then.row(change.key)), "recorded": recorded}


def _told(view: str, change: Change, events: list[int]) -> Row:
    return {"view": view, **change._asdict(), "events": events}
