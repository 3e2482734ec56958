"""Read model: what reconciled days left open, counted by day from the list of pending work; when a card was tapped."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from domain.log.event_log import EventLog
from domain.policy import Policies
from domain.spans import Second
from projections.engine.row_source import KeyedSource
from projections.read_models.day_filter import DayFilter
from projections.read_models.day_totals import count_refused_taps
from projections.read_models.duties import list_uncovered_shifts
from projections.read_models.pending_work import PendingKind, list_pending

OpenMatter = PendingKind | Literal["uncovered", "refused_taps"]
"""A kind of pending work; and of the last reconciled day shifts to which no volunteer came, and all taps that were
refused."""
OF_EACH_DAY: frozenset[PendingKind] = frozenset(
    {"no_check_out", "unmatched", "contradicted", "accepted_in_error", "refused_in_error", "case", "absent"}
)
"""What is counted of every reconciled day."""
TO_DO: tuple[OpenMatter, ...] = (
    "no_check_out",
    "unmatched",
    "contradicted",
    "accepted_in_error",
    "refused_in_error",
)
"""Visits that wait for a coordinator."""


class OpenDay(NamedTuple):
    """What a reconciled day left open, as it stands now."""

    day: date
    counts: Mapping[OpenMatter, int]
    """Each above 0."""

    def needs_coordinator(self, since: date) -> bool:
        """Whether a case waits for a decision, or from a day on a visit for a correction."""
        return "case" in self.counts or (self.day >= since and any(matter in self.counts for matter in TO_DO))


def list_open_days(views: KeyedSource, log: EventLog, policies: Policies, last: date) -> list[OpenDay]:
    """Every day up to the last reconciled one that has something open, the latest first.

    A case belongs to the day on which it was raised.
    """
    views.ensure_intact(1, last.toordinal())
    found: defaultdict[date, Counter[OpenMatter]] = defaultdict(Counter)
    for row in list_pending(views, log, policies, DayFilter(until=last)):
        if row.day and row.kind in OF_EACH_DAY:
            found[row.day][row.kind] += 1
    found[last]["uncovered"] = len(list(list_uncovered_shifts(views, last)))
    found[last]["refused_taps"] = count_refused_taps(views, last)
    days = [OpenDay(day, {name: n for name, n in counts.items() if n}) for day, counts in sorted(found.items())]
    return [open_day for open_day in days[::-1] if open_day.counts]


def _count(views: KeyedSource, of: str, *values: int) -> int:
    return next(views.rows(f"SELECT count(*) FROM {of}", values))[0]


class LastTap(NamedTuple):
    """The last tap of any card at any kiosk."""

    at: Second
    kiosk: str
    missed: int
    """Duties that have ended since, and to which no volunteer came."""


def find_last_tap(views: KeyedSource) -> LastTap | None:
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


def list_nonsense_readers(views: KeyedSource, after: Second) -> list[NonsenseReader]:
    """The readers whose refusals were summed after an instant, by name."""
    return [NonsenseReader(*row) for row in views.rows(_SUMMED, (after,))]


_SUMMED = """
SELECT reader, kiosk, sum(taps), min(since), max(at) FROM refused WHERE since IS NOT NULL AND at > ?
GROUP BY kiosk, reader ORDER BY kiosk, reader
"""
_LAST = "SELECT max(at), kiosk FROM (SELECT at, kiosk FROM taps UNION ALL SELECT at, kiosk FROM refused)"
"""SQLite takes `kiosk` from the row that has the maximum."""
