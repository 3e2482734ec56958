"""A clock that stands where a test puts it."""

from datetime import datetime

from domain.clock import OK, Reading
from domain.spans import second


class FixedClock:
    """A clock that stands, and says whether it is synchronised; on its machine."""

    def __init__(self, at: datetime, trust: str = OK) -> None:
        self.at = at
        self._trust = trust

    def now(self) -> datetime:
        return self.at

    def read(self) -> Reading:
        return Reading(self.at, self._trust, "boot", 0, second(self.at) * 10**9)
