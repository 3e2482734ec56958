"""The one module that opens a port. It moves bytes; it understands none.

The rule: whatever the driver throws leaves here as `PortUnavailable` or `PortLost`, with a sentence for
the person who stands beside the machine.
"""

import errno
import termios
from dataclasses import dataclass
from threading import Lock
from typing import Protocol, Self

import serial

TICK_SECONDS = 0.5
"""The longest that `Port.read` waits for a byte."""

PORT_FAILURES = (
    serial.SerialException,  # what pySerial means to raise: no such device, locked, gone while reading
    OSError,  # asking how many bytes wait, on a device that is gone: the bare ioctl error
    termios.error,  # flushing a device that is gone; it descends from neither of the above
    TypeError,  # the descriptor became None under a call because the port was closed meanwhile
)
"""Everything that pySerial 3.5 was seen to raise when a port is missing, busy, unplugged or closed."""

NETWORK = "socket://"
"""Begins the address of a serial device server: `socket://192.0.2.7:4001`. Neither encrypted nor authenticated."""

LOOPBACK = "loop://"
"""A port that reads what is written to it, for tests."""

_LOST = "the reader does not answer any more; check its cable and power."
_UNKNOWN_ADDRESS = "this is no kind of port; give a device such as /dev/ttyUSB0, or socket://host:port."
_MISSING = "there is no such device; plug the reader in, or correct the port in the settings."
_FORBIDDEN = "this user may not use it; add the user to the group dialout and log in again."
_BUSY = "another program uses it; end that program, or give each its own reader."
_NO_SERIAL_PORT = "it is not a serial port; correct the port in the settings."

_ADVICE: dict[int | None, str] = {
    errno.ENOENT: _MISSING,
    errno.ENXIO: _MISSING,
    errno.ENODEV: _MISSING,
    errno.EIO: _MISSING,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EAGAIN: _BUSY,
    errno.EBUSY: _BUSY,
    errno.ENOTTY: _NO_SERIAL_PORT,
    errno.EISDIR: _NO_SERIAL_PORT,
}


@dataclass(eq=False)
class PortTrouble(Exception):
    """The port cannot be used. `reason` is one sentence that says why and what to do."""

    port: str
    reason: str

    def __str__(self) -> str:
        return f"{self.port}: {self.reason}"


class PortUnavailable(PortTrouble):
    """The port could not be opened."""


class PortLost(PortTrouble):
    """The port failed while it was open: unplugged, or its server went away."""


class _Device(Protocol):
    """What pySerial's local and network ports have in common, as far as it is used here."""

    @property
    def in_waiting(self) -> int: ...
    def read(self, size: int, /) -> bytes: ...
    def reset_input_buffer(self) -> None: ...
    def close(self) -> None: ...


class Port:
    """An open port. Closes itself at the end of a `with`.

    One thread reads and closes; any other may `cancel`.
    """

    def __init__(self, name: str, device: _Device) -> None:
        self.name = name
        self._device = device
        self._closing = Lock()

    def read(self) -> bytes:
        """Whatever has come in; waits for the first byte, and gives nothing after a tick without one.

        Raises:
            PortLost: the device is gone.
        """
        try:
            first = self._device.read(1)
            return first + self._device.read(self._device.in_waiting) if first else first
        except PORT_FAILURES as failure:
            raise PortLost(self.name, _LOST) from failure

    def discard(self) -> None:
        """Throw away what has come in and was not read.

        Raises:
            PortLost: the device is gone.
        """
        try:
            self._device.reset_input_buffer()
        except PORT_FAILURES as failure:
            raise PortLost(self.name, _LOST) from failure

    def cancel(self) -> None:
        """End a `read` that another thread waits in. A network port ends it at its next tick."""
        # Unlocked, a close between pySerial's check and its write could free the descriptor for another file.
        with self._closing:
            getattr(self._device, "cancel_read", _nothing)()

    def close(self) -> None:
        """Give the port back. May be called twice."""
        with self._closing:
            self._device.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_port(port: str, baud: int, *, tick: float | None = TICK_SECONDS) -> Port:
    """Open a device of this machine, or one behind `socket://host:port`; what came in before is lost.

    A local device is locked, so that no second kiosk takes half of the bytes. `tick` is how long a read
    waits for a byte; None waits for ever.

    Raises:
        PortUnavailable: it is missing, busy, forbidden, or no serial port.
    """
    if "://" in port and not port.startswith((NETWORK, LOOPBACK)):
        raise PortUnavailable(port, _UNKNOWN_ADDRESS)
    try:
        return Port(port, serial.serial_for_url(port, baudrate=baud, timeout=tick, exclusive=True))
    except PORT_FAILURES as failure:
        raise PortUnavailable(port, advice(port, failure)) from failure


def advice(port: str, failure: BaseException) -> str:
    """Why `port` could not be opened and what to do, from what the driver raised."""
    if port.startswith(NETWORK):
        return "the device server does not answer; check its address, its power and the network."
    return _ADVICE.get(_errno_of(failure), f"it could not be opened ({failure}); try another port.")


def _errno_of(failure: BaseException) -> int | None:
    """The system's error number. pySerial leaves it out when it explains a `termios.error`."""
    match failure:
        case OSError(errno=int(number)):
            return number
        case termios.error(args=(int(number), *_)):
            return number
        case _ if failure.__context__ is not None:
            return _errno_of(failure.__context__)
        case _:
            return None


def _nothing() -> None:
    """What cancelling does to a network port, which has no way to be woken."""
