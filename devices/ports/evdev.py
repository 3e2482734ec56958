"""Keyboards as ports, taken from the system before they type: `/dev/input/by-id/...-event-kbd`.

The rule: the kiosk has such a device alone. What it types reaches no other program and no screen, and what is typed on
another keyboard is no card. Only `grab_keyboard` requires a keyboard; the rest moves bytes.
"""

import errno
import fcntl
import os
from collections.abc import Callable

from typing_extensions import override

from devices.faults import Fault, PortFault
from devices.ports.errors import PortUnavailable
from devices.ports.serial_port import Device, Port
from devices.ports.wakeable import WakeableWait

EVIOCGRAB = 0x40044590
"""Have a device's events alone (linux/input.h)."""

READ_SIZE = 4096
"""Bytes taken at a time: some 170 events; a card of ten digits has about 70."""

_CODES: dict[int | None, PortFault] = {
    errno.ENOENT: PortFault.KEYBOARD_MISSING,
    errno.ENODEV: PortFault.KEYBOARD_MISSING,
    errno.ENXIO: PortFault.KEYBOARD_MISSING,
    errno.EACCES: PortFault.KEYBOARD_FORBIDDEN,
    errno.EPERM: PortFault.KEYBOARD_FORBIDDEN,
    errno.EBUSY: PortFault.KEYBOARD_BUSY,
}


def grab_keyboard(path: str) -> int:
    """Open a keyboard for this program alone; its descriptor.

    Raises:
        OSError: it is missing, forbidden, taken, or no keyboard.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.ioctl(descriptor, EVIOCGRAB, 1)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def open_keyboard(path: str, grab: Callable[[str], int] = grab_keyboard) -> Port:
    """Open a keyboard as a port whose bytes are its events.

    Raises:
        PortUnavailable: it is missing, forbidden, taken, or no keyboard.
    """
    try:
        return Port(path, EventDevice(grab(path)))
    except OSError as failure:
        code = _CODES.get(failure.errno, PortFault.NOT_A_KEYBOARD)
        raise PortUnavailable(path, Fault(code)) from failure


class EventDevice(Device):
    """A descriptor whose bytes are input events: a `Device` that only sends. Closing it releases the keyboard."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor
        self._waiting = WakeableWait()

    @override
    def receive(self, seconds: float) -> bytes:
        if self._descriptor is None or not self._waiting.wait_until_readable(self._descriptor, seconds):
            return b""
        data = os.read(self._descriptor, READ_SIZE)
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return data

    @override
    def send(self, data: bytes) -> None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    @override
    def discard(self) -> None:
        while self.receive(0):
            pass

    @override
    def cancel(self) -> None:
        self._waiting.wake()

    @override
    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._waiting.close()
