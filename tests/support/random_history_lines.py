"""What every part of a random history writes with: the people, the policies, the chance, and the lines so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.support.kiosk_program import line

BatchLine = dict[str, Any]

FIRST_DAYS = (date(2026, 11, 24), date(2026, 10, 8), date(2026, 2, 24), date(2026, 12, 26))
"""Their histories reach over the end of a month, a holiday, a short month, the end of a year."""
DAYS = 9
CATEGORY, OTHER_CATEGORY = "戶政", "衛教"
MODES = ("rostered", "rostered", "flexible", "event")
NUMBERS = tuple(f"V00{n}" for n in range(1, len(MODES) + 1))
STRANGERS_CARD = "04FFFFFFFFFFFF"
WORKING_DAYS = [1, 2, 3, 4, 5]
REASON = {"by": "林主任", "reason": "on paper"}
OPENING_HOURS: Sequence[list[BatchLine] | None] = (
    None,
    [],
    [
        {"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "12:00"},
        {"days": [1, 2, 3, 4, 5], "from": "13:00", "to": "17:00"},
    ],
    [{"days": [1, 3, 5, 7], "from": "20:00", "to": "06:00"}, {"days": [2], "from": "08:00", "to": "17:30"}],
)
"""Left out is always open; the last run over midnight and over the turn of the service day."""
SWITCHES: Sequence[BatchLine] = (
    {"grace_minutes_in": 0},
    {"grace_minutes_in": 30, "grace_minutes_out": 15},
    {"checkin_window_before_start_min": 0},
    {"debounce_seconds": 0},
    {"debounce_seconds": 300},
    {"absence_threshold": 1},
    {"absence_threshold": 2, "absence_window": "rolling_12m"},
    {"leave_threshold": 2},
    {"leave_threshold": 1, "leave_window": "calendar_year"},
    {"require_training": False},
    {"training_day_counts": True},
    {"assessment_pass": 80},
    {"day_ends_at": "00:00"},
    {"day_ends_at": "05:00"},
    {"day_ends_at": "12:00"},
)
"""What a policy may change in every history."""
GENEROUS_SWITCHES: Sequence[BatchLine] = (
    {"credit_from_scheduled_start_within_grace": True},
    {"missing_checkout_credit": "shift_end"},
    {"cap_to_shift": False},
)
"""By these more may be credited than a visit lasted, or than lies in a window."""


@dataclass
class PlannedShift:
    """A shift as far as the generator follows it."""

    name: str
    start: datetime
    end: datetime
    people: list[str]


@dataclass
class HistoryLines:
    """The lines of one history, as far as they are written, and what more than one part of it writes."""

    seed: int
    is_generous: bool = False
    """Whether policies may credit more than presence."""
    lines: list[tuple[datetime, BatchLine]] = field(default_factory=list[tuple[datetime, BatchLine]])
    shifts: list[PlannedShift] = field(default_factory=list[PlannedShift])
    taps: dict[str, list[datetime]] = field(default_factory=lambda: {number: [] for number in NUMBERS})
    cards: dict[str, str] = field(default_factory=lambda: {number: f"0400000000{number[1:]}0" for number in NUMBERS})

    def __post_init__(self) -> None:
        """The days that it lives."""
        self.chance = Random(self.seed)  # noqa: S311 - the same seed gives the same history
        self.first = datetime.combine(self.chance.choice(FIRST_DAYS), datetime.min.time())

    # --- Lines ---

    def _complete_training(self, at: datetime, number: str, kind: str) -> None:
        said: BatchLine = (
            {"category": self.chance.choice((CATEGORY, CATEGORY, OTHER_CATEGORY))} if kind == "special" else {}
        )
        if self._is_so(0.2):
            said["completed_at"] = format_instant(min(at, self._pick_time(self._pick_day(-1, DAYS))))
        else:
            said["on"] = format_day(min(at, self._pick_day(-20, DAYS) if self._is_so(0.3) else self._before(300)))
        self._write("complete_training", at, volunteer=number, kind=kind, **said)

    def _schedule_shift(self, at: datetime, start: datetime, people: list[str]) -> None:
        end = start + timedelta(minutes=self.chance.choice((60, 90, 180, 180, 480)))
        name = f"S{len(self.shifts)}"
        said = {"category": self.chance.choice((CATEGORY, OTHER_CATEGORY))} if self._is_so(0.4) else {}
        span = {"start": format_instant(start), "end": format_instant(end)}
        self._write("schedule_shift", at, shift=name, volunteers=people, **span, **said)
        self.shifts.append(PlannedShift(name, start, end, people))

    def _schedule_event(self, at: datetime, day: datetime) -> None:
        start = self._pick_time(day)
        end = start + timedelta(hours=self.chance.choice((1, 3, 10, 40)))
        said: BatchLine = {"category": OTHER_CATEGORY} if self._is_so(0.2) else {}
        if self._is_so(0.5):
            said["volunteers"] = self.chance.sample(NUMBERS, 2)
        self._write(
            "schedule_event",
            at,
            event=f"E{len(self.lines)}",
            start=format_instant(start),
            end=format_instant(end),
            **said,
        )

    def _adopt_policy(self, at: datetime, effective: datetime) -> None:
        choice = self.chance.choice((*SWITCHES, *GENEROUS_SWITCHES) if self.is_generous else SWITCHES)
        self._write("adopt_policy", at, effective_from=format_day(effective), **choice)

    def _pick_shift(self) -> PlannedShift | None:
        """A shift with a person on it."""
        return self.chance.choice([planned for planned in self.shifts if planned.people] or [None])

    # --- Writing ---

    def _write(self, do: str, at: datetime, recorded: datetime | None = None, **said: Any) -> None:
        late = {"recorded_at": format_instant(recorded)} if recorded else {}
        self.lines.append((recorded or at, line(do, format_instant(at), **said, **late)))

    def _before(self, days: int) -> datetime:
        """So many days before the first, at eight, a few minutes apart."""
        return self.first - timedelta(days=days) + timedelta(hours=8, seconds=len(self.lines))

    def _pick_day(self, first: int, last: int) -> datetime:
        return self.first + timedelta(days=self.chance.randrange(first, last))

    def _pick_time(self, day: datetime) -> datetime:
        return day.replace(hour=0, minute=0, second=0) + timedelta(seconds=self.chance.randrange(86_400))

    def _is_so(self, share: float) -> bool:
        return self.chance.random() < share


def format_instant(at: datetime) -> str:
    return at.isoformat()


def format_day(at: datetime) -> str:
    return at.date().isoformat()
