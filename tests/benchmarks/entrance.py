"""A tap at the entrance, from the last byte on the wire to the result on the screen, with everything on.

The real program, its serial thread, the log with FULL commits, the people store, the read models, a real terminal.
`KIOSK_FAULTS=long` taps 10,000 times before it weighs the memory.
"""

import os
import random
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.bare import build_bare_insert, measure_wake_ups
from tests.benchmarks.figures import Figure, measure_times, quantile
from tests.support.entrance_process import EntranceProcess, Visitor, visitors

PEOPLE, DAYS_BEHIND = 1_000, 240
"""A year behind them: some 95,000 events."""
TIMED = PEOPLE
"""Taps that are timed: each shows a name that was never drawn before."""
GAPS = (0.1, 0.22)
"""Seconds between two people of a queue that moves as fast as people can."""
TAPS = 10_000 if os.environ.get("KIOSK_FAULTS") == "long" else 2_000
"""After which the memory is weighed."""
IDLE_SECONDS = 10.0


def figures() -> Iterable[Figure]:
    """How long people wait, then what the program weighs and what it uses while nobody taps."""
    with TemporaryDirectory() as folder:
        raw = measure_times(build_bare_insert(Path(folder) / "raw.db"), TIMED)
        with EntranceProcess(Path(folder), visitors(PEOPLE), DAYS_BEHIND, started_anew=True) as hall:
            queue = cycle(hall.people)
            hall.terminal.read_for(1)
            took = list(_time_taps(hall, queue))
            for share, limit in ((0.5, 100), (0.99, 85)):
                bare = quantile(raw, share) * 1e3
                name = f"entrance, last byte to screen, {TIMED:,} names, p{share * 100:.0f}"
                yield Figure(name, quantile(took, share) * 1e3, "ms", None, "lower", bare, limit, quiet_only=True)
            rounds = -(-(TAPS - TIMED) // PEOPLE)
            for _ in range(rounds):
                hall.tap_everyone()
            yield Figure(
                f"entrance, memory after {TIMED + rounds * PEOPLE:,} taps",
                hall.resident_megabytes(),
                "MB",
                120,
                "lower",
            )
            yield Figure("entrance, idle", _measure_idle(hall), "% core", None, "lower", measure_wake_ups(), 4)


def _time_taps(hall: EntranceProcess, queue: Iterator[Visitor]) -> Iterator[float]:
    chance = random.Random(TIMED)  # noqa: S311 - a repeatable queue, not a secret
    for _ in range(TIMED):
        hall.terminal.read_for(chance.uniform(*GAPS))
        yield hall.measure_latency(next(queue))


def _measure_idle(hall: EntranceProcess) -> float:
    """Percent of a core, once the last result has gone from the screen."""
    hall.terminal.read_for(5)
    before = hall.processor_seconds()
    hall.terminal.read_for(IDLE_SECONDS)
    return (hall.processor_seconds() - before) / IDLE_SECONDS * 100
