"""What a dry run says about the duties that a batch plans: who is booked twice, and which are on closed days.

Rule: a warning refuses nothing and leaves the status as it is: the roster may say so on purpose.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from domain.calendar import OpenDays
from domain.ids import compose
from domain.use_cases.unit_rules import UnitRules
from kiosk.batch.command import UnusableLine
from kiosk.batch.source import RawLine
from kiosk.home import Home
from kiosk.views_repair import run_repaired
from kiosk.words.errors import BatchText
from projections.engine.views import Views
from projections.projectors.unit_rules import read_unit
from projections.read_models.plan import PlannedDuty, find_planned_duty
from projections.read_models.plan_conflicts import Conflict, ConflictKind, find_conflicts, load_plan_facts

PLANNING = frozenset({"schedule_shift", "assign", "change_shift", "swap"})
"""The commands after which a duty may not fit."""
DUTY_WARNINGS: dict[ConflictKind, BatchText] = {
    "weekend": BatchText.SHIFT_ON_WEEKEND,
    "holiday": BatchText.SHIFT_ON_HOLIDAY,
    "not_open": BatchText.SHIFT_NOT_OPEN,
    "no_desk_session": BatchText.SHIFT_WITHOUT_DESK,
}


class PlanWarning(NamedTuple):
    """What does not fit, and in which line."""

    line: int
    sentence: str


class PlanLines:
    """The lines of a batch that plan duties."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        """Where each duty was planned last."""

    def watch(self, lines: Iterable[RawLine]) -> Iterator[RawLine]:
        """The same lines, noted on their way."""
        for raw in lines:
            for shift in _find_shifts(raw):
                self._lines[shift] = raw.number
            yield raw

    def list_warnings(self, home: Home) -> list[PlanWarning]:
        """What does not fit once all lines are carried out. Raises: LogError, UserError."""
        if not self._lines:
            return []
        home.views.catch_up(home.now_second())
        return run_repaired(home, lambda: sorted(self._compare(home, home.views)))

    def _compare(self, home: Home, views: Views) -> Iterator[PlanWarning]:
        unit, now = read_unit(home.log, None), home.now_second()
        found = (find_planned_duty(views, shift) for shift in self._lines)
        duties = [duty for duty in found if duty and not duty.is_cancelled]
        yield from self._warn_of_calendar(home, duties, unit.open_days)
        conflicts = find_conflicts(duties, load_plan_facts(views, unit, duties, now)) if duties else {}
        for duty in duties:
            line = self._lines[duty.shift]
            for conflict in conflicts[duty.shift]:
                if sentence := self._explain(home, duty, conflict, line):
                    yield PlanWarning(line, sentence)

    def _warn_of_calendar(
        self, home: Home, duties: Iterable[PlannedDuty], open_days: OpenDays
    ) -> Iterator[PlanWarning]:
        """One sentence a year without an office calendar: at the first line that plans a duty in it."""
        if UnitRules(home.log).load().unit.follows_office_days:
            lines = [(date.fromordinal(duty.day), self._lines[duty.shift]) for duty in duties]
            for year in open_days.find_unknown_years(day for day, _ in lines):
                first = min(line for day, line in lines if day.year == year)
                yield PlanWarning(first, BatchText.YEAR_WITHOUT_CALENDAR.fill(year=year))

    def _explain(self, home: Home, duty: PlannedDuty, conflict: Conflict, line: int) -> str | None:
        """One sentence a pair of duties: at the line that made it."""
        if conflict.kind in DUTY_WARNINGS:
            day = datetime.fromtimestamp(duty.start, home.zone).date()
            return DUTY_WARNINGS[conflict.kind].fill(shift=duty.shift, day=day)
        other = conflict.other
        if conflict.kind != "double" or other is None or conflict.volunteer is None:
            return None
        if (self._lines.get(other.shift, 0), other.shift) > (line, duty.shift):
            return None
        number = home.people.find_number(conflict.volunteer)
        return BatchText.BOOKED_TWICE.fill(volunteer=number, shift=duty.shift, other=other.shift)


def _find_shifts(raw: RawLine) -> list[str]:
    """The duties that a line plans; none where it cannot be read, which the run reports."""
    try:
        fields = json.loads(raw.decode())
    except (UnusableLine, ValueError, RecursionError):
        return []
    if not isinstance(fields, dict) or fields.get("do") not in PLANNING:
        return []
    named = (fields.get("shift"), fields.get("return_shift"))
    return [compose(shift) for shift in named if isinstance(shift, str)]
