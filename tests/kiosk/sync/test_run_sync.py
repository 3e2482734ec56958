"""Both lines to the hub are kept busy: one that is heard again wakes the other; a fault ends the program, and `end`."""

from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic
from typing import cast

import pytest

from domain.clock import MachineClock
from kiosk.joined_home.sync_state import SyncState
from kiosk.sync.pull import Puller
from kiosk.sync.push import Pusher
from kiosk.sync.retry import Pause
from kiosk.sync.run_sync import run_lines
from kiosk.sync.sync_report import SyncReport
from tests.support.waiting import wait_until

LONG = 300.0


class ScriptedLine:
    """Takes the steps of a script: a pause after a success, a negative one after a failure, or a fault."""

    def __init__(self, *script: float | Exception) -> None:
        self.connection = self
        self.steps = 0
        self.is_failing = self.is_closed = self.news = False
        self._script: Iterator[float | Exception] = iter(script)

    def step(self) -> Pause:
        self.steps += 1
        found = next(self._script, LONG)
        if isinstance(found, Exception):
            raise found
        self.is_failing = found < 0
        return Pause(abs(found), is_idle=not self.is_failing)

    def has_news(self) -> bool:
        news, self.news = self.news, False
        return news

    def close(self) -> None:
        self.is_closed = True


class Running:
    def __init__(self, pusher: ScriptedLine, puller: ScriptedLine) -> None:
        self.end, self.saved = Event(), list[SyncState]()
        self.fault: Exception | None = None
        self._lines = pusher, puller
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        lines = cast("Pusher", self._lines[0]), cast("Puller", self._lines[1])
        try:
            run_lines(*lines, SyncReport(SyncState(), MachineClock()), self.saved.append, self.end)
        except ValueError as fault:
            self.fault = fault

    def finish(self) -> float:
        """How long it takes to end."""
        began = monotonic()
        self.end.set()
        self._thread.join()
        assert [line.is_closed for line in self._lines] == [True, True]
        return monotonic() - began

    def wait(self) -> None:
        self._thread.join()


def wait_for_steps(line: ScriptedLine, count: int) -> None:
    wait_until(lambda: line.steps == count, lambda: f"{line.steps} steps")


def test_a_line_that_is_heard_again_wakes_the_other_out_of_its_long_wait() -> None:
    pusher, puller = ScriptedLine(-LONG), ScriptedLine(-0.02)
    running = Running(pusher, puller)

    wait_for_steps(puller, 2)
    wait_for_steps(pusher, 2)

    assert running.finish() < 3
    assert running.saved == [SyncState()]


def test_news_end_a_wait_where_nothing_is_wrong_and_no_other() -> None:
    idle, failing = ScriptedLine(LONG, LONG), ScriptedLine(-LONG)
    running = Running(idle, ScriptedLine())
    wait_for_steps(idle, 1)
    idle.news = True
    wait_for_steps(idle, 2)
    running.finish()

    running = Running(failing, ScriptedLine())
    wait_for_steps(failing, 1)
    failing.news = True
    running.finish()
    assert (failing.steps, failing.news) == (1, True)


def test_a_fault_of_one_line_ends_the_program_and_is_raised() -> None:
    running = Running(ScriptedLine(ValueError("a fault of ours")), ScriptedLine())

    running.wait()

    assert isinstance(running.fault, ValueError)


@pytest.mark.parametrize("seconds", [0.0, LONG])
def test_it_ends_at_once_whatever_it_waits_for(seconds: float) -> None:
    pusher = ScriptedLine(*[seconds] * 3)
    running = Running(pusher, ScriptedLine())
    wait_until(lambda: pusher.steps > 0, lambda: "no step")

    assert running.finish() < 3
