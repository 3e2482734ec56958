"""Read model: open matters of the reconciled days: what a coordinator can still correct, and should know of."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from domain.spans import Second
from projections.engine.views import Views
from projections.read_models.contradicted_closings import list_contradicted_closings
from projections.read_models.day_totals import count_refused_taps
from projections.read_models.duties import list_uncovered_shifts
from projections.read_models.exits import list_exits

OpenMatter = Literal["no_check_out", "unmatched", "contradicted", "cases", "absent", "uncovered", "refused"]
"""Visits without a departure, departures without an arrival, closed visits that a late tap contradicts, exit cases that
wait for a decision, unexcused absences; and of the last reconciled day shifts to which no volunteer came, and taps that
were refused."""
TO_DO: tuple[OpenMatter, ...] = ("no_check_out", "unmatched", "contradicted")
"""Visits that wait for a coordinator."""


class OpenDay(NamedTuple):
    """What a reconciled day left open, as it stands now."""

    day: date
    counts: Mapping[OpenMatter, int]
    """Each above 0."""

    def needs_coordinator(self, since: date) -> bool:
        """Whether a case waits for a decision, or from a day on a visit for a correction."""
        return "cases" in self.counts or (self.day >= since and any(matter in self.counts for matter in TO_DO))


def list_open_days(views: Views, last: date, debounce: int) -> list[OpenDay]:
    """Every day up to the last reconciled one that has something open, the latest first; `debounce` in seconds.

    A case belongs to the day on which it was raised.
    """
    views.ensure_intact(1, last.toordinal())
    found: defaultdict[date, dict[OpenMatter, int]] = defaultdict(dict)
    for day, matter, count in views.rows(_OPEN, (last.toordinal(), debounce)):
        found[date.fromordinal(day)][matter] = count
    for closing in list_contradicted_closings(views, last):
        found[closing.day]["contradicted"] = found[closing.day].get("contradicted", 0) + 1
    for case in list_exits(views):
        if case.status == "raised":
            found[case.raised_on]["cases"] = found[case.raised_on].get("cases", 0) + 1
    uncovered = len(list(list_uncovered_shifts(views, last)))
    found[last] |= {"uncovered": uncovered, "refused": count_refused_taps(views, last)}
    days = [OpenDay(day, {name: n for name, n in counts.items() if n}) for day, counts in sorted(found.items())]
    return [open_day for open_day in days[::-1] if open_day.counts]


_OPEN = """
SELECT day, 'no_check_out', count(*) FROM visits WHERE status = 'no_check_out' AND day <= ?1 GROUP BY day
UNION ALL SELECT day, 'absent', count(*) FROM duties WHERE outcome = 'absent' AND day <= ?1 GROUP BY day
UNION ALL SELECT t.day, 'unmatched', count(*) FROM taps t WHERE direction = 'out' AND t.day <= ?1 AND NOT EXISTS (
    SELECT 1 FROM visits v WHERE v.volunteer = t.volunteer AND v.day BETWEEN t.day - 2 AND t.day
    AND v.check_in <= t.at AND t.at < v.check_out + ?2) GROUP BY t.day
"""
"""A departure is unmatched that belongs to no visit, which is not longer than a day, and is no repetition of one that
does."""


def _count(views: Views, of: str, *values: int) -> int:
    return next(views.rows(f"SELECT count(*) FROM {of}", values))[0]


class LastTap(NamedTuple):
    """The last tap of any card at any kiosk."""

    at: Second
    kiosk: str
    missed: int
    """Duties that have ended since, and to which no volunteer came."""


def find_last_tap(views: Views) -> LastTap | None:
    """The last tap, refused ones too; None while no card was ever tapped."""
    at, kiosk = next(views.rows(_LAST))
    if at is None:
        return None
    return LastTap(at, kiosk, _count(views, "duties WHERE outcome = 'absent' AND starts > ?", at))


class NonsenseReader(NamedTuple):
    """A reader whose refusals were more than people can present, so that they were summed."""

    reader: str
    kiosk: str
    taps: int
    since: Second
    until: Second


def list_nonsense_readers(views: Views, after: Second) -> list[NonsenseReader]:
    """The readers whose refusals were summed after an instant, by name."""
    return [NonsenseReader(*row) for row in views.rows(_SUMMED, (after,))]


_SUMMED = """
SELECT reader, kiosk, sum(taps), min(since), max(at) FROM refused WHERE since IS NOT NULL AND at > ?
GROUP BY kiosk, reader ORDER BY kiosk, reader
"""
_LAST = "SELECT max(at), kiosk FROM (SELECT at, kiosk FROM taps UNION ALL SELECT at, kiosk FROM refused)"
"""SQLite takes `kiosk` from the row that has the maximum."""
