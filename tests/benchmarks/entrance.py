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

from tests.benchmarks.bare import bare_insert
from tests.benchmarks.figures import Figure, quantile, times
from tests.support.hall import Hall, Visitor, visitors

PEOPLE, DAYS_BEHIND = 200, 240
"""A year behind them: some 95,000 events."""
TIMED = 300
GAPS = (0.1, 0.22)
"""Seconds between two people of a queue that moves as fast as people can."""
TAPS = 10_000 if os.environ.get("KIOSK_FAULTS") == "long" else 2_000
"""After which the memory is weighed."""
IDLE_SECONDS = 10.0


def figures() -> Iterable[Figure]:
    """How long people wait, then what the program weighs and what it uses while nobody taps."""
    with TemporaryDirectory() as folder:
        raw = times(bare_insert(Path(folder) / "raw.db"), TIMED)
        with Hall(Path(folder), visitors(PEOPLE), DAYS_BEHIND) as hall:
            queue = cycle(hall.people)
            hall.terminal.listens(1)
            took = list(_waits(hall, queue))
            for share, limit in ((0.5, 15), (0.99, 60)):
                bare = quantile(raw, share) * 1e3
                name = f"entrance, last byte to screen, p{share * 100:.0f}"
                yield Figure(name, quantile(took, share) * 1e3, "ms", limit, "lower", bare)
            rounds = -(-(TAPS - TIMED) // PEOPLE)
            for _ in range(rounds):
                hall.everybody_taps()
            yield Figure(
                f"entrance, memory after {TIMED + rounds * PEOPLE:,} taps", hall.resident(), "MB", 120, "lower"
            )
            yield Figure("entrance, idle", _idle(hall), "% core", 1, "lower")


def _waits(hall: Hall, queue: Iterator[Visitor]) -> Iterator[float]:
    chance = random.Random(TIMED)  # noqa: S311 - a repeatable queue, not a secret
    for _ in range(TIMED):
        hall.terminal.listens(chance.uniform(*GAPS))
        yield hall.seconds_to_see(next(queue))


def _idle(hall: Hall) -> float:
    """Percent of a core, once the last result has gone from the screen."""
    hall.terminal.listens(5)
    before = hall.processor_seconds()
    hall.terminal.listens(IDLE_SECONDS)
    return (hall.processor_seconds() - before) / IDLE_SECONDS * 100
