"""Duties of days without taps and corrections, evaluated when they are asked for.

Most are of a roster that was planned ahead, and nearly no question about the past is about what was planned then. No
credit can come of them: a sum passes them over without an evaluation.
"""

import sqlite3
from functools import cache
from typing import Any

from domain.spans import Second
from projections.engine.day_facts import load_people
from projections.evaluation.facts import Assignment, Person, UnitInForce
from projections.evaluation.outcomes import DutyResult, evaluate_duty
from projections.evaluation.windows import find_release_from


def create_unattended(db: sqlite3.Connection) -> None:
    """An empty table of their assignments."""
    (roster,) = db.execute("SELECT sql FROM live.sqlite_schema WHERE name = 'roster'").fetchone()
    db.execute(roster.replace("CREATE TABLE roster", "CREATE TABLE main.unattended", 1))


def find_unattended(db: sqlite3.Connection) -> None:
    """Find their assignments: those of all days that differ but the stale ones, which are evaluated at once."""
    db.execute(_UNATTENDED)


_UNATTENDED = """
INSERT INTO main.unattended SELECT * FROM roster WHERE (volunteer, day) IN (
    SELECT volunteer, day FROM main.differing d
    WHERE NOT EXISTS (SELECT 1 FROM main.stale s WHERE s.volunteer = d.volunteer AND s.day = d.day)
)
"""

_ASSIGNMENT = "shift,day,starts,ends,category,cancelled,state,excused_by,position"
"""The columns of an assignment, as its fields."""
DUTIES = f"""
SELECT volunteer, day, shift, starts, ends, CAST(find_outcome(volunteer, {_ASSIGNMENT}) AS TEXT),
    CAST(0 AS INTEGER), CAST(0 AS INTEGER), CAST(0 AS INTEGER),
    CAST(find_category(volunteer, {_ASSIGNMENT}) AS TEXT), excused_by
FROM main.unattended
"""
"""As rows of `duties`: nobody was late or early, and nothing is credited. With the types of its columns, for SQLite
narrows a union in which they differ only when it has read all of it."""


def evaluate_when_asked(db: sqlite3.Connection, unit: UnitInForce, now: Second) -> None:
    """Let `DUTIES` be evaluated by these rules, as of an instant; the volunteers are read for the first of them."""

    @cache
    def load() -> dict[int, Person]:
        return load_people(db, unit, "WHERE volunteer IN (SELECT volunteer FROM main.unattended)")[0]

    def evaluate(volunteer: int, *row: Any) -> DutyResult:
        assignment = Assignment(*row)
        return evaluate_duty(assignment, find_release_from(assignment, load()[volunteer]), (), unit, now)

    def find_outcome(volunteer: int, *row: Any) -> str:
        return evaluate(volunteer, *row).outcome

    def find_category(volunteer: int, *row: Any) -> str | None:
        return evaluate(volunteer, *row).category

    for function in (find_outcome, find_category):
        db.create_function(function.__name__, 1 + len(Assignment._fields), function)
