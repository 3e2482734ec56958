"""The ports of this machine that could have a card reader: serial ports, keyboards, readers of the PC/SC service.

Rule: nothing is opened to be listed, because opening a port may reset the reader. The kernel lists the devices
(sysfs), and udev's links give the name that is the same after the next start. A USB id is a hint, no answer: behind a
serial adapter there may be any reader; only its cards show which one, with `identify`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devices.ports.addresses import KEYBOARD, PCSC, AddressKind, parse_address
from kiosk.reader_settings import Reader
from kiosk.words.readers import ReaderText

ROOT = Path("/")
PHANTOM_DRIVER = "serial8250"
"""Driver of the serial ports that a board could have; most do not exist."""
KEYBOARDS = "*-event-kbd"

# --- USB devices ---


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """One USB device, as it describes itself."""

    vendor: str
    """Four hexadecimal digits, as the product."""
    product: str
    description: str = ""
    """Its maker and name, as the device reports them."""
    serial: str = ""
    """Empty for chips without a serial number: two of them cannot be distinguished."""

    @property
    def id(self) -> str:
        """As `lsusb` writes it."""
        return f"{self.vendor}:{self.product}"

    @property
    def likely(self) -> str:
        """The kind of reader that usually has these ids; empty when they are not in the tables."""
        if chip := ADAPTER_CHIPS.get(self.id):
            return ReaderText.SERIAL_ADAPTER.fill(chip=chip)
        found = KNOWN_DEVICES.get(self.id) or KNOWN_VENDORS.get(self.vendor)
        return found.fill() if found else ""


ADAPTER_CHIPS: Mapping[str, str] = {
    "1a86:7523": "CH340",
    "1a86:5523": "CH341",
    "1a86:55d4": "CH9102",
    "10c4:ea60": "CP210x",
    "0403:6001": "FT232",
    "0403:6015": "FT230X",
    "067b:2303": "PL2303",
}
"""Chips of serial adapters by `vendor:product`, from the Linux kernel's drivers (ch341, cp210x, ftdi_sio, pl2303)."""

KNOWN_DEVICES: Mapping[str, ReaderText] = {
    "ffff:0035": ReaderText.WEDGE_125_KHZ,
    "08ff:0009": ReaderText.WEDGE_ANY,
    "072f:2200": ReaderText.ACR122U,
    "072f:223b": ReaderText.ACR1252U,
}
"""Readers by `vendor:product`, from the supported readers of the CCID driver and the names of wedges in published
logs."""

KNOWN_VENDORS: Mapping[str, ReaderText] = {
    "072f": ReaderText.ADVANCED_CARD_SYSTEMS,
    "2341": ReaderText.ARDUINO,
    "0c2e": ReaderText.HONEYWELL,
    "05e0": ReaderText.ZEBRA,
}
"""By vendor, for products that are not in `KNOWN_DEVICES`."""

BRLTTY_VENDORS = ("1a86", "10c4")
"""Vendors of chips that brltty takes for Braille displays: CH340 and CP210x."""


def find_usb_device(device: Path) -> UsbDevice | None:
    """The USB device that a device of the system (a folder of sysfs) is part of; None for a device without USB."""
    for folder in (device, *device.parents):
        if (folder / "idVendor").is_file():
            maker, name = _read_attribute(folder / "manufacturer"), _read_attribute(folder / "product")
            description = name if name.startswith(maker) else f"{maker} {name}".strip()
            return UsbDevice(
                _read_attribute(folder / "idVendor"),
                _read_attribute(folder / "idProduct"),
                description,
                _read_attribute(folder / "serial"),
            )
    return None


def _read_attribute(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


# --- Ports ---


@dataclass(frozen=True, slots=True)
class AttachedPort:
    """One port of this machine."""

    address: str
    """As to be written in kiosk.toml: a name that is the same whichever device is plugged in first."""
    kind: AddressKind
    device: Path | None
    """The device file; None where there is none."""
    usb: UsbDevice | None = None


def list_attached_ports(root: Path = ROOT) -> list[AttachedPort]:
    """Every port, serial lines first."""
    return [*list_serial_ports(root), *list_keyboards(root), *list_pcsc_readers()]


def list_serial_ports(root: Path = ROOT) -> Iterator[AttachedPort]:
    """Serial ports that exist; the kernel also lists places where a board could have one."""
    for entry in sorted((root / "sys/class/tty").glob("*/device")):
        hardware, device = entry.resolve(), root / "dev" / entry.parent.name
        if PHANTOM_DRIVER not in hardware.parts and device.exists():
            usb = find_usb_device(hardware)
            yield AttachedPort(find_stable_name(device, usb, root), "serial", device, usb)


def list_keyboards(root: Path = ROOT) -> Iterator[AttachedPort]:
    """Keyboards, wedge readers among them: only its name distinguishes a wedge from a keyboard for typing."""
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
    """The name of a serial port that is the same after the next start.

    By its id when the chip has a serial number, else by the socket it is plugged into: chips without a serial number
    share one id, and its link leads to the one plugged in last.
    """
    for folder in ("by-id", "by-path") if usb and usb.serial else ("by-path",):
        for link in sorted((root / "dev/serial" / folder).glob("*")):
            if link.resolve() == device.resolve():
                return str(link)
    return str(device)


def find_stable_address(address: str, root: Path = ROOT) -> str:
    """The stable name of the port at an address; the address itself when there is none."""
    device = Path(address)
    matching = (port for port in list_serial_ports(root) if port.device and port.device.resolve() == device.resolve())
    found = next(matching, None) if address.startswith("/") else None
    return found.address if found else address


# --- Configured readers ---


def find_reader_at(port: AttachedPort, readers: Sequence[Reader]) -> Reader | None:
    """The configured reader at a port, however its address is written."""
    return next((reader for reader in readers if _is_at(reader, port)), None)


def is_same_port(one: str, other: str) -> bool:
    """Whether two addresses lead to the same device, through whichever link of udev."""
    return one == other or (_resolve_place(one) is not None and _resolve_place(one) == _resolve_place(other))


def _is_at(reader: Reader, port: AttachedPort) -> bool:
    if port.kind == "pcsc" and reader.port.startswith(PCSC):
        return parse_address(reader.port).place.casefold() in port.address.removeprefix(PCSC).casefold()
    return is_same_port(reader.port, port.address)


def _resolve_place(address: str) -> tuple[AddressKind, Path] | None:
    found = parse_address(address)
    return (found.kind, Path(found.place).resolve()) if found.place.startswith("/") else None
