"""What may take long is tried beside the thread that waits for it."""

from threading import Event

import pytest

from devices.ports.background_open import BackgroundOpen
from tests.support.waiting import TIMEOUT_SECONDS


class Door:
    """Something that is opened and closed."""

    def __init__(self) -> None:
        self.closed = Event()

    def close(self) -> None:
        self.closed.set()


def test_an_attempt_that_succeeds_has_what_it_opened() -> None:
    door = Door()
    attempt = BackgroundOpen(lambda: door)
    assert attempt.has_ended(within=TIMEOUT_SECONDS)
    assert attempt.result() is door


def test_an_attempt_that_fails_raises_what_opening_raised() -> None:
    def fail() -> Door:
        raise ConnectionRefusedError

    attempt = BackgroundOpen(fail)
    assert attempt.has_ended(within=TIMEOUT_SECONDS)
    with pytest.raises(ConnectionRefusedError):
        attempt.result()


def test_what_is_opened_after_nobody_waits_is_closed() -> None:
    door, may_open = Door(), Event()

    def open_slowly() -> Door:
        may_open.wait(TIMEOUT_SECONDS)
        return door

    attempt = BackgroundOpen(open_slowly)
    assert not attempt.has_ended(within=0.01)
    attempt.abandon()
    assert not door.closed.is_set()
    may_open.set()
    assert door.closed.wait(TIMEOUT_SECONDS)


def test_what_was_opened_before_nobody_waited_is_closed_too() -> None:
    door = Door()
    attempt = BackgroundOpen(lambda: door)
    attempt.has_ended(within=TIMEOUT_SECONDS)
    attempt.abandon()
    assert door.closed.wait(TIMEOUT_SECONDS)
