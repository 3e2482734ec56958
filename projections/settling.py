"""Stale days are reckoned again: their facts are read, the pure reckoning asked, its rows put in place.

Everything happens in the caller's transaction, so rows and the log position that they belong to change together.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from domain.spans import Second
from domain.standing import Turn
from domain.visits import NO_CORRECTIONS, Annulment, Claim, DayCorrections, Tap, merged
from projections.reckoning.credit import Stretch
from projections.reckoning.facts import NEVER, Assignment, Person, RunFacts, UnitInForce
from projections.reckoning.outcomes import Duty
from projections.reckoning.reckon import Reckoned, ReckonedVisit, reckon
from projections.reckoning.windows import Account

CHUNK = 4_000
"""Days reckoned at once: bounds the memory of catching up."""
VOLUNTEERS_AT_ONCE = 100
"""Volunteers whose whole history is reckoned at once in a rebuild; a day each for years is some megabytes."""

Cell = tuple[int, int]
"""A volunteer and a service day."""
Run = tuple[int, int, int]
"""A volunteer and the first and last of the service days to be reckoned together."""

CHOSEN = "JOIN temp.chosen USING (volunteer, day)"
"""The stale days at hand."""
RANGE = "WHERE volunteer BETWEEN {0} AND {1}"
"""All days of some volunteers."""


# --- Which days ---


def mark_due(db: sqlite3.Connection, now: Second) -> None:
    """Days that time alone has changed are stale as well."""
    db.execute("INSERT OR IGNORE INTO stale SELECT volunteer, day FROM due WHERE at <= ?", (now,))


def settle_stale(db: sqlite3.Connection, unit: UnitInForce, now: Second, position: int) -> None:
    """Reckon every stale day again."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (volunteer INTEGER, day INTEGER, PRIMARY KEY (volunteer, day))")
    while cells := db.execute("SELECT volunteer, day FROM stale LIMIT ?", (CHUNK,)).fetchall():
        runs = _runs(cells, _links(db, "JOIN stale USING (volunteer)"), unit)
        days = [(key, day) for key, first, last in runs for day in range(first, last + 1)]
        db.executemany("INSERT INTO temp.chosen VALUES (?,?)", days)
        for table in ("visits", "duties", "earned", "due"):
            db.execute(f"DELETE FROM {table} WHERE (volunteer, day) IN (SELECT volunteer, day FROM temp.chosen)")
        _write(db, unit, now, position, _Facts.of(db, unit, CHOSEN, CHOSEN_PEOPLE), runs)
        db.execute("DELETE FROM stale WHERE (volunteer, day) IN (SELECT volunteer, day FROM temp.chosen)")
        db.execute("DELETE FROM temp.chosen")


def settle_all(db: sqlite3.Connection, unit: UnitInForce, now: Second, position: int) -> None:
    """Reckon every day that has facts, where nothing was reckoned before."""
    (last,) = db.execute("SELECT coalesce(max(key), 0) FROM people").fetchone()
    for first in range(1, last + 1, VOLUNTEERS_AT_ONCE):
        where = RANGE.format(first, first + VOLUNTEERS_AT_ONCE - 1)
        facts = _Facts.of(db, unit, where, where)
        _write(db, unit, now, position, facts, _runs(facts.cells(), _links(db, where), unit))


def _links(db: sqlite3.Connection, which: str) -> set[Cell]:
    return set(db.execute(f"SELECT links.volunteer, links.day FROM links {which}"))


def _runs(cells: Iterable[Cell], linked: set[Cell], unit: UnitInForce) -> list[Run]:
    """Each day with the days that it must be reckoned together with; nearly always none."""
    across = _days_across(unit)
    if not linked and not across:
        return [(key, day, day) for key, day in cells]
    return sorted({_run(key, day, linked, across) for key, day in cells})


def _run(key: int, day: int, linked: set[Cell], across: set[int]) -> Run:
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


# --- Their facts ---

CHOSEN_PEOPLE = "WHERE volunteer IN (SELECT volunteer FROM temp.chosen)"


@dataclass(frozen=True, slots=True)
class _Facts:
    """All facts of the days at hand."""

    people: dict[int, Person]
    taps: dict[Cell, list[Tap]]
    roster: dict[Cell, list[Assignment]]
    corrections: dict[Cell, DayCorrections]

    @classmethod
    def of(cls, db: sqlite3.Connection, unit: UnitInForce, which: str, whose: str) -> "_Facts":
        """Read them, each table once, in the order of its key."""
        taps: dict[Cell, list[Tap]] = defaultdict(list)
        for key, day, at, kiosk, seq, direction, position in db.execute(
            f"SELECT volunteer, day, at, kiosk, seq, direction, position FROM taps {which}"
        ):
            taps[key, day].append(Tap(at, kiosk, seq, direction, position))
        roster: dict[Cell, list[Assignment]] = defaultdict(list)
        for key, day, shift, starts, ends, category, cancelled, state, by in db.execute(
            f"SELECT volunteer, day, shift, starts, ends, category, cancelled, state, excused_by FROM roster {which}"
        ):
            roster[key, day].append(Assignment(shift, day, starts, ends, category, cancelled, state, by))
        return cls(_people(db, unit, whose), taps, roster, _corrections(db, which))

    def cells(self) -> list[Cell]:
        """Every day that has facts, in order."""
        return sorted({*self.taps, *self.roster, *self.corrections})

    def of_run(self, run: Run) -> RunFacts:
        """The facts of one run."""
        key, first, last = run
        if first == last:
            cell = (key, first)
            corrections = self.corrections.get(cell, NO_CORRECTIONS)
            return RunFacts((first,), sorted(self.taps.get(cell, ())), self.roster.get(cell, ()), corrections)
        cells = [(key, day) for day in range(first, last + 1)]
        return RunFacts(
            range(first, last + 1),
            sorted(tap for cell in cells for tap in self.taps.get(cell, ())),
            [assignment for cell in cells for assignment in self.roster.get(cell, ())],
            merged([self.corrections[cell] for cell in cells if cell in self.corrections]),
        )


