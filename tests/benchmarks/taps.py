"""A tap at the door, from the card's token to durable in the log, in process: the same after years as on the first day.

One who never came before, on every tap another; and one with 5,000 taps behind them, two to four a day as in life.
Their cards were read ahead for the day, as the entrance does while nobody taps; beside it stands a tap without that.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from domain.clock import Reading, SimulatedClock
from domain.log.event_log import EventLog
from domain.log.gc_pause import freeze_loaded_objects
from domain.log.joined_log import JoinedLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log
from domain.model.attendance import Attendance, CardReadAtKiosk
from domain.model.streams import UNWRITTEN
from domain.model.unit import Unit
from domain.use_cases.check_in import Door
from domain.use_cases.kiosk_place import KioskPlace
from kiosk.joined_home.unit_copy import UnitCopy
from tests.benchmarks.bare import build_bare_insert
from tests.benchmarks.figures import Figure, measure_times_in_turn, quantile
from tests.support.history_generator import create_unit
from tests.support.joined_kiosk import apply_whole, build_copied

KIOSK = "entrance"
TAPS = 2_000
"""Timed, of each kind."""
TAPS_OF_REGULAR = 5_000
"""Taps that the regular has behind them."""
FIRST_DAY = date(2012, 1, 2)
FIRST_TAP = datetime(2026, 11, 20, 1, tzinfo=UTC)
"""Of those who have no history."""

TapInput = tuple[str, Reading]
"""A card's token, and when it was seen."""


def figures() -> Iterable[Figure]:
    """Both kinds of people, in turn with a bare insert of the same size; and a kiosk with a hub, with one without."""
    yield from _measure_own_log()
    yield _measure_without_reading_ahead()
    yield from _measure_with_copy()


def _measure_own_log() -> Iterator[Figure]:
    with TemporaryDirectory() as folder, closing(create_sqlite_log(Path(folder) / "log.db", REGISTERED_NAMES)) as log:
        people = create_unit(log, 1 + TAPS, FIRST_DAY)
        life = _life(token_of(0))
        _append_history(log, people[0], list(islice(life, TAPS_OF_REGULAR)))
        door = Door(log, KioskPlace(KIOSK), SimulatedClock())
        for index in range(TAPS):
            door.read_ahead(token_of(1 + index), FIRST_TAP.date())
        log.probe()
        freeze_loaded_objects()  # as the entrance does both
        regular_taps = list(islice(life, TAPS))
        works = (
            build_bare_insert(Path(folder) / "raw.db"),
            partial(_tap, door, _newcomers()),
            partial(_read_ahead, door, iter(regular_taps)),
            partial(_tap, door, iter(regular_taps)),
        )
        raw, new, _, regular = measure_times_in_turn(works, TAPS)
        yield Figure("bare insert, WAL, FULL", TAPS / sum(raw), "taps/s")
        yield from build_tap_figures("tap, no history", new, raw)
        yield from build_tap_figures(f"tap, {TAPS_OF_REGULAR:,} taps behind them", regular, raw)


def _measure_without_reading_ahead() -> Figure:
    """As the first taps after a start."""
    with TemporaryDirectory() as folder, closing(create_sqlite_log(Path(folder) / "log.db", REGISTERED_NAMES)) as log:
        create_unit(log, 1 + TAPS, FIRST_DAY)
        door = Door(log, KioskPlace(KIOSK), SimulatedClock())
        works = build_bare_insert(Path(folder) / "raw.db"), partial(_tap, door, _newcomers())
        raw, took = measure_times_in_turn(works, TAPS)
        return Figure("tap, no history, not read ahead", TAPS / sum(took), "taps/s", None, "higher", TAPS / sum(raw))


