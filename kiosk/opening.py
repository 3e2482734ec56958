"""Opening the entrance of a home: its readers, its screen, its file of messages. One entrance a home."""

import fcntl
import logging
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path

from devices.catalogue import profile_named
from devices.serial_reader import SerialReader
from domain.clock import MachineClock
from kiosk.doorkeeper import Doorkeeper
from kiosk.entrance.app import Entrance
from kiosk.entrance.look import Look
from kiosk.entrance.running import run_entrance
from kiosk.entrance.service import ReaderMaker
from kiosk.home import SETTINGS_FILE, Home
from kiosk.mistakes import Mistake
from kiosk.settings import Reader

LOG = logging.getLogger(__name__)

MESSAGES = "kiosk.log"
LOG_BYTES, LOGS_KEPT = 1_000_000, 3
SIMULATION = "模擬 SIMULATION"
VIEWS_PATIENCE = 0.2
"""Seconds for which a result waits for hours and duties while another program builds the views."""


def open_entrance(home: Home) -> int:
    """Run the entrance of a home; the exit status. Raises: Mistake where it cannot be opened."""
    readers = [maker(reader, home) for reader in home.settings.readers]
    if not readers:
        raise Mistake(f"{home.path / SETTINGS_FILE} names no card reader: add a [[reader]] block")
    demand_terminal("the entrance")
    if home.simulation:
        home.use_clock(MachineClock())
    return show(home, readers, SIMULATION if home.simulation else "")


def show(home: Home, readers: Sequence[ReaderMaker], banner: str) -> int:
    """Show the entrance until it ends."""
    home.views_patience = VIEWS_PATIENCE
    with only_entrance(home.path), messages_kept(home.path):
        _catch_up(home)
        return run_entrance(Entrance(Doorkeeper(home), readers, Look(home.unit_name(), banner)))


def _catch_up(home: Home) -> None:
    """Bring the read models up to date before the first card: the door opens without them where they cannot be."""
    try:
        home.views.catch_up(home.now_second())
    except Exception:
        LOG.exception("the read models cannot be brought up to date: the entrance shows no hours")


def maker(reader: Reader, home: Home) -> ReaderMaker:
    """What makes a reader of the settings, once the screen says where its events go."""
    profile = profile_named(reader.profile)
    if reader.baud:
        profile = replace(profile, baud=reader.baud)
    return partial(SerialReader, reader.name, reader.port, profile, now=home.clock.now)


def demand_terminal(what: str) -> None:
    """A screen needs a terminal. Raises: Mistake where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise Mistake(f"{what} needs a terminal: start it on one, without redirecting its output")


@contextmanager
def only_entrance(path: Path) -> Generator[None]:
    """Hold the home for one entrance; two would answer every card twice. Raises: Mistake when it is held."""
    descriptor = os.open(path / "entrance.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Mistake(f"an entrance is open in {path} already: close that one first", 1) from None
    finally:
        os.close(descriptor)


@contextmanager
def messages_kept(path: Path) -> Generator[None]:
    """Messages go to a file in the home, never to the screen; they name no person and no card."""
    file = RotatingFileHandler(path / MESSAGES, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(file)
    try:
        yield
    finally:
        root.removeHandler(file)
        file.close()
