"""Opening the entrance of a home: its readers, its screen, its file of messages. One entrance a home."""

import logging
import sys
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from shutil import get_terminal_size

from domain.clock import MachineClock
from domain.log.errors import LogError
from kiosk.entrance.app import Entrance
from kiosk.entrance.controller import Doorkeeper
from kiosk.entrance.look import Look
from kiosk.entrance.preflight import looked_after, pass_gate
from kiosk.entrance.run import out_of_service, run_entrance
from kiosk.entrance.service import ReaderMaker
from kiosk.errors import Mistake
from kiosk.home import Home
from kiosk.home_files import ENTRANCE_LOCK, LOG_FILE, SETTINGS_FILE
from kiosk.lockfile import only_one
from kiosk.log_messages import messages_kept
from kiosk.readers.factory import maker
from kiosk.words.languages import LANGUAGES

LOG = logging.getLogger(__name__)

SIMULATION = "模擬 SIMULATION"
SIGN_ON_PAPER = tuple(
    f"{said.headline}　{said.next_step}" for said in (w.conditions["storage_trouble"] for w in LANGUAGES.values())
)
"""What a shut entrance says, in every language of the screen."""
VIEWS_PATIENCE = 0.2
"""Seconds for which a result waits for hours and duties while another program builds the views."""


def open_entrance(path: Path) -> int:
    """Run the entrance of a home; the exit status. Raises: Mistake, LogError where it cannot be opened."""
    with said_at_the_door(path):
        home = Home.open(path)
    with home:
        readers = [maker(reader, home) for reader in home.settings.readers]
        if not readers:
            raise Mistake(f"{path / SETTINGS_FILE} names no card reader: add a [[reader]] block")
        demand_terminal("the entrance")
        if home.simulation:
            home.use_clock(MachineClock())
        return show(home, readers, SIMULATION if home.simulation else "")


def show(home: Home, readers: Sequence[ReaderMaker], banner: str) -> int:
    """Show the entrance until it ends. Raises: LogError where a tap could be lost."""
    home.views_patience = VIEWS_PATIENCE
    with only_entrance(home.path), said_at_the_door(home.path), messages_kept(home.path), looked_after(home):
        pass_gate(home)
        _catch_up(home)
        return run_entrance(Entrance(Doorkeeper(home), readers, Look(home.unit_name(), banner)))


def _catch_up(home: Home) -> None:
    """Bring the read models up to date before the first card: the door opens without them where they cannot be."""
    try:
        home.views.catch_up(home.now_second())
    except Exception:
        LOG.exception("the read models cannot be brought up to date: the entrance shows no hours")


def demand_terminal(what: str) -> None:
    """A screen needs a terminal. Raises: Mistake where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise Mistake(f"{what} needs a terminal: start it on one, without redirecting its output")


@contextmanager
def said_at_the_door(path: Path) -> Generator[None]:
    """What keeps the entrance of a home shut is kept in its messages, and whoever comes is told to sign on paper."""
    try:
        yield
    except (LogError, Mistake) as trouble:
        if (path / LOG_FILE).exists():
            with suppress(OSError), messages_kept(path):
                LOG.error("the entrance stays shut: %s", trouble)  # noqa: TRY400 - a sentence, not a fault of ours
            if sys.stderr.isatty():
                sys.stderr.write(out_of_service(*get_terminal_size(), SIGN_ON_PAPER))
        raise


def only_entrance(path: Path) -> AbstractContextManager[None]:
    """Hold the home for one entrance; two would answer every card twice. Raises: Mistake when it is held."""
    return only_one(path / ENTRANCE_LOCK, f"an entrance is open in {path} already: close that one first")
