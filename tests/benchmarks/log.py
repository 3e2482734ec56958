"""The event log beside bare SQLite: adding one event a transaction, reading on, loading a stream, verifying."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, event

from domain.log.event_log import EventLog
from domain.log.event_rows import PAGE
from domain.log.sqlite import create_sqlite_log
from domain.log.stored_names import StoredNames
from tests.benchmarks.bare import build_bare_insert, scan_events
from tests.benchmarks.figures import Figure, measure_rate, measure_times_in_turn, quantile

APPENDS = 3_000
STREAMS, TAPS_A_STREAM = 40_000, 3
"""The log that is read: the taps of 40,000 volunteer-days."""
NAMESPACE = UUID("7b0c2a1e-6d0f-4c53-9d6c-3a5f1f5be001")
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


class Day(Aggregate):
    """Taps as an entrance records them: the same fields, the same size."""

    TOPIC = "benchmark.day"

    class Created(Aggregate.Created):
        TOPIC = "benchmark.day.created"

    class Tapped(Aggregate.Event):
        TOPIC = "benchmark.day.tapped"
        volunteer_id: UUID
        card: str
        reader: str
        at: datetime
        clock: str
        sequence: int
        direction: str | None = None

    @event(Tapped)
    def _tapped(self, sequence: int) -> None:
        self.taps = sequence

    def tap(self, at: datetime) -> None:
        self.trigger_event(
            Day.Tapped,
            volunteer_id=self.id,
            card=self.id.hex,
            reader="entrance-1",
            at=at,
            clock="synchronised",
            sequence=self.version + 1,
            timestamp=at,
        )


NAMES = StoredNames(Day)


def empty_day(number: int) -> Day:
    """An empty day."""
    day = Day.__new__(Day)
    day.__base_init__(originator_id=uuid5(NAMESPACE, str(number)), originator_version=0, timestamp=START)
    return day


def figures() -> Iterable[Figure]:
    """Each beside the bare thing, measured in this run on this disk."""
    with TemporaryDirectory() as folder:
        yield from _measure_appends(Path(folder))
        yield from _measure_reads(Path(folder))


# --- Adding ----------------------------------------------------------------------------------


def _measure_appends(folder: Path) -> Iterator[Figure]:
    with closing(create_sqlite_log(folder / "adding.db", NAMES)) as log:
        raw, ours = measure_times_in_turn((build_bare_insert(folder / "raw.db"), build_append(log)), APPENDS)
    bare = len(raw) / sum(raw)
    yield Figure("bare insert, WAL, FULL", bare, "events/s")
    rate, limit = len(ours) / sum(ours), 0.4
    yield Figure("append, one event a transaction", rate, "events/s", None, "higher", bare, limit, quiet_only=True)
    for share, limit in ((0.5, None), (0.99, 2)):
        took, bare_took = quantile(ours, share) * 1e3, quantile(raw, share) * 1e3
        yield Figure(f"append, p{share * 100:.0f}", took, "ms", None, "lower", bare_took, limit, quiet_only=True)


def build_append(log: EventLog) -> Callable[[], None]:
    """What adds the events of a new stream, durable when it returns."""
    numbers = count()

    def add() -> None:
        day = empty_day(next(numbers))
        day.tap(START)
        log.append(day)

    return add


# --- Reading ---------------------------------------------------------------------------------


def _measure_reads(folder: Path) -> Iterator[Figure]:
    path = folder / "reading.db"
    with closing(create_sqlite_log(path, NAMES)) as log:
        _fill(log)
        bare = measure_rate(lambda: scan_events(path))
        yield Figure("bare scan into tuples", bare, "events/s")
        yield Figure("entries, decoded", measure_rate(lambda: _read_all(log)), "events/s", reference=bare)
        verified = measure_rate(lambda: log.verify().events)
        yield Figure("verify the chain", verified, "events/s", reference=bare, ratio_limit=0.2)
        loads = measure_rate(_build_load(log))
        yield Figure(f"load a stream of {TAPS_A_STREAM}", 1e6 / loads, "µs", better="lower")


def _fill(log: EventLog) -> None:
    for first in range(0, STREAMS, 1_000):
        days = [empty_day(number) for number in range(first, first + 1_000)]
        for tap in range(TAPS_A_STREAM):
            for day in days:
                day.tap(START + timedelta(hours=tap))
            log.append(*days)


def _read_all(log: EventLog) -> int:
    position = 0
    while entries := log.read_entries(position, PAGE):
        position = entries[-1].position
    return position


def _build_load(log: EventLog) -> Callable[[], int]:
    rounds = iter([[empty_day(number) for number in range(5_000)] for _ in range(3)])

    def load() -> int:
        days = next(rounds)
        for day in days:
            log.catch_up(day)
        return len(days)

    return load
