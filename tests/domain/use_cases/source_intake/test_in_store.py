"""What was taken stays in the store: in its copies, in another database, and after the hub was killed."""

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from domain.errors import DomainError
from domain.log.postgresql.load_copy import load_copy
from domain.log.postgresql.store import open_unit
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from domain.source_errors import (
    SourceRefused,
)
from tests.domain.use_cases.source_intake.conftest import join_kiosk
from tests.support.log_stores import LogStore
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.source_doors import Hub, SourceDoor, open_hub

HERE = Path(__file__).parents[4]


def test_a_copy_proves_its_sources_too(hub: Hub, door: SourceDoor, tmp_path: Path) -> None:
    hub.intake.take(door.build_batch(0, 4))
    hub.intake.take(door.build_batch(2))
    hub.log.copy_to(tmp_path / "copy.db")
    with closing(open_sqlite_log(tmp_path / "copy.db", REGISTERED_NAMES)) as log:
        copy = Hub(log)
        copy.prove(door)
        assert copy.log.head() == hub.log.head()
        later = join_kiosk(copy)
        copy.intake.take(later.build_batch())
        copy.prove(door, later)


def test_a_log_that_moves_into_a_database_takes_its_sources_along(tmp_path: Path, postgresql: PostgreSQLServer) -> None:
    """Also what was taken after a first move that was cut short behind its commit."""
    with open_hub(LogStore(tmp_path)) as hub:
        doors = [join_kiosk(hub), join_kiosk(hub)]
        for number in (4, 7, 10):
            for door in doors:
                hub.intake.take(door.build_batch(hub.intake.find_held(door.log_id), number))
            hub.log.copy_to(tmp_path / f"copy{number}.db")
            load_copy(tmp_path / f"copy{number}.db", postgresql.address)
        born, head = hub.log.log_id, hub.log.head()
    with closing(open_unit(postgresql.address, born, REGISTERED_NAMES, tmp_path)) as log:
        assert log.head() == head
        Hub(log).prove(*doors)


def test_a_refusal_is_no_refusal_of_a_rule() -> None:
    """So no list of refused commands takes it for one of the desk's."""
    assert not issubclass(SourceRefused, DomainError)


SEND_FOR_EVER = """
import sys
from tests.support.log_stores import find_store
from tests.support.source_doors import SourceDoor, open_hub
door = SourceDoor(sys.argv[4])
door.tap(400)
with open_hub(find_store(*sys.argv[1:4]), is_new=False) as hub:
    for after in range(0, 400, 4):
        print(hub.intake.take(door.build_batch(max(0, after - 2), after + 4)).position, flush=True)
"""


def test_what_was_acknowledged_to_a_source_is_there_after_the_hub_was_killed(hub: Hub, store: LogStore) -> None:
    door = join_kiosk(hub, 400)
    words = [sys.executable, "-c", SEND_FOR_EVER, *store.words, door.kiosk]
    with subprocess.Popen(words, cwd=HERE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        acknowledged = [int(program.stdout.readline()) for _ in range(9)][-1]
        program.send_signal(signal.SIGKILL)
    held = hub.intake.find_held(door.log_id)
    assert acknowledged == 36
    assert 36 <= held < 400
    assert hub.greet(door.go_back(held)).position == held
    assert hub.intake.take(door.build_batch(held - 1)) == door.head
    hub.prove(door)
