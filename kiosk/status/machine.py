"""Checks of the machine: room on the disk, who may read the files, what vouches for the clock."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from domain.clock import OK
from kiosk.entrance.preflight import CLOCK_MARGIN
from kiosk.home import Home, last_recorded
from kiosk.home_files import LOG_FILE, OTHERS
from kiosk.status.subject import Check, Subject

GIB = 2**30
LITTLE_ROOM = GIB
"""Bytes. A night writes the views anew beside the old ones, and a backup a copy of the log."""
YEAR = timedelta(days=365)
PER_LOGGED_BYTE = 3
"""Bytes of disk for each byte that the log grows: views take as much, and a copy of the log is made as a backup."""
SHORTEST_GROWTH = timedelta(days=30)
"""A log younger than that says nothing about a year yet; it is reckoned as if it had taken so long."""


def free_space(subject: Subject) -> Check:
    """The disk has room for a year of this log."""
    disk = os.statvfs(subject.path)
    return about_space(subject, disk.f_bavail * disk.f_frsize)


def about_space(subject: Subject, free: int) -> Check:
    """The same, of a disk with so many free bytes."""
    opened = subject.opened if isinstance(subject.opened, Home) else None
    needed = max(LITTLE_ROOM, PER_LOGGED_BYTE * _growth_of_a_year(subject) if opened else 0)
    said = f"{_gib(free)} free, {_gib(needed)} wanted for a year"
    if free < needed:
        return Check("free_space", False, f"{said}: make room, or take a larger disk")
    if opened and opened.reserve_released:
        return Check("free_space", False, f"{said}, but no room is kept for taps: open the entrance, it takes it again")
    return Check("free_space", True, said)


def _growth_of_a_year(subject: Subject) -> int:
    """Bytes that the log will take in a year if it grows as it did."""
    log = subject.home.log
    (first,) = log.entries(limit=1)
    age = max(subject.machine.now() - first.event.timestamp, SHORTEST_GROWTH)
    return round((subject.path / LOG_FILE).stat().st_size * (YEAR / age))


def _gib(size: int) -> str:
    return f"{size / GIB:.1f} GiB"


def file_modes(subject: Subject) -> Check:
    """Nobody but the owner of the home may look into it, and everything in it is the owner's."""
    owner = subject.path.stat().st_uid
    wrong = sorted(complaint for path in _all_in(subject.path) for complaint in _complaints(path, owner))
    if not wrong:
        return Check("files", True, "closed to other users")
    more = f", and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    advice = f"run `chmod -R go= {subject.path}` and `chown -R --reference={subject.path} {subject.path}`"
    return Check("files", False, f"{', '.join(wrong[:3])}{more}: {advice}")


def _all_in(folder: Path) -> Iterator[Path]:
    yield folder
    for entry in folder.iterdir():
        yield from _all_in(entry) if entry.is_dir() and not entry.is_symlink() else (entry,)


def _complaints(path: Path, owner: int) -> Iterator[str]:
    try:
        found = path.lstat()
    except FileNotFoundError:  # another program has just put a new one in its place
        return
    if not stat.S_ISLNK(found.st_mode) and found.st_mode & OTHERS:
        yield f"{path.name} is open to others ({stat.S_IMODE(found.st_mode):04o})"
    if found.st_uid != owner:
        yield f"{path.name} belongs to another user"


def clock(subject: Subject) -> Check:
    """Somebody vouches for the time."""
    if subject.simulation:
        return Check("clock", True, "follows the batches: this is a simulation")
    reading = subject.machine.read()
    recorded = last_recorded(subject.home.log) if isinstance(subject.opened, Home) else reading.at
    return about_clock(reading.trust, reading.at, recorded)


def about_clock(trust: str, now: datetime, recorded: datetime) -> Check:
    """The same, of a clock that shows `now` after something was recorded at `recorded`."""
    if now < recorded - CLOCK_MARGIN:
        return Check("clock", False, f"it stands before the last record ({recorded:%Y-%m-%d %H:%M} UTC): set it")
    if trust == OK:
        return Check("clock", True, "follows a reference")
    why = "follows no reference" if trust == "unsynchronised" else "cannot be asked what it follows"
    return Check("clock", False, f"{why}: look whether the time service runs (`timedatectl`)")
