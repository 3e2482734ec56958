"""Writes facts into tables in batches, and marks the days that must be evaluated again."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from domain.iso_forms import parse_recorded_day
from domain.model.kiosk_clock import ClockCorrection
from domain.spans import Second
from projections.evaluation.facts import UnitInForce
from projections.projectors.bulk_insert import bulk_insert

SHIFTS_REMEMBERED = 4_000
"""Shifts kept in memory between their scheduling and the assignments that follow it."""
ROWS_HELD = 40_000
"""Rows that wait at most to be written together, some 12 megabytes. Measured: five times as many save nothing more."""


class FactWriter:
    """Files facts into the tables of one connection, a batch at a time."""

    def __init__(self, db: sqlite3.Connection, unit: UnitInForce, *, fresh: bool = False) -> None:
        """`fresh`: no day was ever evaluated from these tables, so every day with facts is stale anyway."""
        self.db = db
        self._fresh = fresh
        self._days_of_one = _DAYS_OF_ONE_BY_DAY if has_day_order(db) else _DAYS_OF_ONE
        self.unit = unit
        self.position = 0
        """Of the event that is being handled."""
        self.received: Mapping[int, datetime] = {}
        """When those events of the batch were taken that kiosks sent, by position."""
        self.keeps_history = False
        """Whether what a fact said before it is changed is kept (`projections.engine.fact_history`)."""
        self.holds_rows = False
        """Whether rows wait over several batches, so that many are written in the order of their keys."""
        self.rules_changed = False
        """Set when the unit or its events changed: then they must be read again before any day is evaluated."""
        self.known_shifts: dict[str, tuple[Any, ...]] = {}
        self.pending_taps: list[tuple[Any, ...]] = []
        self.pending_unsynchronised: list[tuple[Any, ...]] = []
        self.pending_shifts: list[tuple[Any, ...]] = []
        self.pending_assignments: list[tuple[Any, ...]] = []
        self.stale: set[tuple[int, int]] = set()
        self.links: set[tuple[int, int]] = set()
        self.days: set[int] = set()
        """The days of which facts were written since they were last taken."""
        self._keys: dict[UUID, int] = {}
        self._keys_of: dict[str, int] = {}
        self._boots: dict[tuple[str, str], tuple[int, list[ClockCorrection]]] = {}
        self._corrections: dict[tuple[str, str], list[ClockCorrection]] = {}

    def get_or_create_key(self, volunteer_id: UUID) -> int:
        """The small integer that stands for a volunteer in these tables."""
        return self._find_key(volunteer_id) or self._insert_person(volunteer_id, None)

    def write_person(self, volunteer_id: UUID, mode: str) -> None:
        """An enrolled volunteer, and how they serve. Something of theirs may have been filed before."""
        if (key := self._find_key(volunteer_id)) is None:
            self._insert_person(volunteer_id, mode)
        else:
            self.db.execute("UPDATE people SET mode=? WHERE key=?", (mode, key))

    def get_or_create_key_from_text(self, volunteer: str) -> int:
        """The same from the id as it is stored, which saves making a UUID of it."""
        key = self._keys_of.get(volunteer)
        if key is None:
            key = self._keys_of[volunteer] = self.get_or_create_key(UUID(volunteer))
        return key

    def _find_key(self, volunteer_id: UUID) -> int | None:
        key = self._keys.get(volunteer_id)
        if key is None:
            row = self.db.execute("SELECT key FROM people WHERE volunteer=?", (volunteer_id.bytes,)).fetchone()
            if row:
                key = self._keys[volunteer_id] = row[0]
        return key

    def _insert_person(self, volunteer_id: UUID, mode: str | None) -> int:
        cursor = self.db.execute("INSERT INTO people (volunteer, mode) VALUES (?,?)", (volunteer_id.bytes, mode))
        key = self._keys[volunteer_id] = cursor.lastrowid or 0
        return key

    def get_or_create_boot(self, kiosk: str, boot: str) -> tuple[int, list[ClockCorrection]]:
        """The small integer that stands for a boot session of a kiosk in these tables; the corrections of its clock."""
        found = self._boots.get((kiosk, boot))
        if found is None:
            self.db.execute("INSERT OR IGNORE INTO boots (kiosk, boot) VALUES (?,?)", (kiosk, boot))
            (key,) = self.db.execute("SELECT key FROM boots WHERE kiosk=? AND boot=?", (kiosk, boot)).fetchone()
            found = self._boots[kiosk, boot] = key, self.load_clock_corrections(kiosk, boot)
        return found

    def mark_stale(self, key: int, day: int, ends: Second) -> None:
        """A stretch that begins on a day; where it runs past the day's end, the days belong together."""
        self.stale.add((key, day))
        while ends > self.unit.days.end(day):
            self.links.add((key, day))
            day += 1

    def mark_duty_stale(self, key: int, day: int, starts: Second, ends: Second) -> None:
        """A duty on a day; where volunteers may come for it before the day begins, the days belong together."""
        arrivals = starts - self.unit.policies.longest_early_window
        begins, over, _ = self.unit.days.find_day_around(starts)
        if begins <= arrivals and ends <= over:
            self.stale.add((key, day))  # nearly always
            return
        self.mark_stale(key, day, ends)
        while arrivals < self.unit.days.start(day):
            day -= 1
            self.links.add((key, day))

    def note_correction(self, day: int | None, shift: str | None = None) -> None:
        """The event that is handled corrects a day, or the day of a shift; that stays on record, whatever follows."""
        self.db.execute("INSERT INTO correction_events VALUES (?,?,?)", (self.position, day, shift))

    def take_days(self) -> set[int]:
        """The days of which facts were written since the last call."""
        days, self.days = self.days, set()
        return days

    def load_clock_corrections(self, kiosk: str, boot: str) -> list[ClockCorrection]:
        """The corrections of a kiosk's clock in a boot session."""
        known = self._corrections.get((kiosk, boot))
        if known is None:
            query = "SELECT at, seconds, anchor_ns, until_ns, position FROM clocks WHERE kiosk=? AND boot=?"
            known = [ClockCorrection(*row) for row in self.db.execute(query, (kiosk, boot))]
            self._corrections[kiosk, boot] = known
        return known

    def forget_clock_corrections(self, kiosk: str, boot: str) -> None:
        """There is another one: the tables know."""
        self._corrections.pop((kiosk, boot), None)
        self._boots.pop((kiosk, boot), None)

    def flush_taps(self) -> None:
        """Taps wait to be written together; a handler that moves one of them calls this first."""
        if not self._fresh:
            self.stale.update((key, day) for key, day, *_ in self.pending_taps)
        self.pending_taps.sort(key=_FIRST_OF_KEY)
        bulk_insert(self.db, "INSERT INTO taps", self.pending_taps)
        bulk_insert(self.db, "INSERT INTO unsure", self.pending_unsynchronised)
        self.pending_taps.clear()
        self.pending_unsynchronised.clear()

    def flush_shifts(self) -> None:
        """Shifts wait to be written together; a handler that changes one of them calls this first."""
        self.pending_shifts.sort(key=_FIRST_OF_KEY)
        bulk_insert(self.db, "INSERT OR REPLACE INTO shifts", self.pending_shifts)
        self.pending_shifts.clear()

    def flush_roster(self) -> None:
        """Assignments wait to be written together; a handler that changes one of them calls this first."""
        self.pending_assignments.sort(key=_FIRST_OF_KEY)
        bulk_insert(self.db, "INSERT INTO roster", self.pending_assignments, _ASSIGNED_AGAIN)
        self.pending_assignments.clear()

    def flush_rows(self) -> None:
        """Write all rows that wait."""
        self.flush_shifts()
        self.flush_roster()
        self.flush_taps()

    def flush_batch(self) -> None:
        """Put the batch away; afterwards the tables hold all of it, but for rows that are held."""
        if not self.holds_rows or len(self.pending_taps) + len(self.pending_assignments) > ROWS_HELD:
            self.flush_rows()
        self.db.executemany("INSERT OR IGNORE INTO links VALUES (?,?)", self.links)
        if not self._fresh:
            self.db.executemany("INSERT OR IGNORE INTO stale VALUES (?,?)", self.stale)
        self.days.update([day for _, day in self.stale])
        self.links.clear()
        self.stale.clear()
        if len(self.known_shifts) > SHIFTS_REMEMBERED:
            self.known_shifts.clear()

    def discard_pending(self) -> None:
        """Drop what waits and what is remembered: the tables went back to what they were."""
        for waiting in (self.pending_taps, self.pending_unsynchronised, self.pending_shifts, self.pending_assignments):
            waiting.clear()
        for remembered in (self.known_shifts, self._keys, self._keys_of, self._boots, self._corrections):
            remembered.clear()
        self.links.clear()
        self.days.clear()
        self.stale.clear()

    def mark_everything_stale(self) -> None:
        """Mark every day that has facts."""
        if self._fresh:
            return
        self.flush_roster()
        self.db.execute(f"INSERT OR IGNORE INTO stale {_ALL_DAYS}")

    def mark_volunteer_stale(self, key: int) -> None:
        """Mark every day of one volunteer that has facts."""
        if self._fresh:
            return
        self.flush_roster()
        self.db.execute(f"INSERT OR IGNORE INTO stale {self._days_of_one}", (key,))


