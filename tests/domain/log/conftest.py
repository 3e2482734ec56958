from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.log.event_log import EventLog
from domain.log.sqlite import create_sqlite_log
from tests.support.log_stores import STORES, LogStore, build_store_of_kind, build_unit_store
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.toy_aggregates import NAMES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def log(path: Path) -> Iterator[EventLog]:
    log = create_sqlite_log(path, NAMES)
    yield log
    log.close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> LogStore:
    """A place for a log, of each kind."""
    return build_store_of_kind(request, tmp_path)


@pytest.fixture
def unit(postgresql: PostgreSQLServer, tmp_path: Path) -> LogStore:
    """A place for a log in PostgreSQL."""
    return build_unit_store(tmp_path, postgresql.address)


@pytest.fixture
def stored_log(store: LogStore) -> Iterator[EventLog]:
    """An empty log in a store of each kind."""
    log = store.create()
    yield log
    log.close()
