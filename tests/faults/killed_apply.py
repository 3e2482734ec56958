"""`kiosk apply` in a process that kills itself, kill -9, before the n-th statement that changes a database."""

import os
import signal
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.cli.program import run
from tests.faults.workers import FORKSERVER

KILLED = -signal.SIGKILL
READING = ("SELECT", "PRAGMA", "--")
"""How statements begin that change nothing; a trigger's are traced as comments."""


def apply_until(statement: int, batch: Path, home: Path, *options: str) -> int | None:
    """Run a batch in a process that dies before that statement, counted from 1; its exit status, or KILLED.

    It dies at its end where there are fewer.
    """
    process = FORKSERVER.Process(target=_apply_and_die, args=(statement, str(batch), str(home), *options), daemon=True)
    process.start()
    process.join()
    return process.exitcode


def _apply_and_die(fatal: int, batch: str, home: str, *options: str) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    statements = count(1)
    trace_changes(lambda: _die() if next(statements) == fatal else None)
    run(["apply", batch, "--home", home, *options])
    _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def trace_changes(notice: Callable[[], None]) -> None:
    """From now on call this before each statement that changes a database: the log, the people store, the views."""
    connect = sqlite3.connect

    def trace(statement: str) -> None:
        if not statement.lstrip().upper().startswith(READING):
            notice()

    def connect_traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(trace)
        return connection

    sqlite3.connect = connect_traced