_FIRST_OF_KEY = itemgetter(0)
"""Rows in this order are written near one another; those of one volunteer stay in the order of the log."""
_ASSIGNED_AGAIN = """
ON CONFLICT DO UPDATE SET starts = excluded.starts, ends = excluded.ends, category = excluded.category,
    cancelled = excluded.cancelled, state = excluded.state, excused_by = excluded.excused_by,
    position = excluded.position
"""
_ALL_DAYS = """
SELECT volunteer, day FROM taps UNION SELECT volunteer, day FROM roster UNION SELECT volunteer, day FROM corrections
"""
_DAYS_OF_ONE = f"SELECT * FROM ({_ALL_DAYS}) WHERE volunteer=?"
_DAYS_OF_ONE_BY_DAY = """
SELECT volunteer, f.day FROM touched t CROSS JOIN taps f ON f.day = t.day AND volunteer = ?1
UNION SELECT volunteer, f.day FROM touched t CROSS JOIN roster f ON f.day = t.day AND volunteer = ?1
UNION SELECT volunteer, f.day FROM touched t CROSS JOIN corrections f ON f.day = t.day AND volunteer = ?1
"""
"""Of tables in the order of days, day by day: a day with facts was evaluated, or is stale already."""


def has_day_order(db: sqlite3.Connection) -> bool:
    """Whether the keys of these tables begin with the day, as the night's do, and not with the volunteer."""
    return db.execute("SELECT pk FROM pragma_table_info('taps') WHERE name = 'day'").fetchone() == (1,)


Handler = Callable[[FactWriter, Any], None]
Handlers = Mapping[type, Handler]
"""The handler of each event."""


def parse_day(day: str) -> int:
    """An ISO date as a proleptic ordinal. Raises: ValueError."""
    return parse_recorded_day(day).toordinal()
