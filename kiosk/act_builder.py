"""The circumstances of what a person does at a screen: by whom, and when by a clock that runs."""

from datetime import datetime
from uuid import UUID

from domain.act import Act
from domain.clock import Clock, RunningClock, to_the_second
from kiosk.home import Home


class ActBuilder:
    """Builds the acts of a home's actors."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation: a lockout has to end."""
        self._home = home
        self._clock = clock or (RunningClock(home.clock.now()) if home.simulation else None)

    def now(self) -> datetime:
        """The current instant; in a simulation never before the last recorded event."""
        if isinstance(self._clock, RunningClock):
            self._clock.catch_up(self._home.log.find_last_recorded())
        return self._home.now_recorded() if self._clock is None else self._clock.now()

    def build_act(self, by: UUID) -> Act:
        """The circumstances of an act of this actor, now."""
        now = self.now()
        return Act(to_the_second(now), by, now)
