"""Processes that work on one home until they are killed, and what they said before that.

What is done is acknowledged through a pipe after it is done, never before. Processes are forked from one that has
imported everything, so that a kill costs milliseconds.
"""

from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

FORKSERVER = get_context("forkserver")
FORKSERVER.set_forkserver_preload(["tests.faults.roles", "tests.faults.killed_apply", "tests.faults.hub_roles"])

Work = Callable[[Path, str, Connection], None]
"""What a process does, for ever: on a home, under a name of its own, with a pipe for its acknowledgements."""


class Worker:
    """One such process."""

    def __init__(self, work: Work, home: Path, name: str) -> None:
        self.work = work
        self._said, its_end = FORKSERVER.Pipe(duplex=False)
        self._process = FORKSERVER.Process(target=work, args=(home, name, its_end), daemon=True)
        self._process.start()
        its_end.close()

    def receive(self, words: int) -> Iterator[Any]:
        """What it says, until it has said so many things."""
        for _ in range(words):
            yield self._said.recv()

    def receive_pending(self) -> Iterator[Any]:
        """What it has said and nobody has heard yet."""
        while self._said.poll():
            yield self._said.recv()

    def kill(self) -> list[Any]:
        """kill -9, wherever it is; and its last words."""
        self._process.kill()
        self._process.join()
        heard: list[Any] = []
        while wait([self._said]):
            try:
                heard.append(self._said.recv())
            except EOFError:
                break
        self._said.close()
        return heard
