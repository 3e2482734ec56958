"""The one module that opens a port. It moves bytes; it understands none.

The rule: whatever the driver throws leaves here as `PortUnavailable` or `PortLost`, with a code. (How a port behind
a device server is kept alive stands in `devices.ports.network`.)
"""

import errno
import termios
from threading import Lock
from typing import Protocol, Self

import serial
from typing_extensions import override

from devices.faults import Fault, PortFault
from devices.ports.conflicts import find_conflicts
from devices.ports.errors import PortError, PortLost, PortUnavailable
from devices.ports.network import Rfc2217Device, TcpDevice, classify_network_failure

__all__ = ["PORT_FAILURES", "Port", "PortError", "PortLost", "PortUnavailable", "classify_failure", "open_port"]

TICK_SECONDS = 0.5
"""The longest that `Port.read` waits for a byte by default."""

WRITE_SECONDS = 1.0
"""How long a local port may take to swallow a command of some ten bytes; a dead USB device never does."""

PORT_FAILURES = (
    serial.SerialException,  # what pySerial means to raise: no such device, locked, gone while reading
    OSError,  # asking how many bytes wait, on a device that is gone: the bare ioctl error
    termios.error,  # flushing a device that is gone; it descends from neither of the above
    TypeError,  # the descriptor became None under a call because the port was closed meanwhile
    ValueError,  # an address without a host, a port that is no number, a speed that the driver does not know
)
"""Everything that pySerial 3.5 was seen to raise when a port is missing, busy, unplugged or closed."""

NETWORK, RFC2217 = "socket://", "rfc2217://"
"""Begin the addresses of serial device servers: `socket://192.0.2.7:4001`."""

_CODES: dict[int | None, PortFault] = {
    errno.ENOENT: PortFault.MISSING,
    errno.ENXIO: PortFault.MISSING,
    errno.ENODEV: PortFault.MISSING,
    errno.EIO: PortFault.MISSING,
    errno.EACCES: PortFault.FORBIDDEN,
    errno.EPERM: PortFault.FORBIDDEN,
    errno.EAGAIN: PortFault.BUSY,
    errno.EBUSY: PortFault.BUSY,
    errno.ENOTTY: PortFault.NOT_SERIAL,
    errno.EISDIR: PortFault.NOT_SERIAL,
}
PERHAPS_TAKEN = frozenset({PortFault.MISSING, PortFault.BUSY})
"""What a program that takes readers away can cause."""


class Device(Protocol):
    """What moves bytes. Anything it raises is one of `PORT_FAILURES`."""

    def receive(self, seconds: float) -> bytes:
        """What has come in, after waiting at most so long for the first byte."""
        ...

    def send(self, data: bytes) -> None:
        """Hand bytes over to be sent."""
        ...

    def discard(self) -> None:
        """Throw away what has come in."""
        ...

    def cancel(self) -> None:
        """End a `receive` that another thread is in."""
        ...

    def close(self) -> None:
        """Give it back. May be called twice."""
        ...


class LocalDevice(Device):
    """A serial device of this machine, locked, so that no second kiosk takes half of the bytes."""

    def __init__(self, path: str, baud: int) -> None:
        self._port = serial.Serial(path, baud, timeout=TICK_SECONDS, write_timeout=WRITE_SECONDS, exclusive=True)

    @override
    def receive(self, seconds: float) -> bytes:
        if self._port.timeout != seconds:  # setting it asks the driver for the whole configuration
            self._port.timeout = seconds
        first = self._port.read(1)
        return first + self._port.read(self._port.in_waiting) if first else first

    @override
    def send(self, data: bytes) -> None:
        self._port.write(data)

    @override
    def discard(self) -> None:
        self._port.reset_input_buffer()

    @override
    def cancel(self) -> None:
        self._port.cancel_read()

    @override
    def close(self) -> None:
        self._port.close()


class Port:
    """An open port. Closes itself at the end of a `with`.

    One thread reads, writes and closes; any other may `cancel`.

    Raises:
        PortLost: the device is gone. So does every method but `cancel` and `close`.
    """

    def __init__(self, name: str, device: Device, tick: float = TICK_SECONDS) -> None:
        self.name = name
        self._tick = tick
        self._device = device
        self._closing = Lock()

    def read(self, seconds: float | None = None) -> bytes:
        """Whatever has come in; waits for the first byte, and gives nothing after so long, or a tick, without one."""
        try:
            return self._device.receive(self._tick if seconds is None else seconds)
        except PORT_FAILURES as failure:
            raise self._build_lost() from failure

    def write(self, data: bytes) -> None:
        """Send a command to the reader."""
        try:
            self._device.send(data)
        except PORT_FAILURES as failure:
            raise self._build_lost() from failure

    def discard(self) -> None:
        """Throw away what has come in and was not read."""
        try:
            self._device.discard()
        except PORT_FAILURES as failure:
            raise self._build_lost() from failure

    def cancel(self) -> None:
        """End a `read` that another thread waits in."""
        # Unlocked, a close between pySerial's check and its write could free the descriptor for another file.
        with self._closing:
            self._device.cancel()

    def close(self) -> None:
        """Give the port back. May be called twice."""
        with self._closing:
            self._device.close()

    def _build_lost(self) -> PortLost:
        return PortLost(self.name, Fault(PortFault.LOST, conflicts=find_conflicts()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_port(port: str, baud: int, *, tick: float = TICK_SECONDS) -> Port:
    """Open a device of this machine, or one behind a device server; what came in before is lost.

    `tick` is how long a read waits for a byte by default, in seconds.

    Raises:
        PortUnavailable: it is missing, busy, forbidden, no serial port, or its server does not answer.
    """
    try:
        return Port(port, _open_device(port, baud), tick)
    except PORT_FAILURES as failure:
        raise PortUnavailable(port, classify_failure(port, failure)) from failure


def _open_device(port: str, baud: int) -> Device:
    if port.startswith(NETWORK):
        return TcpDevice(port)
    if port.startswith(RFC2217):
        return Rfc2217Device(port, baud)
    if "://" in port:
        raise PortUnavailable(port, Fault(PortFault.UNKNOWN_ADDRESS))
    return LocalDevice(port, baud)


def classify_failure(port: str, failure: BaseException) -> Fault:
    """Why `port` could not be opened, from what the driver raised."""
    if port.startswith((NETWORK, RFC2217)):
        return classify_network_failure(failure)
    code = _CODES.get(_find_errno(failure))
    if code is None:
        return Fault(PortFault.NOT_OPENED, {"error": str(failure)})
    return Fault(code, conflicts=find_conflicts() if code in PERHAPS_TAKEN else ())


def _find_errno(failure: BaseException) -> int | None:
    """The system's error number. pySerial leaves it out when it explains a `termios.error`."""
    match failure:
        case OSError(errno=int(number)):
            return number
        case termios.error(args=(int(number), *_)):
            return number
        case _ if failure.__context__ is not None:
            return _find_errno(failure.__context__)
        case _:
            return None
