"""Rebuild every view from the events into a scratch file, and compare it with the live one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.log.event_log import EventLog
from projections.building import build
from projections.tables import COMPARED
from projections.views import Views

SHOWN = 10
"""Differences that are listed before the comparison stops."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that one side has and the other does not."""

    table: str
    live: tuple[Any, ...] | None
    rebuilt: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it."""

    events: int
    rows: int
    differences: list[Difference]
    """The first of them; none when the views are identical."""


def replay(log: EventLog, views: Views) -> Replay:
    """Rebuild to where the live views are, and compare. `views` are caught up."""
    with TemporaryDirectory(prefix="replay-") as folder:
        scratch = Path(folder) / "views.db"
        build(log, scratch, views.reckoned_at, upto=views.position)
        with closing(sqlite3.connect(f"file:{scratch}?mode=ro", uri=True)) as rebuilt:
            rows, differences = 0, list[Difference]()
            for table in COMPARED:
                for pair in zip_longest(views.rows(_of(table)), rebuilt.execute(_of(table))):
                    rows += 1
                    differences += _difference(table, *pair)
                    if len(differences) >= SHOWN:
                        return Replay(views.position, rows, differences)
    return Replay(views.position, rows, differences)


def _difference(table: str, live: tuple[Any, ...] | None, rebuilt: tuple[Any, ...] | None) -> Iterator[Difference]:
    if live != rebuilt:
        yield Difference(table, live, rebuilt)


def _of(table: str) -> str:
    """All columns in the order of the first ones, which are each table's key."""
    return f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4"
