"""The ports of this machine that could have a card reader: serial lines, keyboards, readers of the PC/SC service.

Rule: nothing is opened to be listed, because opening a port may reset what hangs on it. The kernel tells what there is
(sysfs), and udev's links tell which name stays the same at the next start.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.ports.addresses import KEYBOARD, PCSC, AddressKind
from kiosk.readers.usb import UsbDevice, find_usb_device

ROOT = Path("/")
PHANTOM_DRIVER = "serial8250"
"""Driver of the serial ports that a board could have; most are not there."""
KEYBOARDS = "*-event-kbd"


@dataclass(frozen=True, slots=True)
class AttachedPort:
    """One port that is there."""

    address: str
    """As it is best written in kiosk.toml: a name that stays, whichever is plugged in first."""
    kind: AddressKind
    device: Path | None
    """The device itself; None where it is not a file."""
    usb: UsbDevice | None = None


def list_attached_ports(root: Path = ROOT) -> list[AttachedPort]:
    """Every port, serial lines first."""
    return [*list_serial_ports(root), *list_keyboards(root), *list_pcsc_readers()]


def list_serial_ports(root: Path = ROOT) -> Iterator[AttachedPort]:
    """Serial lines that have something behind them, not merely a place for it."""
    for entry in sorted((root / "sys/class/tty").glob("*/device")):
        behind, device = entry.resolve(), root / "dev" / entry.parent.name
        if PHANTOM_DRIVER not in behind.parts and device.exists():
            usb = find_usb_device(behind)
            yield AttachedPort(find_stable_name(device, usb, root), "serial", device, usb)


def list_keyboards(root: Path = ROOT) -> Iterator[AttachedPort]:
    """Whatever types. A keyboard for people looks the same; its name tells."""
    for link in sorted((root / "dev/input/by-id").glob(KEYBOARDS)):
        device = link.resolve()
        usb = find_usb_device((root / "sys/class/input" / device.name / "device").resolve())
        yield AttachedPort(f"{KEYBOARD}{link}", "keyboard", device, usb)


def list_pcsc_readers() -> Iterator[AttachedPort]:
    """The readers of the PC/SC service; none where the service does not answer."""
    from devices.ports.pcsc_library import PcscError, PcscService  # noqa: PLC0415 - most machines have no such service

    try:
        service = PcscService()
    except (OSError, PcscError):
        return
    try:
        for name in service.list_readers():
            yield AttachedPort(f"{PCSC}{name}", "pcsc", None)
    except PcscError:
        return
    finally:
        service.release()


def find_stable_name(device: Path, usb: UsbDevice | None, root: Path = ROOT) -> str:
    """How to write a serial port so that it is found again.

    By what it is, where its chip has a number of its own; else by the socket it is plugged into: chips without a
    number all have the same name, and it leads to the one plugged in last.
    """
    for folder in ("by-id", "by-path") if usb and usb.serial else ("by-path",):
        for link in sorted((root / "dev/serial" / folder).glob("*")):
            if link.resolve() == device.resolve():
                return str(link)
    return str(device)


def find_stable_address(address: str, root: Path = ROOT) -> str:
    """The same for an address that somebody typed; it stays as it is where nothing better is known."""
    device = Path(address)
    known = (port for port in list_serial_ports(root) if port.device and port.device.resolve() == device.resolve())
    found = next(known, None) if address.startswith("/") else None
    return found.address if found else address
