"""A coordinator's PIN: load, one command, save. Whether a PIN is right is for the caller to find out.

Rule: an attempt is in the log before its outcome is shown. The lockout is checked twice, before the PIN is compared
and as the attempt is recorded: of several attempts at once, those that come too late learn nothing.
"""

from datetime import datetime
from uuid import UUID

from domain.act import Act
from domain.log.event_log import EventLog
from domain.model.coordinator import Coordinator


class PinService:
    """The use cases of a coordinator's PIN. Raises: DomainError, LogError."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def set_pin(self, actor: UUID, act: Act, pin_digest: str | None = None) -> None:
        """A PIN is kept for an actor; `pin_digest` proves what is kept of it."""
        with self._log.writing():
            coordinator = self._load_coordinator(actor)
            coordinator.set_pin(actor, act, pin_digest)
            self._log.append(coordinator)

    def remove_pin(self, actor: UUID, act: Act) -> None:
        """An actor's PIN is gone."""
        with self._log.writing():
            coordinator = self._load_coordinator(actor)
            coordinator.remove_pin(actor, act)
            self._log.append(coordinator)

    def check_lockout(self, actor: UUID, at: datetime) -> None:
        """Whether a PIN may be tried now. Raises: TooSoon, NoPin."""
        self._load_coordinator(actor).check_lockout(actor, at)

    def find_pin_digest(self, actor: UUID) -> str | None:
        """What proves the PIN that was set last; None in an event older than such digests."""
        return self._load_coordinator(actor).pin_digest

    def record_attempt(self, actor: UUID, act: Act, *, right: bool) -> None:
        """Record how an attempt ended, before it is shown. Raises: TooSoon when another attempt came between."""
        with self._log.writing():
            coordinator = self._load_coordinator(actor)
            coordinator.record_attempt(actor, act, right=right)
            self._log.append(coordinator)

    def _load_coordinator(self, actor: UUID) -> Coordinator:
        return self._log.catch_up(Coordinator.of(actor))
