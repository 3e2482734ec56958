"""The log in PostgreSQL beside the one in a file, with the same events: adding, reading on, building read models.

The server runs on this machine, through a socket: a network adds its own time to each append.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from domain.log.event_log import EventLog
from domain.log.event_rows import PAGE
from domain.log.postgresql.store import create_unit as create_log_unit
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log
from projections.engine.new_views import build
from tests.benchmarks.figures import Figure, measure_rate, measure_times_in_turn, quantile
from tests.benchmarks.log import NAMES, build_append
from tests.support.history_generator import create_unit, generate_days, working_days
from tests.support.postgresql_server import PostgreSQLServer, find_programs

VOLUNTEERS, DAYS, DUTIES_A_DAY = 200, 220, 100
"""92,000 events."""
APPENDS = 2_000
FIRST_DAY = date(2024, 1, 2)


def figures() -> Iterable[Figure]:
    """Nothing where no server is packed for this machine."""
    if find_programs() is None:
        return
    server = PostgreSQLServer.make()
    try:
        with TemporaryDirectory() as folder:
            yield from _measure_appends(Path(folder), server)
            yield from _measure_views(Path(folder), server)
    finally:
        server.remove()


def _measure_appends(folder: Path, server: PostgreSQLServer) -> Iterator[Figure]:
    with (
        closing(create_sqlite_log(folder / "adding.db", NAMES)) as file,
        closing(create_log_unit(server.address, uuid4(), NAMES, folder)) as unit,
    ):
        in_file, in_unit = measure_times_in_turn((build_append(file), build_append(unit)), APPENDS)
    rate = APPENDS / sum(in_file)
    yield Figure(
        "append to PostgreSQL, beside a file",
        APPENDS / sum(in_unit),
        "events/s",
        None,
        "higher",
        rate,
        0.2,
        quiet_only=True,
    )
    for share, limit in ((0.5, None), (0.99, 6)):
        took, bare = quantile(in_unit, share) * 1e3, quantile(in_file, share) * 1e3
        yield Figure(
            f"append to PostgreSQL, p{share * 100:.0f}", took, "ms", None, "lower", bare, limit, quiet_only=True
        )


def _measure_views(folder: Path, server: PostgreSQLServer) -> Iterator[Figure]:
    with (
        closing(create_sqlite_log(folder / "log.db", REGISTERED_NAMES)) as file,
        closing(create_log_unit(server.address, uuid4(), REGISTERED_NAMES, folder)) as unit,
    ):
        for log in (file, unit):
            generate_days(log, create_unit(log, VOLUNTEERS, FIRST_DAY), working_days(FIRST_DAY, DAYS), DUTIES_A_DAY)
        assert unit.head().position == file.head().position
        pages = measure_rate(lambda: _read_pages(file))
        yield Figure("pages of rows, PostgreSQL", measure_rate(lambda: _read_pages(unit)), "events/s", reference=pages)
        views = measure_rate(lambda: _build_views(file, folder))
        built = measure_rate(lambda: _build_views(unit, folder))
        yield Figure("build every view, PostgreSQL beside a file", built, "events/s", reference=views, ratio_limit=0.8)


def _read_pages(log: EventLog) -> int:
    position = 0
    while rows := log.read_rows(position, PAGE):
        position = rows[-1][0]
    return position


def _build_views(log: EventLog, folder: Path) -> int:
    views = folder / "built.db"
    views.unlink(missing_ok=True)
    build(log, views)
    return log.head().position
