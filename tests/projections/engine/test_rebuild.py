"""A rebuild must reproduce every table of the views: whatever is altered in one is found."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from projections.engine import fact_history
from projections.engine.fact_history import HISTORY
from projections.engine.new_views import build
from projections.engine.rebuild import COLUMNS_NOT_COMPARED, NOT_COMPARED, list_compared, replay
from projections.projectors.tables import DERIVED, FACTS
from tests.support.office import Office
from tests.support.people import ANN, BEN
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

VALUES = {"INTEGER": 9, "TEXT": "[]", "BLOB": b"x", "REAL": 0.5, "ANY": None}
"""What is put into a column of each type: what can be read, so that it is not taken for damage."""


def make_tables() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.executescript(FACTS + HISTORY + DERIVED)
    return db


def list_tables() -> set[str]:
    with closing(make_tables()) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def build_insert(table: str) -> tuple[str, list[object]]:
    """A statement that puts in a row which no event made, or writes it over one."""
    with closing(make_tables()) as db:
        types = [kind for (kind,) in db.execute("SELECT type FROM pragma_table_info(?)", (table,))]
    return f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(types))})", [VALUES[kind] for kind in types]


def alter(office: Office, statement: str, values: list[object] | None = None) -> None:
    """Behind the program's back."""
    with closing(sqlite3.connect(office.current_views().file, isolation_level=None)) as tool:
        assert tool.execute(statement, values or []).rowcount


def list_different_tables(office: Office) -> list[str]:
    return [found.table for found in replay(office.log, office.current_views()).differences]


@pytest.fixture
def served(office: Office) -> Office:
    """Ann came, Ben did not, and the roster of the day was changed before it."""
    office.at("2026-11-01 08:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.at("2026-11-10 08:00").request_leave("AM", BEN)
    office.schedule_session("Meeting", "2026-11-19 10:00", "11:00")
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    office.at("2026-11-20 09:00")
    return office


def test_every_table_is_compared_but_those_that_are_named() -> None:
    """A new table is compared unless it is named."""
    with closing(make_tables()) as db:
        compared = list_compared(db)
    assert {*compared} == list_tables() - {*NOT_COMPARED}
    assert len(compared) == len({*compared})
    assert {*NOT_COMPARED} == {"digests"}
    assert {*COLUMNS_NOT_COMPARED} == {("was", "ordinal"), ("touched", "position")}


HEALED = {"stale", "due"}
"""What is looked at once more as soon as the views follow the log."""


@pytest.mark.parametrize("table", sorted(list_tables() - {*NOT_COMPARED} - {"touched", "state"} - HEALED))
def test_a_row_of_any_table_that_no_event_made_is_found(served: Office, table: str) -> None:
    alter(served, *build_insert(table))
    assert table in list_different_tables(served)


@pytest.mark.parametrize(
    ("table", "statement"),
    {
        "state": "UPDATE state SET last_recorded = last_recorded + 1",
        "unit": "UPDATE unit SET category = 'x'",
        "policies": "UPDATE policies SET policy = json_set(policy, '$.leave_notice_days', 9)",
        "was": "DELETE FROM was WHERE ordinal = (SELECT max(ordinal) FROM was)",
        "touched": "DELETE FROM touched",
    }.items(),
)
def test_a_changed_or_missing_row_is_found(served: Office, table: str, statement: str) -> None:
    """Also of the rules that the views note: who follows the log does not write them down again."""
    alter(served, statement)
    assert list_different_tables(served) == [table]


@pytest.mark.parametrize("is_readable", [True, False], ids=["all can be read", "with events in quarantine"])
def test_the_pages_of_the_log_are_the_same_however_many_events_are_filed_at_once(
    office: Office, monkeypatch: pytest.MonkeyPatch, is_readable: bool
) -> None:
    """Answers as of an instant rest on them."""
    monkeypatch.setattr(fact_history, "PAGE_EVENTS", 7)
    for hour in range(8, 20):
        office.tap(ANN, f"2026-11-19 {hour:02d}:00")
        if hour % 2:
            office.current_views()
        if not is_readable:
            insert_undecodable(office.log, ANN, UNKNOWN_TOPIC)
            office.current_views()
            insert_undecodable(office.log, ANN, "attendance.checked-in")
    assert list_different_tables(office) == []
    ends = [last for (last,) in office.current_views().rows("SELECT last FROM pages ORDER BY first")]
    assert ends[:-1] == list(range(7, ends[-1], 7))


def test_in_views_that_were_built_anew_no_day_waits_for_its_evaluation(served: Office, tmp_path: Path) -> None:
    """Else the first question afterwards evaluated them again for nothing."""
    build(served.log, tmp_path / "built.db")
    with closing(sqlite3.connect(tmp_path / "built.db")) as db:
        assert db.execute("SELECT count(*) FROM stale").fetchone() == (0,)
