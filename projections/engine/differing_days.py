"""Of which days the past is another than the present: where a fact, a person or a rule came since, or by time alone.

Rule: rather a day too many than one too few; days that have to be evaluated together are together here.
"""

import sqlite3
from typing import NamedTuple

from domain.spans import Second
from projections.engine.day_facts import build_runs, load_links
from projections.engine.unattended_duties import find_unattended
from projections.evaluation.facts import UnitInForce


class Split(NamedTuple):
    """Where the log was at an instant."""

    position: int
    """Of the last event that was known; all before it were, and none behind it was."""
    last_recorded: Second
    reach: int
    """No fact that was known is of a later day; of some days up to here there may be none."""
    earliest: int
    """No fact that came since is of an earlier day."""


ROWS_OF_DAYS = (
    "FROM live.people p CROSS JOIN live.{table} f ON f.volunteer = p.key AND f.day BETWEEN {first:d} AND {last:d}"
)
"""Rows of some days: looked up for each volunteer, as the tables have them in order. All others are not touched."""


def choose_days(
    db: sqlite3.Connection, unit: UnitInForce, split: Split, rules: int | None, instants: tuple[Second, Second]
) -> None:
    """Choose the days that a fact, a person, a rule or time alone has changed since, with those that belong to them.

    Also some that had no facts then: of these nothing is shown, and nothing evaluated.
    """
    db.execute(_MARKED, split._asdict())
    first, last = _choose_days_of_time(db, unit, split, instants)
    since = f"WHERE f.position > {split.position:d}"
    _add_days(db, split.earliest, min(first - 1, split.reach), since)
    _add_days(db, max(last + 1, split.earliest), split.reach, since)
    for (volunteer,) in db.execute(_OTHER_PEOPLE, split._asdict()).fetchall():
        _add_days(db, 0, split.reach, f"WHERE p.key = {volunteer:d}")
    if rules is not None:
        _add_days(db, rules - 1, split.reach)
    _choose_days_of_events(db, unit, split)
    if links := load_links(db, "WHERE volunteer IN (SELECT volunteer FROM differing)"):
        cells = db.execute("SELECT volunteer, day FROM differing").fetchall()
        runs = [run for run in build_runs(cells, links) if run[1] != run[2]]
        days = [(key, day) for key, first, last in runs for day in range(first, last + 1)]
        db.executemany("INSERT OR IGNORE INTO differing VALUES (?,?)", days)
    db.execute(_PRESENT)
    find_unattended(db)


def _choose_days_of_time(
    db: sqlite3.Connection, unit: UnitInForce, split: Split, instants: tuple[Second, Second]
) -> tuple[int, int]:
    """Choose all days around two instants of which something was evaluated; the first and the last of them.

    So these need not be searched for what came since: of a day without results no time makes one with some, and a
    fact that came later took no visit or duty away. Days that belong to them, and facts that were changed, are marked.
    """
    early, late = min(instants), max(instants)
    if early == late:
        return split.reach + 1, split.reach  # none
    first, last = unit.days.ordinal(early) - 1, min(unit.days.ordinal(late) + 1, split.reach)
    db.execute(_EVALUATED, {"first": first, "last": last})
    return first, last


_EVALUATED = """
INSERT OR IGNORE INTO differing
SELECT volunteer, day FROM live.duties WHERE day BETWEEN :first AND :last
UNION SELECT volunteer, day FROM live.visits WHERE day BETWEEN :first AND :last
UNION SELECT volunteer, day FROM live.corrections WHERE day BETWEEN :first AND :last
UNION SELECT volunteer, day FROM live.links WHERE day BETWEEN :first AND :last
"""
"""Found by the indexes of days; corrections and links are few."""


def _add_days(db: sqlite3.Connection, first: int, last: int, which: str = "") -> None:
    """Choose the days from one to another of which there are facts, of all volunteers or as a clause of SQL says."""
    if first > last:
        return
    for table in TABLES_OF_DAYS:
        chosen = ROWS_OF_DAYS.format(table=table, first=max(first, 0), last=last)
        db.execute(f"INSERT OR IGNORE INTO differing SELECT f.volunteer, f.day {chosen} {which}")


TABLES_OF_DAYS = ("taps", "roster", "corrections")
"""The tables of facts of a volunteer's day."""
_MARKED = """
INSERT OR IGNORE INTO differing
SELECT c0, c1 FROM live.was WHERE of IN ('taps', 'roster', 'corrections') AND replaced > :position AND c1 <= :reach
UNION SELECT volunteer, day FROM live.stale
UNION SELECT volunteer, day FROM live.links WHERE day = :reach
"""
"""Days of facts that were changed since, or that are not evaluated yet, or belong to days without facts."""
_OTHER_PEOPLE = """
SELECT volunteer FROM live.turns WHERE position > :position
UNION SELECT volunteer FROM live.trainings WHERE position > :position
UNION SELECT c0 FROM live.was WHERE of IN ('turns', 'trainings', 'people') AND replaced > :position
"""
_PRESENT = """
INSERT INTO stale SELECT volunteer, day FROM differing d
WHERE EXISTS (SELECT 1 FROM taps f WHERE f.volunteer = d.volunteer AND f.day = d.day)
    OR EXISTS (SELECT 1 FROM corrections f WHERE f.volunteer = d.volunteer AND f.day = d.day)
    OR EXISTS (SELECT 1 FROM links f WHERE f.volunteer = d.volunteer AND f.day BETWEEN d.day - 1 AND d.day)
        AND d.volunteer IN (SELECT key FROM people)
"""
"""The days with a presence, or that belong together: of all others there are duties at most."""


def _choose_days_of_events(db: sqlite3.Connection, unit: UnitInForce, split: Split) -> None:
    """Choose the days of presence while an event or session lasts that was scheduled, moved or called off since."""
    for starts, ends in db.execute(_OTHER_EVENTS, {"position": split.position}).fetchall():
        _add_days(db, unit.days.ordinal(starts) - 1, min(unit.days.ordinal(ends) + 1, split.reach))
        db.execute(_CORRECTED, (split.reach, ends, starts))


_OTHER_EVENTS = """
SELECT starts, ends FROM live.events WHERE position > :position
UNION SELECT starts, ends FROM live.sessions WHERE position > :position
UNION SELECT c2, c3 FROM live.was WHERE of IN ('events', 'sessions') AND replaced > :position
"""
_CORRECTED = """
INSERT OR IGNORE INTO differing SELECT volunteer, day FROM live.corrections
WHERE day <= ? AND check_in < ? AND coalesce(check_out, check_in) >= ?
"""
"""Visits that reach into it, whenever they began."""
