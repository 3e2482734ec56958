"""A doorkeeper in a process of its own, so that its disk can fail: asked a line at a time, it answers a line at a time.

`tap CARD MINUTE` is answered `checked_in 17`: the state that the screen shows, and the position in the log; `ready` is
answered `yes` or `no`; whatever could not be written down, `trouble`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import NamedTuple, Self

from kiosk.entrance.service import StorageTrouble
from kiosk.home import Home
from tests.support.forked_process import ForkedProcess
from tests.support.home_entrance import HomeEntrance
from tests.support.people import local_time

HERE = Path(__file__).parents[2]
MORNING = local_time("2026-11-19 06:00")
STORAGE_TROUBLE = "trouble"


class TapReply(NamedTuple):
    """What the doorkeeper said, and how long it took."""

    state: str
    position: int
    seconds: float


class TapProcess:
    """One such process, on a home."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        start = self._start if "LD_PRELOAD" in environment else self._fork
        start(["-m", "tests.faults.tap_process", str(home)], environment)
        assert self._ask("ready") == "yes"

    def _start(self, arguments: list[str], environment: dict[str, str]) -> None:
        """From the start of Python on: libraries are loaded then, and never again."""
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=HERE,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._lines, self._answers = self._process.stdin, self._process.stdout

    def _fork(self, arguments: list[str], environment: dict[str, str]) -> None:
        (asked, write_end), (read_end, answered) = os.pipe(), os.pipe()
        self._process = ForkedProcess(arguments, (asked, answered, 2), environment, cwd=HERE)
        os.close(asked)
        os.close(answered)
        self._lines, self._answers = open(write_end, "w"), open(read_end)  # noqa: SIM115 - closed at the end

    def tap(self, card: str, minute: int) -> TapReply:
        """Hold a card to the reader, so many minutes into the morning."""
        began = monotonic()
        state, _, position = self._ask(f"tap {card} {minute}").partition(" ")
        return TapReply(state, int(position or 0), monotonic() - began)

    def is_ready(self) -> bool:
        """What the entrance asks once a second after trouble."""
        return self._ask("ready") == "yes"

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def _ask(self, line: str) -> str:
        with suppress(BrokenPipeError):
            self._lines.write(f"{line}\n")
            self._lines.flush()
        return self._answers.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(BrokenPipeError):
            self._lines.close()
        self._answers.close()
        self._process.wait()


# --- In the process ---


@contextmanager
def _open_entrance(path: Path) -> Iterator[HomeEntrance]:
    with Home.open(path) as home:
        yield HomeEntrance(home)


def _answer_line(entrance: HomeEntrance, line: str) -> str:
    match line.split():
        case ["tap", card, minute]:
            at = MORNING + timedelta(minutes=int(minute))
            try:
                state = entrance.tap(f"{at:%Y-%m-%d %H:%M}", card).state
            except StorageTrouble:
                return STORAGE_TROUBLE
            return f"{state} {entrance.home.log.head().position}"
        case _:
            return "yes" if entrance.controller.is_storage_ready() else "no"


if __name__ == "__main__":
    with _open_entrance(Path(sys.argv[1])) as entrance:
        for asked in sys.stdin:
            print(_answer_line(entrance, asked), flush=True)  # noqa: T201 - how a process answers
