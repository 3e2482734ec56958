"""The read models of a day put to any recorded instant of it, forward and back: what a replay looks at (R-126).

Rule: at every instant they are what `views_as_of` builds for it. They are built once, as of before the stretch; what
was recorded in it is filed on top in one transaction that is never committed, so that going back is rolling back.
Facts are filed of all days; reckoned are only those that were asked for, which is what makes the beginning quick.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.log.event_log import EventLog
from domain.log.gc_pause import NoCollection
from domain.spans import Second
from projections.engine.as_of import PastViews
from projections.engine.build import (
    BATCH,
    begin,
    connect,
    file_batch,
    filed_by,
    filing_of,
    position_of,
    reckon_stale,
    transaction,
    unit_of,
)
from projections.playback.log_range import Stretch
from projections.projectors.fact_writer import Cabinet
from projections.projectors.tables import INDEXES

MARK_EVERY = 50
"""Events between two marks: going back files no more than so many again."""
BEFORE = -1
"""Before every instant."""


class SteppingViews(PastViews):
    """The read models of some service days, anywhere in a stretch."""

    def __init__(self, log: EventLog, path: Path, stretch: Stretch, days: range) -> None:
        """Nothing is built before the first `go_to`. `days` are ordinals; the stretch belongs to them."""
        super().__init__(log, path)
        self._stretch = stretch
        self._days = days
        self._milestones = [event.at for event in stretch.events[MARK_EVERY::MARK_EVERY]]
        self._marks: list[Second] = []
        """Instants to which they can be rolled back, the first being the one as of which they were built."""
        self._at: Second = BEFORE

    def catch_up(self, now: Second | None = None) -> None:
        """They stand where they were put."""

    def go_to(self, instant: Second) -> None:
        """Put them to an instant of the stretch. Raises: LogError, and begins anew the next time."""
        try:
            self._go_to(instant)
        except BaseException:
            self._marks.clear()
            raise

    def _go_to(self, instant: Second) -> None:
        if not self._marks:
            self._build(self._stretch.first)
        if instant < self._at or not self._stretch.leads(self._at, instant):
            self._go_back(instant)
        for milestone in self._milestones:
            if self._at < milestone < instant:
                self._go_on(milestone)
                self._set_mark()
        self._go_on(instant)

    # --- Forward ---

    def _go_on(self, instant: Second) -> None:
        assert self._db is not None, "it was built"  # noqa: S101 - a programming error
        cabinet = self._cabinet or Cabinet(self._db, unit_of(self._log, self._db, self._at))
        self._file(self._known_between(self._at, instant), cabinet)
        if cabinet.rules_changed:
            cabinet.unit, cabinet.rules_changed = unit_of(self._log, self._db, instant), False
            if filed_by(self._db) != filing_of(cabinet.unit.policies):
                self._build(instant)
                return
        self._db.execute("DELETE FROM stale WHERE day NOT BETWEEN ? AND ?", (self._days.start, self._days.stop - 1))
        reckon_stale(self._db, cabinet.unit, instant)
        self._at, self._cabinet = instant, cabinet

    def _known_between(self, since: Second, until: Second) -> list[int]:
        """Positions of what was recorded after one second, up to and in another, in the order of the log."""
        return sorted(event.position for event in self._stretch.events if since < event.at <= until)

    def _file(self, positions: list[int], cabinet: Cabinet) -> None:
        for first, last in _runs(positions):
            cabinet.db.execute("UPDATE state SET position = ?", (first - 1,))
            while position_of(cabinet.db) < last:
                file_batch(self._log, cabinet.db, cabinet, last)

    # --- Back ---

    def _set_mark(self) -> None:
        assert self._db is not None, "it was built"  # noqa: S101 - a programming error
        self._db.execute(f"SAVEPOINT mark_{len(self._marks)}")
        self._marks.append(self._at)

    def _go_back(self, instant: Second) -> None:
        """To the last mark from which there is a way to an instant. What was remembered of the files is forgotten."""
        assert self._db is not None, "it was built"  # noqa: S101 - a programming error
        while self._marks and not (self._marks[-1] <= instant and self._stretch.leads(self._marks[-1], instant)):
            self._marks.pop()
        if not self._marks:
            self._build(instant)
            return
        self._db.execute(f"ROLLBACK TO mark_{len(self._marks) - 1}")
        self._at, self._cabinet = self._marks[-1], None

    # --- The beginning ---

    def _build(self, as_of: Second) -> None:
        """All facts known by an instant, and the days that were asked for reckoned."""
        if self._db is not None:
            self._db.close()
        self._path.unlink(missing_ok=True)
        self._db, self._cabinet = _built(self._log, self._path, as_of, self._days), None
        self._at, self._marks = as_of, []
        self._db.execute("BEGIN")
        self._set_mark()


def _built(log: EventLog, path: Path, as_of: Second, days: range) -> sqlite3.Connection:
    """The views in a scratch file that can be rolled back."""
    db = connect(path, scratch=True, hurried=False)
    with NoCollection():
        cabinet = begin(log, db, as_of)
        with transaction(db):
            while file_batch(log, db, cabinet, None, as_of) == BATCH:
                pass
            db.execute(_STALE, (days.start, days.stop - 1))
            reckon_stale(db, unit_of(log, db, as_of), as_of)
        db.executescript(INDEXES)
    db.execute("PRAGMA journal_mode=DELETE")
    return db


def _runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of positions that follow one another without a gap; they are filed at once."""
    for _, run in groupby(enumerate(positions), lambda numbered: numbered[1] - numbered[0]):
        found = [position for _, position in run]
        yield found[0], found[-1]


_STALE = """
INSERT OR IGNORE INTO stale SELECT volunteer, day FROM (
    SELECT volunteer, day FROM taps UNION SELECT volunteer, day FROM roster UNION SELECT volunteer, day FROM corrections
) WHERE day BETWEEN ? AND ?
"""


@contextmanager
def stepping_views(log: EventLog, stretch: Stretch, days: range) -> Generator[SteppingViews]:
    """Views for a stretch, thrown away at the end of the block."""
    with TemporaryDirectory(prefix="stepping-") as folder:
        views = SteppingViews(log, Path(folder) / "views.db", stretch, days)
        with views:
            yield views
