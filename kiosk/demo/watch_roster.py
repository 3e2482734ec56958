"""The roster of the last day, live: while it is looked at, the rest of the day comes through the door.

Rule: the day goes on at human pace and by the same use cases; the roster is the one that `kiosk roster` shows.
"""

import threading
from collections.abc import Sequence

from kiosk.demo.office import BatchLine
from kiosk.demo.simulate_season import apply_lines
from kiosk.home import Home
from kiosk.roster.run import open_roster

PAUSE = 6.0
"""Seconds between two people: time to find them on the roster."""
TIMEOUT_SECONDS = 10.0
"""Seconds to wait for the last of them; far more than it takes."""


def watch(home: Home, lines: Sequence[BatchLine], pause: float = PAUSE) -> None:
    """Show the roster until it is left. Raises: Mistake, and whatever bug ended it."""
    left = threading.Event()
    people = threading.Thread(target=_send_taps, args=(home, lines, pause, left), daemon=True)
    people.start()
    try:
        open_roster(home)
    finally:
        left.set()
        people.join(TIMEOUT_SECONDS)


def _send_taps(home: Home, lines: Sequence[BatchLine], pause: float, left: threading.Event) -> None:
    for line in lines:
        if left.wait(pause):
            return
        apply_lines(home, [line])
