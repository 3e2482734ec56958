"""The address of a reader, as it is written in the settings.

    /dev/serial/by-id/usb-...          a serial port of this machine; by-path where two readers are alike
    socket://192.0.2.7:4001            a serial port behind a device server, as raw bytes
    rfc2217://192.0.2.7:4001           the same; the server also sets its speed
    pcsc:ACR122U                       the readers of the PC/SC service with this in their names; pcsc: for all
    evdev:/dev/input/by-id/...         a reader that types like a keyboard

The rule: a text that is no address is refused with a code, before anything is opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from devices.faults import AddressFault, Fault

AddressKind = Literal["serial", "pcsc", "keyboard"]

PCSC, KEYBOARD = "pcsc:", "evdev:"
SERVERS = ("socket", "rfc2217")
RFC2217_OPTIONS = ("ign_set_control", "poll_modem")
"""What may stand behind the `?` of an address: for servers that set no control lines, or do not report them."""


@dataclass(eq=False)
class NotAnAddress(Exception):
    """`text` is no address of a reader. `fault` says why."""

    text: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.text!r}: {self.fault}"


@dataclass(frozen=True, slots=True)
class Address:
    """The port of a reader: its kind, and where it is."""

    kind: AddressKind
    place: str
    """A device or the address of a server; part of a PC/SC reader's name; the device of a keyboard."""


def parse_address(text: str) -> Address:
    """What `text` says.

    Raises:
        NotAnAddress: it says nothing that could be a port.
    """
    if text.startswith(PCSC):
        return Address("pcsc", text.removeprefix(PCSC).strip())
    kind: AddressKind = "keyboard" if text.startswith(KEYBOARD) else "serial"
    place = text.removeprefix(KEYBOARD)
    fault = _find_fault(kind, place)
    if fault:
        raise NotAnAddress(text, fault)
    return Address(kind, place)


def _find_fault(kind: AddressKind, place: str) -> Fault | None:
    if kind == "keyboard":
        return None if place.startswith("/") else Fault(AddressFault.NO_KEYBOARD_PATH)
    if "://" in place:
        return _find_server_fault(place)
    if place.startswith("/dev/input/"):
        return Fault(AddressFault.KEYBOARD_WITHOUT_PREFIX, {"path": place})
    if place.startswith("/"):
        return None
    if place.startswith("tty"):
        return Fault(AddressFault.DEVICE_WITHOUT_FOLDER, {"name": place})
    return Fault(AddressFault.UNKNOWN_FORM)


def _find_server_fault(text: str) -> Fault | None:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return Fault(AddressFault.IMPOSSIBLE_PORT)
    if parts.scheme not in SERVERS:
        return Fault(AddressFault.UNKNOWN_FORM)
    if not parts.hostname or not port:
        return Fault(AddressFault.NO_HOST_AND_PORT, {"scheme": parts.scheme})
    return next((fault for applies, fault in _CHECKS if applies(parts)), None)


_CHECKS: tuple[tuple[Callable[[SplitResult], object], Fault], ...] = (
    (lambda parts: parts.username is not None, Fault(AddressFault.WITH_CREDENTIALS)),
    (lambda parts: parts.path not in ("", "/") or parts.fragment, Fault(AddressFault.TEXT_BEHIND_PORT)),
    (lambda parts: parts.scheme == "socket" and parts.query, Fault(AddressFault.TEXT_BEHIND_PORT)),
    (
        lambda parts: not {name for name in parts.query.split("&") if name} <= {*RFC2217_OPTIONS},
        Fault(AddressFault.UNKNOWN_OPTION, {"options": tuple(f"?{option}" for option in RFC2217_OPTIONS)}),
    ),
)
