"""An insider with the file and a copy of SQLite: what the log's own connection never does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path


@contextmanager
def open_unguarded(path: Path, *, without_triggers: bool = True, put_back: bool = True) -> Iterator[sqlite3.Connection]:
    """A bare connection that commits at once; the guards are taken off first, and put back at the end as they were."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA recursive_triggers=OFF")
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
        guards = connection.execute(query).fetchall() if without_triggers else []
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards if put_back else ():
            with suppress(sqlite3.OperationalError):  # its table is gone
                connection.execute(sql)


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
