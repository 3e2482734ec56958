"""What readers find while another process follows the log: a position with its rows, or the state before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.log.errors import LogBusy
from domain.log.writer_lock import WriterLock
from domain.spans import Second
from projections.engine import build
from projections.engine.loading import read_position
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from tests.support.office import Office
from tests.support.people import ANN


def test_a_position_and_its_rows_come_in_one_transaction(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two a reader would take the last tap for one that has no visit."""
    before, seen, recompute_views = office.current_views().position, list[int](), build.recompute_views

    def look_and_evaluate(db: sqlite3.Connection, unit: UnitInForce, now: Second | None) -> None:
        with closing(sqlite3.connect(tmp_path / "views.db")) as reader:
            seen.append(read_position(reader))
        recompute_views(db, unit, now)

    monkeypatch.setattr(build, "recompute_views", look_and_evaluate)
    office.tap(ANN, "2026-11-19 08:55")
    assert office.current_views().position > before
    assert seen == [before]


def test_a_snapshot_waits_for_a_process_that_has_filed_what_is_not_evaluated_yet(
    office: Office, tmp_path: Path
) -> None:
    """Of many events each batch but the last is filed by itself."""
    office.tap(ANN, "2026-11-19 08:55")
    path, now = tmp_path / "views.db", office.current_views().evaluated_at
    with Views(office.log, path, timeout=0.05) as views, closing(sqlite3.connect(path)) as other:
        views.catch_up(now)
        with WriterLock(path).hold():
            with views.hold_snapshot():
                pass
            with other:
                other.execute("INSERT INTO stale SELECT volunteer, day FROM visits")
            with pytest.raises(LogBusy), views.hold_snapshot():
                pass
            with other:
                other.execute("DELETE FROM stale")
            with views.hold_snapshot():
                assert len(list(views.rows("SELECT * FROM visits"))) == 1
