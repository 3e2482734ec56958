"""A tap at the door, from the card's token to durable in the log, in process: the same after years as on the first day.

One who never came before, on every tap another; and one with 5,000 taps behind them, two to four a day as in life.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from domain.clock import Reading, SimulatedClock
from domain.log.event_log import EventLog
from domain.log.registered_names import OUR_NAMES
from domain.model.attendance import Attendance, Sighting
from domain.use_cases.check_in import Door, Place
from tests.benchmarks.bare import bare_insert
from tests.benchmarks.figures import Figure, quantile, times
from tests.support.years import found_unit

KIOSK = "entrance"
TAPS = 2_000
"""Timed, of each kind."""
BEHIND = 5_000
"""Taps that the regular has behind them."""
FIRST_DAY = date(2012, 1, 2)

Seen = tuple[str, Reading]
"""A card's token, and when it was seen."""


def figures() -> Iterable[Figure]:
    """Both kinds of people, beside a bare insert of the same size."""
    with TemporaryDirectory() as folder, closing(EventLog.create(Path(folder) / "log.db", OUR_NAMES)) as log:
        people = found_unit(log, 1 + TAPS, FIRST_DAY)
        life = _life(token_of(0))
        _remember(log, people[0], list(islice(life, BEHIND)))
        raw = times(bare_insert(Path(folder) / "raw.db"), TAPS)
        door = Door(log, Place(KIOSK), SimulatedClock())
        yield Figure("bare insert, WAL, FULL", TAPS / sum(raw), "taps/s")
        yield from _figures("tap, no history", door, _newcomers(), raw)
        yield from _figures(f"tap, {BEHIND:,} taps behind them", door, life, raw)


def _figures(name: str, door: Door, seen: Iterator[Seen], raw: Sequence[float]) -> Iterator[Figure]:
    took = times(partial(_tap, door, seen), TAPS)
    yield Figure(name, len(took) / sum(took), "taps/s", 1_000, reference=len(raw) / sum(raw))
    yield Figure(f"{name}, p50", quantile(took, 0.5) * 1e3, "ms", None, "lower", quantile(raw, 0.5) * 1e3)
    yield Figure(f"{name}, p99", quantile(took, 0.99) * 1e3, "ms", 5, "lower", quantile(raw, 0.99) * 1e3)


def _tap(door: Door, seen: Iterator[Seen]) -> None:
    token, reading = next(seen)
    answer = door.tap(token, KIOSK, reading=reading, recorded=reading.at)
    assert answer.outcome in ("checked_in", "checked_out"), answer


def token_of(index: int) -> str:
    """The token of the card that the generator gives its n-th volunteer."""
    return f"{index:032x}"


def _newcomers() -> Iterator[Seen]:
    """Everybody once, two seconds apart, years later."""
    for index in range(TAPS):
        yield token_of(1 + index), _at(datetime(2026, 11, 20, 1, tzinfo=UTC) + timedelta(seconds=2 * index))


def _life(token: str) -> Iterator[Seen]:
    """In and out once or twice a day, day after day."""
    chance = random.Random(BEHIND)  # noqa: S311 - a repeatable story, not a secret
    day = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 1, tzinfo=UTC)
    while True:
        for hours in (0, 3, 5, 8) if chance.random() < 0.5 else (0, 3):
            yield token, _at(day + timedelta(hours=hours, seconds=chance.randint(0, 1_800)))
        day += timedelta(days=1)


def _at(at: datetime) -> Reading:
    return Reading(at, "simulated", "simulation", 0)


def _remember(log: EventLog, who: UUID, taps: Sequence[Seen]) -> None:
    """Taps as the door would have written them, many at once."""
    streams: dict[date, Attendance] = {}
    for number, (token, reading) in enumerate(taps):
        day = reading.at.date()
        stream = streams.setdefault(day, Attendance.of(who, day, KIOSK))
        meaning = "checked_out" if len(stream.taps) % 2 else "checked_in"
        stream.record(meaning, who, Sighting(token, KIOSK, KIOSK, None, number, reading), reading.at)
    log.append(*streams.values())
