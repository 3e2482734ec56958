"""A coordinator authenticates with a PIN before a correction: PIN set, removed, failed attempts, successful ones.

Rule: after five wrong tries in a row nothing can be tried for half a minute, and every further wrong try doubles the
wait. The wait follows from the stream, so that no restart shortens it. The PIN itself is in no event.
"""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from eventsourcing.domain import event

from domain.act import Act
from domain.authentication_errors import NoPin, TooSoon
from domain.ids import coordinator_stream
from domain.model.streams import StandingStream, StreamEvent

ATTEMPTS_BEFORE_LOCKOUT = 5
"""Wrong tries in a row, the last of which begins the wait. Of a million PINs of 6 digits, 19 can be tried in a week."""
LOCKOUT = timedelta(seconds=30)
"""After the last free try; doubled by every wrong try behind it."""


class PinEvent(StreamEvent):
    """What every event about a coordinator carries."""

    coordinator: UUID
    """The actor's id in the people store."""
    at: datetime
    by: UUID


class Coordinator(StandingStream):
    """One actor who may make corrections at a screen."""

    TOPIC = "coordinator"

    class PinSet(PinEvent):
        """A PIN was set or replaced; failed attempts before it no longer count."""

        TOPIC = "coordinator.pin-set"
        pin_digest: str | None = None
        """Keyed, of the hash in the people store; None in homes of version 0.1."""

    class PinRemoved(PinEvent):
        """The actor can no longer authenticate."""

        TOPIC = "coordinator.pin-removed"

    class ProofFailed(PinEvent):
        """A wrong PIN was given in the actor's name."""

        TOPIC = "coordinator.proof-failed"

    class Proved(PinEvent):
        """The right PIN was given."""

        TOPIC = "coordinator.proved"

    @classmethod
    def of(cls, actor: UUID) -> Self:
        """What is known of an actor's proofs, not yet read."""
        return cls.at_version_zero(coordinator_stream(actor))

    # --- Commands ---

    def set_pin(self, actor: UUID, act: Act, pin_digest: str | None = None) -> None:
        """Let the actor authenticate from now on. `pin_digest` proves what is kept of the PIN."""
        self.trigger_event(self.PinSet, coordinator=actor, pin_digest=pin_digest, **act.build_fields())

    def remove_pin(self, actor: UUID, act: Act) -> None:
        """Let the actor authenticate no more."""
        self._refuse_without_pin(actor)
        self._record(self.PinRemoved, actor, act)

    def check_lockout(self, actor: UUID, at: datetime) -> None:
        """Whether a PIN may be tried at an instant."""
        self._refuse_without_pin(actor)
        if self.locked_until is not None and at < self.locked_until:
            raise TooSoon(actor, self.locked_until)

    def record_attempt(self, actor: UUID, act: Act, *, right: bool) -> None:
        """Record how a try ended."""
        self.check_lockout(actor, act.recorded)
        self._record(self.Proved if right else self.ProofFailed, actor, act)

    def _record(self, happened: type[PinEvent], actor: UUID, act: Act) -> None:
        self.trigger_event(happened, coordinator=actor, **act.build_fields())

    def _refuse_without_pin(self, actor: UUID) -> None:
        if not self.has_pin:
            raise NoPin(actor)

    # --- What the events do ---

    def begin(self) -> None:
        """No PIN, and nothing tried."""
        self.has_pin = False
        self.pin_digest: str | None = None
        self._failures_in_a_row = 0
        self.locked_until: datetime | None = None

    @event(PinSet)
    def _pin_set(self, pin_digest: str | None = None) -> None:
        self.has_pin = True
        self.pin_digest = pin_digest
        self._reset_failures()

    @event(PinRemoved)
    def _pin_removed(self) -> None:
        self.has_pin = False

    @event(Proved)
    def _proved(self) -> None:
        self._reset_failures()

    @event(ProofFailed)
    def _proof_failed(self, timestamp: datetime) -> None:
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= ATTEMPTS_BEFORE_LOCKOUT:
            self.locked_until = timestamp + LOCKOUT * 2 ** (self._failures_in_a_row - ATTEMPTS_BEFORE_LOCKOUT)

    def _reset_failures(self) -> None:
        self._failures_in_a_row = 0
        self.locked_until = None
