"""Stale days are reckoned again: their facts are read, the pure reckoning asked, its rows put in place.

Everything happens in the caller's transaction, so rows and the log position that they belong to change together.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from domain.spans import Second
from domain.standing import Turn
from domain.visits import NO_CORRECTIONS, Annulment, Claim, DayCorrections, Tap
from projections.reckoning.credit import Stretch
from projections.reckoning.facts import NEVER, Assignment, Person, RunFacts, UnitInForce
from projections.reckoning.reckon import Reckoned, ReckonedVisit, reckon
from projections.reckoning.windows import Account

CHUNK = 4_000
"""Days reckoned at once: bounds the memory of a rebuild."""

DAYS_OF_RUNS = """
WITH RECURSIVE cells (volunteer, day, last) AS (
    SELECT volunteer, first, last FROM temp.runs
    UNION SELECT volunteer, day + 1, last FROM cells WHERE day < last
) SELECT volunteer, day FROM cells
"""

Run = tuple[int, int, int]
"""A volunteer and the first and last of the service days to be reckoned together."""


def mark_due(db: sqlite3.Connection, now: Second) -> None:
    """Days that time alone has changed are stale as well."""
    db.execute("INSERT OR IGNORE INTO stale SELECT volunteer, day FROM due WHERE at <= ?", (now,))


def settle(db: sqlite3.Connection, unit: UnitInForce, now: Second, position: int, *, fresh: bool = False) -> int:
    """Reckon a chunk of stale days; how many were stale. `fresh`: the tables hold no rows for any of them."""
    cells = db.execute("SELECT volunteer, day FROM stale ORDER BY volunteer, day LIMIT ?", (CHUNK,)).fetchall()
    if not cells:
        return 0
    runs = _runs(db, cells, unit)
    db.execute("CREATE TEMP TABLE IF NOT EXISTS runs (volunteer INTEGER, first INTEGER, last INTEGER)")
    db.executemany("INSERT INTO temp.runs VALUES (?,?,?)", runs)
    if not fresh:
        _forget(db)
    _write(db, unit, now, position, _Facts.of(db, unit), runs)
    db.execute(f"DELETE FROM stale WHERE (volunteer, day) IN ({DAYS_OF_RUNS})")
    db.execute("DELETE FROM temp.runs")
    return len(cells)


def _runs(db: sqlite3.Connection, cells: Sequence[tuple[int, int]], unit: UnitInForce) -> list[Run]:
    """Each stale day with the days that it must be reckoned together with; nearly always none."""
    across = _days_across(unit)
    linked: set[tuple[int, int]] = set()
    if db.execute("SELECT EXISTS (SELECT 1 FROM links)").fetchone()[0]:
        keys = [(key,) for key in {key for key, _ in cells}]
        db.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (volunteer INTEGER)")
        db.executemany("INSERT INTO temp.chosen VALUES (?)", keys)
        linked.update(db.execute("SELECT volunteer, day FROM links WHERE volunteer IN (SELECT * FROM temp.chosen)"))
        db.execute("DELETE FROM temp.chosen")
    if not linked and not across:
        return [(key, day, day) for key, day in cells]
    return sorted({_run(key, day, linked, across) for key, day in cells})


def _run(key: int, day: int, linked: set[tuple[int, int]], across: set[int]) -> Run:
    first = last = day
    while (key, first - 1) in linked or first - 1 in across:
        first -= 1
    while (key, last) in linked or last in across:
        last += 1
    return key, first, last


def _days_across(unit: UnitInForce) -> set[int]:
    """Service days whose end falls into a service event: for everybody they belong to the next day as well."""
    ordinal = unit.days.ordinal
    return {day for event in unit.events for day in range(event.day, ordinal(event.end - 1))}


# --- Reading the facts of a chunk ---


@dataclass(frozen=True, slots=True)
class _Facts:
    """All facts of the runs at hand, by run or by volunteer."""

    people: dict[int, Person]
    taps: dict[tuple[int, int], list[Tap]]
    roster: dict[tuple[int, int], list[Assignment]]
    corrections: dict[tuple[int, int], DayCorrections]

    @classmethod
    def of(cls, db: sqlite3.Connection, unit: UnitInForce) -> "_Facts":
        """Read them, each table once."""
        taps: dict[tuple[int, int], list[Tap]] = defaultdict(list)
        for key, first, *tap in _of_runs(db, "taps", "f.at, f.kiosk, f.seq, f.direction, f.position"):
            taps[key, first].append(Tap(*tap))
        roster: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
        columns = "f.shift, f.day, f.starts, f.ends, f.category, f.cancelled, f.state, f.excused_by"
        for key, first, *row in _of_runs(db, "roster", columns):
            roster[key, first].append(Assignment(*row))
        return cls(_people(db, unit), taps, roster, _corrections(db))

    def of_run(self, run: Run) -> RunFacts:
        """The facts of one run."""
        key, first, last = run
        return RunFacts(
            range(first, last + 1),
            self.taps.get((key, first), ()),
            self.roster.get((key, first), ()),
            self.corrections.get((key, first), NO_CORRECTIONS),
        )


def _of_runs(db: sqlite3.Connection, table: str, columns: str) -> Iterator[Sequence[Any]]:
    query = (  # table and columns are written here, never handed in from outside
        f"SELECT r.volunteer, r.first, {columns} FROM temp.runs r CROSS JOIN {table} f"
        " ON f.volunteer = r.volunteer AND f.day BETWEEN r.first AND r.last"
    )
    return db.execute(query)


def _corrections(db: sqlite3.Connection) -> dict[tuple[int, int], DayCorrections]:
    """Kept in the order of their days and of the desk."""
    filed: dict[tuple[int, int], list[tuple[str, Second, Second, int, int]]] = defaultdict(list)
    columns = "f.kind, f.check_in, f.check_out, f.day * 1000000 + f.ordinal, f.position"
    for key, first, *row in _of_runs(db, "corrections", columns):
        filed[key, first].append((row[0], row[1], row[2], row[3], row[4]))
    return {run: _day_corrections(rows) for run, rows in filed.items()}


def _day_corrections(rows: Iterable[tuple[str, Second, Second, int, int]]) -> DayCorrections:
    closings: dict[Second, Claim] = {}
    additions: list[Claim] = []
    annulments: list[Annulment] = []
    for kind, check_in, check_out, order, position in rows:
        if kind == "closed":
            closings[check_in] = Claim(check_in, check_out, order, position)
        elif kind == "added":
            additions.append(Claim(check_in, check_out, order, position))
        else:
            annulments.append(Annulment(check_in, "misuse" if kind == "misuse" else "voided", order, position))
    return DayCorrections(closings, additions, annulments)


def _people(db: sqlite3.Connection, unit: UnitInForce) -> dict[int, Person]:
    of_runs = "WHERE volunteer IN (SELECT DISTINCT volunteer FROM temp.runs)"
    turns: dict[int, list[Turn]] = defaultdict(list)
    for key, *turn in db.execute(f"SELECT volunteer, kind, day, recorded FROM turns {of_runs}"):
        turns[key].append(Turn(*turn))
    basic: dict[int, Second] = {}
    special: dict[int, dict[str, Second]] = defaultdict(dict)
    for key, kind, category, day, at in db.execute(
        f"SELECT volunteer, kind, category, day, instant FROM trainings {of_runs}"
    ):
        counts_from = at if at is not None else _counts_from(day, unit)
        if kind == "basic":
            basic[key] = min(basic.get(key, NEVER), counts_from)
        elif kind == "special":
            special[key][category] = min(special[key].get(category, NEVER), counts_from)
    modes = db.execute("SELECT key, mode FROM people WHERE key IN (SELECT DISTINCT volunteer FROM temp.runs)")
    return {
        key: Person(key, mode or "rostered", turns[key], basic.get(key, NEVER), special[key]) for key, mode in modes
    }


def _counts_from(day: int, unit: UnitInForce) -> Second:
    """Service counts from the day after a training, or from that day where a policy says so (decision 4)."""
    counts = unit.policies.on(day).training_day_counts
    return unit.days.start(day if counts else day + 1)


# --- Writing what follows ---


def _forget(db: sqlite3.Connection) -> None:
    """Take the rows of the runs away; by key, so that it costs as much as the runs and not as much as the table."""
    for table in ("visits", "duties", "earned", "due"):
        db.execute(f"DELETE FROM {table} WHERE (volunteer, day) IN ({DAYS_OF_RUNS})")


def _write(
    db: sqlite3.Connection, unit: UnitInForce, now: Second, position: int, facts: _Facts, runs: Sequence[Run]
) -> None:
    rows = _Rows([], [], [], [], set())
    for run in runs:
        person = facts.people[run[0]]
        of_run = facts.of_run(run)
        rows.add(run, of_run.days, reckon(of_run, person, unit, now))
    db.executemany("INSERT INTO visits VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows.visits)
    db.executemany("INSERT INTO duties VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows.duties)
    db.executemany("INSERT INTO earned VALUES (?,?,?,?,?,?)", rows.earned)
    db.executemany("INSERT INTO due VALUES (?,?,?)", rows.due)
    db.executemany("INSERT OR REPLACE INTO touched VALUES (?,?)", [(day, position) for day in rows.days])


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a chunk, table by table."""

    visits: list[tuple[Any, ...]]
    duties: list[tuple[Any, ...]]
    earned: list[tuple[Any, ...]]
    due: list[tuple[int, int, Second]]
    days: set[int]

    def add(self, run: Run, days: Iterable[int], reckoned: Reckoned) -> None:
        """Lay one run's results down."""
        key, first, _ = run
        self.days.update(days)
        for ordinal, visit in enumerate(reckoned.visits):
            self.visits.append(_visit_row(key, ordinal, visit))
        in_shifts = {account.key: account for account in reckoned.accounts if account.kind == "shift"}
        for duty in reckoned.duties:
            a = duty.assignment
            seconds = in_shifts[a.shift].seconds if a.shift in in_shifts else 0
            category = in_shifts[a.shift].category if a.shift in in_shifts else a.category
            row = (key, a.day, a.shift, a.start, a.end, duty.outcome, duty.late_minutes, duty.early_minutes, seconds)
            self.duties.append((*row, category, a.excused_by))
        self.earned.extend(_earned_row(key, a) for a in reckoned.accounts if a.kind != "shift" and a.seconds)
        if reckoned.changes_at != NEVER:
            self.due.append((key, first, reckoned.changes_at))


