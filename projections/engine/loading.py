"""What views are read with: the rules of the unit, the facts of a volunteer's day.

Rule: nothing here files an event or evaluates a day, so that who explains one loads no projector.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from domain.spans import Second
from projections.engine.day_facts import DayFacts, build_runs, load_links
from projections.evaluation.facts import EventWindow, Person, RunFacts, SessionWindow, UnitInForce

if TYPE_CHECKING:
    from domain.log.event_log import EventLog


def read_position(db: sqlite3.Connection) -> int:
    """How far in the log these views are."""
    return db.execute("SELECT position FROM state").fetchone()[0]


def load_unit(log: "EventLog", db: sqlite3.Connection, as_of: Second | None, upto: int | None = None) -> UnitInForce:
    """The unit's rules up to a position of the log, and its events, from the facts so far."""
    from projections.projectors.unit_rules import read_unit  # noqa: PLC0415 - views that stand are read without a log

    return replace(read_unit(log, as_of, load_event_windows(db), upto), sessions=load_session_windows(db))


def load_event_windows(db: sqlite3.Connection) -> Sequence[EventWindow]:
    """The service events, in order."""
    rows = db.execute("SELECT event, day, starts, ends, category, listed, position FROM events ORDER BY starts, event")
    return [
        EventWindow(event, day, starts, ends, category, frozenset(json.loads(listed)) if listed else None, position)
        for event, day, starts, ends, category, listed, position in rows
    ]


def load_session_windows(db: sqlite3.Connection) -> Mapping[int, Sequence[SessionWindow]]:
    """The meetings and trainings, by the service day on which each begins."""
    sessions: dict[int, list[SessionWindow]] = defaultdict(list)
    for day, session, starts, ends, listed, position in db.execute(_SESSIONS):
        invited = frozenset(json.loads(listed)) if listed else None
        sessions[day].append(SessionWindow(session, starts, ends, invited, position))
    return sessions


_SESSIONS = """
SELECT day, session, starts, ends, listed, position FROM sessions WHERE NOT cancelled ORDER BY starts, session
"""


def load_day_facts(
    db: sqlite3.Connection, unit: UnitInForce, volunteer: int, day: int
) -> tuple[RunFacts, Person, UnitInForce]:
    """What a volunteer's day is evaluated from: its facts and those of the days that belong to it."""
    whose = f"WHERE volunteer = {volunteer:d}"
    (run,) = build_runs([(volunteer, day)], load_links(db, whose))
    facts = DayFacts.of(db, unit, f"{whose} AND day BETWEEN {run[1]} AND {run[2]}", whose)
    return facts.collect_run(run), facts.people[volunteer], unit
