"""Coordinators of a home: who has a PIN, setting one, removing it, trying it.

Rule: what the people store and the log hold agree, as far as a crash between the two lets them: a PIN is kept before
the log says that it is set, and gone after the log says that it is removed. Comparing takes a tenth of a second, so it
is done by a thread that nobody waits for, and outside the lock that the door needs.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from domain.act import Act
from domain.clock import Clock, RunningClock, to_the_second
from domain.errors import NoPin
from domain.use_cases.pins import Proving
from kiosk.errors import Mistake
from kiosk.home import Home, last_recorded
from kiosk.pins import Pin


class Coordinators:
    """Those who may settle, and how they prove it."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation: a wait has to end."""
        self._home = home
        self._clock = clock or (RunningClock(home.clock.now()) if home.simulation else home.clock)
        self._proving = Proving(home.log)

    def now(self) -> datetime:
        """The instant, never before what a simulation has come to meanwhile."""
        if isinstance(self._clock, RunningClock):
            self._clock.reach(last_recorded(self._home.log))
        return self._clock.now()

    def act(self, by: UUID) -> Act:
        """Somebody does something now."""
        now = self.now()
        return Act(to_the_second(now), by, now)

    def names(self) -> Mapping[UUID, str]:
        """Everybody who has a PIN, in the order of their names."""
        return self._home.people.coordinators()

    def set_pin(self, name: str, pin: Pin, by: UUID) -> UUID:
        """Keep a PIN for an actor, who need not be known yet. Raises: NoSuchPin, LogError, Mistake."""
        pin.demand_usable()
        actor = self._home.people.actor(name)
        self._home.people.keep_pin(actor, pin.hashed(self._home.keyed, actor))
        self._proving.set_pin(actor, self.act(by))
        return actor

    def remove_pin(self, name: str, by: UUID) -> None:
        """Forget an actor's PIN. Raises: Mistake, LogError."""
        actor = self._home.people.known_actor(name)
        if actor is None or actor not in self.names():
            raise Mistake(f"no PIN is set for {name}: `kiosk coordinator` lists those who have one", 1)
        with suppress(NoPin):  # kept by a program that was killed before it could record it
            self._proving.remove_pin(actor, self.act(by))
        self._home.people.drop_pin(actor)

    def refuse_try(self, actor: UUID) -> None:
        """Whether a PIN may be tried now. Raises: TooSoon, NoPin."""
        self._proving.refuse_try(actor, self.now())

    def is_proved(self, actor: UUID, pin: Pin) -> bool:
        """Whether the PIN is theirs; the log holds the try when this returns. Raises: TooSoon, NoPin, LogError."""
        self.refuse_try(actor)
        kept = self._home.people.pin_of(actor)
        if kept is None:
            raise NoPin(actor)
        right = pin.fits(kept, self._home.keyed, actor)
        self._proving.tried(actor, self.act(actor), right=right)
        return right
