"""Recompute days: their facts are read, evaluated by the pure evaluation, and rows that come out otherwise replaced.

Everything happens in the caller's transaction, so rows and the log position that they belong to change together.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from domain.spans import NEVER, Second
from projections.engine.day_digests import (
    DAY_BITS,
    DAY_MASK,
    TABLES,
    DayRows,
    build_cell,
    compute_day_digest,
    split_days,
)
from projections.engine.day_facts import VOLUNTEERS_AT_ONCE, DayFacts, Run, load_links, separate_runs
from projections.evaluation.credit import Stretch, UncreditedSpan
from projections.evaluation.evaluate import (
    DayResult,
    EvaluatedVisit,
    PlainDay,
    evaluate,
    evaluate_plain_day,
)
from projections.evaluation.facts import AssignmentRow, TapRow, UnitInForce
from projections.evaluation.outcomes import DutyResult
from projections.evaluation.windows import floor_minutes
from projections.projectors.bulk_insert import bulk_insert

CHUNK = 4_000
"""Days evaluated at once: bounds the memory of catching up."""
WHERE_CHOSEN = "WHERE (volunteer, day) IN (SELECT volunteer, day FROM temp.chosen)"
WHERE_CHOSEN_PEOPLE = "WHERE volunteer IN (SELECT volunteer FROM temp.chosen)"
"""The stale days at hand, with their volunteers. Searched one by one: a join would read all of a table for them."""
UNSCHEDULED_REASONS = ("unscheduled", "closed_hours")
"""Why a presence outside the roster, or outside the opening hours, counts for nothing."""
WHERE_RANGE = "WHERE volunteer BETWEEN {0} AND {1}"
"""All days of some volunteers."""


def mark_due(db: sqlite3.Connection, now: Second) -> None:
    """Days that time alone has changed are stale as well."""
    db.execute("INSERT OR IGNORE INTO stale SELECT volunteer, day FROM due WHERE at <= ?", (now,))


def mark_premature(db: sqlite3.Connection, unit: UnitInForce, now: Second, evaluated_at: Second) -> None:
    """A clock that was ahead is right again: what time alone had changed by then is stale as well."""
    if now < evaluated_at:
        span = {
            "now": now,
            "then": evaluated_at,
            "day": unit.days.ordinal(now),
            "last": unit.days.ordinal(evaluated_at),
        }
        db.execute(_PREMATURE, span)


_PREMATURE = """
INSERT OR IGNORE INTO stale
SELECT volunteer, day FROM duties WHERE day BETWEEN :day AND :last AND ends > :now AND ends <= :then
UNION SELECT volunteer, day FROM visits WHERE day >= :day AND day < :last AND check_out IS NULL
UNION SELECT volunteer, day FROM links WHERE day = :day - 1
"""
"""Duties that were not over, visits of days that were not; and what reaches over from the day before."""


def recompute_stale(db: sqlite3.Connection, unit: UnitInForce, now: Second, position: int) -> None:
    """Evaluate every stale day again."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (volunteer INTEGER, day INTEGER, PRIMARY KEY (volunteer, day))")
    touched: set[int] = set()
    while db.execute("INSERT INTO temp.chosen SELECT volunteer, day FROM stale LIMIT ?", (CHUNK,)).rowcount:
        cells = [build_cell(*day) for day in db.execute("SELECT volunteer, day FROM temp.chosen")]
        days = separate_runs(cells, load_links(db, WHERE_CHOSEN_PEOPLE))
        together = [(key, day) for key, first, last in days[1] for day in range(first, last + 1)]
        db.executemany("INSERT OR IGNORE INTO temp.chosen VALUES (?,?)", together)
        db.execute(f"DELETE FROM due {WHERE_CHOSEN}")
        known: dict[int, int] = dict(db.execute(_CHOSEN_DIGESTS))
        touched |= _write_days(db, unit, now, DayFacts.of(db, unit, WHERE_CHOSEN, WHERE_CHOSEN_PEOPLE), days, known)
        db.execute(f"DELETE FROM stale {WHERE_CHOSEN}")
        db.execute("DELETE FROM temp.chosen")
    _mark_touched(db, touched, position)


