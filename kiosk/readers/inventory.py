"""All ports of this machine and all readers of kiosk.toml, a row each, with what is known and what is wrong.

Rule: what is configured and not there is a row as well: it is the one that somebody looks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devices.ports.addresses import PCSC, AddressKind, parse_address
from devices.ports.errors import PortUnavailable
from devices.profiles.registry import BUILTIN_PROFILES
from devices.readers.pcsc_reader import PcscSlots
from kiosk.readers.attached_ports import AttachedPort
from kiosk.readers.diagnostics import diagnose_port
from kiosk.settings import Reader
from kiosk.words.readers import ReaderText

MISSING = ReaderText.NOT
PCSC_PROFILE = "pcsc"
"""The one profile of such readers."""


@dataclass(frozen=True, slots=True)
class PortRow:
    """One row."""

    port: str
    kind: AddressKind
    device: str | None
    usb: str | None
    """As `lsusb` writes it."""
    says: str | None
    """What it calls itself."""
    likely: str | None
    """What it usually is."""
    reader: str | None
    """What kiosk.toml calls it; None where it is not configured."""
    wrong: list[str]


def build_port_rows(ports: Sequence[AttachedPort], readers: Sequence[Reader], *, entrance_open: bool) -> list[PortRow]:
    """What is attached, then what is configured and was not found."""
    rows = [_build_attached_row(port, find_reader_at(port, readers), entrance_open=entrance_open) for port in ports]
    found = {row.reader for row in rows}
    return [
        *rows,
        *(_build_configured_row(reader, entrance_open=entrance_open) for reader in readers if reader.name not in found),
    ]


def find_reader_at(port: AttachedPort, readers: Sequence[Reader]) -> Reader | None:
    """The configured reader that hangs there, however its port is written."""
    return next((reader for reader in readers if _is_at(reader, port)), None)


def is_same_port(one: str, other: str) -> bool:
    """Whether two addresses lead to the same place: links of udev lead to devices."""
    return one == other or (_resolve_place(one) is not None and _resolve_place(one) == _resolve_place(other))


def _is_at(reader: Reader, port: AttachedPort) -> bool:
    if port.kind == "pcsc" and reader.port.startswith(PCSC):
        return parse_address(reader.port).place.casefold() in port.address.removeprefix(PCSC).casefold()
    return is_same_port(reader.port, port.address)


def _resolve_place(address: str) -> tuple[AddressKind, Path] | None:
    found = parse_address(address)
    return (found.kind, Path(found.place).resolve()) if found.place.startswith("/") else None


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
    wrong = _diagnose_reader(reader, kind, entrance_open=entrance_open)
    return PortRow(reader.port, kind, None, None, None, None, reader.name, wrong)


def _diagnose_reader(reader: Reader, kind: AddressKind, *, entrance_open: bool) -> list[str]:
    """A device that nobody listed may still be there, as a terminal is; a server is not asked."""
    place = parse_address(reader.port).place
    if kind == "pcsc":
        return _diagnose_pcsc_service(place)
    if place.startswith("/") and not Path(place).exists():
        return [MISSING]
    device = Path(place) if place.startswith("/") else None
    return diagnose_port(AttachedPort(reader.port, kind, device), entrance_open=entrance_open)


def _diagnose_pcsc_service(wanted: str) -> list[str]:
    """To ask the service for its readers disturbs none of them."""
    try:
        PcscSlots(wanted, BUILTIN_PROFILES[PCSC_PROFILE]).close()
    except PortUnavailable as trouble:
        return [trouble.reason]
    return []
