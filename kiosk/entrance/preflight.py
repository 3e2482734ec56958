"""The gate: what is looked at before the entrance opens, and what is done about it.

Rule: where a tap could be lost, the entrance stays shut and says "sign on paper"; everything else is told in the
messages, and people are let in.
"""

import logging
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from domain.log.errors import LogDamaged
from domain.log.reserve import RESERVE_BYTES, count_free_bytes
from domain.log.sqlite_version import SQLITE, can_corrupt_wal
from domain.spans import second
from kiosk.home import Home, read_last_recorded_at
from kiosk.home_files import OTHERS
from kiosk.words.log_errors import explain_verdict
from kiosk.words.screens import ScreenText

LOG = logging.getLogger(__name__)

LOW_SPACE_BYTES = 4 * RESERVE_BYTES
"""Bytes below which somebody should make room."""
CLOCK_MARGIN = timedelta(minutes=2)
"""How far the clock may stand before the last record: more, and it was set back or has lost its battery."""
RESERVE_CHECK_SECONDS = 60.0
"""Seconds between two looks at the disk while the entrance is open."""


def run_preflight(home: Home) -> None:
    """Look at everything; what is amiss and keeps nobody out is told in the messages. Raises: LogError."""
    _verify_tail(home)
    home.fill_reserve()
    home.log.probe()
    for told in (*_check_sqlite(), *_check_permissions(home.path), *_check_space(home), *_check_clock(home)):
        LOG.warning("%s", told)


@contextmanager
def keep_reserve_filled(home: Home) -> Generator[None]:
    """While the entrance is open the reserve is taken again as soon as the disk has room."""
    over = Event()

    def look() -> None:
        while not over.wait(RESERVE_CHECK_SECONDS):
            home.fill_reserve()

    Thread(target=look, name="reserve", daemon=True).start()
    try:
        yield
    finally:
        over.set()


# --- What keeps the entrance shut ---


def _verify_tail(home: Home) -> None:
    """That the log did not go back was seen when it was opened; that its last events fit the chain is seen here."""
    verdict = home.log.verify_tail()
    if not verdict.whole:
        raise LogDamaged(home.log.path, explain_verdict(verdict))


# --- What is told ---


def _check_sqlite() -> Iterator[str]:
    if can_corrupt_wal():
        yield ScreenText.SQLITE_SPOIL_WAL_TWO_WRITE.fill(sqlite=SQLITE)


def _check_permissions(folder: Path) -> Iterator[str]:
    """The files that matter most were looked at when they were opened."""
    for file in sorted(folder.iterdir()):
        mode = file.lstat().st_mode
        if stat.S_ISREG(mode) and mode & OTHERS:
            yield ScreenText.OPEN_OTHER_USERS.fill(name=file.name, value=stat.S_IMODE(mode))


def _check_space(home: Home) -> Iterator[str]:
    free = count_free_bytes(home.path)
    if home.reserve_released:
        yield ScreenText.DISK_MIB_FREE.fill(free=free >> 20)
    elif free < LOW_SPACE_BYTES:
        yield ScreenText.DISK_MIB_FREE_2.fill(free=free >> 20)


def _check_clock(home: Home) -> Iterator[str]:
    """The door judges by its own taps; this goes by all that is on record. A simulation lives by its own time."""
    recorded = read_last_recorded_at(home.log)
    if not home.simulation and home.clock.now() < recorded - CLOCK_MARGIN:
        home.door.clock_monitor.set_floor(second(recorded))
        yield ScreenText.CLOCK_STANDS_BEFORE_LAST_RECORD.fill(recorded=recorded)
