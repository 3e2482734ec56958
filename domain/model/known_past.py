"""What a log says of the time that has passed, and which instants a clock cannot rightly show now. Pure.

Rule: records that follow one another within days make a run, and only a run says what is past. What lies far beyond a
run does not continue it until a person confirms it: one clock that was wrong for one tap decides nothing. What other
machines wrote, whose clocks may be wrong, never speaks against a clock that may be right.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from domain.clock import CLOCK_MARGIN, OK
from domain.spans import Second, second

BUILD_DATE = datetime(2026, 11, 27, tzinfo=UTC)
"""When this release was made; `tests/test_glossary_and_decisions.py` keeps it near the newest decision."""
EARLIEST: Second = second(BUILD_DATE - timedelta(days=31))
"""No program runs before it was made; a month for a release that is tried on other dates."""
LATEST: Second = second(BUILD_DATE + timedelta(days=5 * 365))
"""Later, a clock is more often wrong than a release still in use: a person confirms it."""

FAR_SECONDS = 14 * 86_400
"""Beyond the last record, on a synchronised clock: longer than an office is closed with its machines off."""
FAR_UNSYNCHRONISED_SECONDS = 4 * 86_400
"""The same on a clock that follows nothing: a long weekend."""


class _Run(NamedTuple):
    begins: Second
    ends: Second
    records: int


class _Records:
    """Instants at which something was written, and the runs that they make."""

    def __init__(self, instants: Iterable[Second], confirmed: Collection[Second]) -> None:
        self.instants = sorted(instants)
        self._confirmed = confirmed

    def find_before(self, at: Second) -> Second | None:
        """The last one at or before an instant."""
        before = bisect_right(self.instants, at)
        return self.instants[before - 1] if before else None

    def find_end(self, at: Second) -> Second | None:
        """See `KnownPast.find_end`."""
        if not self._runs:
            return None
        run = bisect_right(self._runs, at, key=lambda run: run.begins)
        if run == 0:
            return max(self._runs, key=lambda run: run.records).ends
        return self._runs[run - 1].ends

    @cached_property
    def _runs(self) -> list[_Run]:
        runs: list[_Run] = []
        for at in self.instants:
            if runs and (at - runs[-1].ends <= FAR_SECONDS or at in self._confirmed):
                runs[-1] = runs[-1]._replace(ends=at, records=runs[-1].records + 1)
            else:
                runs.append(_Run(at, at, 1))
        return runs


class KnownPast:
    """The instants in the log, of the last events."""

    def __init__(
        self,
        records: Iterable[Second] = (),
        taps: Iterable[Second] = (),
        confirmed: Iterable[Second] = (),
        desk: Iterable[Second] = (),
        others: Iterable[Second] = (),
    ) -> None:
        """`records`: when events were written. `taps`: those of earlier boot sessions on a synchronised clock.

        `confirmed`: instants that a person has confirmed. `desk`: when people at the desk wrote. `others`: when other
        machines wrote, by their clocks.
        """
        self._desk = sorted(desk)
        self._confirmed = sorted(confirmed)
        self._latest = LATEST if not self._confirmed else max(LATEST, self._confirmed[-1] + FAR_SECONDS)
        own = [at for at in (*records, *self._confirmed) if at <= self._latest]
        beside = [at for at in others if at <= self._latest]
        self._own = _Records(own, self._confirmed)
        self._all = _Records([*own, *beside], self._confirmed) if beside else self._own
        self._taps = sorted(taps)

    def find_end(self, at: Second) -> Second | None:
        """The last record of the run that an instant continues or lies in; None where nothing is recorded.

        Before the first of all, the run with the most records.
        """
        return self._own.find_end(at)

    def find_end_of_all(self, at: Second) -> Second | None:
        """The same with the records of other machines, for a clock that cannot be right: theirs may be."""
        return self._all.find_end(at)

    def find_floor(self, at: Second) -> Second | None:
        """The last tap of that run: a right clock shows no earlier instant."""
        end = self.find_end(at)
        known = 0 if end is None else bisect_right(self._taps, end)
        return self._taps[known - 1] if known else None

    def was_desk_active_after(self, at: Second) -> bool:
        """Whether people at the desk wrote later than an instant, in the run that it lies in: then it is past."""
        end = self.find_end(at)
        later = at + round(CLOCK_MARGIN.total_seconds())
        return end is not None and bisect_right(self._desk, end) > bisect_right(self._desk, later)

    def is_far(self, at: Second, trust: str) -> bool:
        """Whether an instant lies too far beyond all records to be believed without a person.

        On a synchronised clock that is so where this machine wrote before; what others wrote since may bear it out.
        """
        if at > self._latest:
            return True
        before = self._all.find_before(at)
        if before is None or (trust == OK and self._own.find_before(at) is None):
            return False
        return at - before > (FAR_SECONDS if trust == OK else FAR_UNSYNCHRONISED_SECONDS)