def recompute_volunteers(db: sqlite3.Connection, unit: UnitInForce, now: Second, position: int, keys: range) -> None:
    """Evaluate every day of some volunteers that has facts or rows, of which none is due."""
    touched: set[int] = set()
    for first in keys[::VOLUNTEERS_AT_ONCE]:
        last = min(first + VOLUNTEERS_AT_ONCE, keys.stop) - 1
        where = WHERE_RANGE.format(first, last)
        facts = DayFacts.of(db, unit, where, where)
        known: dict[int, int] = dict(db.execute(_DIGESTS.format(where=where)))
        days = separate_runs(facts.list_cells(), load_links(db, where))
        touched |= _write_days(db, unit, now, facts, days, known)
    _mark_touched(db, touched, position)
    db.execute("INSERT OR IGNORE INTO touched SELECT day, ? FROM settled", (position,))  # also one that lost its facts


_DIGESTS = f"SELECT volunteer << {DAY_BITS} | day, digest FROM digests {{where}}"
_CHOSEN_DIGESTS = _DIGESTS.format(where=WHERE_CHOSEN)


def _mark_touched(db: sqlite3.Connection, days: Iterable[int], position: int) -> None:
    db.executemany("INSERT OR REPLACE INTO touched VALUES (?,?)", [(day, position) for day in days])


