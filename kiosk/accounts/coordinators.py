"""The coordinators of a home: listing them, setting and removing a PIN, authenticating with one.

Rule: people store and log agree, as far as a crash between the two allows: a PIN is kept before the log records that
it is set, and deleted after the log records that it is removed. Comparing takes a tenth of a second, so it runs in a
thread of its own, outside the lock that a tap needs.
"""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from domain.authentication_errors import NoPin
from domain.clock import Clock
from domain.use_cases.pins import PinService
from kiosk.accounts.pins import Pin
from kiosk.act_builder import ActBuilder
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people.proofs import compute_pin_digest
from kiosk.words.errors import HomeText


class Coordinators(ActBuilder):
    """Coordinators, who may correct, and their PINs."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation: a lockout has to end."""
        super().__init__(home, clock)
        self._pin_service = PinService(home.log)

    def list_names(self) -> Mapping[UUID, str]:
        """All actors who have a PIN, by name."""
        return self._home.people.list_coordinators()

    def set_pin(self, name: str, pin: Pin, by: UUID) -> UUID:
        """Keep a PIN for an actor, who is created where necessary. Raises: InvalidPin, LogError, UserError."""
        pin.demand_usable()
        actor = self._home.people.ensure_actor(name)
        hashed = pin.compute_hash(self._home.compute_hmac, actor)
        digest = compute_pin_digest(self._home.compute_hmac, actor, hashed)
        with self._home.log.writing():  # who holds the log sees both or neither
            self._home.people.keep_pin_hash(actor, hashed)
            self._pin_service.set_pin(actor, self.build_act(by), digest)
        return actor

    def remove_pin(self, name: str, by: UUID) -> None:
        """Delete an actor's PIN. Raises: UserError, LogError."""
        actor = self._home.people.find_actor(name)
        if actor is None or actor not in self.list_names():
            raise UserError(HomeText.NO_PIN_SET.fill(name=name), 1)
        with suppress(NoPin):  # kept by a program that was killed before it could record it
            self._pin_service.remove_pin(actor, self.build_act(by))
        self._home.people.drop_pin(actor)

    def check_lockout(self, actor: UUID) -> None:
        """Check that a PIN may be tried now. Raises: TooSoon, NoPin."""
        self._pin_service.check_lockout(actor, self.now())

    def authenticate(self, actor: UUID, pin: Pin) -> bool:
        """Whether the PIN is theirs; the attempt is recorded when this returns. Raises: TooSoon, NoPin, LogError."""
        self.check_lockout(actor)
        hashed = self._home.people.find_pin_hash(actor)
        if hashed is None:
            raise NoPin(actor)
        kept = self._pin_service.find_pin_digest(actor)
        if kept is not None and kept != compute_pin_digest(self._home.compute_hmac, actor, hashed):
            raise UserError(HomeText.PIN_HASH_DAMAGED.fill())
        right = pin.matches(hashed, self._home.compute_hmac, actor)
        self._pin_service.record_attempt(actor, self.build_act(actor), right=right)
        return right
