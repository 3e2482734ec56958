"""What both lines to the hub have learned, gathered for the state that other programs read.

Rule: what went wrong is logged once, when it begins; it says neither a person nor a card.
"""

import logging
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

import msgspec

from domain.clock import Clock
from kiosk.joined_home.sync_state import SyncState
from kiosk.wire_protocol.messages import ExchangeAnswer, Refusal
from kiosk.words.sync import explain_trouble

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class ClockOffset:
    """The hub's clock minus this machine's, nanoseconds."""

    offset_ns: int
    uncertainty_ns: int
    """It may be wrong by so much: by half of the way there and back."""


class HeldLog(NamedTuple):
    """How far the hub holds the own log."""

    position: int
    chain: bytes | None
    """The chain hash there; None where it holds more than was sent with this message."""


class SyncReport:
    """The state, as of now. Threads may share it."""

    def __init__(self, state: SyncState, clock: Clock) -> None:
        """`state`: as an earlier run left it."""
        self._state = state
        self._clock = clock
        self._lock = Lock()

    @property
    def state(self) -> SyncState:
        """The whole of it."""
        return self._state

    def record_push(self, answer: ExchangeAnswer, held: HeldLog, offset: ClockOffset) -> None:
        """The hub holds the own log so far."""
        reading = self._clock.read()
        found = {
            "hub_offset_ns": offset.offset_ns,
            "uncertainty_ns": offset.uncertainty_ns,
            "boot": reading.boot,
            "wall_offset_ns": reading.offset_ns,
            "compared_ns": reading.boot_ns,
        }
        self._record_answer(answer, held=held.position, held_chain=held.chain, **found)

    def record_pull(self, answer: ExchangeAnswer, *, is_complete: bool) -> None:
        """The hub has sent what it had; `is_complete`: all of it."""
        self._record_answer(answer, **({"heard_at": self._clock.now()} if is_complete else {}))

    def record_failure(self, code: str, reason: str) -> None:
        """The hub is not reached, or a file here cannot be used."""
        self._record_trouble(code, reason, failure=code)

    def record_refusal(self, refusal: Refusal) -> None:
        """The hub does not take what this kiosk sends."""
        self._record_trouble(refusal.code, refusal.alarm or "", refusal=refusal.code, alarm=refusal.alarm, failure=None)

    def _record_answer(self, answer: ExchangeAnswer, **found: object) -> None:
        with self._lock:
            if self._state.since is not None:
                LOG.warning("the hub is heard again")
            well = {"refusal": None, "alarm": None, "failure": None, "since": None}
            is_other_log = answer.copied is not None and answer.copied.begins_anew
            known = 0 if is_other_log else self._state.position  # an answer of the other line may be the newer one
            self._change(position=max(known, answer.position), kiosks=answer.kiosks, **well, **found)

    def _record_trouble(self, code: str, reason: str, **found: object) -> None:
        with self._lock:
            if code not in (self._state.failure, self._state.refusal):
                LOG.warning("%s (%s %s)", explain_trouble(code), code, reason)
            self._change(since=self._state.since or self._clock.now(), **found)

    def _change(self, **fields: object) -> None:
        self._state = msgspec.structs.replace(self._state, **fields)
