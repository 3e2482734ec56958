"""Processes that run the program `kiosk`, or a module of ours, forked from a Python that has imported it.

A test about a start itself, or about what Python reads when it starts, starts the installed program instead.
"""

import atexit
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from threading import Lock

ROOT = Path(__file__).parents[2]


class ForkedProcess:
    """One such process, with the methods of `Popen` that tests use."""

    def __init__(
        self,
        arguments: Sequence[str],
        streams: tuple[int, int, int],
        env: Mapping[str, str],
        *,
        cwd: Path | None = None,
        session: bool = False,
        controlling: bool = False,
    ) -> None:
        """Start Python with arguments. `session`: in one of its own; `controlling`: its terminal is standard input."""
        self._arguments = list(arguments)
        self._status: int | None = None
        request = {
            "arguments": self._arguments,
            "env": dict(env),
            "cwd": str(cwd or Path.cwd()),
            "umask": _read_umask(),
            "session": session,
            "controlling": controlling,
        }
        self._reply, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            with _STARTING:
                server = _start_server(os.getpid(), os.geteuid())
            socket.send_fds(server, [json.dumps(request).encode()], [*streams, far.fileno()])
        self.pid = int(self._reply.recv(64))

    def poll(self) -> int | None:
        """Its exit status, negative for a signal; None while it runs."""
        if self._status is None and select.select([self._reply], [], [], 0)[0]:
            self.wait()
        return self._status

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, when it has ended. Raises: TimeoutExpired after so many seconds."""
        if self._status is None:
            self._reply.settimeout(timeout)
            try:
                self._status = int(self._reply.recv(64))
            except TimeoutError:
                raise TimeoutExpired(self._arguments, timeout or 0) from None
            self._reply.close()
        return self._status

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it has not ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self.send_signal(signal.SIGKILL)


@cache
def _start_server(process: int, user: int) -> socket.socket:
    """Where to ask the server of this process; it ends when nothing can ask it any more."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with far:
        command = [sys.executable, "-m", "tests.support.fork_server", str(far.fileno())]
        server = Popen(command, cwd=ROOT, env={}, stdin=DEVNULL, pass_fds=[far.fileno()])
    atexit.register(_end_server, process, server, near)
    return near


def _end_server(process: int, server: Popen[bytes], near: socket.socket) -> None:
    """At the end of the process that asks it, not of one that was forked from that."""
    if os.getpid() == process:
        near.close()
        server.kill()
        server.wait()


_STARTING = Lock()
"""Threads that begin at once share one server."""


def _read_umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
