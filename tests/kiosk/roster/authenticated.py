"""A coordinator with a PIN, and a session in which it was given."""

from pathlib import Path

from kiosk.home import Home
from kiosk.roster.corrections.pin_session import PinHolder, PinSession

LIN, PIN = "林主任", "482915"


class Seconds:
    """A stopwatch that the test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def authenticate(home: Path, clock: Seconds | None = None) -> PinSession:
    """A session in which the coordinator has given the right PIN."""
    with Home.open(home) as opened:
        pin_session = PinSession(clock=clock or Seconds())
        pin_session.begin(PinHolder(opened.people.ensure_actor(LIN), "林〇任"))
    return pin_session
