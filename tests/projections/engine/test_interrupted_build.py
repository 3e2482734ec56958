"""A build of views that is interrupted goes on where it stopped, and comes to what an uninterrupted one comes to."""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from sqlite3 import connect
from typing import Any

import pytest

from domain.log.event_log import EventLog
from projections.engine import build, new_views, recompute
from projections.engine.new_views import BuildProgress, OnProgress
from projections.engine.views import Views
from tests.faults.result_table import LONG
from tests.projections.engine.test_views import a_busy_day
from tests.support.office import Office
from tests.support.people import ANN

EVENTS_OF_A_PAGE = 8
KILLS = 200 if LONG else 5


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a few events, and of one volunteer."""
    for module, name, value in (
        (build, "BATCH", EVENTS_OF_A_PAGE // 2),
        (new_views, "PAGE_BATCHES", 2),
        (new_views, "PAGE_VOLUNTEERS", 1),
        (recompute, "VOLUNTEERS_AT_ONCE", 1),
    ):
        monkeypatch.setattr(module, name, value)


def read_tables(path: Path) -> dict[str, list[Any]]:
    with closing(connect(path)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        schema = db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
        rows = {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
    return {"schema": schema, **rows, "of the file": db_numbers(path)}


def db_numbers(path: Path) -> list[Any]:
    with closing(connect(path)) as db:
        return [db.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "integrity_check")]


def build_views(log: EventLog, path: Path, on_progress: OnProgress = new_views.ignore_progress) -> dict[str, list[Any]]:
    """The tables of views of the whole log, which nothing of them was there before."""
    with Views(log, path, on_progress=on_progress) as views:
        views.catch_up()
    return read_tables(path)


def stop_after(reports: int, stop: Callable[[], object]) -> OnProgress:
    """Stop with the last of so many reports."""
    left = iter(range(reports - 1, -1, -1))

    def stop_or_go_on(_: BuildProgress) -> None:
        if next(left, None) == 0:
            stop()

    return stop_or_go_on


def interrupt() -> None:
    raise KeyboardInterrupt


def count_reports(log: EventLog, path: Path) -> int:
    reports: list[BuildProgress] = []
    build_views(log, path, reports.append)
    assert {report.stage for report in reports} == {"events", "volunteers"}
    assert reports[-1].done == reports[-1].total
    return len(reports)


def test_interrupted_wherever_it_goes_on_and_the_views_are_those_of_one_build(office: Office, tmp_path: Path) -> None:
    a_busy_day(office)
    whole = build_views(office.log, tmp_path / "whole.db")
    last = count_reports(office.log, tmp_path / "counted.db")
    for stopped in range(1, last + 1):
        path, rest = tmp_path / f"stopped {stopped}.db", list[BuildProgress]()
        with pytest.raises(KeyboardInterrupt):
            build_views(office.log, path, stop_after(stopped, interrupt))
        assert not path.exists()
        assert build_views(office.log, path, rest.append) == whole, stopped
        assert len(rest) <= max(1, last - stopped), "what was kept was not built again"
        assert not list(tmp_path.glob(f"{path.name}.new*"))


def test_what_was_recorded_meanwhile_is_in_the_views_too(office: Office, tmp_path: Path) -> None:
    a_busy_day(office)
    stops = range(1, count_reports(office.log, tmp_path / "counted.db") + 1)
    for stopped in stops:
        with pytest.raises(KeyboardInterrupt):
            build_views(office.log, tmp_path / f"{stopped}.db", stop_after(stopped, interrupt))
    office.tap(ANN, "2026-11-23 09:00")
    whole = build_views(office.log, tmp_path / "whole.db")
    for stopped in stops:
        assert say_the_same(build_views(office.log, tmp_path / f"{stopped}.db"), whole), stopped


def say_the_same(tables: dict[str, list[Any]], others: dict[str, list[Any]]) -> bool:
    """Whether they say the same of the world: which batch a day was evaluated in differs."""
    return all(tables[name] == others[name] for name in tables.keys() - {"touched", "stale", "pages", "links", "state"})


def test_killed_at_any_moment_it_goes_on_and_the_views_are_those_of_one_build(office: Office, tmp_path: Path) -> None:
    a_busy_day(office)
    whole = build_views(office.log, tmp_path / "whole.db")
    last = count_reports(office.log, tmp_path / "counted.db")
    path, chance = tmp_path / "killed.db", Random(1)  # noqa: S311 - replayable
    for _ in range(KILLS):
        reports = chance.randint(1, last)
        if (child := os.fork()) == 0:
            build_views(office.log, path, stop_after(reports, lambda: os.kill(os.getpid(), signal.SIGKILL)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            assert not path.exists()
            continue
        assert read_tables(path) == whole
        path.unlink()
    assert build_views(office.log, path) == whole


def test_what_another_program_or_another_log_began_is_begun_anew(office: Office, tmp_path: Path) -> None:
    a_busy_day(office)
    whole, path = build_views(office.log, tmp_path / "whole.db"), tmp_path / "begun.db"
    for other in ("version = 1", "evaluation = 1", "position = 9999", "log_id = ''", "filed_by = ''", "program = ''"):
        with pytest.raises(KeyboardInterrupt):
            build_views(office.log, path, stop_after(3, interrupt))
        with closing(connect(f"{path}.new", isolation_level=None)) as db:
            db.execute(f"UPDATE state SET {other}")
        assert is_begun_anew(office.log, path, whole), other
        path.unlink()


def test_what_was_begun_before_the_machine_went_down_is_begun_anew(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not synchronised."""
    a_busy_day(office)
    whole, path = build_views(office.log, tmp_path / "whole.db"), tmp_path / "begun.db"
    with pytest.raises(KeyboardInterrupt):
        build_views(office.log, path, stop_after(3, interrupt))
    monkeypatch.setattr(new_views, "read_boot_session", lambda: "the next boot")
    assert is_begun_anew(office.log, path, whole)


def is_begun_anew(log: EventLog, path: Path, whole: dict[str, list[Any]]) -> bool:
    """Whether a build begins with the first events, and comes to these tables."""
    reports: list[BuildProgress] = []
    return build_views(log, path, reports.append) == whole and reports[0].done == EVENTS_OF_A_PAGE
