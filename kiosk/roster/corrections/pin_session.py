"""A coordinator's session at the roster: opened with a PIN, ended by a key or by inactivity."""

import time
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

SESSION_SECONDS = 300.0
"""Of inactivity, after which the session ends."""


class PinHolder(NamedTuple):
    """A coordinator who is authenticated."""

    actor: UUID
    name: str
    """Masked."""


class PinSession:
    """Holds who is authenticated, and for how long."""

    def __init__(self, seconds: float = SESSION_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds and never goes back."""
        self._seconds = seconds
        self._clock = clock
        self._holder: PinHolder | None = None
        self._until = 0.0

    @property
    def holder(self) -> PinHolder | None:
        """The authenticated coordinator; None without one."""
        return self._holder if self._clock() < self._until else None

    def begin(self, holder: PinHolder) -> None:
        """Begin the session of a coordinator who gave the right PIN."""
        self._holder = holder
        self._until = self._clock() + self._seconds

    def extend(self) -> None:
        """Restart the time of inactivity: a key was pressed."""
        if self.holder:
            self._until = self._clock() + self._seconds

    def end(self) -> None:
        """End the session."""
        self._holder = None
