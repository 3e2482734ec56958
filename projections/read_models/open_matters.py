"""Read model: open matters of the reconciled days: what a coordinator can still correct, and should know of."""

from datetime import date
from typing import NamedTuple

from domain.spans import Second
from projections.engine.views import Views
from projections.read_models.day_totals import count_refused_taps
from projections.read_models.duties import list_uncovered_shifts
from projections.read_models.exits import list_undecided_cases


class OpenMatters(NamedTuple):
    """Numbers of one reconciled day, and of the days before it where a coordinator can still correct them."""

    no_check_out: int
    """Visits without a departure in the last days: each can be given its end."""
    unmatched: int
    """Departures without an arrival on that day: a volunteer was there and has no hours."""
    cases: int
    """Exit cases that wait for a decision."""
    absent: int
    """Unexcused absences of that day."""
    uncovered: int
    """Shifts of that day to which no volunteer came."""
    refused: int
    """Taps that were refused that day."""

    @property
    def to_do(self) -> int:
        """How many of them wait for a coordinator."""
        return self.no_check_out + self.unmatched + self.cases


def count_open_matters(views: Views, day: date, days: int, debounce: int) -> OpenMatters:
    """Count the matters of a reconciled day, and `days` back those that can be corrected; `debounce` in seconds."""
    last = day.toordinal()
    views.ensure_intact(last - days + 1, last)
    return OpenMatters(
        _count(views, "visits WHERE status = 'no_check_out' AND day BETWEEN ? AND ?", last - days + 1, last),
        _count(views, _UNMATCHED, last, debounce),
        len(list(list_undecided_cases(views))),
        _count(views, "duties WHERE outcome = 'absent' AND day = ?", last),
        len(list(list_uncovered_shifts(views, day))),
        count_refused_taps(views, day),
    )


_UNMATCHED = """
people p CROSS JOIN taps t ON t.volunteer = p.key AND t.day = ? WHERE direction = 'out' AND NOT EXISTS (
    SELECT 1 FROM visits v WHERE v.volunteer = t.volunteer AND v.check_in <= t.at AND t.at < v.check_out + ?)
"""
"""A departure that belongs to no visit, and is no repetition of one that does."""


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
