"""`kiosk demo` with shorter pauses, for tests: a tap every second and a half, or sooner while the roster is shown."""

import sys
from functools import partial
from typing import Never
from unittest.mock import patch

from kiosk.cli import demo
from kiosk.cli.program import run
from kiosk.demo import desk, play_day
from kiosk.entrance.controller import EntranceController

PAUSE, ROSTER_PAUSE, DESK_PAUSE = 1.5, 0.5, 0.1
"""Seconds between two volunteers."""


class FailingController(EntranceController):
    """A controller with a bug."""

    def record_tap(self, *_: object) -> Never:
        name = "王小明"
        raise KeyError(len(name))


def main(*arguments: str) -> int:
    controller = FailingController if "--with-a-bug" in arguments else EntranceController
    with (
        patch.object(demo, "play_on_screen", partial(play_day.play_on_screen, pause=PAUSE)),
        patch.object(demo, "watch_roster", partial(play_day.watch_roster, pause=ROSTER_PAUSE)),
        patch.object(demo, "serve_until_closed", partial(desk.serve_until_closed, pause=DESK_PAUSE)),
        patch.object(play_day, "EntranceController", controller),
    ):
        return run(["demo", *(word for word in arguments if word != "--with-a-bug")])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
