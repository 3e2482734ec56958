"""What the controller of the entrance reads and writes, as protocols, so that it runs without a home.

The rule: `kiosk.entrance.launch` builds these from a home, tests build them from small programs in memory.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import NamedTuple, Protocol
from uuid import UUID

from devices.protocols.decoder import CardNumber
from domain.clock import Clock, Reading
from domain.model.visits import Direction
from domain.policy import Policy
from domain.spans import Second
from domain.use_cases.check_in import TapAnswer, UnreadReason
from kiosk.entrance.service import NextAward
from kiosk.joined_home.hub_trouble import HubTrouble
from kiosk.text.masking import Style
from projections.read_models.today import Today


class ClockRating(Protocol):
    """Rates readings of the clock, as `domain.use_cases.clock_monitor.ClockMonitor` does."""

    def rate(self, reading: Reading) -> Reading:
        """The reading with the trust that it deserves; a change of the clock that it shows is kept."""
        ...

    def record_changes(self) -> None:
        """Write the changes that were kept. Raises: LogError, and they are kept for the next call."""
        ...


class TapRecorder(Protocol):
    """Records taps and decides what they are, as `domain.use_cases.check_in.Door` does."""

    @property
    def clock_monitor(self) -> ClockRating:
        """Rates the clock that taps are stamped with."""
        ...

    def record_tap(self, token: str, reader: str, direction: Direction | None, reading: Reading) -> TapAnswer:
        """Record a card. Raises: LogError, and nothing happened."""
        ...

    def record_unreadable(
        self, reader: str, reading: Reading | None = None, reason: UnreadReason = "unreadable"
    ) -> TapAnswer:
        """Record a presentation without a card number. Raises: LogError, and nothing happened."""
        ...

    def read_ahead(self, token: str, day: date) -> None:
        """Have at hand what a tap of a card asks for on a service day. Raises: LogError."""
        ...

    def count_unanswered(self, reader: str, cards: int) -> None:
        """Count cards that were not looked up."""
        ...

    def record_refusal_sums(self) -> None:
        """Record what was counted and is due. Raises: LogError, and it waits on."""
        ...

    def list_nonsense_readers(self) -> tuple[str, ...]:
        """The readers that send nonsense now."""
        ...


class PeopleLookup(Protocol):
    """Personal data of volunteers, as the people store has it. Raises: UserError where it cannot be read."""

    def find_name(self, volunteer_id: UUID) -> str | None:
        """The full name; None where none is stored."""
        ...

    def find_language(self, volunteer_id: UUID) -> str | None:
        """The language that the volunteer reads; None where none is stored."""
        ...


class OwnDay(NamedTuple):
    """A volunteer's service day and the policy that it is judged by."""

    today: Today
    policy: Policy


class OwnDaySource(Protocol):
    """The read models of one volunteer's day."""

    def load(self, volunteer_id: UUID, at: Second) -> OwnDay | None:
        """The service day of `at`; None for a volunteer the read models do not hold. May raise any exception."""
        ...

    def sum_own_year(self, volunteer_id: UUID, at: Second) -> int | None:
        """Minutes credited in the year so far; None where the volunteer is not held. May raise any exception."""
        ...

    def find_next_award(self, volunteer_id: UUID, at: Second) -> NextAward | None:
        """What lacks to the next award; None where there is none to serve on for. May raise any exception."""
        ...


@dataclass(frozen=True, slots=True)
class EntranceSources:
    """Everything that the controller uses."""

    door: TapRecorder
    people: PeopleLookup
    own_day: OwnDaySource
    clock: Clock
    zone: tzinfo
    """The zone in which times are shown."""
    masking: Style
    """How names are masked on the screen."""
    derive_token: Callable[[CardNumber], str]
    """The name of a card in the log."""
    find_direction: Callable[[str], Direction | None]
    """The direction that a reader, by name, is fixed to."""
    limit_wait: Callable[[float], object]
    """Sets how many seconds a write waits for other programs."""
    probe_log: Callable[[], object]
    """Checks that the log can be written. Raises: LogError."""
    list_expected_cards: Callable[[date], Sequence[str]] = lambda _: ()
    """The tokens of the cards that are expected on a day, those expected most first. May raise any exception."""
    find_hub_trouble: Callable[[], HubTrouble | None] = lambda: None
    """What is wrong between this kiosk and its hub. Raises: LogError, UserError."""
    find_chain: Callable[[int], bytes] | None = None
    """The chain of the log that the door writes at a position, where the unit shows its code after a tap.

    May raise any exception.
    """
