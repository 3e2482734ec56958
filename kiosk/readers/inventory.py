"""All ports of this machine and all readers of kiosk.toml, a row each, with what is known and what is wrong.

Rule: what is configured and not there is a row as well: it is the one that somebody looks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devices.ports.addresses import PCSC, Kind, address_in
from devices.ports.errors import PortUnavailable
from devices.profiles.registry import CATALOGUE
from devices.readers.pcsc_reader import PcscSlots
from kiosk.readers.attached_ports import AttachedPort
from kiosk.readers.diagnostics import troubles_of
from kiosk.settings import Reader

MISSING = "it is not there: plug it in, or correct its port in kiosk.toml"
LIKELY_PCSC = "pcsc"
"""The one profile of such readers."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row."""

    port: str
    kind: Kind
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


def listed(ports: Sequence[AttachedPort], readers: Sequence[Reader], *, entrance_open: bool) -> list[Listed]:
    """What is attached, then what is configured and was not found."""
    rows = [_attached(port, reader_at(port, readers), entrance_open=entrance_open) for port in ports]
    found = {row.reader for row in rows}
    return [
        *rows,
        *(_configured(reader, entrance_open=entrance_open) for reader in readers if reader.name not in found),
    ]


def reader_at(port: AttachedPort, readers: Sequence[Reader]) -> Reader | None:
    """The configured reader that hangs there, however its port is written."""
    return next((reader for reader in readers if _is_at(reader, port)), None)


def same_port(one: str, other: str) -> bool:
    """Whether two addresses lead to the same place: links of udev lead to devices."""
    return one == other or (_place(one) is not None and _place(one) == _place(other))


def _is_at(reader: Reader, port: AttachedPort) -> bool:
    if port.kind == "pcsc" and reader.port.startswith(PCSC):
        return address_in(reader.port).place.casefold() in port.address.removeprefix(PCSC).casefold()
    return same_port(reader.port, port.address)


def _place(address: str) -> tuple[Kind, Path] | None:
    found = address_in(address)
    return (found.kind, Path(found.place).resolve()) if found.place.startswith("/") else None


def _attached(port: AttachedPort, reader: Reader | None, *, entrance_open: bool) -> Listed:
    return Listed(
        port.address,
        port.kind,
        str(port.device) if port.device else None,
        port.usb.id if port.usb else None,
        port.usb.says if port.usb else None,
        (port.usb.likely if port.usb else LIKELY_PCSC if port.kind == "pcsc" else "") or None,
        reader.name if reader else None,
        troubles_of(port, entrance_open=entrance_open and reader is not None),
    )


def _configured(reader: Reader, *, entrance_open: bool) -> Listed:
    kind = address_in(reader.port).kind
    wrong = _troubles_of(reader, kind, entrance_open=entrance_open)
    return Listed(reader.port, kind, None, None, None, None, reader.name, wrong)


def _troubles_of(reader: Reader, kind: Kind, *, entrance_open: bool) -> list[str]:
    """A device that nobody listed may still be there, as a terminal is; a server is not asked."""
    place = address_in(reader.port).place
    if kind == "pcsc":
        return _troubles_of_the_service(place)
    if place.startswith("/") and not Path(place).exists():
        return [MISSING]
    device = Path(place) if place.startswith("/") else None
    return troubles_of(AttachedPort(reader.port, kind, device), entrance_open=entrance_open)


def _troubles_of_the_service(wanted: str) -> list[str]:
    """To ask the service for its readers disturbs none of them."""
    try:
        PcscSlots(wanted, CATALOGUE[LIKELY_PCSC]).close()
    except PortUnavailable as trouble:
        return [trouble.reason]
    return []
