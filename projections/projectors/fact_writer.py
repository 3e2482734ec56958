"""The cabinet: where facts are filed, and the list of the days that must be reckoned again."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.model.kiosk_clock import Correction
from domain.spans import Second
from projections.evaluation.facts import UnitInForce
from projections.projectors.bulk_insert import insert

SHIFTS_REMEMBERED = 4_000
"""Shifts kept in memory between their scheduling and the assignments that follow it."""


class Cabinet:
    """Files facts into the tables of one connection, a batch at a time."""

    def __init__(self, db: sqlite3.Connection, unit: UnitInForce, *, fresh: bool = False) -> None:
        """`fresh`: nothing was ever reckoned from these tables, so every day with facts is stale anyway."""
        self.db = db
        self._fresh = fresh
        self.unit = unit
        self.position = 0
        """Of the event that is being filed."""
        self.rules_changed = False
        """Set when the unit or its events changed: then they must be read again before anything is reckoned."""
        self.shifts: dict[str, tuple[Any, ...]] = {}
        self.taps: list[tuple[Any, ...]] = []
        self.unsure: list[tuple[Any, ...]] = []
        self.scheduled: list[tuple[Any, ...]] = []
        self.assigned: list[tuple[Any, ...]] = []
        self.stale: set[tuple[int, int]] = set()
        self.links: set[tuple[int, int]] = set()
        self._keys: dict[UUID, int] = {}
        self._keys_of: dict[str, int] = {}
        self._corrections: dict[tuple[str, str], list[Correction]] = {}

    def key(self, volunteer_id: UUID) -> int:
        """The small integer that stands for a volunteer in these tables."""
        key = self._keys.get(volunteer_id)
        if key is None:
            row = self.db.execute("SELECT key FROM people WHERE volunteer=?", (volunteer_id.bytes,)).fetchone()
            key = row[0] if row else self._new_key(volunteer_id)
            self._keys[volunteer_id] = key
        return key

    def key_of(self, volunteer: str) -> int:
        """The same from the id as it is stored, which saves making a UUID of it."""
        key = self._keys_of.get(volunteer)
        if key is None:
            key = self._keys_of[volunteer] = self.key(UUID(volunteer))
        return key

    def _new_key(self, volunteer_id: UUID) -> int:
        cursor = self.db.execute("INSERT INTO people (volunteer) VALUES (?)", (volunteer_id.bytes,))
        return cursor.lastrowid or 0

    def touch(self, key: int, day: int, ends: Second) -> None:
        """A stretch that begins on a day; where it runs past the day's end, the days belong together."""
        self.stale.add((key, day))
        while ends > self.unit.days.end(day):
            self.links.add((key, day))
            day += 1

    def corrections_of(self, kiosk: str, boot: str) -> list[Correction]:
        """What was put right about the clock of a kiosk in a boot session."""
        known = self._corrections.get((kiosk, boot))
        if known is None:
            query = "SELECT at, seconds, anchor_ns, until_ns, position FROM clocks WHERE kiosk=? AND boot=?"
            known = [Correction(*row) for row in self.db.execute(query, (kiosk, boot))]
            self._corrections[kiosk, boot] = known
        return known

    def forget_corrections_of(self, kiosk: str, boot: str) -> None:
        """There is another one: the tables know."""
        self._corrections.pop((kiosk, boot), None)

    def put_taps_away(self) -> None:
        """Taps wait to be written together; whoever moves one of them calls this first."""
        insert(self.db, "INSERT INTO taps", self.taps)
        insert(self.db, "INSERT INTO unsure", self.unsure)
        if not self._fresh:
            self.stale.update((key, day) for key, day, *_ in self.taps)
        self.taps.clear()
        self.unsure.clear()

    def put_roster_away(self) -> None:
        """Shifts and assignments wait to be written together; whoever changes one of them calls this first."""
        insert(self.db, "INSERT OR REPLACE INTO shifts", self.scheduled)
        insert(self.db, "INSERT OR REPLACE INTO roster", self.assigned)
        self.scheduled.clear()
        self.assigned.clear()

    def close(self) -> None:
        """Put the batch away; afterwards the tables hold all of it."""
        self.put_roster_away()
        self.put_taps_away()
        self.db.executemany("INSERT OR IGNORE INTO links VALUES (?,?)", self.links)
        if not self._fresh:
            self.db.executemany("INSERT OR IGNORE INTO stale VALUES (?,?)", self.stale)
        self.links.clear()
        self.stale.clear()
        if len(self.shifts) > SHIFTS_REMEMBERED:
            self.shifts.clear()

    def forget(self) -> None:
        """Drop what waits and what is remembered: the tables went back to what they were."""
        for waiting in (self.taps, self.unsure, self.scheduled, self.assigned):
            waiting.clear()
        for remembered in (self.shifts, self._keys, self._keys_of, self._corrections):
            remembered.clear()
        self.links.clear()
        self.stale.clear()

    def everything_is_stale(self) -> None:
        """Mark every day that has facts."""
        if self._fresh:
            return
        self.put_roster_away()
        self.db.execute(f"INSERT OR IGNORE INTO stale {_ALL_DAYS}")

    def all_days_are_stale(self, key: int) -> None:
        """Mark every day of one volunteer that has facts."""
        if self._fresh:
            return
        self.put_roster_away()
        self.db.execute(f"INSERT OR IGNORE INTO stale SELECT * FROM ({_ALL_DAYS}) WHERE volunteer=?", (key,))


_ALL_DAYS = """
SELECT volunteer, day FROM taps UNION SELECT volunteer, day FROM roster UNION SELECT volunteer, day FROM corrections
"""

Drawer = Callable[[Cabinet, Any], None]
Drawers = Mapping[type, Drawer]
"""Which event is filed by which function."""


def ordinal(day: str) -> int:
    """An ISO date as a proleptic ordinal."""
    return date.fromisoformat(day).toordinal()
