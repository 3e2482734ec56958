"""Processes that write to one log until they are killed, and what they said was stored before that.

Each append is acknowledged through a pipe after it is durable, never before. Processes are forked from one that has
imported everything, so that a kill costs milliseconds.
"""

from collections.abc import Iterator
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from domain.log.event_log import EventLog
from tests.support.toy import NAMES, Tally, named

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload([__name__])

Acknowledged = tuple[int, int]
"""A position, and the number that was stored there."""


def write(path: Path, name: str, acknowledge: Connection) -> None:
    """Append numbers to a stream of one's own, one a transaction, for ever."""
    log = EventLog.open(path, NAMES)
    tally = Tally.begun(named(name))
    for number in count(1):
        tally.count(by=number)
        (position,) = log.append(tally)
        acknowledge.send((position, number))


class Writer:
    """One such process."""

    def __init__(self, path: Path, name: str) -> None:
        self._said, its_end = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=write, args=(path, name, its_end), daemon=True)
        self._process.start()
        its_end.close()

    def after(self, appends: int) -> Iterator[Acknowledged]:
        """What it acknowledges, until it has done so that many times."""
        for _ in range(appends):
            yield self._said.recv()

    def so_far(self) -> Iterator[Acknowledged]:
        """What it has acknowledged and nobody has heard yet."""
        while self._said.poll():
            yield self._said.recv()

    def kill(self) -> list[Acknowledged]:
        """kill -9, wherever it is; and its last words."""
        self._process.kill()
        self._process.join()
        heard: list[Acknowledged] = []
        while wait([self._said]):
            try:
                heard.append(self._said.recv())
            except EOFError:
                break
        self._said.close()
        return heard
