"""A measured figure beside its limit and beside what this machine does at best.

Rule: a speed means nothing alone. It is judged by its ratio to a reference that was measured in the same run, the bare
thing that our code is built on; the speed itself is printed beside. What does not depend on how fast a machine is, such
as memory, has a limit of its own.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import Literal

SIZES = frozenset({"MB", "KB", "days"})
"""Units of what is the same on a fast machine and on a slow one."""
QUIET_LOAD = 1.5
"""Load average of the last minute, the benchmark's own included, up to which a machine does nothing else."""


@dataclass(frozen=True)
class Figure:
    """One measured value, in `unit`. Raises: ValueError for a speed with a limit of its own."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    """What it must reach, where it is a size; None for a speed, and for a reference."""
    better: Literal["higher", "lower"] = "higher"
    reference: float | None = None
    """The bare thing's value in the same run and unit."""
    ratio_limit: float | None = None
    """What the ratio to the reference must reach."""
    quiet_only: bool = False
    """The disk, or more programs than one, take part: a machine that does something else as well cannot judge it."""
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    """Processes that wanted to run in the minute before, on average."""

    def __post_init__(self) -> None:
        if self.limit is not None and self.unit not in SIZES:
            raise ValueError(f"{self.name}: a speed is judged by its ratio to a reference")

    @property
    def ratio(self) -> float:
        """How many times the reference; 0 without one."""
        return self.value / self.reference if self.reference else 0

    def verdict(self) -> str:
        """`ok`, `MISSED`, that it takes a quiet machine to tell, or nothing where nothing is asked."""
        asked = [(self.value, self.limit), (self.ratio, self.ratio_limit)]
        reached = [self._reaches(value, limit) for value, limit in asked if limit is not None]
        if all(reached):
            return "ok" if reached else ""
        return (
            f"needs a quiet machine (load {self.load:.1f})" if self.quiet_only and self.load > QUIET_LOAD else "MISSED"
        )

    def _reaches(self, value: float, limit: float) -> bool:
        return value >= limit if self.better == "higher" else value <= limit

    def row(self) -> tuple[str, ...]:
        """The cells of its line in the table."""
        bound = "≥" if self.better == "higher" else "≤"
        asked = [(self.limit, ""), (self.ratio_limit, " x")]
        limits = [f"{bound} {_format_number(limit)}{unit}" for limit, unit in asked if limit is not None]
        return (
            self.name,
            _format_number(self.value),
            self.unit,
            ", ".join(limits),
            "" if self.reference is None else f"{self.ratio:.3g} x raw",
            self.verdict(),
        )


HEADINGS = ("figure", "measured", "unit", "limit", "ratio", "")
_NUMBERS = (1, 3, 4)
"""Columns that are set to the right."""


def format_table(figures: Iterable[Figure]) -> str:
    """All of them under one another."""
    rows = [HEADINGS, *(figure.row() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_format_row(row, widths) for row in rows)


def measure_rate(work: Callable[[], int], rounds: int = 3) -> float:
    """Things a second, the best of some rounds: the others tell what else the machine was doing."""
    return max(_measure_rate_once(work) for _ in range(rounds))


def _measure_rate_once(work: Callable[[], int]) -> float:
    began = perf_counter()
    done = work()
    return done / (perf_counter() - began)


def measure_in_turn(work: Callable[[], int], reference: Callable[[], int], rounds: int = 5) -> tuple[float, float]:
    """Things per processor second of a work and of its reference, of the round whose ratio is the median.

    Each round asks the reference before and after: a machine whose speed varies by the second changes both alike, and
    the best of one is never held against the worst of the other.
    """
    pairs = [_measure_round(work, reference) for _ in range(rounds)]
    return sorted(pairs, key=lambda pair: pair[0] / pair[1])[rounds // 2]


def _measure_round(work: Callable[[], int], reference: Callable[[], int]) -> tuple[float, float]:
    before, rate, after = (_measure_processor_rate(each) for each in (reference, work, reference))
    return rate, (before + after) / 2


def _measure_processor_rate(work: Callable[[], int]) -> float:
    began = process_time()
    done = work()
    return done / (process_time() - began)


def measure_times(work: Callable[[], object], rounds: int) -> list[float]:
    """Seconds of each round."""
    taken: list[float] = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return taken


def measure_times_in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[list[float]]:
    """Seconds of each round of each work. They take turns, so that a busy machine or disk slows all of them alike."""
    turns = [[seconds for work in works for seconds in measure_times(work, 1)] for _ in range(rounds)]
    return [list(times) for times in zip(*turns, strict=True)]


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which that share of all lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _format_number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _format_row(row: tuple[str, ...], widths: list[int]) -> str:
    cells = (
        cell.rjust(width) if column in _NUMBERS else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip()
