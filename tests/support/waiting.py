"""Waiting for something to become true, never for a time to pass."""

import time
from collections.abc import Callable

PATIENCE = 10.0
"""Seconds after which what does not come is a failure."""
BETWEEN_LOOKS = 0.02
"""Seconds between two looks."""


def wait_until(becomes_true: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    """Look until it is true; what to say when it never is."""
    deadline = time.monotonic() + PATIENCE
    while not becomes_true():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(BETWEEN_LOOKS)
