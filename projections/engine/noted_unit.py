"""All rules of a unit as its views note them, for questions that evaluate a day: asked of neither log nor library.

Rule: they are written by the program that evaluates, from the rules by which it does.
"""

import sqlite3
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import OpenDays, OpeningHours, ServiceDays
from domain.policy import Adoption, Policies
from domain.typed_decoding import decode_json
from projections.engine.loading import load_event_windows, load_session_windows
from projections.engine.noted_policies import SELECT_NOTED
from projections.evaluation.facts import UnitInForce


class NotedOpenDays(msgspec.Struct, frozen=True):
    """`OpenDays`."""

    hours: tuple[OpeningHours, ...]
    closed: frozenset[date]
    years: frozenset[int]
    zone: str = ""
    """Empty in views of an older program."""


SELECT_UNIT = "SELECT category, opened_at, open_days FROM unit"


def note_rules(db: sqlite3.Connection, unit: UnitInForce) -> None:
    """Note the rules of a unit in the views, once they changed.

    Not at every look: what was altered behind the program's back would be put right before a comparison finds it.
    """
    noted, policies = _list_rows(unit)
    db.execute("DELETE FROM unit")
    db.executemany("INSERT INTO unit VALUES (?,?,?)", noted)
    db.execute("DELETE FROM policies")
    db.executemany("INSERT INTO policies VALUES (?,?)", policies)


def are_rules_noted(db: sqlite3.Connection, unit: UnitInForce) -> bool:
    """Whether the rules of a unit are those noted."""
    return (db.execute(SELECT_UNIT).fetchall(), db.execute(SELECT_NOTED).fetchall()) == _list_rows(unit)


def _list_rows(unit: UnitInForce) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The rows in which the rules are noted: of the unit, and of its policies."""
    opens = unit.open_days
    open_days = NotedOpenDays(opens.hours, opens.closed, opens.years, unit.days.zone.key)
    noted = (unit.category, unit.opened_at, msgspec.json.encode(open_days, order="deterministic").decode())
    policies = unit.policies.by_first_day.items()
    return [noted], [(day, msgspec.json.encode(policy).decode()) for day, policy in policies]


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
