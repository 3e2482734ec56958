"""Homes, as the program makes them."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.home import Home
from tests.support.kiosk_program import ProgramResult, run_kiosk, write_batch
from tests.support.marked_home import make_marked_home

Apply = Callable[..., ProgramResult]

ANNS_TOPICS = ["unit.opened", "volunteer.enrolled", "card.issued", "shift.scheduled", "shift.assigned"]
"""What the log holds after the batch in which Ann gets a card and a shift."""


@pytest.fixture(scope="session")
def _made_simulation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulation as it was made, to be copied, which takes a tenth of the time."""
    folder = tmp_path_factory.mktemp("simulation") / "home"
    Home.make(folder, simulation=True).close()
    return folder


@pytest.fixture
def simulation(_made_simulation: Path, tmp_path: Path) -> Path:
    """The folder of a new simulation."""
    return copytree(_made_simulation, tmp_path / "home")


@pytest.fixture(scope="session")
def marked_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of all marked lines, to be copied: no test changes it."""
    return make_marked_home(tmp_path_factory.mktemp("marked"))


@pytest.fixture
def real_home(tmp_path: Path) -> Path:
    """The folder of a new home that takes its time from the machine."""
    Home.make(tmp_path / "real", simulation=False).close()
    return tmp_path / "real"


@pytest.fixture
def apply(tmp_path: Path) -> Apply:
    """Runs lines as a batch on a home."""

    def applied(home: Path, *lines: dict[str, Any] | str, options: tuple[str, ...] = ()) -> ProgramResult:
        return run_kiosk("apply", write_batch(tmp_path / "day.jsonl", *lines), "--home", home, *options)

    return applied


def list_topics(home: Path) -> list[str]:
    """The stored names of all events of a home, in order, without the home's own first one."""
    log = open_sqlite_log(home / "log.db", REGISTERED_NAMES)
    try:
        return [REGISTERED_NAMES.find_name(type(entry.event)) for entry in log.read_entries()][1:]
    finally:
        log.close()


def read_head(home: Path) -> tuple[int, bytes]:
    """The end of a home's log."""
    log = open_sqlite_log(home / "log.db", REGISTERED_NAMES)
    try:
        return log.head()
    finally:
        log.close()


def read_refusal(ended: ProgramResult, number: int) -> str:
    """What is said of line `number`, the first line on standard error."""
    where, _, sentence = ended.first_error_line.partition("day.jsonl:")
    found, _, sentence = sentence.partition(": ")
    assert int(found) == number, (where, ended.err)
    return sentence
