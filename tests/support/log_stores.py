"""The stores of the event log, so that one test says the same of each: an empty log, and that log opened again."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.log.event_log import EventLog
from domain.log.postgresql.store import create_unit, open_unit
from domain.log.sqlite import create_sqlite_log, open_sqlite_log
from domain.log.stored_names import StoredNames
from domain.log.writer_lock import LOCK_TIMEOUT
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.toy_aggregates import NAMES

STORES = ("sqlite", "postgresql")
"""The kinds, as parameters of a fixture."""


@dataclass(frozen=True)
class LogStore:
    """Where a log is."""

    folder: Path
    address: str = ""
    """Of a server; empty for a file."""
    born: UUID | None = None

    def create(self, names: StoredNames = NAMES) -> EventLog:
        """A new log."""
        if self.born:
            return create_unit(self.address, self.born, names, self.folder)
        return create_sqlite_log(self.folder / "log.db", names)

    def open(self, names: StoredNames = NAMES, timeout: float = LOCK_TIMEOUT) -> EventLog:
        """The log, over another connection."""
        if self.born:
            return open_unit(self.address, self.born, names, self.folder, timeout=timeout)
        return open_sqlite_log(self.folder / "log.db", names, timeout=timeout)

    @property
    def words(self) -> list[str]:
        """The arguments by which another process finds the log with `find_store`."""
        return [str(self.folder), self.address, str(self.born or "")]


def find_store(folder: str, address: str, born: str) -> LogStore:
    """The store that was named on a command line."""
    return LogStore(Path(folder), address, UUID(born) if born else None)


def build_unit_store(folder: Path, address: str) -> LogStore:
    """A store for a unit of its own in a database."""
    return LogStore(folder, address, uuid4())


def build_store_of_kind(request: pytest.FixtureRequest, folder: Path) -> LogStore:
    """A place for a log, of the kind that is the parameter of a fixture; a server runs where that is needed."""
    if request.param == "sqlite":
        return LogStore(folder)
    server: PostgreSQLServer = request.getfixturevalue("postgresql")
    return build_unit_store(folder, server.address)
