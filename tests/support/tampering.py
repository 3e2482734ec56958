"""An insider with the file and a copy of SQLite: what the log's own connection never does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from domain.log.chain import GENESIS, compute_leaf, compute_link


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


def cut_off_with_its_count(tool: sqlite3.Connection, after: int = 8) -> None:
    """Take the events behind a position away, and the trace that SQLite's own count keeps of them."""
    tool.execute("DELETE FROM stored_events WHERE position > ?", (after,))
    tool.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'stored_events'", (after,))


def chain_again(tool: sqlite3.Connection) -> None:
    """Compute every chain value again, as the program would."""
    chain = GENESIS
    query = "SELECT position, originator_id, originator_version, topic, state FROM stored_events ORDER BY 1"
    for position, stream, version, topic, state in tool.execute(query).fetchall():
        chain = compute_link(chain, compute_leaf(position, stream.encode(), version, topic.encode(), state))
        tool.execute("UPDATE stored_events SET chain = ? WHERE position = ?", (chain, position))


def rewrite_schema(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Change the stored text of the tables, as a person with a hex editor would."""
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
