"""Checks of the machine: room on the disk, who may read the files, what vouches for the clock."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import OK
from kiosk.entrance.preflight import CLOCK_MARGIN
from kiosk.home import Home, read_last_recorded_at
from kiosk.home_files import LOG_FILE, OTHERS
from kiosk.status.subject import Check, CheckedHome
from kiosk.words.status import StatusText

GIB = 2**30
MIN_FREE_SPACE = GIB
"""Bytes. A night writes the views anew beside the old ones, and a backup a copy of the log."""
YEAR = timedelta(days=365)
DISK_BYTES_PER_LOG_BYTE = 3
"""Bytes of disk for each byte that the log grows: views take as much, and a copy of the log is made as a backup."""
MIN_LOG_AGE = timedelta(days=30)
"""A log younger than that says nothing about a year yet; it is reckoned as if it had taken so long."""


def check_free_space(subject: CheckedHome) -> Check:
    """The disk has room for a year of this log."""
    disk = os.statvfs(subject.path)
    return build_space_check(subject, disk.f_bavail * disk.f_frsize)


def build_space_check(subject: CheckedHome, free: int) -> Check:
    """The same, of a disk with so many free bytes."""
    opened = subject.home_or_trouble if isinstance(subject.home_or_trouble, Home) else None
    needed = max(MIN_FREE_SPACE, DISK_BYTES_PER_LOG_BYTE * _estimate_yearly_growth(subject) if opened else 0)
    said = StatusText.FREE_WANTED_YEAR.fill(gib=_format_gib(free), gib_2=_format_gib(needed))
    if free < needed:
        return Check("free_space", False, StatusText.MAKE_ROOM_TAKE_LARGER_DISK.fill(said=said))
    if opened and opened.reserve_released:
        return Check("free_space", False, StatusText.NO_ROOM_KEPT_TAPS.fill(said=said))
    return Check("free_space", True, said)


def _estimate_yearly_growth(subject: CheckedHome) -> int:
    """Bytes that the log will take in a year if it grows as it did."""
    log = subject.home.log
    (first,) = log.read_entries(limit=1)
    age = max(subject.machine.now() - first.event.timestamp, MIN_LOG_AGE)
    return round((subject.path / LOG_FILE).stat().st_size * (YEAR / age))


def _format_gib(size: int) -> str:
    return f"{size / GIB:.1f} GiB"


def check_file_modes(subject: CheckedHome) -> Check:
    """Nobody but the owner of the home may look into it, and everything in it is the owner's."""
    owner = subject.path.stat().st_uid
    wrong = sorted(complaint for path in _walk_files(subject.path) for complaint in _find_wrong_modes(path, owner))
    if not wrong:
        return Check("files", True, StatusText.CLOSED_OTHER_USERS)
    more = f", and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    advice = StatusText.RUN_CHMOD_R_GO_CHOWN.fill(path=subject.path)
    return Check("files", False, f"{', '.join(wrong[:3])}{more}: {advice}")


def _walk_files(folder: Path) -> Iterator[Path]:
    yield folder
    for entry in folder.iterdir():
        yield from _walk_files(entry) if entry.is_dir() and not entry.is_symlink() else (entry,)


def _find_wrong_modes(path: Path, owner: int) -> Iterator[str]:
    try:
        found = path.lstat()
    except FileNotFoundError:  # another program has just put a new one in its place
        return
    if not stat.S_ISLNK(found.st_mode) and found.st_mode & OTHERS:
        yield StatusText.OPEN_OTHERS.fill(name=path.name, value=stat.S_IMODE(found.st_mode))
    if found.st_uid != owner:
        yield StatusText.BELONGS_ANOTHER_USER.fill(name=path.name)


def check_clock(subject: CheckedHome) -> Check:
    """Somebody vouches for the time."""
    if subject.simulation:
        return Check("clock", True, StatusText.FOLLOWS_BATCHES)
    reading = subject.machine.read()
    recorded = read_last_recorded_at(subject.home.log) if isinstance(subject.home_or_trouble, Home) else reading.at
    return build_clock_check(reading.trust, reading.at, recorded)


def build_clock_check(trust: str, now: datetime, recorded: datetime) -> Check:
    """The same, of a clock that shows `now` after something was recorded at `recorded`."""
    if now < recorded - CLOCK_MARGIN:
        return Check("clock", False, StatusText.STANDS_BEFORE_LAST_RECORD.fill(recorded=recorded))
    if trust == OK:
        return Check("clock", True, "follows a reference")
    why = StatusText.FOLLOWS_NO_REFERENCE if trust == "unsynchronised" else StatusText.CANNOT_ASKED_FOLLOWS
    return Check("clock", False, StatusText.LOOK_WHETHER_TIME_SERVICE_RUNS.fill(why=why))
