"""A Python that has imported the program `kiosk` and forks: what it is asked to run starts in milliseconds.

What runs is a process of its own with arguments, environment, folder and standard streams of its own, and it ends as
Python ends any program. Rule: the server imports and forks; it opens nothing and has one thread. What Python itself
reads when it starts (PYTHON*, the locale) is that of an empty environment.
"""

import fcntl
import gc
import json
import os
import runpy
import select
import socket
import sys
import termios
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

LONGEST_REQUEST = 1 << 17
"""Bytes of one message: arguments, environment and folder."""
MOST_FILES = 1 << 16
"""Above every file descriptor of the server."""


class ForkServer:
    """Forks for each request; answers with the process and, at its end, with its status."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._running: dict[int, tuple[int, int]] = {}
        """By what is readable at its end: a process, and where its status goes."""
        self._poll = select.poll()
        self._poll.register(requests, select.POLLIN)

    def serve(self) -> dict[str, Any] | None:
        """In each forked process what it was asked for; None in the server, when nothing can ask any more."""
        while True:
            for end, _ in self._poll.poll():
                if end in self._running:
                    self._send_status(end)
                    continue
                message, files, _, _ = socket.recv_fds(self._requests, LONGEST_REQUEST, 4)
                if not message:
                    return None
                if self._fork(*files):
                    return json.loads(message)

    def _fork(self, *files: int) -> bool:
        """Whether this is the new process."""
        if process := os.fork():
            *streams, reply = files
            end = os.pidfd_open(process)
            self._running[end] = process, reply
            self._poll.register(end, select.POLLIN)
            os.write(reply, str(process).encode())
            for stream in streams:
                os.close(stream)
            return False
        for number in range(3):
            os.dup2(files[number], number)
        self._requests.close()
        os.closerange(3, MOST_FILES)
        return True

    def _send_status(self, end: int) -> None:
        process, reply = self._running.pop(end)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        with suppress(OSError):  # nothing waits for it any more
            os.write(reply, str(status).encode())
        self._poll.unregister(end)
        os.close(reply)
        os.close(end)


def _prepare(start: dict[str, Any]) -> None:
    """Make this process what a new one would be: its session, its surroundings, its standard streams."""
    if start["session"]:
        os.setsid()
    if start["controlling"]:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environ.update(start["env"])
    time.tzset()
    os.chdir(start["cwd"])
    os.umask(start["umask"])
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, name)
        new = open(number, old.mode, encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115 - standard streams are never closed
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    sys.stderr.reconfigure(line_buffering=True)


def _run_arguments(arguments: list[str]) -> None:
    """What Python does with `-m MODULE ...`, `-c CODE ...` and `SCRIPT ...`."""
    match arguments:
        case ["-m", module, *_]:
            sys.argv = arguments[1:]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case ["-c", code, *rest]:
            sys.argv, sys.path[0] = ["-c", *rest], ""
            exec(code, {"__name__": "__main__"})  # noqa: S102 - that is what was asked for
        case [script, *_]:
            sys.argv, sys.path[0] = arguments, str(Path(script).parent)
            runpy.run_path(script, run_name="__main__")


def _import_program() -> None:
    """Everything that any of its commands loads."""
    for module in walk_packages(import_module("kiosk").__path__, "kiosk."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.freeze()


if __name__ == "__main__":
    _import_program()
    if start := ForkServer(socket.socket(fileno=int(sys.argv[1]))).serve():
        _prepare(start)
        _run_arguments(start["arguments"])
