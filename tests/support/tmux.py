"""A program in a real terminal multiplexer, as on a kiosk that people look after from afar: what its screen shows."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self
from uuid import uuid4

from tests.support.large_text import shows_large_text
from tests.support.waiting import wait_until

SKIP_REASON = "" if shutil.which("tmux") else "tmux is not installed: the screen cannot be seen as a person sees it"
"""Why tests with it are skipped; empty where they run."""


class Tmux:
    """A tmux server of its own with one window, gone at the end of the block. Pane 0 is the first program's."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._socket = f"kiosk-test-{uuid4().hex[:12]}"
        self._size = ("-x", str(columns), "-y", str(rows))
        self._started = False

    def start(self, *command: str | Path) -> None:
        """Run a program in the window; a second one takes the place of a first that has ended."""
        words = [str(word) for word in command]
        if self._started:
            self._run_tmux("respawn-window", *words)
            return
        self._run_tmux("new-session", "-d", *self._size, *words, ";", "set", "-g", "remain-on-exit", "on")
        self._started = True

    def start_beside(self, columns: int, *command: str | Path) -> None:
        """Run another program in a pane of so many columns, right of those that run."""
        self._run_tmux("split-window", "-d", "-h", "-l", str(columns), *(str(word) for word in command))

    def screen(self, pane: int = 0) -> str:
        """What stands on the screen now."""
        return self._run_tmux("capture-pane", "-p", "-t", f":.{pane}")

    def wait_for_text(self, *texts: str, pane: int = 0, drawn: Sequence[str] = ()) -> str:
        """Wait until all of these stand on the screen at once, written or drawn large; the screen."""
        screens: list[str] = []

        def stand_there() -> bool:
            screens.append(self.screen(pane))
            rows = screens[-1].split("\n")
            return all(text in screens[-1] for text in texts) and all(shows_large_text(rows, text) for text in drawn)

        self._wait_until(stand_there, " and ".join((*texts, *drawn)), pane)
        return screens[-1]

    def shows_drawn(self, text: str) -> bool:
        """Whether a text is drawn large on the screen now."""
        return shows_large_text(self.screen().split("\n"), text)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._run_tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def press(self, *keys: str, pane: int = 0) -> None:
        """Press keys, as tmux calls them: `Enter`, `Escape`, `Right`, `m`."""
        self._run_tmux("send-keys", "-t", f":.{pane}", *keys)

    def type_text(self, text: str, pane: int = 0) -> None:
        """Type a text, letter by letter."""
        self._run_tmux("send-keys", "-t", f":.{pane}", "-l", text)

    def send_signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(int(self._read_variable("pane_pid")), number)

    def kill(self) -> None:
        """The program is there no more from one instant to the next: kill -9."""
        self.send_signal(signal.SIGKILL)
        self._wait_until(lambda: self._read_variable("pane_dead") == "1", "the end of the program")

    def wait_for_exit(self) -> int:
        """Wait until the program has ended by itself; its exit status."""
        self._wait_until(lambda: bool(self._read_exit_status()), "an exit status")
        return int(self._read_exit_status())

    def _read_exit_status(self) -> str:
        """Empty while the program runs. tmux 3.3a may miss the end of a program, and looks again when it is told."""
        os.kill(int(self._read_variable("pid")), signal.SIGCHLD)
        return self._read_variable("pane_dead_status")

    def _wait_until(self, until: Callable[[], bool], what: str, pane: int = 0) -> None:
        wait_until(until, lambda: f"{what} never came:\n{self.screen(pane)}")

    def _read_variable(self, variable: str) -> str:
        return self._run_tmux("display-message", "-p", f"#{{{variable}}}").strip()

    def _run_tmux(self, *words: str) -> str:
        """Without a configuration of the developer, in UTF-8 whatever their locale is, of the pane's size."""
        of_theirs = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        env = of_theirs | {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        command = ["tmux", "-u", "-f", "/dev/null", "-L", self._socket, *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True).stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._started:
            socket = Path(self._read_variable("socket_path"))
            self._run_tmux("kill-server")
            socket.unlink(missing_ok=True)
