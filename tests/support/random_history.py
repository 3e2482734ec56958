"""A random history of a small unit, as the lines of a batch in the order in which they are recorded: every command.

The same seed gives the same history. Most lines are carried out; some are refused, as in life: a swap that comes too
late, a correction of a visit that is none.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tests.support.random_history_acts import HistoryActs
from tests.support.random_history_lines import (
    CATEGORY,
    DAYS,
    MODES,
    NUMBERS,
    OPENING_HOURS,
    BatchLine,
    PlannedShift,
    format_day,
)


class HistoryGenerator(HistoryActs):
    """Writes one history."""

    def generate(self) -> list[BatchLine]:
        """All lines, by the instant at which they are recorded."""
        self._open_unit()
        for number, mode in zip(NUMBERS, MODES, strict=True):
            self._enrol(number, mode)
        for day in range(DAYS):
            self._plan_day(self.first + timedelta(days=day))
        for day in range(DAYS):
            self._live_day(self.first + timedelta(days=day))
        self._record_awards(self.first + timedelta(days=DAYS + 1))
        self._put_roster_right(self.first + timedelta(days=DAYS + 1, hours=12))
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
        self._write("enrol_volunteer", self._before(17), volunteer=number, mode=mode, agreement_from=format_day(begins))
        self._write("issue_card", self._before(16), volunteer=number, card=self.cards[number])
        for kind in ("basic", "special"):
            if self._is_so(0.9):
                self._complete_training(self._before(15), number, kind)

    # --- The roster ---

    def _plan_day(self, day: datetime) -> None:
        for _ in range(self.chance.randrange(4)):
            start = day + timedelta(minutes=15 * self.chance.randrange(4 * 24))
            people = self.chance.sample(NUMBERS, self.chance.randrange(3))
            self._schedule_shift(self._before(5), start, people)
            for later in self.chance.choice(((), (), (0,), (60,), (45, 120))):  # two duties at one time, or soon after
                self._schedule_shift(self._before(5), start + timedelta(minutes=later), people)
        if self._is_so(0.25):
            self._schedule_event(self._before(4), day)

    # --- A day ---

    def _live_day(self, day: datetime) -> None:
        for planned in self.shifts:
            if day <= planned.start < day + timedelta(days=1):
                for number in planned.people:
                    self._serve(number, planned, self._pick_last_of_visit(number, planned))
        for _ in range(self.chance.randrange(5)):
            self._tap(self.chance.choice(NUMBERS), self._pick_time(day))
        for _ in range(self.chance.randrange(2, 7)):
            act = self.chance.choice(self._list_acts())
            act(self._pick_time(day))
        if self._is_so(0.7):
            self._reconcile(day + timedelta(days=1, hours=self.chance.choice((4, 5, 5, 13, 30))))

    def _pick_last_of_visit(self, number: str, planned: PlannedShift) -> PlannedShift:
        """The shift itself, or one that begins during it or soon after, for which the volunteer stays."""
        return self.chance.choice(self._list_stays(number, planned))

    def _list_stays(self, number: str, planned: PlannedShift) -> list[PlannedShift]:
        until = planned.end + timedelta(hours=1)
        return [one for one in self.shifts if number in one.people and planned.start <= one.start < until]

    def _put_roster_right(self, at: datetime) -> None:
        """What was different from the plan after all, about volunteers with several duties in one visit."""
        several = [one for one in self.shifts if any(self._list_stays(number, one)[1:] for number in one.people)]
        for planned in self.chance.sample(several, min(4, len(several))):
            self._change_shift(at, planned)

    def _serve(self, number: str, planned: PlannedShift, last: PlannedShift) -> None:
        if self._is_so(0.3 if last is planned else 0.1):
            return
        arrival = planned.start + timedelta(minutes=self.chance.randrange(-45, 40), seconds=self.chance.randrange(60))
        self._tap(number, arrival)
        if self._is_so(0.1):
            self._tap(number, arrival + timedelta(seconds=self.chance.choice((1, 59, 60, 61))))
        if self._is_so(0.85):
            self._tap(number, last.end + timedelta(minutes=self.chance.randrange(-30, 30)))

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
        self._write("reconcile", at, date=format_day(at - timedelta(days=self.chance.choice((1, 1, 1, 2)))))


def complete_line(said: BatchLine, positions: Sequence[int], pending: Callable[[], list[BatchLine]]) -> None:
    """Fill in what only the log can say: positions after the lines before, and what is pending."""
    if said["do"] == "retract":
        said["event"] = positions[said["event"]]
    if said["do"] == "acknowledge":
        rows, number = pending() or [{"kind": "absent", "volunteer": None, "events": [1]}], said.pop("row")
        said.update({name: rows[number % len(rows)][name] for name in ("kind", "volunteer", "events")})


def generate_history(seed: int, *, is_generous: bool = False) -> list[BatchLine]:
    """The lines of the history of a seed; `complete_line` completes each before it is carried out."""
    return HistoryGenerator(seed, is_generous).generate()
