"""The sources of a controller, without a home: what each answers, and whether it fails, is set by the test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from devices.protocols.decoder import CardNumber
from domain.calendar import TAIPEI
from domain.clock import Reading
from domain.log.errors import LogError
from domain.model.visits import Direction
from domain.policy import Policy
from domain.spans import Second, second
from domain.use_cases.check_in import TapAnswer, UnreadReason
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.service import NextAward, TapResult
from kiosk.entrance.sources import EntranceSources, OwnDay
from projections.read_models.today import OwnDuty, Today
from tests.support.fixed_clock import FixedClock

NINE = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
"""Nine in the morning in Taipei."""
ANN = UUID(int=1)
DIRECTIONS: dict[str, Direction] = {"exit": "out"}
CARD = CardNumber.parse("04000000000001")
DUTY = OwnDuty("S1", second(NINE), second(NINE + timedelta(hours=3)), "櫃台", 0)
DAY = Today("rostered", [DUTY], [], minutes=30, month_minutes=90, forgot_last_time=False)
CARD_NEXT = NextAward("志願服務榮譽卡", 750, None)


@dataclass
class FakeMonitor:
    """Leaves every reading as it is; its changes can be written while the log works."""

    log_works: bool = True

    def rate(self, reading: Reading) -> Reading:
        return reading

    def record_changes(self) -> None:
        if not self.log_works:
            raise LogError


@dataclass
class FakeDoor:
    """Gives every card the same answer, and keeps what it was given."""

    answer: TapAnswer = field(default_factory=lambda: TapAnswer("checked_in", NINE, 1, volunteer_id=ANN, since=NINE))
    log_works: bool = True
    taps: list[tuple[str, str, Direction | None, datetime]] = field(default_factory=list)
    unanswered: dict[str, int] = field(default_factory=dict)
    ahead: list[tuple[str, date]] = field(default_factory=list)

    @property
    def clock_monitor(self) -> FakeMonitor:
        return FakeMonitor(self.log_works)

    def record_tap(self, token: str, reader: str, direction: Direction | None, reading: Reading) -> TapAnswer:
        self.probe()
        self.taps.append((token, reader, direction, reading.at))
        return self.answer

    def record_unreadable(
        self, reader: str, reading: Reading | None = None, reason: UnreadReason = "unreadable"
    ) -> TapAnswer:
        self.probe()
        self.taps.append(("", reader, None, reading.at if reading else NINE))
        return TapAnswer("refused", NINE, 1, reason)

    def read_ahead(self, token: str, day: date) -> None:
        self.probe()
        self.ahead.append((token, day))

    def count_unanswered(self, reader: str, cards: int) -> None:
        self.unanswered[reader] = cards

    def record_refusal_sums(self) -> None:
        self.probe()

    def list_nonsense_readers(self) -> tuple[str, ...]:
        return tuple(self.unanswered)

    def probe(self) -> None:
        if not self.log_works:
            raise LogError


@dataclass
class FakePeople:
    """One volunteer's name and language, while the store can be read."""

    name: str | None = "王小明"
    language: str | None = None
    failure: Exception | None = None

    def find_name(self, _: UUID) -> str | None:
        if self.failure:
            raise self.failure
        return self.name

    def find_language(self, _: UUID) -> str | None:
        return self.language


@dataclass
class FakeDays:
    """One volunteer's day, while the read models can be read."""

    today: Today | None = DAY
    works: bool = True
    policy: Policy = field(default_factory=Policy)
    has_awards: bool = True
    asked: int = 0

    def load(self, _: UUID, at: Second) -> OwnDay | None:
        if not self.works:
            raise OSError(at)
        return OwnDay(self.today, self.policy) if self.today else None

    def sum_own_year(self, _: UUID, at: Second) -> int | None:
        return at and 5910

    def find_next_award(self, _: UUID, at: Second) -> NextAward | None:
        self.asked += 1
        if not self.has_awards:
            raise OSError(at)
        return CARD_NEXT


@dataclass
class Sources:
    """The sources of a controller in memory."""

    door: FakeDoor = field(default_factory=FakeDoor)
    people: FakePeople = field(default_factory=FakePeople)
    days: FakeDays = field(default_factory=FakeDays)
    clock: FixedClock = field(default_factory=lambda: FixedClock(NINE))
    find_chain: Callable[[int], bytes] | None = None
    cards: Sequence[str] = ()
    waits: list[float] = field(default_factory=list)

    def tap(self, read_at: datetime = NINE) -> TapResult:
        return self.controller.record_tap(CARD, "exit", read_at)

    @property
    def controller(self) -> EntranceController:
        return EntranceController(
            EntranceSources(
                door=self.door,
                people=self.people,
                own_day=self.days,
                clock=self.clock,
                zone=TAIPEI,
                masking="surname-only",
                derive_token=str,
                find_direction=DIRECTIONS.get,
                limit_wait=self.waits.append,
                probe_log=self.door.probe,
                list_expected_cards=lambda _: self.cards,
                find_chain=self.find_chain,
            )
        )
