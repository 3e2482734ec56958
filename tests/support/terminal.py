"""A real terminal for a program: a pseudo-terminal of a known size, its keyboard, and all it was sent."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from subprocess import Popen
from typing import Self

from tests.support.forked_process import ForkedProcess
from tests.support.large_text import Shape, find_large_text, remove_control_sequences
from tests.support.waiting import TIMEOUT_SECONDS

REST_SECONDS, BUSY_SHARE, DRAWN_AT_REST = 0.5, 0.2, 200_000
"""A program rests that uses less than this share of a core for so long, and draws fewer bytes."""
DRAWN_AT_ONCE = 200_000
"""Bytes within which all rows of a text stand, at most: a screen and what is drawn once a second meanwhile."""


def _remove_size(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}


class Terminal:
    """Runs this Python with arguments in a terminal of its own, whose size alone counts."""

    def __init__(
        self,
        arguments: Sequence[str],
        columns: int = 80,
        rows: int = 24,
        *,
        controlling: bool = True,
        started_anew: bool = False,
    ) -> None:
        """`controlling`: the kernel tells the program of a new size and of the end of the terminal, by signals.

        `started_anew`: not forked from a Python that has imported all of it, so that its start and memory are its own.
        """
        self.output = b""
        self._near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        env = _remove_size(os.environ) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._program: ForkedProcess | Popen[bytes]
        if started_anew:
            command = ["setsid", *["--ctty"] * controlling, sys.executable, *arguments]
            self._program = Popen(command, stdin=far, stdout=far, stderr=far, env=env)
        else:
            self._program = ForkedProcess(arguments, (far, far, far), env, session=True, controlling=controlling)
        os.close(far)

    @property
    def running(self) -> bool:
        """Whether the program has not ended."""
        return self._program.poll() is None

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._program.pid

    def type_keys(self, keys: bytes) -> None:
        """Press keys, as the bytes that a terminal sends for them."""
        os.write(self._near, keys)

    def send_signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._program.send_signal(number)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal, as a person does who drags its corner."""
        fcntl.ioctl(self._near, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Pull the plug of the terminal: whatever is written to it or read from it fails."""
        os.close(self._near)
        self._near = os.open(os.devnull, os.O_RDWR)

    def processor_seconds(self) -> float:
        """Seconds of a core that the program has used."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_for_rest(self) -> None:
        """Read until the program has drawn and does next to nothing: what is drawn once a second is no unrest."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            busy, drawn = self.processor_seconds(), len(self.output)
            self.read_for(REST_SECONDS)
            busy, drawn = self.processor_seconds() - busy, len(self.output) - drawn
            if self.output and busy < BUSY_SHARE * REST_SECONDS and drawn < DRAWN_AT_REST:
                return
            assert time.monotonic() < deadline, f"no rest: {busy} s of a core and {drawn} bytes in {REST_SECONDS} s"

    def wait_for_text(self, text: str) -> None:
        """Read until a text has come."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while text.encode() not in self.output:
            assert time.monotonic() < deadline, f"{text!r} never came; {self.output[-2000:]!r}"
            assert self._read_available(), f"the program ended; {self.output[-2000:]!r}"

    def wait_for_drawn_text(self, text: str, shapes: Sequence[Shape] = ()) -> Shape:
        """Read until a text has come that is drawn large, in one of the shapes or in any; its shape."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        looked_at = 0
        while not (shape := find_large_text([remove_control_sequences(self.output[looked_at:])], text, shapes)):
            looked_at = max(0, len(self.output) - DRAWN_AT_ONCE)
            assert time.monotonic() < deadline, f"{text!r} was never drawn; {self.output[-2000:]!r}"
            assert self._read_everything_available(), f"the program ended; {self.output[-2000:]!r}"
        return shape

    def read_for(self, seconds: float) -> None:
        """Read for so long, whatever comes."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read_available(left)

    def wait_for_exit(self) -> int:
        """Read until the program has ended; its exit status."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while self._read_available():
            assert time.monotonic() < deadline, f"it does not end; {self.output[-2000:]!r}"
        return self._program.wait(TIMEOUT_SECONDS)

    def wait_for_exit_unread(self) -> int:
        """Wait until the program has ended, and take in nothing of what it writes meanwhile; its exit status."""
        return self._program.wait(TIMEOUT_SECONDS)

    def _read_everything_available(self) -> bool:
        """Take in what comes within a moment, and all that stands behind it; whether more may come."""
        more = self._read_available()
        for _ in range(DRAWN_AT_ONCE // 4096):  # the kernel hands over a page at once, at most
            if not more or not select.select([self._near], [], [], 0)[0]:
                break
            more = self._read_available(0)
        return more

    def _read_available(self, moment: float = 0.1) -> bool:
        """Take in what comes within a moment; whether more may come."""
        if not select.select([self._near], [], [], moment)[0]:
            return self.running
        try:
            data = os.read(self._near, 65_536)
        except OSError:  # Linux says so when the last program has closed the terminal
            return False
        self.output += data
        return bool(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.running:
            self._program.kill()
        self._program.wait()
        os.close(self._near)