def _measure_with_copy() -> Iterator[Figure]:
    """The same taps at two kiosks in turn: one log that holds all, and an own log with a copy of the unit's."""
    with TemporaryDirectory() as folder, ExitStack() as opened:
        alone, own = (create_sqlite_log(Path(folder) / f"{name}.db", REGISTERED_NAMES) for name in ("alone", "log"))
        opened.callback(alone.close)
        create_unit(alone, 1 + TAPS, FIRST_DAY)
        UnitCopy.create(Path(folder))
        copy = UnitCopy.open(Path(folder))
        apply_whole(copy, build_copied(alone))
        joined = JoinedLog(own, copy, REGISTERED_NAMES, KIOSK, _build_unit)
        opened.callback(joined.close)
        doors = [Door(log, KioskPlace(KIOSK), SimulatedClock()) for log in (alone, joined)]
        for log, door in zip((alone, own), doors, strict=True):  # as the entrance does both
            for index in range(TAPS):
                door.read_ahead(token_of(1 + index), FIRST_TAP.date())
            log.probe()
        took = measure_times_in_turn([partial(_tap, door, _newcomers()) for door in doors], TAPS)
        one, both = (quantile(times, 0.5) * 1e3 for times in took)
        yield Figure("tap, one log, p50", one, "ms", None, "lower")
        yield Figure("tap, own log and a copy, p50", both, "ms", None, "lower", one, 1.15)


def _build_unit() -> Unit:
    return Unit.make_home("Asia/Taipei", UNWRITTEN, simulation=True)


def build_tap_figures(name: str, took: Sequence[float], raw: Sequence[float]) -> Iterator[Figure]:
    """Taps beside bare inserts that took turns with them, seconds each."""
    rate, bare = len(took) / sum(took), len(raw) / sum(raw)
    yield Figure(name, rate, "taps/s", None, "higher", bare, 0.4, quiet_only=True)
    for share, limit in ((0.5, None), (0.99, 2)):
        title, took_ms, bare_ms = f"{name}, p{share * 100:.0f}", quantile(took, share) * 1e3, quantile(raw, share) * 1e3
        yield Figure(title, took_ms, "ms", None, "lower", bare_ms, limit, quiet_only=True)


def _tap(door: Door, seen: Iterator[TapInput]) -> None:
    token, reading = next(seen)
    answer = door.record_tap(token, KIOSK, reading=reading, recorded=reading.at)
    assert answer.outcome in ("checked_in", "checked_out"), answer


def _read_ahead(door: Door, seen: Iterator[TapInput]) -> None:
    """Of the next tap; once a day, as the entrance does."""
    token, reading = next(seen)
    if reading.at.hour == FIRST_TAP.hour:  # the first of a day
        door.read_ahead(token, reading.at.date())


def token_of(index: int) -> str:
    """The token of the card that the generator gives its n-th volunteer."""
    return f"{index:032x}"


def _newcomers() -> Iterator[TapInput]:
    """Everybody once, two seconds apart, years later."""
    for index in range(TAPS):
        yield token_of(1 + index), _reading_at(FIRST_TAP + timedelta(seconds=2 * index))


def _life(token: str) -> Iterator[TapInput]:
    """In and out once or twice a day, day after day."""
    chance = random.Random(TAPS_OF_REGULAR)  # noqa: S311 - a repeatable story, not a secret
    day = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 1, tzinfo=UTC)
    while True:
        for hours in (0, 3, 5, 8) if chance.random() < 0.5 else (0, 3):
            yield token, _reading_at(day + timedelta(hours=hours, seconds=chance.randint(0, 1_800)))
        day += timedelta(days=1)


def _reading_at(at: datetime) -> Reading:
    return Reading(at, "simulated", "simulation", 0)


def _append_history(log: EventLog, who: UUID, taps: Sequence[TapInput]) -> None:
    """Taps as the door would have written them, many at once."""
    streams: dict[date, Attendance] = {}
    for number, (token, reading) in enumerate(taps):
        day = reading.at.date()
        stream = streams.setdefault(day, Attendance.of(who, day, KIOSK))
        meaning = "checked_out" if len(stream.taps) % 2 else "checked_in"
        stream.record(meaning, who, CardReadAtKiosk(token, KIOSK, KIOSK, None, number, reading), reading.at)
    log.append(*streams.values())
