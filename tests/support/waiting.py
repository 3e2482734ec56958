"""Waiting for something to become true, never for a time to pass."""

import time
from collections.abc import Callable

TIMEOUT_SECONDS = 180.0
"""Seconds after which what does not come is a failure, also on a slow machine whose cores are all busy."""
POLL_SECONDS = 0.02
"""Seconds between two looks."""


def wait_until(condition: Callable[[], bool], describe_failure: Callable[[], str]) -> None:
    """Look until it is true; what to say when it never is."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, describe_failure()
        time.sleep(POLL_SECONDS)
