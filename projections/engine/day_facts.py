"""The facts of days, read back from their tables: of which volunteer, and which days must be evaluated together."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from domain.model.standing import StandingChange
from domain.model.visits import (
    NO_CORRECTIONS,
    Annulment,
    AssertedArrival,
    AssertedVisit,
    DayCorrections,
    Tap,
    VoidReason,
    merge_corrections,
)
from domain.spans import NEVER, Second
from domain.typed_decoding import build_json_decoder
from projections.engine.day_digests import DAY_BITS, DAY_MASK, Run, VolunteerDay, build_cell
from projections.evaluation.facts import Assignment, AssignmentRow, Person, RunFacts, TapRow, UnitInForce

VOLUNTEERS_AT_ONCE = 50
"""Volunteers whose whole history is evaluated at once where all is; a day each for years is some megabytes."""


# --- Which days belong together ---


def load_links(db: sqlite3.Connection, which: str) -> set[VolunteerDay]:
    """Days that must be evaluated together with the next; `which` narrows them, as a clause of SQL."""
    return set(db.execute(f"SELECT links.volunteer, links.day FROM links {which}"))


def build_runs(cells: Iterable[VolunteerDay], linked: set[VolunteerDay]) -> list[Run]:
    """Each day with the days that it must be evaluated together with; nearly always none."""
    if not linked:
        return [(key, day, day) for key, day in cells]
    return sorted({_expand_run(key, day, linked) for key, day in cells})


def separate_runs(cells: list[int], linked: set[VolunteerDay]) -> tuple[list[int], list[Run]]:
    """The days that are evaluated alone, and the runs of the others; nearly always none."""
    if not linked:
        return cells, []
    runs = build_runs(((cell >> DAY_BITS, cell & DAY_MASK) for cell in cells), linked)
    alone = [build_cell(key, first) for key, first, last in runs if first == last]
    return alone, [run for run in runs if run[1] < run[2]]


def _expand_run(key: int, day: int, linked: set[VolunteerDay]) -> Run:
    first = last = day
    while (key, first - 1) in linked:
        first -= 1
    while (key, last) in linked:
        last += 1
    return key, first, last


# --- What is on file of them ---

_make: Any = cast("Any", tuple).__new__
"""A named tuple from a row whose columns are its fields. Measured: half the time of calling its class."""
_CELL = f"volunteer << {DAY_BITS} | day"
"""As `build_cell`."""
_TAPS = f"""
SELECT json_group_array(json_array(at, micro, kiosk, boot_ns, seq, position, direction, {_CELL})) FROM taps
"""
_DECODE_TAPS = build_json_decoder(list[tuple[int, int, str, int, int, int, Any, int]]).decode
"""Taps are read as one text. Measured: in about five sixths of the time of rows, for each of which `sqlite3` hands the
interpreter over twice."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All facts of the days at hand."""

    people: dict[int, Person]
    ids: dict[int, bytes]
    """The volunteers, by their keys."""
    taps: dict[int, list[TapRow]]
    roster: dict[int, list[AssignmentRow]]
    corrections: dict[int, DayCorrections]
    """Each by cell: volunteer and day in one number. In whatever order they are read."""

    @classmethod
    def of(cls, db: sqlite3.Connection, unit: UnitInForce, which: str, whose: str) -> "DayFacts":
        """Read them, each table once, in the order of its key."""
        taps: dict[int, list[TapRow]] = defaultdict(list)
        (text,) = db.execute(f"{_TAPS} {which}").fetchone()
        for tap in _DECODE_TAPS(text):
            taps[tap[-1]].append(tap)
        roster: dict[int, list[AssignmentRow]] = defaultdict(list)
        for row in db.execute(
            f"SELECT shift, day, starts, ends, category, cancelled, state, excused_by, position, {_CELL}"
            f" FROM roster {which}"
        ):
            roster[row[-1]].append(row)
        people, ids = load_people(db, unit, whose)
        return cls(people, ids, taps, roster, _load_corrections(db, which))

    def list_cells(self) -> list[int]:
        """Every day that has facts, in order."""
        return sorted({**self.roster, **self.taps, **self.corrections})  # long runs in order: next to nothing to sort

    def collect_run(self, run: Run) -> RunFacts:
        """The facts of one run."""
        key, first, last = run
        cells = range(build_cell(key, first), build_cell(key, last) + 1)
        corrected = [self.corrections[cell] for cell in cells if cell in self.corrections]
        return RunFacts(
            range(first, last + 1),
            sorted(_make(Tap, row[:-1]) for cell in cells for row in self.taps.get(cell, ())),
            [_make(Assignment, row[:-1]) for cell in cells for row in self.roster.get(cell, ())],
            merge_corrections(corrected) if corrected else NO_CORRECTIONS,
        )


