"""Checks of the machine: free space, access to the files, synchronisation of the clock."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import CLOCK_MARGIN, OK
from kiosk.home import Home, read_last_recorded_at
from kiosk.home_files import LOG_FILE, OTHERS
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.reports import StatusText

GIB = 2**30
MIN_FREE_SPACE = GIB
"""Bytes. Rebuilding writes new views beside the old ones, and a backup a copy of the log."""
YEAR = timedelta(days=365)
DISK_BYTES_PER_LOG_BYTE = 3
"""Bytes of disk for each byte by which the log grows: its own, as many for the views, as many for a backup."""
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
    """Bytes that the log will take in a year if it grows as before."""
    log = checked.home.log
    (first,) = log.read_entries(limit=1)
    age = max(checked.machine.now() - first.event.timestamp, MIN_LOG_AGE)
    return round((checked.path / LOG_FILE).stat().st_size * (YEAR / age))


def _format_gib(size: int) -> str:
    return f"{size / GIB:.1f} GiB"


def check_file_modes(checked: CheckedHome) -> Check:
    """Only the owner of the home may read it, and every file in it belongs to the owner."""
    owner = checked.path.stat().st_uid
    faults = sorted(fault for path in _walk_files(checked.path) for fault in _find_wrong_modes(path, owner))
    if not faults:
        return Check("files", True, StatusText.FILES_CLOSED.fill())
    others = f", and {len(faults) - 3} more" if len(faults) > 3 else ""
    advice = StatusText.FILE_MODES_ADVICE.fill(path=checked.path)
    return Check("files", False, f"{', '.join(faults[:3])}{others}: {advice}")


def _walk_files(folder: Path) -> Iterator[Path]:
    yield folder
    for entry in folder.iterdir():
        yield from _walk_files(entry) if entry.is_dir() and not entry.is_symlink() else (entry,)


def _find_wrong_modes(path: Path, owner: int) -> Iterator[str]:
    try:
        found = path.lstat()
    except FileNotFoundError:  # another program has just replaced it
        return
    if not stat.S_ISLNK(found.st_mode) and found.st_mode & OTHERS:
        yield StatusText.FILE_OPEN_TO_OTHERS.fill(name=path.name, mode=stat.S_IMODE(found.st_mode))
    if found.st_uid != owner:
        yield StatusText.FILE_OF_ANOTHER_USER.fill(name=path.name)


def check_clock(checked: CheckedHome) -> Check:
    """The clock is synchronised, or simulated."""
    if checked.simulation:
        return Check("clock", True, StatusText.CLOCK_SIMULATED.fill())
    reading = checked.machine.read()
    recorded = read_last_recorded_at(checked.home.log) if isinstance(checked.home_or_trouble, Home) else reading.at
    return build_clock_check(reading.trust, reading.at, recorded)


def build_clock_check(trust: str, now: datetime, recorded: datetime) -> Check:
    """The check of a clock that shows `now`, when the last record was made at `recorded`."""
    if now < recorded - CLOCK_MARGIN:
        return Check("clock", False, StatusText.CLOCK_BEFORE_LAST_RECORD.fill(recorded=recorded))
    if trust == OK:
        return Check("clock", True, "follows a reference")
    why = StatusText.CLOCK_UNSYNCHRONISED.fill() if trust == "unsynchronised" else StatusText.CLOCK_UNKNOWN.fill()
    return Check("clock", False, StatusText.CLOCK_ADVICE.fill(why=why))
