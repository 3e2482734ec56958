"""What the timeline of a day is built from: what was known when the day began, and every event recorded in it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.log.event_log import EventLog
from domain.model.shift import Shift
from domain.model.visits import DayCorrections, Tap
from domain.spans import Second
from projections.engine.day_facts import CorrectionRow, build_day_corrections
from projections.engine.stored_values import read_id, read_numbers
from projections.engine.views import Views
from projections.evaluation.attendance_state import EventSpan
from projections.playback.day_shifts import Responsibilities
from projections.playback.day_state import InitialState, SessionSpan
from projections.playback.log_range import LogRange
from projections.playback.timeline import RecordedEvent, Timeline, build_timeline
from projections.projectors.unit_rules import read_unit
from projections.read_models.live_roster import Slot


def load_timeline(views: Views, log: EventLog, log_range: LogRange, day: int) -> Timeline:
    """The timeline of a service day. `views` stand where the range begins, and have evaluated the day before."""
    unit = read_unit(log, log_range.first)
    events = load_events(log, log_range)
    since = unit.days.start(day)
    return build_timeline(day, unit, load_initial_state(views, day, since, events), events, log_range.last)


def load_events(log: EventLog, log_range: LogRange) -> list[RecordedEvent]:
    """Every event of the range that can be decoded, in the order in which they became known."""
    return [
        (at, entry.event) for at, position in log_range.events for entry in log.read_entries_lenient(position - 1, 1)
    ]


def load_initial_state(views: Views, day: int, since: Second, events: list[RecordedEvent]) -> InitialState:
    """What `views` know when the day begins, at the second `since`; `events` say which shifts will be moved to it."""
    moved = [event.shift for _, event in events if isinstance(event, Shift.Changed)]
    values: dict[str, Any] = {"day": day, "since": since, "moved": json.dumps(moved)}
    people = {key: read_id(volunteer_id) for key, volunteer_id in views.rows("SELECT key, volunteer FROM people")}
    responsibilities: dict[str, Responsibilities] = defaultdict(dict)
    for shift, key, state in views.rows(_RESPONSIBILITIES, values):
        responsibilities[shift][people[key]] = state
    windows = [
        EventSpan(start, end, _find_invited(people, listed)) for start, end, listed in views.rows(_EVENTS, values)
    ]
    sessions = {
        name: SessionSpan(start, end, _find_invited(people, listed))
        for name, start, end, listed in views.rows(_SESSIONS, values)
    }
    taps, corrections = _load_day_before(views, people, values)
    places = {(read_id(stream), version): position for stream, version, position in views.rows(_PLACES, values)}
    return InitialState(
        {row[0]: Slot(*row) for row in views.rows(_SHIFTS, values)},
        responsibilities,
        windows,
        frozenset(people[key] for (key,) in views.rows("SELECT key FROM people WHERE mode = 'flexible'")),
        taps,
        corrections,
        places,
        frozenset(people[key] for (key,) in views.rows(_LINKED, values)),
        sessions,
    )


def _find_invited(people: Mapping[int, UUID], listed: str | None) -> frozenset[UUID] | None:
    return None if listed is None else frozenset(people[key] for key in read_numbers(listed))


def _load_day_before(
    views: Views, people: Mapping[int, UUID], values: dict[str, Any]
) -> tuple[dict[UUID, list[Tap]], dict[UUID, DayCorrections]]:
    """The taps and corrections of the day before, and of the day that must be evaluated with it."""
    taps: dict[UUID, list[Tap]] = defaultdict(list)
    for key, *tap in views.rows(_TAPS, values):
        taps[people[key]].append(Tap(*tap))
    rows: dict[int, list[CorrectionRow]] = defaultdict(list)
    for key, *row in views.rows(_CORRECTIONS, values):
        rows[key].append((row[0], row[1], row[2], row[3], row[4], row[5]))
    return taps, {people[key]: build_day_corrections(corrections) for key, corrections in rows.items()}


_DAY_CONDITION = """
(day = :day OR (day = :day - 1 AND ends > :since) OR shift IN (SELECT value FROM json_each(:moved)))
"""
_SHIFTS = f"SELECT shift, starts, ends, post FROM shifts WHERE NOT cancelled AND {_DAY_CONDITION}"
_RESPONSIBILITIES = f"""
SELECT shift, volunteer, state FROM roster r WHERE {_DAY_CONDITION} AND NOT EXISTS (
    SELECT 1 FROM duties d WHERE d.volunteer = r.volunteer AND d.day = r.day AND d.shift = r.shift
        AND outcome = 'cancelled'
)
"""
"""The duties of a volunteer who is not in service on their day are cancelled."""
_EVENTS = "SELECT starts, ends, listed FROM events WHERE day <= :day AND ends > :since"
_SESSIONS = """
SELECT session, starts, ends, listed FROM sessions WHERE NOT cancelled AND day BETWEEN :day - 1 AND :day
    AND ends > :since
"""
_LINKED = "SELECT volunteer FROM links WHERE day = :day - 1"
_BEFORE = """
(day = :day - 1 OR (day = :day - 2 AND (volunteer, day) IN (SELECT volunteer, day FROM links)))
"""
_TAPS = f"SELECT volunteer, at, micro, kiosk, boot_ns, seq, position, direction FROM taps WHERE {_BEFORE}"
_PLACES = f"SELECT stream, version, position FROM corrections WHERE {_BEFORE}"
_CORRECTIONS = f"""
SELECT volunteer, kind, check_in, check_out, position, at, of_added FROM corrections WHERE {_BEFORE}
ORDER BY volunteer, day, position
"""
