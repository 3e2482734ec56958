"""An insider with the file and a copy of SQLite: what the log's own connection never does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def open_unguarded(path: Path, *, without_triggers: bool = True) -> Iterator[sqlite3.Connection]:
    """A bare connection that commits at the end; first it takes the guards off."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA recursive_triggers=OFF")
        if without_triggers:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
        yield connection


def rewrite_schema(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Change the stored text of the tables, as somebody with a hex editor would."""
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?)", (old, new))
    connection.execute("PRAGMA writable_schema=RESET")


def flip_bit(path: Path, byte: int, bit: int) -> None:
    """One bit of a file, the other way round."""
    with path.open("r+b") as file:
        file.seek(byte)
        (value,) = file.read(1)
        file.seek(byte)
        file.write(bytes([value ^ 1 << bit]))
