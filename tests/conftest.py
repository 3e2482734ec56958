"""What many tests begin with: an office; a door as it stands in one, with a reader on a real serial line."""

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from devices.simulated.scripted_reader import ScriptedReader
from kiosk.accounts import hashed_secrets
from kiosk.words.language import LOCALE_VARIABLES
from tests.support.kiosk_program import OPEN_UNIT, add_reader, line, run_kiosk_process, write_batch
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT
from tests.support.postgresql_server import PostgreSQLServer, find_programs
from tests.support.tmux import Tmux

for variable in ("LANGUAGE", *LOCALE_VARIABLES):  # tests read English, whatever their developer speaks
    os.environ.pop(variable, None)

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what runs in the background: tests send it
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Hundreds of PINs and passwords are hashed in this process. In one of its own the program hashes as slowly as it must.
hashed_secrets.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

# How long an example takes says how busy the machine is.
settings.register_profile("kiosk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kiosk")

gc.disable()
gc.set_threshold(10_000, 20, 20)  # at Python's own thresholds the search for garbage takes 7 % of the suite's time


def pytest_collection_finish() -> None:
    """What is collected stays to the end: the search for garbage begins after it and spends no time on it."""
    gc.freeze()
    gc.enable()


ONE_VOLUNTEER_LINES = (
    OPEN_UNIT,
    line(
        "enrol_volunteer",
        "2024-01-02T08:00",
        volunteer="V001",
        mode="flexible",
        agreement_from="2024-01-02",
        name="陳美玉",
    ),
    line("issue_card", "2024-01-11T08:00", volunteer="V001", card="E:100086F444"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in which Ann, Ben and Cat serve."""
    office = Office(tmp_path, ANN, BEN, CAT)
    yield office
    office.close_down()


@pytest.fixture
def reader() -> Iterator[ScriptedReader]:
    with ScriptedReader() as scripted:
        yield scripted


@pytest.fixture
def door(tmp_path: Path, reader: ScriptedReader) -> Path:
    """A real home, made with the program, whose door has the reader."""
    folder = tmp_path / "office"
    assert run_kiosk_process("init", "--home", folder).status == 0
    assert (
        run_kiosk_process("apply", write_batch(tmp_path / "people.jsonl", *ONE_VOLUNTEER_LINES), "--home", folder).err
        == ""
    )
    return add_reader(folder, reader.port)


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    with Tmux() as tmux:
        yield tmux


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQLServer]:
    """A server with one database, for as many units as there are tests."""
    if find_programs() is None:
        pytest.skip("PostgreSQL is not packed for this machine")
    server = PostgreSQLServer.make()
    yield server
    server.remove()
