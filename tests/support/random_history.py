"""A random history of a small unit, as the lines of a batch in the order in which they are recorded: every command.

The same seed gives the same history. Most lines are carried out; some are refused, as in life: a swap that comes too
late, a correction of a visit that is none.
"""

from collections.abc import Callable, Sequence
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
class HistoryGenerator:
    """Writes one history."""

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

    def generate(self) -> list[BatchLine]:
        """All lines, by the instant at which they are recorded."""
        self._open_unit()
        for number, mode in zip(NUMBERS, MODES, strict=True):
            self._enrol(number, mode)
        for day in range(DAYS):
            self._plan_day(self.first + timedelta(days=day))
        for day in range(DAYS):
            self._live_day(self.first + timedelta(days=day))
        end = self.first + timedelta(days=DAYS + 2)
        self._write("record_assessment", end, volunteer=NUMBERS[0], period_end=end.date().isoformat(), score=100)
        lines = [said for _, said in sorted(self.lines, key=lambda recorded: recorded[0])]
        for said in lines:
            if said["do"] == "retract":
                said["event"] = next(number for number, other in enumerate(lines) if other is said["event"])
        return lines

    # --- Before the first day ---

    def _open_unit(self) -> None:
        opens = self.chance.choice(OPENING_HOURS)
        said: BatchLine = {} if opens is None else {"opens": opens}
        if self._is_so(0.8):
            said["category"] = CATEGORY
        self._write("open_unit", self._before(20), name="清水戶政事務所", kind="public", **said)
        for year in {self.first.year, (self.first + timedelta(days=DAYS)).year}:
            if self._is_so(0.5):
                self._write("import_calendar", self._before(19), year=year)
        for _ in range(self.chance.randrange(4)):
            self._adopt_policy(self._before(18), self._before(18))

    def _enrol(self, number: str, mode: str) -> None:
        begins = self._pick_day(-2, 4) if self._is_so(0.2) else self._before(400)
        self._write("enrol_volunteer", self._before(17), volunteer=number, mode=mode, agreement_from=_day(begins))
        self._write("issue_card", self._before(16), volunteer=number, card=self.cards[number])
        for kind in ("basic", "special"):
            if self._is_so(0.9):
                self._complete_training(self._before(15), number, kind)

    def _complete_training(self, at: datetime, number: str, kind: str) -> None:
        said: BatchLine = (
            {"category": self.chance.choice((CATEGORY, CATEGORY, OTHER_CATEGORY))} if kind == "special" else {}
        )
        if self._is_so(0.2):
            said["completed_at"] = _instant(min(at, self._pick_time(self._pick_day(-1, DAYS))))
        else:
            said["on"] = _day(min(at, self._pick_day(-20, DAYS) if self._is_so(0.3) else self._before(300)))
        self._write("complete_training", at, volunteer=number, kind=kind, **said)

    # --- The roster ---

    def _plan_day(self, day: datetime) -> None:
        for _ in range(self.chance.randrange(4)):
            start = day + timedelta(minutes=15 * self.chance.randrange(4 * 24))
            people = self.chance.sample(NUMBERS, self.chance.randrange(3))
            self._schedule_shift(self._before(5), start, people)
        if self._is_so(0.25):
            self._schedule_event(self._before(4), day)

    def _schedule_shift(self, at: datetime, start: datetime, people: list[str]) -> None:
        end = start + timedelta(minutes=self.chance.choice((60, 90, 180, 180, 480)))
        name = f"S{len(self.shifts)}"
        said = {"category": self.chance.choice((CATEGORY, OTHER_CATEGORY))} if self._is_so(0.4) else {}
        span = {"start": _instant(start), "end": _instant(end)}
        self._write("schedule_shift", at, shift=name, volunteers=people, **span, **said)
        self.shifts.append(PlannedShift(name, start, end, people))

    def _schedule_event(self, at: datetime, day: datetime) -> None:
        start = self._pick_time(day)
        end = start + timedelta(hours=self.chance.choice((1, 3, 10, 40)))
        said: BatchLine = {"category": OTHER_CATEGORY} if self._is_so(0.2) else {}
        if self._is_so(0.5):
            said["volunteers"] = self.chance.sample(NUMBERS, 2)
        self._write("schedule_event", at, event=f"E{len(self.lines)}", start=_instant(start), end=_instant(end), **said)

    # --- A day ---

    def _live_day(self, day: datetime) -> None:
        for planned in self.shifts:
            if day <= planned.start < day + timedelta(days=1):
                for number in planned.people:
                    self._serve(number, planned)
        for _ in range(self.chance.randrange(5)):
            self._tap(self.chance.choice(NUMBERS), self._pick_time(day))
        for _ in range(self.chance.randrange(2, 7)):
            act = self.chance.choice(self._list_acts())
            act(self._pick_time(day))
        if self._is_so(0.7):
            self._reconcile(day + timedelta(days=1, hours=self.chance.choice((4, 5, 5, 13, 30))))

    def _serve(self, number: str, planned: PlannedShift) -> None:
        if self._is_so(0.2):
            return
        arrival = planned.start + timedelta(minutes=self.chance.randrange(-45, 40), seconds=self.chance.randrange(60))
        self._tap(number, arrival)
        if self._is_so(0.1):
            self._tap(number, arrival + timedelta(seconds=self.chance.choice((1, 59, 60, 61))))
        if self._is_so(0.85):
            self._tap(number, planned.end + timedelta(minutes=self.chance.randrange(-30, 30)))

    def _tap(self, number: str, at: datetime) -> None:
        if at in self.taps[number]:
            return  # which of two taps in one second came first is a matter of their arrival
        said: BatchLine = {"direction": self.chance.choice(("in", "out"))} if self._is_so(0.15) else {}
        if self._is_so(0.2):
            recorded = at + timedelta(minutes=self.chance.choice((1, 30, 300, 1500, 3000)))
            self._write("tap", at, recorded, card=self.cards[number], **said)
        else:
            self._write("tap", at, card=self.cards[number], **said)
        self.taps[number].append(at)

    def _reconcile(self, at: datetime) -> None:
        self._write("reconcile", at, date=_day(at - timedelta(days=self.chance.choice((1, 1, 1, 2)))))

    # --- Acts ---

    def _list_acts(self) -> list[Callable[[datetime], None]]:
        corrections = [self._close_visit, self._add_visit, self._void_visit, self._annotate_misuse, self._retract]
        roster = [self._request_leave, self._swap, self._change_roster, self._excuse_absence, self._schedule_more]
        return [*corrections, *corrections, *roster, *roster, self._change_standing, self._change_card, self._assess]

    def _pick_shift(self) -> PlannedShift | None:
        """A shift with somebody on it."""
        return self.chance.choice([planned for planned in self.shifts if planned.people] or [None])

    def _request_leave(self, at: datetime) -> None:
        if planned := self._pick_shift():
            leave = {"volunteer": self.chance.choice(planned.people), "shift": planned.name}
            asked = min(at, planned.start - timedelta(minutes=self.chance.choice((0, 1, 600))))
            reason = {"reason": "a wedding"} if self._is_so(0.5) else {}
            self._write("request_leave", asked, **leave, **reason)
            if self._is_so(0.3):
                self._write("withdraw_leave", max(asked, at), **leave)

    def _swap(self, at: datetime) -> None:
        if (planned := self._pick_shift()) and (other := self._pick_shift()):
            giver, taker = self.chance.choice(planned.people), self.chance.choice((*other.people, *NUMBERS))
            said: BatchLine = {"return_shift": other.name} if self._is_so(0.5) else {}
            if self._is_so(0.2):
                said |= {"retroactive": True, **REASON}
            asked = at if said.get("retroactive") else min(at, planned.start - timedelta(minutes=30))
            self._write("swap", asked, shift=planned.name, from_=giver, to=taker, **said)

    def _change_roster(self, at: datetime) -> None:
        if planned := self._pick_shift():
            who, shift = self.chance.choice(NUMBERS), planned.name
            moved = [
                moment + timedelta(minutes=self.chance.choice((-60, 30, 1440)))
                for moment in (planned.start, planned.end)
            ]
            change = {
                "assign": {"volunteer": who},
                "unassign": {"volunteer": self.chance.choice(planned.people)},
                "change_shift": {"start": _instant(moved[0]), "end": _instant(moved[1])},
                "cancel_shift": {"reason": "a typhoon"},
            }
            do = self.chance.choice([*change])
            before = planned.start - timedelta(minutes=20)
            self._write(do, min(at, before) if self._is_so(0.6) else at, shift=shift, **change[do])

    def _schedule_more(self, at: datetime) -> None:
        if self._is_so(0.5):
            start = at + timedelta(minutes=self.chance.randrange(-2000, 2000))
            self._schedule_shift(at, start.replace(second=0), self.chance.sample(NUMBERS, 1))
        else:
            self._schedule_event(at, at + timedelta(days=self.chance.randrange(-2, 2)))

    def _change_standing(self, at: datetime) -> None:
        who, on = self.chance.choice(NUMBERS), _day(at + timedelta(days=self.chance.randrange(-1, 4)))
        later = _day(at + timedelta(days=self.chance.randrange(1, 6)))
        if self._is_so(0.5):
            self._write("suspend", at, volunteer=who, from_=on)
            self._write("resume", at + timedelta(hours=20), volunteer=who, on=later)
        elif self._is_so(0.5):
            self._write("end_agreement", at, volunteer=who, on=on, reason="moves away")
            self._write("renew_agreement", at + timedelta(hours=10), volunteer=who, agreement_from=later)
        else:
            self._adopt_policy(at, at + timedelta(days=self.chance.randrange(-2, 3)))

    def _adopt_policy(self, at: datetime, effective: datetime) -> None:
        choice = self.chance.choice((*SWITCHES, *GENEROUS_SWITCHES) if self.is_generous else SWITCHES)
        self._write("adopt_policy", at, effective_from=_day(effective), **choice)

    def _change_card(self, at: datetime) -> None:
        who = self.chance.choice(NUMBERS)
        if self._is_so(0.5):
            self._write("revoke_card", at, card=self.cards[who], reason="lost")
            self._write("issue_card", at + timedelta(hours=9), volunteer=who, card=self.cards[who])
        elif self._is_so(0.5):
            self._write("tap", at, card=STRANGERS_CARD)
        else:
            self._complete_training(at, who, self.chance.choice(("basic", "special", "growth")))

    def _assess(self, at: datetime) -> None:
        who = self.chance.choice(NUMBERS)
        if self._is_so(0.5):
            self._write(
                "record_assessment", at, volunteer=who, period_end=_day(at), score=self.chance.choice((40, 59.5, 60))
            )
        elif self._is_so(0.9):
            said = {
                "rule": self.chance.choice(("R-050", "R-051", "R-052")),
                "decision": self.chance.choice(("keep", "terminate")),
            }
            self._write("decide_exit", at, volunteer=who, **said, **REASON)
        else:
            self._write("correct_clock", at, kiosk="entrance", boot="simulation", seconds=60, **REASON)

    # --- Corrections ---

    def _excuse_absence(self, at: datetime) -> None:
        if planned := self._pick_shift():
            who = self.chance.choice(planned.people)
            self._write("excuse_absence", at, volunteer=who, shift=planned.name, **REASON)

    def _pick_visit(self, at: datetime) -> tuple[str, datetime] | None:
        """A volunteer and an instant at which a visit of theirs may begin."""
        known = [(number, tap) for number, taps in self.taps.items() for tap in taps if tap < at]
        return self.chance.choice(known[-12:] or [None])

    def _close_visit(self, at: datetime) -> None:
        if visit := self._pick_visit(at):
            end = min(at, visit[1] + timedelta(minutes=self.chance.choice((1, 60, 185, 600, 1440))))
            self._correct("close_visit", at, visit, check_out=_instant(end))

    def _add_visit(self, at: datetime) -> None:
        begin = at - timedelta(minutes=self.chance.choice((60, 200, 700, 1500, 3000)))
        end = min(at, begin + timedelta(minutes=self.chance.choice((1, 60, 185, 600, 1440))))
        if at.second % 3:
            self._correct("add_visit", at, (self.chance.choice(NUMBERS), begin), check_out=_instant(end))
        else:
            self._correct("add_visit", at, (self.chance.choice(NUMBERS), at))
        if self._is_so(0.2):
            self.taps[NUMBERS[0]].append(begin)

    def _void_visit(self, at: datetime) -> None:
        if visit := self._pick_visit(at):
            self._correct("void_visit", at, visit)

    def _annotate_misuse(self, at: datetime) -> None:
        if visit := self._pick_visit(at):
            self._correct("annotate_misuse", at, visit, kind=self.chance.choice(("lent", "impersonated", "improper")))

    def _retract(self, at: datetime) -> None:
        corrections = [said for made, said in self.lines if said.get("check_in") and made < at]
        if corrections:
            self._write("retract", at, event=self.chance.choice(corrections[-6:]), **REASON)

    def _correct(self, do: str, at: datetime, visit: tuple[str, datetime], **said: str) -> None:
        self._write(do, at, volunteer=visit[0], check_in=_instant(visit[1]), **said, **REASON)

    # --- Writing ---

    def _write(self, do: str, at: datetime, recorded: datetime | None = None, **said: Any) -> None:
        late = {"recorded_at": _instant(recorded)} if recorded else {}
        self.lines.append((recorded or at, line(do, _instant(at), **said, **late)))

    def _before(self, days: int) -> datetime:
        """So many days before the first, at eight, a few minutes apart."""
        return self.first - timedelta(days=days) + timedelta(hours=8, seconds=len(self.lines))

    def _pick_day(self, first: int, last: int) -> datetime:
        return self.first + timedelta(days=self.chance.randrange(first, last))

    def _pick_time(self, day: datetime) -> datetime:
        return day.replace(hour=0, minute=0, second=0) + timedelta(seconds=self.chance.randrange(86_400))

    def _is_so(self, share: float) -> bool:
        return self.chance.random() < share


def _instant(at: datetime) -> str:
    return at.isoformat()


def _day(at: datetime) -> str:
    return at.date().isoformat()


def generate_history(seed: int, *, is_generous: bool = False) -> list[BatchLine]:
    """The lines of the history of a seed; the `event` of a `retract` is the index of the line that it takes back."""
    return HistoryGenerator(seed, is_generous).generate()
