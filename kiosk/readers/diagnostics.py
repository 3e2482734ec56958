"""What keeps a port from being read, and what to do: seen from outside, without opening it.

Rule: one sentence a trouble, each with what ends it. What cannot be seen from here is not guessed.
"""

import getpass
import os
from collections.abc import Iterator
from pathlib import Path

from devices.ports.conflicts import explain_conflicts
from kiosk.readers.attached_ports import AttachedPort
from kiosk.readers.usb import BRLTTY_VENDORS
from kiosk.status.entrance import is_locked
from kiosk.words.readers import ReaderText

PROCESSES = Path("/proc")
BRLTTY_PROGRAMS = (Path("/usr/bin/brltty"), Path("/usr/sbin/brltty"), Path("/bin/brltty"), Path("/sbin/brltty"))
"""Where the program is, if it is installed."""


def diagnose_port(port: AttachedPort, *, entrance_open: bool, processes: Path = PROCESSES) -> list[str]:
    """What is wrong with a port. `entrance_open`: an entrance of this home runs, and the port is one of its readers."""
    if port.device is None:
        return []
    found = [
        *_diagnose_permission(port.device),
        *_diagnose_holders(port.device, processes, entrance_open=entrance_open),
    ]
    return [*found, *_diagnose_conflicts(port, processes)] if port.kind == "serial" else found


def _diagnose_permission(device: Path) -> Iterator[str]:
    if not os.access(device, os.R_OK | os.W_OK):
        group, user = _find_group(device), getpass.getuser()
        yield ReaderText.NOT_USE.fill(user=user, group=group)


def _find_group(device: Path) -> str:
    try:
        return device.group()
    except KeyError:
        return str(device.stat().st_gid)


def _diagnose_holders(device: Path, processes: Path, *, entrance_open: bool) -> Iterator[str]:
    if entrance_open:
        yield ReaderText.ENTRANCE_OPEN
        return
    holders = list(find_holders(device, processes))
    if holders:
        yield ReaderText.USE.fill(holders=", ".join(holders))
    elif is_locked(device):
        yield ReaderText.USE_ANOTHER_PROGRAM


def find_holders(device: Path, processes: Path = PROCESSES) -> Iterator[str]:
    """The programs that have a device open, with their numbers; those of other users only where root asks."""
    for process in sorted(processes.glob("[0-9]*"), key=lambda path: int(path.name)):
        if process.name != str(os.getpid()) and _has_open(process, device):
            yield f"{_read_process_name(process)} ({process.name})"


def _has_open(process: Path, device: Path) -> bool:
    try:
        return any(file.readlink() == device.resolve() for file in (process / "fd").iterdir())
    except OSError:  # it is somebody else's, or has ended meanwhile
        return False


def _read_process_name(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return "a program"


def _diagnose_conflicts(port: AttachedPort, processes: Path) -> Iterator[str]:
    running = explain_conflicts(processes)
    if running:
        yield running.removesuffix(".")
    endangered = port.usb is not None and port.usb.vendor in BRLTTY_VENDORS
    if endangered and "brltty" not in running and any(program.exists() for program in BRLTTY_PROGRAMS):
        yield ReaderText.BRLTTY_INSTALLED_TAKES_SUCH_ADAPTERS
