"""Builds what the pages of the plan show: local times, and names that are masked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from domain.calendar import HALF_DAYS, find_half_day
from kiosk.desk.plan.view_model import ConflictLine, DutyLine, PersonLine
from kiosk.home import Home
from kiosk.people.volunteers import Details
from kiosk.text.masking import mask
from kiosk.text.sanitise import sanitise
from projections.read_models.plan import PlannedDuty
from projections.read_models.plan_conflicts import Conflict


class DutyLines:
    """The lines of one page: each name is looked up once."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._known: dict[UUID, PersonLine] = {}

    def build_all(self, duties: Sequence[PlannedDuty]) -> list[DutyLine]:
        """Duties as they are shown; everybody is looked up at once."""
        numbers, details = self._home.people.load_numbers(), self._home.people.load_all_details()
        for volunteer in {one.volunteer for duty in duties for one in duty.people}:
            self._keep(volunteer, numbers.get(volunteer), details.get(volunteer, Details()).name)
        return [self.build(duty) for duty in duties]

    def build(self, duty: PlannedDuty) -> DutyLine:
        """A duty as it is shown."""
        start, end = (datetime.fromtimestamp(at, self._home.zone) for at in (duty.start, duty.end))
        day = date.fromordinal(duty.day)
        people = tuple(self.build_person(one.volunteer)._replace(state=one.state) for one in duty.people)
        post = sanitise(duty.post or "")
        half_day = find_half_day(start, day)
        return DutyLine(duty.shift, day, half_day, start, end, post, people, duty.is_cancelled, duty.is_vacant)

    def build_person(self, volunteer_id: UUID) -> PersonLine:
        """A volunteer with number and masked name."""
        if volunteer_id not in self._known:
            people = self._home.people
            self._keep(volunteer_id, people.find_number(volunteer_id), people.find_name(volunteer_id))
        return self._known[volunteer_id]

    def _keep(self, volunteer_id: UUID, number: str | None, name: str | None) -> None:
        masked = sanitise(mask(name, self._home.settings.masking)) if name else ""
        self._known[volunteer_id] = PersonLine(number or str(volunteer_id)[:8], masked)

    def build_conflicts(self, conflicts: Iterable[Conflict]) -> list[ConflictLine]:
        """What speaks against a duty as it is shown."""
        return [
            ConflictLine(
                conflict.kind,
                self.build_person(conflict.volunteer) if conflict.volunteer else None,
                self.build(conflict.other) if conflict.other else None,
                conflict.minutes,
            )
            for conflict in conflicts
        ]


def sort_by_place(duty: DutyLine) -> tuple[object, ...]:
    """By day, half-day, post and start."""
    return (duty.day, HALF_DAYS.index(duty.half_day), duty.post, duty.start, duty.shift)
