"""What one more fact costs the views: it is looked up where it belongs, and no table that grows is read in whole."""

from datetime import date
from pathlib import Path
from uuid import UUID

from domain.clock import Reading
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log
from domain.model.attendance import Attendance, CardReadAtKiosk
from domain.spans import Second, instant
from projections.engine.views import Views
from projections.read_models.day_filter import DayFilter
from projections.read_models.today import load_today
from projections.read_models.visits import list_visits
from tests.support.history_generator import create_unit, generate_days, working_days

GROWS = ("taps", "roster", "visits", "duties", "earned", "shifts", "corrections", "links", "people", "turns")
TUESDAY = date(2026, 11, 17)


def test_a_tap_reaches_the_read_models_without_reading_any_table_in_whole(tmp_path: Path) -> None:
    log = create_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)
    ids = create_unit(log, 5, TUESDAY)
    generate_days(log, ids, working_days(TUESDAY, 3), 4)
    with Views(log, tmp_path / "views.db") as views:
        views.catch_up()
        at = views.evaluated_at + 60
        reading = Reading(instant(at), "simulated", "simulation", 0)
        stream = Attendance.of(ids[0], instant(at).date(), "gate")
        stream.record("checked_in", ids[0], CardReadAtKiosk("0" * 32, "gate", "gate", None, 1, reading), instant(at))
        log.append(stream)
        asked = _statements_of_a_tap(views, ids[0], at)
        plans = {query: views._db.execute(f"EXPLAIN QUERY PLAN {query}").fetchall() for query in asked}
    log.close()
    assert any("FROM taps" in query for query in plans)
    scans = [(step[3], query) for query, plan in plans.items() for step in plan if step[3].startswith("SCAN")]
    assert [scan for scan in scans if scan[0].split()[1] in GROWS] == []


def _statements_of_a_tap(views: Views, who: UUID, at: Second) -> list[str]:
    """What SQLite is asked from the tap in the log to the words on the screen."""
    asked: list[str] = []
    views._db.set_trace_callback(asked.append)
    views.catch_up(at)
    key = views.find_key(who)
    assert key is not None
    load_today(views, key, instant(at).toordinal())
    views._db.set_trace_callback(None)
    assert any(visit.check_in == at for visit in list_visits(views, DayFilter(volunteer=key)))
    return [query for query in asked if query.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
