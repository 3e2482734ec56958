"""A volunteer's day for the pure reckoning, written as one says it: `Day().shift("09:00", "12:00").taps("08:52")`."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from domain.calendar import TAIPEI, OpenDays, OpeningHours, ServiceDays
from domain.model.standing import StandingChange
from domain.model.visits import NO_CORRECTIONS, Annulment, AssertedVisit, DayCorrections, Tap
from domain.policy import Adoption, Policies
from domain.spans import second
from projections.evaluation.evaluate import DayResult, PlainDay, evaluate, evaluate_plain_day
from projections.evaluation.facts import Assignment, EventWindow, Person, RunFacts, SessionWindow, UnitInForce

THURSDAY = date(2026, 11, 19)
CATEGORY = "戶政"
LONG_AGO = 0


def parse_second(text: str, day: date = THURSDAY) -> int:
    """`09:00`, `09:00:30` on a day, or a whole ISO instant, in Taipei."""
    at = datetime.fromisoformat(text) if "T" in text else datetime.combine(day, time.fromisoformat(text))
    return second(at.replace(tzinfo=TAIPEI))


@dataclass
class Day:
    """Facts of one volunteer and one service day, and what they are reckoned with."""

    day: date = THURSDAY
    mode: str = "rostered"
    unit_category: str | None = CATEGORY
    basic_from: int = LONG_AGO
    special_from: dict[str, int] = field(default_factory=lambda: {CATEGORY: LONG_AGO})
    policy: dict[str, Any] = field(default_factory=dict)
    turns: list[StandingChange] = field(
        default_factory=lambda: [StandingChange("agreement", date(2024, 1, 2).toordinal(), 0)]
    )
    roster: list[Assignment] = field(default_factory=list)
    events: list[EventWindow] = field(default_factory=list)
    sessions: list[SessionWindow] = field(default_factory=list)
    opening: list[OpeningHours] = field(default_factory=list)
    recorded_taps: list[Tap] = field(default_factory=list)
    closings: dict[int, AssertedVisit] = field(default_factory=dict)
    additions: list[AssertedVisit] = field(default_factory=list)
    annulments: list[Annulment] = field(default_factory=list)

    def taps(self, *times: str) -> "Day":
        """Taps at these times, in this order of arrival."""
        for text in times:
            self.recorded_taps.append(Tap(parse_second(text, self.day), 0, "entrance", 0, len(self.recorded_taps) + 1))
        return self

    def shift(self, start: str, end: str, name: str = "S1", **said: Any) -> "Day":
        """A shift that the volunteer is responsible for, unless `state` says otherwise."""
        facts = {"category": CATEGORY, "cancelled": False, "state": "responsible", **said}
        span = parse_second(start, self.day), parse_second(end, self.day)
        self.roster.append(Assignment(name, self.day.toordinal(), *span, **facts))
        return self

    def event(
        self, start: str, end: str, listed: frozenset[int] | None = None, category: str | None = CATEGORY
    ) -> "Day":
        """A service event."""
        span = parse_second(start, self.day), parse_second(end, self.day)
        self.events.append(EventWindow("E1", self.day.toordinal(), *span, category, listed))
        return self

    def session(self, start: str, end: str, listed: frozenset[int] | None = None) -> "Day":
        """A meeting of the unit."""
        self.sessions.append(SessionWindow("M1", parse_second(start, self.day), parse_second(end, self.day), listed))
        return self

    def open(self, opens: str, closes: str) -> "Day":
        """The unit is open every day between these times."""
        hours = OpeningHours(frozenset(range(1, 8)), time.fromisoformat(opens), time.fromisoformat(closes))
        self.opening.append(hours)
        return self

    def close_visit(self, check_in: str, check_out: str) -> "Day":
        """A coordinator closed the visit."""
        claim = AssertedVisit(parse_second(check_in, self.day), parse_second(check_out, self.day), 1)
        self.closings[claim.check_in] = claim
        return self

    def add_visit(self, check_in: str, check_out: str) -> "Day":
        """A coordinator added a visit."""
        order = len(self.additions) + 1
        self.additions.append(AssertedVisit(parse_second(check_in, self.day), parse_second(check_out, self.day), order))
        return self

    def void_visit(self, check_in: str, reason: Any = "voided") -> "Day":
        """A coordinator voided the visit."""
        self.annulments.append(Annulment(parse_second(check_in, self.day), reason, 99))
        return self

    def evaluate(self, now: str = "2026-12-01T12:00") -> DayResult:
        """What it all adds up to at `now`."""
        return evaluate(*self._collect(), parse_second(now))

    def evaluate_plain(self) -> PlainDay | None:
        """What it adds up to as a plain day, if it is one; its taps are of this day, and it has no corrections."""
        facts, person, unit = self._collect()
        return evaluate_plain_day([(*tap, 0) for tap in facts.taps], [(*one, 0) for one in facts.roster], person, unit)

    def _collect(self) -> tuple[RunFacts, Person, UnitInForce]:
        policies = Policies([Adoption(date(2020, 1, 1), self.policy)])
        days, open_days = ServiceDays(TAIPEI, policies.day_ends), OpenDays(TAIPEI, self.opening)
        sessions = {self.day.toordinal(): self.sessions} if self.sessions else {}
        unit = UnitInForce(days, policies, self.unit_category, open_days, self.events, sessions)
        person = Person(1, self.mode, self.turns, self.basic_from, self.special_from)
        made = self.closings, self.additions, self.annulments
        corrections = DayCorrections(*made) if any(made) else NO_CORRECTIONS
        facts = RunFacts([self.day.toordinal()], sorted(self.recorded_taps), self.roster, corrections)
        return facts, person, unit


def visit_credits(result: DayResult) -> list[tuple[str, int]]:
    """Each visit's status and minutes."""
    return [(visit.status, visit.minutes) for visit in result.visits]


def uncredited_stretches(result: DayResult) -> list[tuple[str, str | None, str]]:
    """Each uncredited stretch as local times and its reason, in order."""
    return [
        (_format_time(stretch.start), _format_time(stretch.end), stretch.reason)
        for visit in result.visits
        for stretch in visit.stretches
        if stretch.reason
    ]


def _format_time(at: int | None) -> str | None:
    if at is None:
        return None
    text = datetime.fromtimestamp(at, TAIPEI).strftime("%H:%M:%S")
    return text.removesuffix(":00")


def outcomes(result: DayResult) -> list[str]:
    """Each duty's outcome."""
    return [duty.outcome for duty in result.duties]
