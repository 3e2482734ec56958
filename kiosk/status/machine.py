"""Checks of the machine: free space, access to the files, and whether what the clock shows can be right.

Rule: what a person has to do stands in the sentence, with the boot session that it is about.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from domain.clock import CLOCK_MARGIN, OK, UNSYNCHRONISED
from domain.log.event_rows import decode_recorded_at
from domain.model.known_past import EARLIEST
from domain.spans import instant, second
from kiosk.home import Home
from kiosk.home_files import HEADS_FOLDER, LOG_FILE, OTHERS
from kiosk.status.checked_home import CannotCheck, Check, CheckedHome
from kiosk.words.reports import StatusText
from kiosk.words.sentence import format_instant
from projections.read_models.unsynchronised_taps import WaitingClock, list_clocks_ahead, list_waiting_clocks

GIB = 2**30
MIN_FREE_SPACE = GIB
"""Bytes. Rebuilding writes new views beside the old ones, and a backup a copy of the log."""
YEAR = timedelta(days=365)
DISK_BYTES_PER_LOG_BYTE = 3
"""Bytes of disk for each byte by which the log grows: its own, as many for the views, as many for a backup."""
WRITERS = stat.S_IWGRP | stat.S_IWOTH
"""Others who may change a file."""
MIN_LOG_AGE = timedelta(days=30)
"""A younger log gives no estimate of a year; it is treated as this old."""


def check_free_space(checked: CheckedHome) -> Check:
    """The disk has room for a year of this log."""
    disk = os.statvfs(checked.path)
    return build_space_check(checked, disk.f_bavail * disk.f_frsize)


def build_space_check(checked: CheckedHome, free: int) -> Check:
    """The check of a disk with so many free bytes."""
    opened = checked.home_or_trouble if isinstance(checked.home_or_trouble, Home) else None
    needed = max(MIN_FREE_SPACE, DISK_BYTES_PER_LOG_BYTE * _estimate_yearly_growth(checked) if opened else 0)
    summary = StatusText.FREE_SPACE.fill(free=_format_gib(free), needed=_format_gib(needed))
    if free < needed:
        return Check("free_space", False, StatusText.TOO_LITTLE_SPACE.fill(summary=summary))
    if opened and opened.reserve_released:
        return Check("free_space", False, StatusText.RESERVE_RELEASED.fill(summary=summary))
    return Check("free_space", True, summary)


def _estimate_yearly_growth(checked: CheckedHome) -> int:
    """Bytes that the log which is written here will take in a year, in a file, if it grows as before."""
    written = (decode_recorded_at(row[4]) for row in checked.home.log.own.read_rows(limit=1))
    age = next((checked.machine.now() - begins for begins in written if begins), MIN_LOG_AGE)
    file = checked.path / LOG_FILE
    return round(file.stat().st_size * (YEAR / max(age, MIN_LOG_AGE))) if file.exists() else 0


def _format_gib(size: int) -> str:
    return f"{size / GIB:.1f} GiB"


def check_file_modes(checked: CheckedHome) -> Check:
    """Only the owner of the home may read it, and every file in it belongs to the owner; signed heads are no secret."""
    owner, heads = checked.path.stat().st_uid, checked.path / HEADS_FOLDER
    faults = sorted(
        fault
        for path in _walk_files(checked.path)
        for fault in _find_wrong_modes(path, owner, WRITERS if path.is_relative_to(heads) else OTHERS)
    )
    if not faults:
        return Check("files", True, StatusText.FILES_CLOSED.fill())
    others = StatusText.AND_MORE.fill(count=len(faults) - 3) if len(faults) > 3 else ""
    advice = StatusText.FILE_MODES_ADVICE.fill(path=checked.path)
    named = ", ".join(faults[:3]) + others
    return Check("files", False, StatusText.FAULTS_AND_ADVICE.fill(faults=named, advice=advice))


def _walk_files(folder: Path) -> Iterator[Path]:
    yield folder
    for entry in folder.iterdir():
        yield from _walk_files(entry) if entry.is_dir() and not entry.is_symlink() else (entry,)


def _find_wrong_modes(path: Path, owner: int, closed: int) -> Iterator[str]:
    try:
        found = path.lstat()
    except FileNotFoundError:  # another program has just replaced it
        return
    if not stat.S_ISLNK(found.st_mode) and found.st_mode & closed:
        yield StatusText.FILE_OPEN_TO_OTHERS.fill(name=path.name, mode=stat.S_IMODE(found.st_mode))
    if found.st_uid != owner:
        yield StatusText.FILE_OF_ANOTHER_USER.fill(name=path.name)


# --- The clock ---


def check_clock(checked: CheckedHome) -> Check:
    """The clock is synchronised and can be right, and no tap waits for a clock to be put right; or it is simulated."""
    if checked.simulation:
        return Check("clock", True, StatusText.CLOCK_SIMULATED.fill())
    if not isinstance(checked.home_or_trouble, Home):
        return build_clock_check(checked.machine.read().trust)
    home = checked.home_or_trouble
    for fault in _find_faults(checked, home):
        return Check("clock", False, fault)
    return build_clock_check(home.clock_monitor.rate(home.clock.read()).trust)


def build_clock_check(trust: str) -> Check:
    """The check of a clock with which nothing else is wrong."""
    if trust == OK:
        return Check("clock", True, StatusText.CLOCK_TRUSTED.fill())
    why = StatusText.CLOCK_UNSYNCHRONISED.fill() if trust == UNSYNCHRONISED else StatusText.CLOCK_UNKNOWN.fill()
    return Check("clock", False, StatusText.CLOCK_ADVICE.fill(why=why))


def _find_faults(checked: CheckedHome, home: Home) -> Iterator[str]:
    """What a person has to do, the most urgent first."""
    monitor, reading = home.clock_monitor, home.clock.read()
    rated = monitor.rate(reading)
    if second(reading.at) < EARLIEST:
        yield StatusText.CLOCK_BEFORE_RELEASE.fill(shown=format_instant(reading.at, home.zone))
    if rated.trust != OK and monitor.is_far(reading):
        yield StatusText.CLOCK_FAR_AHEAD.fill(shown=format_instant(reading.at, home.zone))
    with suppress(CannotCheck):  # another check says so
        for ahead in list_clocks_ahead(checked.views, second(reading.at + CLOCK_MARGIN)):
            yield _format(StatusText.CLOCK_WAS_AHEAD, ahead, checked)
    recorded = monitor.find_last_record(reading)
    if rated.trust != OK and recorded is not None and reading.at < instant(recorded) - CLOCK_MARGIN:
        yield StatusText.CLOCK_BEFORE_LAST_RECORD.fill(recorded=format_instant(instant(recorded), home.zone))
    if rated.trust == OK:
        with suppress(CannotCheck):
            for waiting in list_waiting_clocks(checked.views):
                yield _format(StatusText.CLOCK_TAPS_WAIT, waiting, checked)


def _format(text: StatusText, clock: WaitingClock, checked: CheckedHome) -> str:
    last = checked.format_local(clock.last)
    return text.fill(taps=clock.taps, kiosk=clock.kiosk, boot=clock.boot, last=last)
