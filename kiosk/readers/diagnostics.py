"""What keeps a port from being read, seen from outside, and the table of all ports and configured readers.

Rule: no port is opened, because opening one may reset the reader: access rights, the processes that have the device
open and the kernel's list of locks are read instead. One sentence a fault, each with its remedy.
"""

import getpass
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from devices.faults import Conflict
from devices.ports.addresses import AddressKind, parse_address
from devices.ports.conflicts import find_conflicts
from devices.ports.errors import PortUnavailable
from devices.profiles.registry import BUILTIN_PROFILES
from devices.readers.pcsc_reader import PcscSlots
from domain.log.lock_holder import find_holder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import is_entrance_open
from kiosk.reader_settings import Reader
from kiosk.readers.inventory import BRLTTY_VENDORS, AttachedPort, find_reader_at, is_same_port
from kiosk.words.devices import explain_conflict, explain_fault
from kiosk.words.readers import ReaderText

PROCESSES = Path("/proc")
BRLTTY_PROGRAMS = (Path("/usr/bin/brltty"), Path("/usr/sbin/brltty"), Path("/bin/brltty"), Path("/sbin/brltty"))
"""Where the program is, if it is installed."""
PCSC_PROFILE = "pcsc"
"""The one profile of PC/SC readers."""


# --- Who has a port ---


def demand_port_free(home: Path, readers: Sequence[Reader], address: str) -> None:
    """Two programs that read one port get half of each card. Raises: UserError, when the entrance has it open."""
    if is_entrance_open(home) and any(is_same_port(reader.port, address) for reader in readers):
        raise UserError(ReaderText.CLOSE_THE_ENTRANCE.fill(address=address), EXIT_NO)


def find_device(address: str) -> Path | None:
    """The device file of an address; None for a PC/SC reader and a network address, where there is none."""
    found = parse_address(address)
    return Path(found.place) if found.kind != "pcsc" and "://" not in found.place else None


def may_use(device: Path) -> bool:
    """Whether this user may read and write a device."""
    return os.access(device, os.R_OK | os.W_OK)


def find_group(device: Path) -> str:
    """The group that may use a device: its name, or its number when it has none."""
    try:
        return device.group()
    except KeyError:
        return str(device.stat().st_gid)


def is_locked(device: Path) -> bool:
    """Whether a program holds a lock on a device; False where the kernel's list cannot be read."""
    return find_holder(device.stat()) is not None


def find_holders(device: Path, processes: Path = PROCESSES) -> Iterator[str]:
    """The programs that have a device open, with their numbers; those of other users only when run as root."""
    for process in sorted(processes.glob("[0-9]*"), key=lambda path: int(path.name)):
        if process.name != str(os.getpid()) and _has_open(process, device):
            yield f"{_read_process_name(process)} ({process.name})"


def _has_open(process: Path, device: Path) -> bool:
    try:
        return any(file.readlink() == device.resolve() for file in (process / "fd").iterdir())
    except OSError:  # it belongs to another user, or has ended meanwhile
        return False


def _read_process_name(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ReaderText.A_PROGRAM.fill()


# --- One port ---


def diagnose_port(port: AttachedPort, *, entrance_open: bool, processes: Path = PROCESSES) -> list[str]:
    """The faults of a port. `entrance_open`: an entrance of this home runs, and the port is one of its readers."""
    if port.device is None:
        return []
    found = [
        *_diagnose_permission(port.device),
        *_diagnose_holders(port.device, processes, entrance_open=entrance_open),
    ]
    return [*found, *_diagnose_conflicts(port, processes)] if port.kind == "serial" else found


def _diagnose_permission(device: Path) -> Iterator[str]:
    if not may_use(device):
        yield ReaderText.NO_PERMISSION.fill(user=getpass.getuser(), group=find_group(device))


def _diagnose_holders(device: Path, processes: Path, *, entrance_open: bool) -> Iterator[str]:
    if entrance_open:
        yield ReaderText.HELD_BY_ENTRANCE.fill()
        return
    holders = list(find_holders(device, processes))
    if holders:
        yield ReaderText.HELD_BY_PROGRAMS.fill(holders=", ".join(holders))
    elif is_locked(device):
        yield ReaderText.HELD_BY_ANOTHER_PROGRAM.fill()


def _diagnose_conflicts(port: AttachedPort, processes: Path) -> Iterator[str]:
    running = find_conflicts(processes)
    if running:
        yield " ".join(map(explain_conflict, running)).removesuffix(".")
    endangered = port.usb is not None and port.usb.vendor in BRLTTY_VENDORS
    if endangered and Conflict.BRLTTY not in running and any(program.exists() for program in BRLTTY_PROGRAMS):
        yield ReaderText.BRLTTY_INSTALLED.fill()


# --- All ports and all configured readers ---


@dataclass(frozen=True, slots=True)
class PortRow:
    """One row of `kiosk readers list`."""

    port: str
    kind: AddressKind
    device: str | None
    usb: str | None
    """As `lsusb` writes it."""
    says: str | None
    """The maker and name that the device reports."""
    likely: str | None
    """The kind of reader that it usually is."""
    reader: str | None
    """Its name in kiosk.toml; None when it is not configured."""
    wrong: list[str]


def build_port_rows(ports: Sequence[AttachedPort], readers: Sequence[Reader], *, entrance_open: bool) -> list[PortRow]:
    """The attached ports, then the configured readers that are at none of them."""
    rows = [_build_attached_row(port, find_reader_at(port, readers), entrance_open=entrance_open) for port in ports]
    found = {row.reader for row in rows}
    return [
        *rows,
        *(_build_configured_row(reader, entrance_open=entrance_open) for reader in readers if reader.name not in found),
    ]


def _build_attached_row(port: AttachedPort, reader: Reader | None, *, entrance_open: bool) -> PortRow:
    return PortRow(
        port.address,
        port.kind,
        str(port.device) if port.device else None,
        port.usb.id if port.usb else None,
        port.usb.description if port.usb else None,
        (port.usb.likely if port.usb else PCSC_PROFILE if port.kind == "pcsc" else "") or None,
        reader.name if reader else None,
        diagnose_port(port, entrance_open=entrance_open and reader is not None),
    )


def _build_configured_row(reader: Reader, *, entrance_open: bool) -> PortRow:
    kind = parse_address(reader.port).kind
    wrong = _diagnose_configured(reader, kind, entrance_open=entrance_open)
    return PortRow(reader.port, kind, None, None, None, None, reader.name, wrong)


def _diagnose_configured(reader: Reader, kind: AddressKind, *, entrance_open: bool) -> list[str]:
    """A device that is not in the inventory may exist, as a pseudo-terminal does; a server is not contacted."""
    place = parse_address(reader.port).place
    if kind == "pcsc":
        return _diagnose_pcsc_service(place)
    if place.startswith("/") and not Path(place).exists():
        return [ReaderText.MISSING.fill()]
    device = Path(place) if place.startswith("/") else None
    return diagnose_port(AttachedPort(reader.port, kind, device), entrance_open=entrance_open)


def _diagnose_pcsc_service(wanted: str) -> list[str]:
    """Listing the readers of the service disturbs none of them."""
    try:
        PcscSlots(wanted, BUILTIN_PROFILES[PCSC_PROFILE]).close()
    except PortUnavailable as trouble:
        return [explain_fault(trouble.fault)]
    return []
