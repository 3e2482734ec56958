"""Runs the two lines to the hub, each in a thread of its own, until a signal ends the program; keeps what they learn.

Rule: a new event is sent within a tenth of a second. Nothing here waits for the network when the program is to end.
"""

from collections.abc import Callable, Sequence
from threading import Event, Thread
from time import monotonic

from typing_extensions import override

from kiosk.joined_home.sync_state import SyncState
from kiosk.sync.exchange import Exchange
from kiosk.sync.hub_connection import ConnectionClosed
from kiosk.sync.pull import Puller
from kiosk.sync.push import Pusher
from kiosk.sync.retry import Pause
from kiosk.sync.sync_report import SyncReport

POLL_SECONDS = 0.05
"""How often it is looked whether the own log has grown."""
SAVE_SECONDS = 0.5
"""How often what was learned is kept."""
SECONDS_TO_END = 1.0
"""For a line to finish what it does after the signal to end."""


class Line(Thread):
    """One line to the hub."""

    def __init__(self, exchange: Exchange, has_news: Callable[[], bool], report_change: Callable[[], None]) -> None:
        """`has_news` ends an idle wait; `report_change` is called when the hub is heard again, and at the end."""
        super().__init__(daemon=True)  # one that hangs in the network ends with the program
        self._exchange = exchange
        self._has_news = has_news
        self._report_change = report_change
        self._awake = Event()
        self._is_ending = False
        self.fault: BaseException | None = None
        """What ended it, where no signal did."""

    @property
    def is_failing(self) -> bool:
        """Whether it waits after a failure."""
        return self._exchange.is_failing

    @override
    def run(self) -> None:
        try:
            while not self._is_ending:
                was_failing = self.is_failing
                pause = self._exchange.step()
                if was_failing and not self.is_failing:
                    self._report_change()
                self._wait(pause)
        except ConnectionClosed:
            pass
        except BaseException as fault:  # noqa: BLE001 - the program ends with it, and its supervisor starts it again
            self.fault = fault
            self._report_change()

    def wake(self) -> None:
        """Take the next step at once."""
        self._awake.set()

    def end(self) -> None:
        """Take no further step, and wait for no answer."""
        self._is_ending = True
        self._exchange.connection.close()
        self.wake()

    def _wait(self, pause: Pause) -> None:
        ends = monotonic() + pause.seconds
        longest = POLL_SECONDS if pause.is_idle else pause.seconds
        while (left := ends - monotonic()) > 0 and not self._awake.wait(min(left, longest)):
            if pause.is_idle and self._has_news():
                break
        self._awake.clear()


def run_lines(
    pusher: Pusher, puller: Puller, report: SyncReport, save: Callable[[SyncState], None], end: Event
) -> None:
    """Keep both lines busy until `end` is set. Raises: what ended one of them that is nothing to be tried again."""
    lines: list[Line] = []

    def notice_change() -> None:
        for line in lines:
            if line.fault:
                end.set()
            elif line.is_failing:
                line.wake()

    lines += [Line(pusher, pusher.has_news, notice_change), Line(puller, lambda: False, notice_change)]
    for line in lines:
        line.start()
    try:
        _save_until(end, report, save)
    finally:
        _end(lines)
        save(report.state)
    for line in lines:
        if line.fault:
            raise line.fault


def _end(lines: Sequence[Line]) -> None:
    for line in lines:
        line.end()
    for line in lines:
        line.join(SECONDS_TO_END)


def _save_until(end: Event, report: SyncReport, save: Callable[[SyncState], None]) -> None:
    kept = report.state
    while not end.wait(SAVE_SECONDS):
        state = report.state
        if state is not kept:
            save(state)
            kept = state
