"""A program in a real terminal multiplexer, as on a kiosk that people look after from afar: what its screen shows."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Self
from uuid import uuid4

from tests.support.waiting import wait_until

WHY_NOT = "" if shutil.which("tmux") else "tmux is not installed: the screen cannot be seen as a person sees it"
"""Why tests with it are skipped; empty where they run."""


class Tmux:
    """A tmux server of its own with one window, gone at the end of the block. Pane 0 is the first program's."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._socket = f"kiosk-test-{uuid4().hex[:12]}"
        self._size = ("-x", str(columns), "-y", str(rows))
        self._started = False

    def starts(self, *command: str | Path) -> None:
        """Run a program in the window; a second one takes the place of a first that has ended."""
        words = [str(word) for word in command]
        if self._started:
            self._tmux("respawn-window", *words)
            return
        self._tmux("new-session", "-d", *self._size, *words, ";", "set", "-g", "remain-on-exit", "on")
        self._started = True

    def starts_beside(self, columns: int, *command: str | Path) -> None:
        """Run another program in a pane of so many columns, right of those that run."""
        self._tmux("split-window", "-d", "-h", "-l", str(columns), *(str(word) for word in command))

    def screen(self, pane: int = 0) -> str:
        """What stands on the screen now."""
        return self._tmux("capture-pane", "-p", "-t", f":.{pane}")

    def shows(self, *texts: str, pane: int = 0) -> str:
        """Wait until all of these stand on the screen at once; the screen."""
        screens: list[str] = []

        def stand_there() -> bool:
            screens.append(self.screen(pane))
            return all(text in screens[-1] for text in texts)

        self._waits(stand_there, " and ".join(texts), pane)
        return screens[-1]

    def presses(self, *keys: str, pane: int = 0) -> None:
        """Press keys, as tmux calls them: `Enter`, `Escape`, `Right`, `m`."""
        self._tmux("send-keys", "-t", f":.{pane}", *keys)

    def types(self, text: str, pane: int = 0) -> None:
        """Type a text, letter by letter."""
        self._tmux("send-keys", "-t", f":.{pane}", "-l", text)

    def signals(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(int(self._said("pane_pid")), number)

    def loses_power(self) -> None:
        """The program is there no more from one instant to the next: kill -9."""
        self.signals(signal.SIGKILL)
        self._waits(lambda: self._said("pane_dead") == "1", "the end of the program")

    def ends(self) -> int:
        """Wait until the program has ended by itself; its exit status."""
        self._waits(lambda: bool(self._status()), "an exit status")
        return int(self._status())

    def _status(self) -> str:
        """Empty while the program runs. tmux 3.3a may miss the end of a program, and looks again when it is told."""
        os.kill(int(self._said("pid")), signal.SIGCHLD)
        return self._said("pane_dead_status")

    def _waits(self, until: Callable[[], bool], what: str, pane: int = 0) -> None:
        wait_until(until, lambda: f"{what} never came:\n{self.screen(pane)}")

    def _said(self, variable: str) -> str:
        return self._tmux("display-message", "-p", f"#{{{variable}}}").strip()

    def _tmux(self, *words: str) -> str:
        """Without a configuration of whoever runs the tests, in UTF-8 whatever their locale is, of the pane's size."""
        of_theirs = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        env = of_theirs | {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        command = ["tmux", "-u", "-f", "/dev/null", "-L", self._socket, *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True).stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._started:
            socket = Path(self._said("socket_path"))
            self._tmux("kill-server")
            socket.unlink(missing_ok=True)
