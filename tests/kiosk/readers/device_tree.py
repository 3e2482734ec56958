"""A machine as the kernel describes it, in a folder: ports, USB devices, links of udev."""

from pathlib import Path

CH340 = {"idVendor": "1a86", "idProduct": "7523", "product": "USB Serial"}
FTDI = {"idVendor": "0403", "idProduct": "6001", "manufacturer": "FTDI", "product": "FT232R", "serial": "A50285BI"}
WEDGE = {"idVendor": "ffff", "idProduct": "0035", "manufacturer": "Sycreader", "product": "USB Reader"}


class FakeDeviceTree:
    """Plug things in, and look."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("dev/serial/by-id", "dev/serial/by-path", "dev/input/by-id", "sys/class/tty", "sys/class/input"):
            (root / folder).mkdir(parents=True)

    def add_serial_port(self, name: str, usb: dict[str, str], socket: str) -> Path:
        """A serial adapter in a USB socket."""
        self._describe("tty", name, f"sys/devices/pci0000:00/usb1/{socket}", usb)
        device = self._create_device(name)
        by_id = f"usb-{usb.get('manufacturer', usb['idVendor'])}_{usb['product']}_{usb.get('serial', '')}-if00-port0"
        self._link("dev/serial/by-id", by_id.replace(" ", "_"), device)
        self._link("dev/serial/by-path", f"pci-0000:00:14.0-usb-0:{socket}-port0", device)
        return device

    def add_phantom_port(self, name: str) -> None:
        """A place for a serial port that the board does not have."""
        self._describe("tty", name, "sys/devices/platform/serial8250", {})
        self._create_device(name)

    def add_keyboard(self, name: str, usb: dict[str, str]) -> Path:
        self._describe("input", name, "sys/devices/pci0000:00/usb1/1-4", usb)
        device = self._create_device(f"input/{name}")
        return self._link("dev/input/by-id", f"usb-{usb['manufacturer']}-event-kbd", device)

    def _describe(self, kind: str, name: str, place: str, usb: dict[str, str]) -> None:
        behind = self.root / place / f"{name}-behind"
        behind.mkdir(parents=True)
        for field, value in usb.items():
            (self.root / place / field).write_text(f"{value}\n", encoding="utf-8")
        entry = self.root / "sys/class" / kind / name
        entry.mkdir()
        (entry / "device").symlink_to(behind)

    def _create_device(self, name: str) -> Path:
        device = self.root / "dev" / name
        device.parent.mkdir(parents=True, exist_ok=True)
        device.touch()
        return device

    def _link(self, folder: str, name: str, device: Path) -> Path:
        link = self.root / folder / name
        link.unlink(missing_ok=True)  # as udev does: the one plugged in last has the name
        link.symlink_to(device)
        return link
