"""Readers that type like a keyboard, taken from the system before it types: `/dev/input/by-id/...-event-kbd`.

The rule: the kiosk has such a reader alone. What it types reaches no other program and no screen, and what somebody
types on another keyboard is no card. Only `grabbed` knows that it is a keyboard; the rest moves bytes.
"""

import errno
import fcntl
import os
from collections.abc import Callable, Sequence
from datetime import datetime

from typing_extensions import override

from devices.faults import Fault, PortFault
from devices.ports.backoff import STEPS
from devices.ports.errors import PortUnavailable
from devices.ports.serial_port import Device, Port
from devices.ports.wakeable import WakeableWait
from devices.profiles.profile import Profile
from devices.readers.events import ReaderEvent
from devices.readers.reader_thread import ReaderThread, seconds_since_boot
from devices.readers.serial_reader import StreamingLine

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


class KeyboardReader(ReaderThread):
    """Reads a reader that types, in a thread of its own, and posts events, from that thread.

    Args:
        name: what the events call this reader.
        path: its device, best one of `/dev/input/by-id`.
        profile: what it types.
        post: takes each event; it must not block.
        now: the aware instant that a card is stamped with.
        clock: seconds, never going back, for holds and stalls.
        backoff: seconds to wait before each further attempt, as in `Backoff`.
        take: opens the device for this program alone, and gives its descriptor; raises OSError.
    """

    def __init__(
        self,
        name: str,
        path: str,
        profile: Profile,
        post: Callable[[ReaderEvent], object],
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = seconds_since_boot,
        backoff: Sequence[float] = STEPS,
        grab: Callable[[str], int] | None = None,
    ) -> None:
        def open_source() -> StreamingLine:
            port = open_keyboard(path, grab or grab_keyboard)
            return StreamingLine(port, profile.build_keyboard_decoder, profile.gap)

        super().__init__(name, open_source, post, now=now, clock=clock, backoff=backoff)


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
    """A descriptor whose bytes are input events: a `Device` that only speaks."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor
        self._waiting = WakeableWait()

    def receive(self, seconds: float) -> bytes:
        """See `Device`."""
        if self._descriptor is None or not self._waiting.wait_until_readable(self._descriptor, seconds):
            return b""
        data = os.read(self._descriptor, READ_SIZE)
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return data

    @override
    def send(self, data: bytes) -> None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def discard(self) -> None:
        """See `Device`."""
        while self.receive(0):
            pass

    def cancel(self) -> None:
        """See `Device`."""
        self._waiting.wake()

    def close(self) -> None:
        """See `Device`. The system lets go of the keyboard by itself."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._waiting.close()
