"""A question about the past in a log of 1,000,000 events: the read models as of an early, a middle and the last day."""

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.spans import second
from projections.engine.as_of import views_as_of
from tests.benchmarks.bare import scan_events
from tests.benchmarks.figures import Figure
from tests.benchmarks.million import DAYS, FIRST_DAY, build_million_home
from tests.support.history_generator import working_days


def figures() -> Iterable[Figure]:
    """The last day is the dearest: all is read, all is reckoned."""
    path, days = build_million_home() / "log.db", working_days(FIRST_DAY, DAYS)
    with closing(open_sqlite_log(path, REGISTERED_NAMES)) as log:
        began = perf_counter()
        events = scan_events(path)
        raw = perf_counter() - began
        for name, day in (("first", days[20]), ("middle", days[DAYS // 2]), ("last", days[-1])):
            title = f"as of one of the {name} days of {events:,} events"
            yield Figure(title, _time_views_as_of(log, day), "s", 10, "lower", raw)


def _time_views_as_of(log: EventLog, day: date) -> float:
    at = second(datetime.combine(day + timedelta(days=1), time(), UTC))
    began = perf_counter()
    with views_as_of(log, at) as views:
        assert views.evaluated_at == at
    return perf_counter() - began
