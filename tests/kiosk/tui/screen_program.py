"""A screen as a program, for a test that gives it a terminal: `busy` never rests, `leaves` is left without a reason."""

import sys

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.tui.app import QuietCrashApp


class OneLineApp(QuietCrashApp, inherit_bindings=False):
    """Shows what it does, and does it."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(f"the screen is {self._mode}")

    def on_ready(self) -> None:
        """Once it is drawn."""
        if self._mode == "busy":
            self.set_timer(0.2, self._never_rest)
        if self._mode == "leaves":
            self._close_messages_no_wait()

    def _never_rest(self) -> None:
        while True:
            pass


def main(mode: str) -> int:
    app = OneLineApp(mode)
    app.run_on_terminal()
    if app.fault:
        sys.stderr.write(f"fault: {app.fault!r}\n")
    return 1 if app.fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
