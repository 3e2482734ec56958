"""The read models of a day, moved to any recorded instant of it, forward and back: what a playback shows (R-126).

Rule: at every instant they are what `views_as_of` builds for it. They are built once, as of before the stretch; what
was recorded in it is projected on top in one transaction that is never committed, so that going back is rolling back.
Facts are written of all days; only the requested ones are evaluated, which is what makes the beginning quick.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from domain.log.event_log import EventLog
from domain.log.gc_pause import PausedCollection
from domain.spans import Second
from projections.engine.as_of import PastViews
from projections.engine.build import (
    connect,
    create_tables,
    fingerprint_policies,
    project_batch,
    read_policy_fingerprint,
    recompute_views,
    transaction,
)
from projections.engine.loading import load_unit, read_position
from projections.engine.noted_unit import note_rules
from projections.playback.log_range import LogRange
from projections.projectors.fact_writer import FactWriter
from projections.projectors.tables import DERIVED_INDEXES, FACT_INDEXES

MARK_EVERY = 50
"""Events between two marks: going back files no more than so many again."""
BEFORE = -1
"""Before every instant."""


class SeekableViews(PastViews):
    """The read models of some service days, anywhere in a stretch."""

    def __init__(self, log: EventLog, path: Path, log_range: LogRange, days: range) -> None:
        """Nothing is built before the first `go_to`. `days` are ordinals; the stretch belongs to them."""
        super().__init__(log, path)
        self._log_range = log_range
        self._days = days
        self._milestones = log_range.list_halts(MARK_EVERY)
        self._marks: list[Second] = []
        """Instants to which they can be rolled back, the first being the one as of which they were built."""
        self._at: Second = BEFORE

    def catch_up(self, now: Second | None = None) -> None:
        """They stand where they were put."""

    def seek(self, instant: Second) -> None:
        """Move them to an instant of the range. Raises: LogError, and starts over the next time."""
        try:
            self._seek(instant)
        except BaseException:
            self._marks.clear()
            raise

    def _seek(self, instant: Second) -> None:
        if not self._marks:
            self._build(self._log_range.first)
        if instant < self._at or not self._log_range.can_advance(self._at, instant):
            self._seek_back(instant)
        for milestone in self._milestones:
            if self._at < milestone < instant:
                self._seek_forward(milestone)
                self._set_mark()
        self._seek_forward(instant)

    # --- Forward ---

    def _seek_forward(self, instant: Second) -> None:
        assert self._db is not None, "it was built"  # noqa: S101 - a programming error
        writer = self._writer or FactWriter(self._db, load_unit(self._log, self._db, self._at))
        self._project_positions(self._list_positions_between(self._at, instant), writer)
        if writer.rules_changed:
            writer.unit, writer.rules_changed = load_unit(self._log, self._db, instant), False
            if read_policy_fingerprint(self._db) != fingerprint_policies(writer.unit.policies):
                self._build(instant)
                return
            note_rules(self._db, writer.unit)
        self._db.execute("DELETE FROM stale WHERE day NOT BETWEEN ? AND ?", (self._days.start, self._days.stop - 1))
        recompute_views(self._db, writer.unit, instant)
        self._at, self._writer = instant, writer

    def _list_positions_between(self, since: Second, until: Second) -> list[int]:
        """Positions of what was recorded after one second, up to and in another, in the order of the log."""
        return sorted(event.position for event in self._log_range.events if since < event.at <= until)

    def _project_positions(self, positions: list[int], writer: FactWriter) -> None:
        for first, last in _group_consecutive(positions):
            writer.db.execute("UPDATE state SET position = ?", (first - 1,))
            while read_position(writer.db) < last:
                project_batch(self._log, writer.db, writer, last)

    # --- Back ---

    def _set_mark(self) -> None:
        assert self._db is not None, "it was built"  # noqa: S101 - a programming error
        self._db.execute(f"SAVEPOINT mark_{len(self._marks)}")
        self._marks.append(self._at)

    def _seek_back(self, instant: Second) -> None:
        """To the last mark from which there is a way to an instant. What was remembered of the files is forgotten."""
        assert self._db is not None, "it was built"  # noqa: S101 - a programming error
        while self._marks and not (
            self._marks[-1] <= instant and self._log_range.can_advance(self._marks[-1], instant)
        ):
            self._marks.pop()
        if not self._marks:
            self._build(instant)
            return
        self._db.execute(f"ROLLBACK TO mark_{len(self._marks) - 1}")
        self._at, self._writer = self._marks[-1], None

    # --- The beginning ---

    def _build(self, as_of: Second) -> None:
        """All facts known by an instant, and the requested days evaluated."""
        if self._db is not None:
            self._db.close()
        self._path.unlink(missing_ok=True)
        self._db, self._writer = _build_scratch(self._log, self._path, as_of, self._days), None
        self._at, self._marks = as_of, []
        self._db.execute("BEGIN")
        self._set_mark()


def _build_scratch(log: EventLog, path: Path, as_of: Second, days: range) -> sqlite3.Connection:
    """The views in a scratch file that can be rolled back."""
    db = connect(path, scratch=True, journal="MEMORY")
    with PausedCollection():
        writer = create_tables(log, db, as_of)
        with transaction(db):
            while project_batch(log, db, writer, None, as_of):
                pass
            db.execute(_STALE, (days.start, days.stop - 1))
            unit = load_unit(log, db, as_of)
            recompute_views(db, unit, as_of)
            note_rules(db, unit)
        db.executescript(FACT_INDEXES + DERIVED_INDEXES)
    db.execute("PRAGMA journal_mode=DELETE")
    return db


def _group_consecutive(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of positions that follow one another without a gap; they are projected at once."""
    for _, run in groupby(enumerate(positions), lambda numbered: numbered[1] - numbered[0]):
        found = [position for _, position in run]
        yield found[0], found[-1]


_STALE = """
INSERT OR IGNORE INTO stale SELECT volunteer, day FROM (
    SELECT volunteer, day FROM taps UNION SELECT volunteer, day FROM roster UNION SELECT volunteer, day FROM corrections
) WHERE day BETWEEN ? AND ?
"""


@contextmanager
def seekable_views(log: EventLog, log_range: LogRange, days: range) -> Generator[SeekableViews]:
    """Views for a stretch, thrown away at the end of the block."""
    with log.hold_views_folder() as folder:
        views = SeekableViews(log, folder / "views.db", log_range, days)
        with views:
            yield views
