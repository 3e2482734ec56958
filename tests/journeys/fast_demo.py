"""`kiosk demo` for a test that does not want to wait: people come every second and a half, or sooner to the roster."""

import sys
from functools import partial
from typing import Never
from unittest.mock import patch

from kiosk.cli import demo
from kiosk.cli.program import run
from kiosk.demo import play_day as playing
from kiosk.demo import watch_roster as watching
from kiosk.entrance.controller import EntranceController

PAUSE, PAUSE_AT_THE_ROSTER = 1.5, 0.5
"""Seconds between two people."""


class FailingController(EntranceController):
    """A doorkeeper with a bug."""

    def record_tap(self, *_: object) -> Never:
        name = "王小明"
        raise KeyError(len(name))


def main(*arguments: str) -> int:
    doorkeeper = FailingController if "--with-a-bug" in arguments else EntranceController
    with (
        patch.object(demo, "play_on_screen", partial(playing.play_on_screen, pause=PAUSE)),
        patch.object(demo, "watch", partial(watching.watch, pause=PAUSE_AT_THE_ROSTER)),
        patch.object(playing, "EntranceController", doorkeeper),
    ):
        return run(["demo", *(word for word in arguments if word != "--with-a-bug")])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
