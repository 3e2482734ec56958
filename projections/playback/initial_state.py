"""What the story of a day is told from: what was known when it began, and every event recorded in it."""

import json
from collections import defaultdict
from uuid import UUID

from domain.log.event_log import EventLog
from domain.model.shift import Shift
from domain.spans import Second
from projections.engine.views import Views
from projections.playback.day_shifts import Responsibilities
from projections.playback.day_state import EventWindow, InitialState
from projections.playback.log_range import LogRange
from projections.playback.timeline import RecordedEvent, Timeline, build_timeline
from projections.projectors.unit_rules import read_unit
from projections.read_models.live_roster import Slot


def load_timeline(views: Views, log: EventLog, log_range: LogRange, day: int) -> Timeline:
    """The story of a service day. `views` stand where the stretch begins."""
    unit = read_unit(log, log_range.first)
    events = _load_events(log, log_range)
    since = unit.days.start(day)
    return build_timeline(day, unit, _load_initial_state(views, day, since, events), events, log_range.last)


def _load_events(log: EventLog, log_range: LogRange) -> list[RecordedEvent]:
    """Every event of the stretch that can be read, in the order in which they became known."""
    return [
        (at, entry.event) for at, position in log_range.events for entry in log.read_entries_lenient(position - 1, 1)
    ]


def _load_initial_state(views: Views, day: int, since: Second, events: list[RecordedEvent]) -> InitialState:
    moved = [event.shift for _, event in events if isinstance(event, Shift.Changed)]
    values = {"day": day, "since": since, "moved": json.dumps(moved)}
    people = {key: UUID(bytes=who) for key, who in views.rows("SELECT key, volunteer FROM people")}
    responsibilities: dict[str, Responsibilities] = defaultdict(dict)
    for shift, key, state in views.rows(_RESPONSIBILITIES, values):
        responsibilities[shift][people[key]] = state
    windows = [
        EventWindow(start, end, frozenset(people[key] for key in json.loads(listed)) if listed else None)
        for start, end, listed in views.rows(_EVENTS, values)
    ]
    flexible = frozenset(people[key] for (key,) in views.rows("SELECT key FROM people WHERE mode = 'flexible'"))
    return InitialState(
        {row[0]: Slot(*row) for row in views.rows(_SHIFTS, values)}, responsibilities, windows, flexible
    )


_DAY_CONDITION = "(day = :day OR shift IN (SELECT value FROM json_each(:moved)))"
_SHIFTS = f"SELECT shift, starts, ends, post FROM shifts WHERE NOT cancelled AND {_DAY_CONDITION}"
_RESPONSIBILITIES = f"""
SELECT shift, volunteer, state FROM roster r WHERE {_DAY_CONDITION} AND NOT EXISTS (
    SELECT 1 FROM duties d WHERE d.volunteer = r.volunteer AND d.day = r.day AND d.shift = r.shift
        AND outcome = 'cancelled'
)
"""
"""Whoever does not serve on a day has its duties cancelled."""
_EVENTS = "SELECT starts, ends, listed FROM events WHERE day <= :day AND ends > :since"
