"""Taps on a clock that nobody vouched for, and what is known since about those clocks.

Rule: a tap counts by all corrections of its boot session, whichever came first; what the clock showed is kept beside.
"""

from typing import NamedTuple

from domain.model.attendance import RefusedTaps
from domain.model.kiosk_clock import Correction, KioskClock, counted
from domain.spans import Second, second
from projections.projectors.fact_writer import Cabinet, Drawers
from projections.projectors.feed import TapFact


class Unsure(NamedTuple):
    """A row of `unsure`."""

    position: int
    volunteer: int | None
    day: int
    at: Second
    """When it counts."""
    shown: Second
    """What the clock showed."""
    kiosk: str
    boot: str
    boot_ns: int
    seq: int
    direction: str | None
    refused: int
    put_right_by: int | None
    """The correction by which it counts; None while it waits for one."""

    def counting(self, at: Second, by: Correction | None, day: int) -> "Unsure":
        """The same tap by other knowledge."""
        return self._replace(at=at, day=day, put_right_by=by and by.position)


def doubt(cabinet: Cabinet, event: TapFact | RefusedTaps.TapRefused, key: int | None, *, refused: bool) -> Second:
    """File the doubt about a tap; when it counts, by all that is known so far."""
    shown = second(event.at)
    at, by = counted(shown, event.boot_ns, cabinet.corrections_of(event.kiosk, event.boot))
    seen = (shown, event.kiosk, event.boot, event.boot_ns, event.seq, event.direction)
    row = Unsure(cabinet.position, key, cabinet.unit.days.ordinal(at), at, *seen, refused, by and by.position)
    cabinet.unsure.append(row)
    return at


def corrected(cabinet: Cabinet, event: KioskClock.ClockCorrected) -> None:
    """By how much a clock was behind: its taps count anew, and every day that loses or gains one is stale."""
    cabinet.put_taps_away()
    facts = (event.kiosk, event.boot, second(event.at), event.seconds, event.anchor_ns, event.until_ns)
    cabinet.db.execute("INSERT INTO clocks VALUES (?,?,?,?,?,?,?)", (cabinet.position, *facts))
    cabinet.forget_corrections_of(event.kiosk, event.boot)
    known = cabinet.corrections_of(event.kiosk, event.boot)
    query = "SELECT * FROM unsure WHERE kiosk=? AND boot=?"
    for row in cabinet.db.execute(query, (event.kiosk, event.boot)).fetchall():
        tap = Unsure(*row)
        at, by = counted(tap.shown, tap.boot_ns, known)
        _recount(cabinet, tap, tap.counting(at, by, cabinet.unit.days.ordinal(at)))


def _recount(cabinet: Cabinet, before: Unsure, after: Unsure) -> None:
    if after == before:
        return
    now = (after.day, after.at, after.put_right_by, after.position)
    cabinet.db.execute("UPDATE unsure SET day=?, at=?, put_right_by=? WHERE position=?", now)
    if after.refused:
        cabinet.db.execute("UPDATE refused SET day=?, at=? WHERE position=?", (after.day, after.at, after.position))
    elif after.volunteer is not None and after.at != before.at:
        where = (before.volunteer, before.day, before.at, before.kiosk, before.boot_ns, before.seq, before.position)
        cabinet.db.execute(f"DELETE FROM taps {_ITS_KEY}", where)
        cabinet.stale.add((after.volunteer, before.day))
        what = (after.kiosk, after.boot_ns, after.seq, after.direction, after.position)
        cabinet.taps.append((after.volunteer, after.day, after.at, *what))
        if cabinet.unit.days.end(after.day) - after.at < cabinet.unit.policies.longest_debounce:
            cabinet.links.add((after.volunteer, after.day))


_ITS_KEY = "WHERE volunteer=? AND day=? AND at=? AND kiosk=? AND boot_ns=? AND seq=? AND position=?"

DRAWERS: Drawers = {KioskClock.ClockCorrected: corrected}
