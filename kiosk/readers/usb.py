"""What USB says of a device: who made it, what it calls itself, and what readers are usually built with it.

Rule: a chip is a hint, no answer. Behind a serial adapter hangs anything; only its cards tell, with `identify`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.words.readers import ReaderText


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """One USB device, as it describes itself."""

    vendor: str
    """Four hexadecimal digits, as the product."""
    product: str
    description: str = ""
    """Its maker and name, in its own words."""
    serial: str = ""
    """Its serial number; empty for chips that have none, of which two look alike."""

    @property
    def id(self) -> str:
        """As `lsusb` writes it."""
        return f"{self.vendor}:{self.product}"

    @property
    def likely(self) -> str:
        """What it usually is; empty where nobody knows."""
        return KNOWN_DEVICES.get(self.id) or KNOWN_VENDORS.get(self.vendor, "")


_ADAPTER = ReaderText.SERIAL_ADAPTER

KNOWN_DEVICES: Mapping[str, str] = {
    "ffff:0035": ReaderText.KEYBOARD_WEDGE_KHZ_CARDS_OFTEN,
    "08ff:0009": ReaderText.KEYBOARD_WEDGE_KHZ_MHZ_CARDS,
    "072f:2200": ReaderText.ACR_U_PC_SC,
    "072f:223b": ReaderText.ACR_U_PC_SC_2,
    "1a86:7523": f"CH340, {_ADAPTER}",
    "1a86:5523": f"CH341, {_ADAPTER}",
    "1a86:55d4": f"CH9102, {_ADAPTER}",
    "10c4:ea60": f"CP210x, {_ADAPTER}",
    "0403:6001": f"FT232, {_ADAPTER}",
    "0403:6015": f"FT230X, {_ADAPTER}",
    "067b:2303": f"PL2303, {_ADAPTER}",
}
"""Devices by `vendor:product`, from the lists of the Linux kernel's drivers (ch341, cp210x, ftdi_sio, pl2303), of the
CCID driver's supported readers, and from what wedges say of themselves in people's logs."""

KNOWN_VENDORS: Mapping[str, str] = {
    "072f": ReaderText.READER_ADVANCED_CARD_SYSTEMS_USUALLY,
    "2341": ReaderText.ARDUINO,
    "0c2e": ReaderText.HONEYWELL_CODE_SCANNER_QR,
    "05e0": ReaderText.ZEBRA_CODE_SCANNER_QR,
}
"""Where only the maker is known."""

BRLTTY_VENDORS = ("1a86", "10c4")
"""Makers of chips that brltty takes for Braille displays: CH340 and CP210x."""


def find_usb_device(device: Path) -> UsbDevice | None:
    """The USB device that a device of the system (a folder of sysfs) is part of; None when it hangs on no USB."""
    for folder in (device, *device.parents):
        if (folder / "idVendor").is_file():
            maker, name = _read(folder / "manufacturer"), _read(folder / "product")
            says = name if name.startswith(maker) else f"{maker} {name}".strip()
            return UsbDevice(_read(folder / "idVendor"), _read(folder / "idProduct"), says, _read(folder / "serial"))
    return None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