def _load_corrections(db: sqlite3.Connection, which: str) -> dict[int, DayCorrections]:
    found: dict[int, list[CorrectionRow]] = defaultdict(list)
    for cell, *row in db.execute(
        f"SELECT {_CELL}, kind, check_in, check_out, position, at, of_added FROM corrections {which}"
        " ORDER BY volunteer, day, position"
    ):
        found[cell].append((row[0], row[1], row[2], row[3], row[4], row[5]))
    return {cell: build_day_corrections(rows) for cell, rows in found.items()}


CorrectionRow = tuple[str, Second, Second, int, Second, bool]
"""Kind, check-in, check-out (where its kind has one), position, when it was made, whether it annuls an added visit."""


def build_day_corrections(rows: Iterable[CorrectionRow]) -> DayCorrections:
    """The corrections of a volunteer's day from its rows."""
    closings: dict[Second, AssertedVisit] = {}
    additions: list[AssertedVisit] = []
    annulments: list[Annulment] = []
    arrivals: list[AssertedArrival] = []
    for kind, check_in, check_out, position, at, of_added in rows:
        if kind == "closed":
            closings[check_in] = AssertedVisit(check_in, check_out, position, position)
        elif kind == "added":
            additions.append(AssertedVisit(check_in, check_out, position, position))
        elif kind == "arrived":
            arrivals.append(AssertedArrival(check_in, position, position))
        else:
            reason: VoidReason = "misuse" if kind == "misuse" else "voided"
            annulments.append(Annulment(check_in, reason, position, position, at, bool(of_added)))
    return DayCorrections(closings, additions, annulments, arrivals)


_TURNS = "SELECT volunteer, kind, day, recorded FROM turns"


def load_people(db: sqlite3.Connection, unit: UnitInForce, whose: str) -> tuple[dict[int, Person], dict[int, bytes]]:
    """The volunteers and their ids, by their keys; `whose` narrows them, as a clause of SQL."""
    turns: dict[int, list[StandingChange]] = defaultdict(list)
    for key, *turn in db.execute(f"{_TURNS} {whose} ORDER BY volunteer, position"):
        turns[key].append(StandingChange(*turn))
    basic: dict[int, Second] = {}
    special: dict[int, dict[str, Second]] = defaultdict(dict)
    for key, kind, category, day, at in db.execute(
        f"SELECT volunteer, kind, category, day, instant FROM trainings {whose}"
    ):
        counts_from = at if at is not None else _find_first_counting(day, unit)
        if kind == "basic":
            basic[key] = min(basic.get(key, NEVER), counts_from)
        elif kind == "special":
            special[key][category] = min(special[key].get(category, NEVER), counts_from)
    people: dict[int, Person] = {}
    ids: dict[int, bytes] = {}
    for key, mode, ids[key] in db.execute(
        f"SELECT volunteer, mode, id FROM (SELECT key AS volunteer, mode, volunteer AS id FROM people) {whose}"
        " ORDER BY volunteer"
    ):
        people[key] = Person(key, mode or "rostered", turns[key], basic.get(key, NEVER), special[key])
    return people, ids


def _find_first_counting(day: int, unit: UnitInForce) -> Second:
    """Service counts from the day after a training, or from that day where a policy says so (decision 4)."""
    counts = unit.policies.on(day).training_day_counts
    return unit.days.start(day if counts else day + 1)
