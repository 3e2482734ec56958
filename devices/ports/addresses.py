"""Where a reader hangs, as it is written in the settings.

    /dev/serial/by-id/usb-...          a serial port of this machine; by-path where two readers are alike
    socket://192.0.2.7:4001            a serial port behind a device server, as raw bytes
    rfc2217://192.0.2.7:4001           the same; the server also sets its speed
    pcsc:ACR122U                       the readers of the PC/SC service with this in their names; pcsc: for all
    evdev:/dev/input/by-id/...         a reader that types like a keyboard

The rule: an address that is none says why, before anything is opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

AddressKind = Literal["serial", "pcsc", "keyboard"]

PCSC, KEYBOARD = "pcsc:", "evdev:"
SERVERS = ("socket", "rfc2217")
RFC2217_OPTIONS = ("ign_set_control", "poll_modem")
"""What may stand behind the `?` of an address: for servers that set no control lines, or do not tell of them."""

FORMS = "/dev/serial/by-id/..., socket://host:port, rfc2217://host:port, pcsc: or evdev:/dev/input/by-id/..."


@dataclass(eq=False)
class NotAnAddress(Exception):
    """`text` does not say where a reader hangs. `reason` says why and what to write."""

    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.text!r} is no port: {self.reason}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a reader hangs."""

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
    reason = _find_fault(kind, place)
    if reason:
        raise NotAnAddress(text, reason)
    return Address(kind, place)


def _find_fault(kind: AddressKind, place: str) -> str | None:
    if kind == "keyboard":
        return None if place.startswith("/") else "write evdev: and the keyboard's path, evdev:/dev/input/by-id/..."
    if "://" in place:
        return _find_server_fault(place)
    if place.startswith("/dev/input/"):
        return f"a reader that types is written evdev:{place}"
    if place.startswith("/"):
        return None
    return f"write /dev/{place}" if place.startswith("tty") else f"it is one of {FORMS}"


def _find_server_fault(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "the port behind the last colon is a number from 1 to 65535"
    if parts.scheme not in SERVERS:
        return f"it is one of {FORMS}"
    if not parts.hostname or not port:
        return f"write the host and the port, {parts.scheme}://192.0.2.7:4001"
    return next((reason for found, reason in _CHECKS if found(parts)), None)


_CHECKS: tuple[tuple[Callable[[SplitResult], object], str], ...] = (
    (lambda parts: parts.username is not None, "a device server asks for no name or password"),
    (lambda parts: parts.path not in ("", "/") or parts.fragment, "nothing stands behind the port"),
    (lambda parts: parts.scheme == "socket" and parts.query, "nothing stands behind the port"),
    (
        lambda parts: not {name for name in parts.query.split("&") if name} <= {*RFC2217_OPTIONS},
        f"behind the port may stand ?{' or ?'.join(RFC2217_OPTIONS)}, nothing else",
    ),
)
