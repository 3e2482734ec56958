"""The bare things that ours is built on: SQLite without us, on the same disk and with the same promises."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import process_time, sleep


def build_bare_insert(path: Path) -> Callable[[], None]:
    """What adds one row of an event's size, durable when it returns: WAL, FULL."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE stored_events (position INTEGER PRIMARY KEY AUTOINCREMENT, originator_id TEXT, "
        "originator_version INTEGER, topic TEXT, state BLOB, chain BLOB, "
        "UNIQUE (originator_id, originator_version)) STRICT"
    )
    state = os.urandom(330)

    def add() -> None:
        row = (os.urandom(16).hex(), 1, "benchmark.day.tapped", state, state[:32])
        connection.execute("INSERT INTO stored_events VALUES (NULL, ?, ?, ?, ?, ?)", row)

    return add


def scan_events(log: Path) -> int:
    """Read every event of a log into tuples; how many there are."""
    with closing(sqlite3.connect(log)) as connection:
        rows = connection.execute(
            "SELECT position, originator_id, originator_version, topic, state FROM stored_events ORDER BY 1"
        )
        return sum(1 for _ in rows)


WAKE_UPS = 100
"""A second."""


def measure_wake_ups() -> float:
    """Percent of a core that a program takes which wakes up a hundred times a second and does nothing."""
    before = process_time()
    for _ in range(2 * WAKE_UPS):
        sleep(1 / WAKE_UPS)
    return (process_time() - before) / 2 * 100
