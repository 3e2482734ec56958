"""The application that both Textual faces extend: signals end it, and a bug leaves no personal data on the terminal.

Rule: what ends the program is kept and reported by the face; Textual's own report, which prints local variables and
with them names, is never drawn. A signal ends the program whatever its screens are busy with.
"""

import logging
import os
import signal
import sys
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from textual import on
from textual.app import App
from textual.worker import WorkerFailed
from typing_extensions import override

from domain.log.stop_signals import STOP_SIGNALS
from kiosk.errors import EXIT_NO, UserError
from kiosk.tui.terminal_driver import TerminalDriver, TerminalGone, measure_terminal
from kiosk.words.reports import ScreenText

LOG = logging.getLogger(__name__)
LOG.addHandler(logging.NullHandler())  # without it, Python writes warnings over the screen

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
"""Sent by a supervisor that stops the program, by a terminal or connection that closes, and by `kill -INT`."""
ENDING_SECONDS = 3.0
"""Seconds that a screen has to end after a signal, before the program is ended around it."""


class EndedWithoutReason(Exception):
    """The screen was left, and neither a signal nor a key asked for it."""


class QuietCrashApp(App[None], inherit_bindings=False):
    """A full-screen program without Textual's command palette, text selection and report of a crash."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(driver_class=TerminalDriver)
        self.fault: BaseException | None = None
        """The bug that ended the program, if one did."""
        self._stop_handlers: dict[int, Any] = {}
        self._loop_of_screen: AbstractEventLoop | None = None
        self._ending_signal: int | None = None
        self._end_of_run = Event()

    def run_on_terminal(self) -> None:
        """Run until a key or a signal ends it. Anything else that ends it is a `fault`."""
        with self._end_on_signals():
            self.run(mouse=False, size=measure_terminal())
        _discard_refused_output()
        if self.return_code is None and self.fault is None:
            self.fault = EndedWithoutReason()
            self.report_fault(self.fault)

    # --- Signals ---

    @contextmanager
    def _end_on_signals(self) -> Generator[None]:
        before = {number: signal.signal(number, self._handle_signal) for number in ENDING_SIGNALS}
        try:
            yield
        finally:
            self._end_of_run.set()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _handle_signal(self, number: int, _: object) -> None:
        """Python calls it between two instructions, so that a busy event loop does not keep it away."""
        if self._ending_signal is None:
            self._ending_signal = number
            Thread(target=self._end_by_force, daemon=True).start()
        if self._loop_of_screen is not None:
            self._loop_of_screen.call_soon_threadsafe(self.exit)

    def _end_by_force(self) -> None:
        """End the program, and leave its terminal usable, where its screens do not end."""
        if self._end_of_run.wait(ENDING_SECONDS):
            return
        LOG.critical("the screen did not end within %s s after signal %s", ENDING_SECONDS, self._ending_signal)
        if isinstance(self._driver, TerminalDriver):
            self._driver.restore_at_once()
        os._exit(128 + (self._ending_signal or 0))  # as a shell reports a program that a signal ended

    def on_mount(self) -> None:
        """From now on signals end the screen; one that came before ends it at once."""
        self._loop_of_screen = get_running_loop()
        for number in STOP_SIGNALS:  # a face that is stopped while one of its threads writes would hold up every tap
            self._stop_handlers[number] = signal.signal(number, signal.SIG_IGN)
        if self._ending_signal is not None:
            self.exit()

    def on_unmount(self) -> None:
        """Let signals stop the process again."""
        for number, handler in self._stop_handlers.items():
            signal.signal(number, handler)

    @on(TerminalGone)
    def end_without_terminal(self) -> None:
        """End where the terminal is gone; where a signal says so too, that one decides. Raises: UserError."""
        if self._ending_signal is None:
            raise UserError(ScreenText.TERMINAL_GONE, EXIT_NO)

    # --- A bug ---

    def report_fault(self, error: Exception) -> None:
        """Report an exception that ends the program. Without an override it is kept in `fault` only."""

    @override
    def _handle_exception(self, error: Exception) -> None:
        self.fault = self.fault or (error.error if isinstance(error, WorkerFailed) else error)
        self.report_fault(error)
        super()._handle_exception(error)

    @override
    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()


def _discard_refused_output() -> None:
    """Let go nowhere what a terminal that hung up did not take: Python would try again at its end, and end with 120."""
    for stream in filter(None, (sys.__stdout__, sys.__stderr__)):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def demand_terminal(program: str) -> None:
    """Check that a full-screen program, named as in a sentence, has a terminal. Raises: UserError where it has none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise UserError(ScreenText.NEEDS_TERMINAL.fill(program=program))
