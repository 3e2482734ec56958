r"""A card reader without hardware: a pseudo-terminal on which a script plays what a reader would send.

For demonstrations, tests, and authors of scenarios. The program under test opens `.port` like any
other serial device, and cannot tell the difference:

    with ScriptedReader() as reader:
        ...                                     # start a program that reads reader.port
        reader.wait_until_opened()
        reader.play([
            (0.0, em4100.encode(bytes.fromhex("010063E9AE"))),    # Ann arrives,
            (2.5, em4100.encode(bytes.fromhex("3C00CE754C"))),    # Ben two and a half seconds later
            (1.0, b"\x02noise"),
        ])
        reader.unplug()                         # the cable is pulled out
        reader.replug()                         # and plugs it in again, at the same path

The rule: it waits for no program, as real readers do not. Bytes sent before the port is opened are lost, as
are bytes that find the port's buffer full, or the cable unplugged.
"""

import fcntl
import os
import select
import struct
import termios
import time
import tty
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

OPENING_SECONDS = 10.0
"""How long `wait_until_opened` waits by default."""

EMPTY_POLL_SECONDS, EMPTY_POLLS = 0.005, 3
"""Seconds between two looks at what was not read yet, and how many find nothing before that counts: bytes are for
a moment on their way between the two ends of a terminal, where they are not counted."""


class ScriptedReader:
    """A reader that is plugged in when it is made, at `directory / name`, a link to the real terminal.

    Without a directory it makes a temporary one and removes it at the end.
    """

    def __init__(self, directory: Path | None = None, name: str = "reader") -> None:
        self._temporary: TemporaryDirectory[str] | None = None
        if directory is None:
            self._temporary = TemporaryDirectory(prefix="reader-")
            directory = Path(self._temporary.name)
        self._link = directory / name
        self._ends: tuple[int, int] | None = None
        self._opened = False
        self.replug()

    @property
    def port(self) -> str:
        """The path to open. It stays the same when the reader is unplugged and plugged in again."""
        return str(self._link)

    def send(self, data: bytes) -> int:
        """Send bytes at once. How many the terminal took: fewer when it is full, none when unplugged."""
        if self._ends is None:
            return 0
        try:
            return os.write(self._ends[0], data)
        except BlockingIOError:
            return 0

    def send_all(self, data: bytes) -> None:
        """Send all of it, waiting for room as a slow line does. What is left when no program reads for long is lost."""
        while data and self._ends and select.select([], [self._ends[0]], [], OPENING_SECONDS)[1]:
            data = data[self.send(data) :]

    def wait_until_read(self, seconds: float = OPENING_SECONDS) -> bool:
        """Wait until the program has taken all that was sent; whether it has."""
        deadline, empty = time.monotonic() + seconds, 0
        while empty < EMPTY_POLLS and time.monotonic() < deadline:
            time.sleep(EMPTY_POLL_SECONDS)
            empty = 0 if self.unread else empty + 1
        return empty == EMPTY_POLLS

    @property
    def unread(self) -> int:
        """How many bytes the program has not read yet (ioctl_tty(2), FIONREAD)."""
        if self._ends is None:
            return 0
        return struct.unpack("i", fcntl.ioctl(self._ends[1], termios.FIONREAD, bytes(4)))[0]

    def receive(self, seconds: float) -> bytes:
        """What the program has sent to the reader; waits at most so long for it."""
        if self._ends is None:
            time.sleep(seconds)
            return b""
        if not select.select([self._ends[0]], [], [], seconds)[0]:
            return b""
        packet = os.read(self._ends[0], 1024)
        return packet[1:] if packet[0] == termios.TIOCPKT_DATA else b""

    def play(self, steps: Iterable[tuple[float, bytes]], sleep: Callable[[float], object] = time.sleep) -> None:
        """Send each step's bytes after its seconds have passed since the step before."""
        for seconds, data in steps:
            sleep(seconds)
            self.send(data)

    def wait_until_opened(self, seconds: float = OPENING_SECONDS) -> bool:
        """Wait until a program has opened the port since it was plugged in; whether one has.

        From then on nothing that is sent is lost. The sign is that the program flushes its input, which
        pySerial does last when it opens a port; one that does not, such as `cat`, is not noticed.
        """
        deadline = time.monotonic() + seconds
        while self._ends and not self._opened and (left := deadline - time.monotonic()) > 0:
            if select.select([self._ends[0]], [], [], left)[0]:
                status = os.read(self._ends[0], 1024)[0]
                self._opened = bool(status & termios.TIOCPKT_FLUSHREAD)
        return self._opened

    def unplug(self) -> None:
        """Take the device away: its path vanishes, and a program that reads it gets an error."""
        if self._ends is None:
            return
        self._link.unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._ends, self._opened = None, False

    def replug(self) -> None:
        """Bring the device back, a new terminal at the same path."""
        self.unplug()
        if self._link.is_symlink():  # left by a program that was killed
            self._link.unlink()
        self._ends = _open_packet_terminal()
        self._link.symlink_to(os.ttyname(self._ends[1]))

    def close(self) -> None:
        """Unplug for good, and remove the temporary directory if it made one. May be called twice."""
        self.unplug()
        if self._temporary:
            self._temporary.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _open_packet_terminal() -> tuple[int, int]:
    """A raw pseudo-terminal whose near end reports flushes at the far end (ioctl_tty(2), TIOCPKT).

    The far end is held open too, so that its settings survive between two programs.
    """
    near, far = os.openpty()
    tty.setraw(far)
    os.set_blocking(near, False)
    fcntl.ioctl(near, termios.TIOCPKT, struct.pack("i", 1))
    return near, far