def _corrections(db: sqlite3.Connection, which: str) -> dict[Cell, DayCorrections]:
    filed: dict[Cell, list[tuple[str, Second, Second, int, int]]] = defaultdict(list)
    for key, day, *row in db.execute(
        f"SELECT volunteer, day, kind, check_in, check_out, ordinal, position FROM corrections {which}"
        " ORDER BY volunteer, day, ordinal"
    ):
        filed[key, day].append((row[0], row[1], row[2], row[3], row[4]))
    return {cell: _day_corrections(rows) for cell, rows in filed.items()}


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


def _people(db: sqlite3.Connection, unit: UnitInForce, whose: str) -> dict[int, Person]:
    turns: dict[int, list[Turn]] = defaultdict(list)
    for key, *turn in db.execute(f"SELECT volunteer, kind, day, recorded FROM turns {whose}"):
        turns[key].append(Turn(*turn))
    basic: dict[int, Second] = {}
    special: dict[int, dict[str, Second]] = defaultdict(dict)
    for key, kind, category, day, at in db.execute(
        f"SELECT volunteer, kind, category, day, instant FROM trainings {whose}"
    ):
        counts_from = at if at is not None else _counts_from(day, unit)
        if kind == "basic":
            basic[key] = min(basic.get(key, NEVER), counts_from)
        elif kind == "special":
            special[key][category] = min(special[key].get(category, NEVER), counts_from)
    modes = db.execute(f"SELECT volunteer, mode FROM (SELECT key AS volunteer, mode FROM people) {whose}")
    return {
        key: Person(key, mode or "rostered", turns[key], basic.get(key, NEVER), special[key]) for key, mode in modes
    }


def _counts_from(day: int, unit: UnitInForce) -> Second:
    """Service counts from the day after a training, or from that day where a policy says so (decision 4)."""
    counts = unit.policies.on(day).training_day_counts
    return unit.days.start(day if counts else day + 1)


# --- Their rows ---


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
        earned: dict[str, Account] = {}
        for account in reckoned.accounts:
            if account.kind == "shift":
                earned[account.key] = account
            elif account.seconds:
                self.earned.append(_earned_row(key, account))
        for duty in reckoned.duties:
            self.duties.append(_duty_row(key, duty, earned.get(duty.assignment.shift)))
        if reckoned.changes_at != NEVER:
            self.due.append((key, first, reckoned.changes_at))


def _duty_row(key: int, duty: Duty, account: Account | None) -> tuple[Any, ...]:
    shift, day, start, end, category, _, _, by = duty.assignment
    ended = (duty.outcome, duty.late_minutes, duty.early_minutes)
    if account is None:
        return (key, day, shift, start, end, *ended, 0, category, by)
    return (key, day, shift, start, end, *ended, account.seconds, account.category, by)


def _visit_row(key: int, ordinal: int, reckoned: ReckonedVisit) -> tuple[Any, ...]:
    visit, stretches = reckoned.visit, reckoned.credited.stretches
    uncredited = _uncredited(stretches)
    nothing = bool(stretches) and all(s.reason in ("unscheduled", "closed_hours") for s in stretches)
    worth = (
        reckoned.status,
        reckoned.credited.minutes,
        msgspec.json.encode(uncredited).decode() if uncredited else "[]",
    )
    seen = (key, visit.day, visit.check_in, ordinal, visit.check_out)
    return (*seen, *worth, visit.kiosk, visit.corrected, nothing)


def _uncredited(stretches: Iterable[Stretch]) -> list[tuple[Second, Second | None, str]]:
    """Stretches that count for nothing; neighbours with one reason are one."""
    merged: list[tuple[Second, Second | None, str]] = []
    for stretch in stretches:
        start, end, reason = stretch.start, stretch.end, stretch.reason
        if reason is None:
            continue
        if merged and merged[-1][1] == start and merged[-1][2] == reason:
            merged[-1] = (merged[-1][0], end, reason)
        else:
            merged.append((start, end, reason))
    return merged


def _earned_row(key: int, account: Account) -> tuple[Any, ...]:
    return (key, account.day, account.kind, account.key, account.category, account.seconds)
