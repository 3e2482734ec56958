"""Preflight: the checks before the entrance opens, and the reserve on the disk while it is open.

Rule: where a tap could be lost, the entrance does not open and shows "sign on paper"; every other finding is logged
as a warning, and it opens.
"""

import logging
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from domain.clock import CLOCK_MARGIN
from domain.log.errors import LogDamaged
from domain.log.reserve import RESERVE_BYTES, count_free_bytes
from domain.log.sqlite_version import SQLITE, can_corrupt_wal
from domain.spans import instant
from kiosk.home import Home
from kiosk.home_files import OTHERS
from kiosk.words.log_errors import explain_verdict
from kiosk.words.reports import ScreenText
from kiosk.words.sentence import format_instant

LOG = logging.getLogger(__name__)

LOW_SPACE_BYTES = 4 * RESERVE_BYTES
"""Free bytes below which a warning asks the administrator to make room."""
RESERVE_CHECK_SECONDS = 60.0
"""Seconds between two attempts to fill the reserve while the entrance is open."""


def run_preflight(home: Home) -> None:
    """Run every check, and log a warning for what keeps the entrance from nothing.

    Raises:
        LogError: a tap could be lost.
    """
    _verify_tail(home)
    home.fill_reserve()
    home.log.probe()
    for warning in (*_check_sqlite(), *_check_permissions(home.path), *_check_space(home), *_check_clock(home)):
        LOG.warning("%s", warning)


@contextmanager
def keep_reserve_filled(home: Home) -> Generator[None]:
    """While the entrance is open, fill the reserve again as soon as the disk has room."""
    closed = Event()

    def fill_repeatedly() -> None:
        while not closed.wait(RESERVE_CHECK_SECONDS):
            home.fill_reserve()

    Thread(target=fill_repeatedly, name="reserve", daemon=True).start()
    try:
        yield
    finally:
        closed.set()


# --- Checks that keep the entrance shut ---


def _verify_tail(home: Home) -> None:
    """Check that the last events fit the chain; opening the log has checked that it did not go back."""
    verdict = home.log.verify_tail()
    if not verdict.whole:
        raise LogDamaged(home.log.place, explain_verdict(verdict))


# --- Checks that warn ---


def _check_sqlite() -> Iterator[str]:
    if can_corrupt_wal():
        yield ScreenText.SQLITE_MAY_CORRUPT_WAL.fill(sqlite=SQLITE)


def _check_permissions(folder: Path) -> Iterator[str]:
    """Find files that other users can read; those that matter most were checked when they were opened."""
    for file in sorted(folder.iterdir()):
        mode = file.lstat().st_mode
        if stat.S_ISREG(mode) and mode & OTHERS:
            yield ScreenText.FILE_NOT_PRIVATE.fill(name=file.name, mode=stat.S_IMODE(mode))


def _check_space(home: Home) -> Iterator[str]:
    free = count_free_bytes(home.path)
    if home.reserve_released:
        yield ScreenText.RESERVE_RELEASED.fill(free=free >> 20)
    elif free < LOW_SPACE_BYTES:
        yield ScreenText.DISK_LOW.fill(free=free >> 20)


def _check_clock(home: Home) -> Iterator[str]:
    """Compare the clock with all that is on record, not with taps alone as the door does. A simulation sets its own."""
    if home.simulation:
        return
    monitor, reading = home.door.clock_monitor, home.clock.read()
    recorded = monitor.find_last_record(reading)
    if recorded is not None and home.clock.now() < instant(recorded) - CLOCK_MARGIN:
        monitor.set_floor(recorded)
        yield ScreenText.CLOCK_BEFORE_LAST_RECORD.fill(recorded=format_instant(instant(recorded), home.zone))
    elif monitor.is_far(reading):
        yield ScreenText.CLOCK_FAR_AHEAD.fill(shown=format_instant(reading.at, home.zone))
