"""Checks of the door: is the entrance open, and has it got its readers.

Rule: no port is opened to look at it, because opening one may reset the reader: the kernel's list of locks says who
holds it.
"""

import os
from pathlib import Path

from devices.ports.addresses import parse_address
from kiosk.home_files import ENTRANCE_LOCK
from kiosk.lockfile import is_held
from kiosk.settings import Reader
from kiosk.status.subject import Check, CheckedHome
from kiosk.words.status import StatusText

LOCKS = Path("/proc/locks")
"""proc_locks(5): a lock a line; the sixth word is the file, `major:minor:inode` with the device in hexadecimal."""


def check_entrance(subject: CheckedHome) -> Check:
    """An entrance is open where one should be."""
    if is_entrance_open(subject.path):
        return Check("entrance", True, "open")
    if not subject.settings.readers:
        return Check("entrance", True, StatusText.CLOSED_HOME_NO_READERS)
    advice = StatusText.START
    return Check("entrance", subject.simulation, f"closed: {advice}")


def is_entrance_open(home: Path) -> bool:
    """Whether a program holds the entrance of a home."""
    return is_held(home / ENTRANCE_LOCK)


def check_readers(subject: CheckedHome) -> Check:
    """Every reader of the settings is there and can be used, and the entrance holds it while it is open."""
    configured = subject.settings.readers
    if not configured:
        return Check("readers", subject.simulation, StatusText.NONE_ADD_READER_BLOCK_KIOSK)
    opened = is_entrance_open(subject.path)
    wrong = [f"{reader.name} {why}" for reader in configured if (why := _diagnose_reader(reader, entrance_open=opened))]
    names = ", ".join(reader.name for reader in configured)
    return Check("readers", not wrong, "; ".join(wrong) or f"{names}: {'in use' if opened else 'there'}")


def _diagnose_reader(reader: Reader, *, entrance_open: bool) -> str:
    """What keeps a reader from being read; empty when nothing does, or nothing can be seen from here."""
    address = parse_address(reader.port)
    if address.kind == "pcsc" or "://" in address.place:
        return ""
    port = Path(address.place)
    if not port.exists():
        return StatusText.NOT
    if not os.access(port, os.R_OK | os.W_OK):
        return StatusText.NOT_USED_USER.fill(group=_find_group(port))
    if address.kind == "keyboard":
        return ""
    return _diagnose_lock(port, entrance_open=entrance_open)


def _diagnose_lock(port: Path, *, entrance_open: bool) -> str:
    held = is_locked(port)
    if entrance_open and not held:
        return StatusText.ENTRANCE_NOT_HOLD
    if held and not entrance_open:
        return StatusText.USED_ANOTHER_PROGRAM
    return ""


def is_locked(port: Path) -> bool:
    """Whether some program holds a lock on a device. Where the kernel does not say, nobody does."""
    found = port.stat()
    wanted = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    try:
        return any(wanted in line.split() for line in LOCKS.read_text(encoding="ascii").splitlines())
    except OSError:
        return False


def _find_group(port: Path) -> str:
    try:
        return port.group()
    except KeyError:
        return str(port.stat().st_gid)
