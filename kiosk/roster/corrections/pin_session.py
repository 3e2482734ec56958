"""For how long a coordinator who has proved who they are is believed at this screen.

Rule: five minutes without a key, then everybody is a stranger again. A key never brings back a proof that is over.
"""

import time
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

SESSION_SECONDS = 300.0
"""Without a key."""


class PinHolder(NamedTuple):
    """Somebody who gave the right PIN."""

    actor: UUID
    name: str
    """Masked."""


class PinSession:
    """Who is believed now."""

    def __init__(self, seconds: float = SESSION_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds and never goes back."""
        self._seconds = seconds
        self._clock = clock
        self._holder: PinHolder | None = None
        self._until = 0.0

    @property
    def holder(self) -> PinHolder | None:
        """Who is believed, if anybody is."""
        return self._holder if self._clock() < self._until else None

    def begin(self, holder: PinHolder) -> None:
        """They gave the right PIN."""
        self._holder = holder
        self._until = self._clock() + self._seconds

    def extend(self) -> None:
        """A key was pressed."""
        if self.holder:
            self._until = self._clock() + self._seconds

    def end(self) -> None:
        """Nobody is believed."""
        self._holder = None
