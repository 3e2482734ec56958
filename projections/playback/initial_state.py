"""What the story of a day is told from: what was known when it began, and every event recorded in it."""

import json
from collections import defaultdict
from uuid import UUID

from domain.log.event_log import EventLog
from domain.model.shift import Shift
from domain.spans import Second
from projections.engine.views import Views
from projections.playback.day_shifts import Post
from projections.playback.day_state import Began, Fair
from projections.playback.log_range import Stretch
from projections.playback.timeline import Story, Told, day_story
from projections.projectors.unit_rules import read_unit
from projections.read_models.live_roster import Slot


def story_of(views: Views, log: EventLog, stretch: Stretch, day: int) -> Story:
    """The story of a service day. `views` stand where the stretch begins."""
    unit = read_unit(log, stretch.first)
    told = _told(log, stretch)
    since = unit.days.start(day)
    return day_story(day, unit, _began(views, day, since, told), told, stretch.last)


def _told(log: EventLog, stretch: Stretch) -> list[Told]:
    """Every event of the stretch that can be read, in the order in which they became known."""
    return [(at, entry.event) for at, position in stretch.events for entry in log.legible(position - 1, 1)]


def _began(views: Views, day: int, since: Second, told: list[Told]) -> Began:
    moved = [event.shift for _, event in told if isinstance(event, Shift.Changed)]
    values = {"day": day, "since": since, "moved": json.dumps(moved)}
    people = {key: UUID(bytes=who) for key, who in views.rows("SELECT key, volunteer FROM people")}
    posts: dict[str, Post] = defaultdict(dict)
    for shift, key, state in views.rows(_POSTS, values):
        posts[shift][people[key]] = state
    fairs = [
        Fair(start, end, frozenset(people[key] for key in json.loads(listed)) if listed else None)
        for start, end, listed in views.rows(_FAIRS, values)
    ]
    flexible = frozenset(people[key] for (key,) in views.rows("SELECT key FROM people WHERE mode = 'flexible'"))
    return Began({row[0]: Slot(*row) for row in views.rows(_SLOTS, values)}, posts, fairs, flexible)


_OURS = "(day = :day OR shift IN (SELECT value FROM json_each(:moved)))"
_SLOTS = f"SELECT shift, starts, ends, post FROM shifts WHERE NOT cancelled AND {_OURS}"
_POSTS = f"""
SELECT shift, volunteer, state FROM roster r WHERE {_OURS} AND NOT EXISTS (
    SELECT 1 FROM duties d WHERE d.volunteer = r.volunteer AND d.day = r.day AND d.shift = r.shift
        AND outcome = 'cancelled'
)
"""
"""Whoever does not serve on a day has its duties cancelled."""
_FAIRS = "SELECT starts, ends, listed FROM events WHERE day <= :day AND ends > :since"
