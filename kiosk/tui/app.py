"""The application that both Textual faces extend: signals end it, and a bug leaves no personal data on the terminal.

Rule: what ends the program is kept and reported by the face; Textual's own report, which prints local variables and
with them names, is never drawn.
"""

import asyncio
import signal
import sys
from typing import Any

from textual.app import App
from textual.worker import WorkerFailed
from typing_extensions import override

from domain.log.stop_signals import STOP_SIGNALS
from kiosk.errors import UserError
from kiosk.words.reports import ScreenText

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""Sent by a supervisor that stops the program, and by a terminal or connection that closes."""


class QuietCrashApp(App[None], inherit_bindings=False):
    """A full-screen program without Textual's command palette, text selection and report of a crash."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.fault: BaseException | None = None
        """The bug that ended the program, if one did."""
        self._stop_handlers: dict[int, Any] = {}

    def on_mount(self) -> None:
        """Before anything is drawn, let signals end the program and restore the terminal."""
        loop = asyncio.get_running_loop()
        for number in ENDING_SIGNALS:
            loop.add_signal_handler(number, self.exit)
        for number in STOP_SIGNALS:  # a face that is stopped while one of its threads writes would hold up every tap
            self._stop_handlers[number] = signal.signal(number, signal.SIG_IGN)

    def on_unmount(self) -> None:
        """Let signals stop the process again."""
        for number, handler in self._stop_handlers.items():
            signal.signal(number, handler)

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


def demand_terminal(program: str) -> None:
    """Check that a full-screen program, named as in a sentence, has a terminal. Raises: UserError where it has none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise UserError(ScreenText.NEEDS_TERMINAL.fill(program=program))
