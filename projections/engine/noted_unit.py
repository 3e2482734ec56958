"""All rules of a unit as its views note them, for questions that evaluate a day: asked of neither log nor library.

Rule: they are written by the program that evaluates, from the rules by which it does.
"""

import sqlite3
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import OpenDays, OpeningHours, ServiceDays
from domain.policy import Adoption, Policies
from domain.typed_decoding import decode_json
from projections.engine.loading import load_event_windows, load_session_windows
from projections.engine.noted_policies import SELECT_NOTED
from projections.evaluation.facts import UnitInForce


class NotedOpenDays(msgspec.Struct, frozen=True):
    """`OpenDays`, without the zone."""

    hours: tuple[OpeningHours, ...]
    closed: frozenset[date]
    years: frozenset[int]


SELECT_UNIT = "SELECT category, opened_at, open_days FROM unit"


def note_rules(db: sqlite3.Connection, unit: UnitInForce) -> None:
    """Note the rules of a unit in the views, once they changed.

    Not at every look: what was altered behind the program's back would be put right before a comparison finds it.
    """
    open_days = NotedOpenDays(unit.open_days.hours, unit.open_days.closed, unit.open_days.years)
    noted = (unit.category, unit.opened_at, msgspec.json.encode(open_days, order="deterministic").decode())
    db.execute("DELETE FROM unit")
    db.execute("INSERT INTO unit VALUES (?,?,?)", noted)
    rows = [(day, msgspec.json.encode(policy).decode()) for day, policy in unit.policies.by_first_day.items()]
    db.execute("DELETE FROM policies")
    db.executemany("INSERT INTO policies VALUES (?,?)", rows)


def load_noted_unit(db: sqlite3.Connection, zone: ZoneInfo) -> UnitInForce:
    """The rules that are noted, with the events and sessions of the unit, in its zone.

    Raises: sqlite3.Error, ValueError or TypeError where the views are damaged.
    """
    ((category, opened_at, noted),) = db.execute(SELECT_UNIT)
    known = decode_json(noted, NotedOpenDays)
    versions = db.execute(SELECT_NOTED)
    policies = Policies(Adoption(date.fromordinal(day), msgspec.json.decode(policy)) for day, policy in versions)
    return UnitInForce(
        ServiceDays(zone, policies.day_ends),
        policies,
        category,
        OpenDays(zone, known.hours, known.closed, known.years),
        load_event_windows(db),
        load_session_windows(db),
        opened_at,
    )