def _visit_row(key: int, ordinal: int, reckoned: ReckonedVisit) -> tuple[Any, ...]:
    visit, status, credited = reckoned
    uncredited = _merged(credited.stretches)
    unscheduled = bool(uncredited) and all(reason in ("unscheduled", "closed_hours") for _, _, reason in uncredited)
    return (
        key,
        visit.day,
        visit.check_in,
        ordinal,
        visit.check_out,
        status,
        credited.minutes,
        msgspec.json.encode(uncredited).decode() if uncredited else "[]",
        visit.kiosk,
        visit.corrected,
        unscheduled and not any(stretch.account for stretch in credited.stretches),
    )


def _merged(stretches: Iterable[Stretch]) -> list[tuple[Second, Second | None, str]]:
    """Uncredited stretches; neighbours with one reason are one."""
    merged: list[tuple[Second, Second | None, str]] = []
    for start, end, reason, _ in stretches:
        if reason is None:
            continue
        if merged and merged[-1][1] == start and merged[-1][2] == reason:
            merged[-1] = (merged[-1][0], end, reason)
        else:
            merged.append((start, end, reason))
    return merged


def _earned_row(key: int, account: Account) -> tuple[Any, ...]:
    return (key, account.day, account.kind, account.key, account.category, account.seconds)