def find_first_unevaluated(db: sqlite3.Connection) -> int:
    """The first volunteer of whom nothing is evaluated, where all are in their order, a range at a time."""
    (last,) = db.execute("SELECT coalesce(max(volunteer), 0) FROM digests").fetchone()
    return -(-last // VOLUNTEERS_AT_ONCE) * VOLUNTEERS_AT_ONCE + 1


# --- Their rows ---


def _write_days(
    db: sqlite3.Connection,
    unit: UnitInForce,
    now: Second,
    facts: DayFacts,
    days: tuple[list[int], list[Run]],
    known: dict[int, int],
) -> set[int]:
    """The service days of them. `days`: those evaluated alone, and runs; `known`: the digests of what has rows."""
    rows = _Rows(known, [], [], [], [], [], set())
    people, ids, find_taps, find_roster = facts.people, facts.ids, facts.taps.get, facts.roster.get
    alone, runs = days
    for cell in alone:
        key = cell >> DAY_BITS
        taps, roster = find_taps(cell, _NO_TAPS), find_roster(cell, _NO_ROSTER)
        plain = None if cell in facts.corrections else evaluate_plain_day(taps, roster, people[key], unit)
        if plain is None:
            day = cell & DAY_MASK
            _add_run(rows, (key, day, day), facts, unit, now)
        else:
            rows.add_plain(cell, ids[key], taps, roster, plain)
    for run in runs:
        _add_run(rows, run, facts, unit, now)
    _replace_rows(db, rows)
    return rows.days


def _add_run(rows: "_Rows", run: Run, facts: DayFacts, unit: UnitInForce, now: Second) -> None:
    of_run, key = facts.collect_run(run), run[0]
    rows.add(run, facts.ids[key], of_run.days, evaluate(of_run, facts.people[key], unit, now))


_NO_TAPS: list[TapRow] = []
_NO_ROSTER: list[AssignmentRow] = []


def write_result(db: sqlite3.Connection, run: Run, volunteer: bytes, result: DayResult, position: int) -> None:
    """The rows of one run, where there are none of it."""
    rows = _Rows({}, [], [], [], [], [], set())
    rows.add(run, volunteer, range(run[1], run[2] + 1), result)
    _replace_rows(db, rows)
    _mark_touched(db, rows.days, position)


def _replace_rows(db: sqlite3.Connection, rows: "_Rows") -> None:
    replaced = [(cell >> DAY_BITS, cell & DAY_MASK) for cell in rows.known]
    for table in (*TABLES, "digests"):
        db.executemany(f"DELETE FROM {table} WHERE volunteer = ? AND day = ?", replaced)
    bulk_insert(db, "INSERT INTO visits", rows.visits)
    bulk_insert(db, "INSERT INTO duties", rows.duties)
    bulk_insert(db, "INSERT INTO earned", rows.earned)
    bulk_insert(db, "INSERT INTO due", rows.due)
    bulk_insert(db, "INSERT INTO digests", rows.digests)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a chunk that come out otherwise than they stand, table by table."""

    known: dict[int, int]
    """The digests of the days whose rows stand and were not found to be the same."""
    visits: list[tuple[Any, ...]]
    duties: list[tuple[Any, ...]]
    earned: list[tuple[Any, ...]]
    due: list[tuple[int, int, Second]]
    digests: list[tuple[int, int, int]]
    days: set[int]

    def add(self, run: Run, volunteer: bytes, days: Iterable[int], result: DayResult) -> None:
        """Lay one run's results down."""
        key, first, _ = run
        self.days.update(days)
        of_shifts: dict[str, int] = {}
        earned: list[tuple[Any, ...]] = []
        for account in result.accounts:
            if account.kind == "shift":
                of_shifts[account.key] = account.seconds
            elif account.seconds:
                earned.append((key, account.day, account.kind, account.key, account.category, account.seconds))
        visits = [_build_evaluated_row(key, ordinal, visit) for ordinal, visit in enumerate(result.visits)]
        duties = [_build_duty_row(key, duty, of_shifts.get(duty.assignment.shift, 0)) for duty in result.duties]
        if result.changes_at != NEVER:
            self.due.append((key, first, result.changes_at))
        for cell, of_day in split_days(run, (visits, duties, earned)):
            self._put(cell, volunteer, of_day)

    def add_plain(
        self, cell: int, volunteer: bytes, taps: list[TapRow], roster: list[AssignmentRow], plain: PlainDay
    ) -> None:
        """The same of a plain day."""
        key, (shift, day, start, end, _, _, _, by, _, _) = cell >> DAY_BITS, roster[0]
        check_in, kiosk, check_out = taps[0][0], taps[0][2], taps[1][0]
        late, early, seconds = plain.late_minutes, plain.early_minutes, plain.seconds
        minutes, uncredited = floor_minutes(seconds), _encode_uncredited(plain.uncredited)
        visit = (key, day, check_in, 0, check_out, "closed", minutes, uncredited, kiosk, 0, 0)
        duty = (key, day, shift, start, end, "attended", late, early, seconds, plain.category, by)
        self.days.add(day)
        self._put(cell, volunteer, ([visit], [duty], []))

    def _put(self, cell: int, volunteer: bytes, of_day: DayRows) -> None:
        """The rows of a day, unless they stand."""
        digest = compute_day_digest(volunteer, of_day)
        if self.known.get(cell) == digest:
            del self.known[cell]
            return
        visits, duties, earned = of_day
        self.visits.extend(visits)
        self.duties.extend(duties)
        self.earned.extend(earned)
        self.digests.append((cell >> DAY_BITS, cell & DAY_MASK, digest))


def _build_duty_row(key: int, duty: DutyResult, seconds: int) -> tuple[Any, ...]:
    shift, day, start, end, _, _, _, by, _ = duty.assignment
    worth = (duty.late_minutes, duty.early_minutes, seconds, duty.category)
    return (key, day, shift, start, end, duty.outcome, *worth, by)


def _build_evaluated_row(key: int, ordinal: int, result: EvaluatedVisit) -> tuple[Any, ...]:
    visit, uncredited = result.visit, _merge_uncredited(result.stretches)
    return (
        key,
        visit.day,
        visit.check_in,
        ordinal,
        visit.check_out,
        result.status,
        result.minutes,
        _encode_uncredited(uncredited),
        visit.kiosk,
        1 if visit.corrected else 0,  # as the table gives them back
        1 if uncredited and _is_unscheduled(result.stretches) else 0,
    )


def _encode_uncredited(spans: list[UncreditedSpan]) -> str:
    return _ENCODE(spans).decode() if spans else "[]"


_ENCODE = msgspec.json.Encoder().encode


def _is_unscheduled(stretches: Sequence[Stretch]) -> bool:
    """Whether all of a visit lies outside what its volunteer may earn in."""
    return all(stretch.reason in UNSCHEDULED_REASONS for stretch in stretches)


def _merge_uncredited(stretches: Iterable[Stretch]) -> list[UncreditedSpan]:
    """Stretches that count for nothing; neighbours with one reason are one."""
    merged: list[UncreditedSpan] = []
    for stretch in stretches:
        start, end, reason = stretch.start, stretch.end, stretch.reason
        if reason is None:
            continue
        if merged and merged[-1][1] == start and merged[-1][2] == reason:
            merged[-1] = (merged[-1][0], end, reason)
        else:
            merged.append((start, end, reason))
    return merged
