"""What the pages of the plan show, from a home: duties, coverage, what a form suggests, what a pattern would come to.

Rule: it reads and changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from domain.calendar import HALF_DAYS, find_half_day
from domain.ids import compose
from domain.spans import Second, second
from domain.use_cases.unit_rules import UnitRules
from kiosk.desk.home_access import HomeReader
from kiosk.desk.plan.changes import SavedLine, encode_line
from kiosk.desk.plan.lines import DutyLines, sort_by_place
from kiosk.desk.plan.pattern import DEFAULT_SLOTS, Proposal, Slot, name_shift
from kiosk.desk.plan.view_model import (
    DayHead,
    DeskLine,
    DutyLine,
    DutyView,
    Period,
    PreviewLine,
    Usual,
    WeekCoverage,
)
from kiosk.desk.plan.work import WorkChoices, load_choices
from kiosk.text.sanitise import sanitise
from projections.engine.views import Views
from projections.evaluation.facts import UnitInForce
from projections.read_models.desk_sessions import DeskSession, list_desk_sessions
from projections.read_models.plan import (
    Planned,
    PlannedDuty,
    find_described_work,
    find_planned_duty,
    list_last_duties,
    list_planned_duties,
    list_planned_starts,
    list_posts,
    list_recent_spans,
    list_shift_names,
    measure_coverage,
)
from projections.read_models.plan_conflicts import Conflict, find_conflicts, load_plan_facts

R = TypeVar("R")
WEEKS_AHEAD = 5
"""Weeks of which the coverage is shown, the current one first."""
DAYS_OF_HABIT = 180
"""How far back posts and last duties are looked for."""


class PlanSource:
    """The plan of one home. Threads may share it."""

    def __init__(self, reader: HomeReader) -> None:
        self._reader = reader
        self._home = reader.home
        self._zone = reader.home.zone

    # --- Reading ---

    def find_today(self) -> date:
        """The service day of now."""
        return self._reader.read_unit().days.of(self._home.now_recorded())

    def load_period(self, first: date, last: date) -> Period:
        """The plan of a run of days, both included."""
        unit = self._reader.read_unit()
        duties = self._read(lambda views: list_planned_duties(views, first.toordinal(), last.toordinal()))
        days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
        lines = sorted(DutyLines(self._home).build_all(duties), key=sort_by_place)
        today = unit.days.of(self._home.now_recorded())
        stretch = (unit.days.start(first.toordinal()), unit.days.start(last.toordinal() + 1))
        desks = self._read(lambda views: list_desk_sessions(views, *stretch))
        heads = [DayHead(day, unit.open_days.find_closure(day)) for day in days]
        return Period(heads, lines, today, [self._build_desk(one) for one in desks])

    def _build_desk(self, session: DeskSession) -> DeskLine:
        start, end = (datetime.fromtimestamp(at, self._zone) for at in (session.start, session.end))
        return DeskLine(start.date(), f"{start:%H:%M}–{end:%H:%M}", sanitise(session.post))

    def list_coverage(self) -> list[WeekCoverage]:
        """The current week and those after it."""
        unit, today = self._reader.read_unit(), self.find_today()
        first = (today - timedelta(days=today.weekday())).toordinal()
        starts = self._read(lambda views: list_planned_starts(views, first, first + 7 * WEEKS_AHEAD - 1))
        found: list[WeekCoverage] = []
        for monday in range(first, first + 7 * WEEKS_AHEAD, 7):
            of_week = [one for one in starts if monday <= one.day < monday + 7]
            found.append(WeekCoverage(date.fromordinal(monday), measure_coverage(of_week, unit, monday, monday + 6)))
        return found

    def find_duty(self, shift: str) -> DutyView | None:
        """One duty; None where there is no such shift."""
        unit, now = self._reader.read_unit(), self._home.now_second()

        def find(views: Views) -> tuple[PlannedDuty, list[Conflict], tuple[str | None, str | None]] | None:
            duty = find_planned_duty(views, shift)
            if duty is None:
                return None
            conflicts = find_conflicts([duty], load_plan_facts(views, unit, [duty], now))[shift]
            return duty, conflicts, find_described_work(views, shift)

        found = self._read(find)
        if found is None:
            return None
        duty, conflicts, work = found
        lines = DutyLines(self._home)
        said = [] if duty.is_cancelled else [conflict for conflict in conflicts if conflict.kind != "past"]
        return DutyView(lines.build(duty), lines.build_conflicts(said), now >= duty.start, *work)

    def load_choices(self) -> WorkChoices:
        """The service items and contents that the unit's table has."""
        return load_choices(self._reader)

    def list_duties_of(self, number: str, day: date, half_day: str) -> list[DutyLine]:
        """The duties on a day, of one half-day or of all, that a volunteer is or was responsible for."""
        wanted = [duty for duty in self.load_period(day, day).duties if half_day in ("", duty.half_day)]
        return [duty for duty in wanted if not duty.is_cancelled and number in {one.number for one in duty.people}]

    def suggest(self) -> Usual:
        """What a new duty usually looks like here, and whose turn it is."""
        unit, today = self._reader.read_unit(), self.find_today()
        since = today.toordinal() - DAYS_OF_HABIT

        def find(views: Views) -> tuple[list[tuple[Second, Second]], list[str], dict[UUID, Second]]:
            last, people = list_last_duties(views, since), views.load_people(unit)
            serving = [
                one
                for one, person in people.items()
                if person.mode == "rostered" and person.standing(today.toordinal()) == "in_service"
            ]
            return list_recent_spans(views), list_posts(views, since), {one: last.get(one, 0) for one in serving}

        spans, posts, last = self._read(find)
        lines = DutyLines(self._home)
        turns = sorted((at, lines.build_person(one)) for one, at in last.items())
        return Usual(self._find_usual_slots(spans), posts, [person for _, person in turns], today)

    def _find_usual_slots(self, spans: Iterable[tuple[Second, Second]]) -> Sequence[Slot]:
        counted = Counter(self._build_slot(*span) for span in spans)
        best = {slot.half_day: slot for slot, _ in reversed(counted.most_common())}
        return [best[half] for half in HALF_DAYS if half in best] or DEFAULT_SLOTS

    def _build_slot(self, start: Second, end: Second) -> Slot:
        local = [datetime.fromtimestamp(at, self._zone) for at in (start, end)]
        half = find_half_day(local[0], local[0].date())
        return Slot(half_day=half, start=local[0].time(), end=local[1].time())

    def list_closed(self, first: date, last: date) -> set[date]:
        """The days of a run that are no working days of the unit."""
        open_days = self._reader.read_unit().open_days
        days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
        return {day for day in days if open_days.find_closure(day)}

    def list_unknown_years(self, days: Iterable[date]) -> list[int]:
        """The years of some days whose office calendar is needed and was not imported."""
        is_needed = UnitRules(self._home.log).load().unit.follows_office_days
        return self._reader.read_unit().open_days.find_unknown_years(days) if is_needed else []

    # --- Proposing ---

    def propose_copy(self, source: date, target: date) -> list[PreviewLine]:
        """The duties of the week of one day for the week of another."""
        first, moved = (day - timedelta(days=day.weekday()) for day in (source, target))
        duties = self._read(lambda views: list_planned_duties(views, first.toordinal(), first.toordinal() + 6))
        numbers = self._home.people.load_numbers()
        proposals = [
            Proposal(
                date.fromordinal(duty.day) + (moved - first),
                self._build_slot(duty.start, duty.end),
                duty.post,
                tuple(numbers[who] for who, state in duty.people if state != "handed_over" and who in numbers),
            )
            for duty in duties
            if not duty.is_cancelled
        ]
        return self.preview(proposals)

    def preview(self, proposals: Sequence[Proposal]) -> list[PreviewLine]:
        """Duties that would be saved, with the names that they would have and what speaks against each."""
        unit, now = self._reader.read_unit(), self._home.now_second()

        def compare(views: Views) -> list[tuple[PlannedDuty, list[Conflict]]]:
            taken = set(list_shift_names(views, [proposal.day for proposal in proposals]))
            proposed: list[PlannedDuty] = []
            for proposal in proposals:
                proposed.append(self._build_proposed(proposal, taken, unit))
                taken.add(proposed[-1].shift)
            conflicts = find_conflicts(proposed, load_plan_facts(views, unit, proposed, now))
            return [(duty, conflicts[duty.shift]) for duty in proposed]

        lines = DutyLines(self._home)
        return [
            PreviewLine(line := lines.build(duty), lines.build_conflicts(conflicts), _encode(line, duty.post))
            for duty, conflicts in self._read(compare)
        ]

    def _build_proposed(self, proposal: Proposal, taken: set[str], unit: UnitInForce) -> PlannedDuty:
        start = datetime.combine(proposal.day, proposal.slot.start, self._zone)
        end = datetime.combine(proposal.day, proposal.slot.end, self._zone)
        end += timedelta(days=end <= start)
        found = (self._home.people.find_id(number) for number in proposal.numbers)
        people = tuple(Planned(one, "responsible") for one in found if one)
        span, post = (second(start), second(end)), proposal.post and compose(proposal.post)
        return PlannedDuty(name_shift(proposal, taken), unit.days.ordinal(span[0]), *span, post, None, False, people)

    def _read(self, work: Callable[[Views], R]) -> R:
        return self._reader.read(work)


def _encode(line: DutyLine, post: str | None) -> str:
    """What saves a proposed duty, as a form sends it back."""
    start, end = (at.replace(tzinfo=None).isoformat(timespec="minutes") for at in (line.start, line.end))
    return encode_line(SavedLine(line.shift, start, end, post, [person.number for person in line.people]))
