"""A question about the past in a log of 1,000,000 events: the read models as of an early, a middle and the last day.

Beside each the rebuild of everything up to then, which is what is done where the end of the day was moved since. It
reads the whole log also for an early day, for what was recorded by then may stand anywhere in it.
"""

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.spans import second
from projections.engine.as_of import views_as_of
from projections.engine.views import Views
from projections.read_models.hours import list_hours
from tests.benchmarks.figures import Figure
from tests.benchmarks.million import DAYS, FIRST_DAY, build_million_home
from tests.support.history_generator import working_days


def figures() -> Iterable[Figure]:
    """Over the live views, from the question to the hours of all volunteers."""
    home, days = build_million_home(), working_days(FIRST_DAY, DAYS)
    with closing(open_sqlite_log(home / "log.db", REGISTERED_NAMES)) as log, Views(log, home / "views.db") as live:
        live.catch_up()
        for name, day in (("first", days[20]), ("middle", days[DAYS // 2]), ("last", days[-1])):
            built = _measure(log, day, None)
            yield Figure(f"rebuild up to one of the {name} days, CPU", built, "s")
            took = _measure(log, day, live)
            title = f"as of one of the {name} days of {log.head().position:,} events, CPU"
            yield Figure(title, took, "s", None, "lower", built, ratio_limit=0.05)


def _measure(log: EventLog, day: date, live: Views | None) -> float:
    at = second(datetime.combine(day + timedelta(days=1), time(), UTC))
    began = process_time()
    with views_as_of(log, at, live=live) as views:
        assert views.evaluated_at == at
        assert sum(row.minutes for row in list_hours(views)) > 0
    return process_time() - began
