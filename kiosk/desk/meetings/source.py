"""What the pages of meetings and trainings ask of the home: sessions of a month, and who was at one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.calendar import add_months
from domain.spans import Second
from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.roster.view_model import Person
from projections.engine.views import Views
from projections.read_models.day_filter import DayFilter
from projections.read_models.sessions import (
    SessionAttendanceRow,
    SessionRow,
    SessionSum,
    list_sessions,
    load_session,
    sum_sessions,
)
from projections.read_models.trainings import list_training_sessions


class MeetingLine(NamedTuple):
    """A session in the list."""

    row: SessionRow
    start: datetime
    end: datetime
    has_begun: bool
    chair: str | None
    """Who takes it (R-116); None where nobody has said."""


class Month(NamedTuple):
    """The sessions of a month, and those after the current one that are to come."""

    first: date
    lines: Sequence[MeetingLine]
    sums: Sequence[SessionSum]
    """Of those that have begun."""
    earlier: date
    later: date


class AttendanceLine(NamedTuple):
    """One invited volunteer."""

    person: Person
    row: SessionAttendanceRow
    arrived: datetime | None
    has_training: bool
    """Whether the training of the session is on file for them."""


class Meeting(NamedTuple):
    """One session with everybody who was invited."""

    line: MeetingLine
    attended: Sequence[AttendanceLine]
    on_duty: Sequence[AttendanceLine]
    not_come: Sequence[AttendanceLine]

    @property
    def untrained(self) -> int:
        """How many of those who came do not have the training of the session on file."""
        return sum(not one.has_training for one in self.attended)


class MeetingSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_month(self, first: date | None) -> Month:
        """A month by its first day, None is the current one. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._load_month(views, first))

    def _load_month(self, views: Views, first: date | None) -> Month:
        first = first or self._localise(views.evaluated_at).date().replace(day=1)
        later = add_months(first, 1)
        rows = list_sessions(views, DayFilter(first, later - timedelta(days=1)))
        lines = [self._build_line(row, views.evaluated_at) for row in rows]
        sums = sum_sessions(line.row for line in lines if line.has_begun)
        return Month(first, lines, sums, add_months(first, -1), later)

    def load_meeting(self, name: str) -> Meeting | None:
        """One session; None where there is none, or it was called off. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._load_meeting(views, name))

    def _load_meeting(self, views: Views, name: str) -> Meeting | None:
        found = load_session(views, name)
        if found is None:
            return None
        row, people = found
        of_day = DayFilter(row.date, row.date)
        trained = {one.volunteer for one in list_training_sessions(views, of_day) if one.session == name}
        lines = [self._build_attendance(one, trained) for one in people]
        lines.sort(key=lambda one: (one.row.arrived is None, one.row.arrived or 0, one.person.number))
        grouped = ([one for one in lines if one.row.state == state] for state in ("attended", "on_duty", "not_come"))
        return Meeting(self._build_line(row, views.evaluated_at), *grouped)

    def _build_attendance(self, row: SessionAttendanceRow, trained: set[UUID]) -> AttendanceLine:
        arrived = None if row.arrived is None else self._localise(row.arrived)
        return AttendanceLine(self._reader.find_person(row.volunteer), row, arrived, row.volunteer in trained)

    def _build_line(self, row: SessionRow, now: Second) -> MeetingLine:
        chair = row.chair and self._reader.home.people.find_note_text(row.chair)
        return MeetingLine(row, self._localise(row.start), self._localise(row.end), row.start <= now, chair)

    def _localise(self, at: Second) -> datetime:
        return datetime.fromtimestamp(at, self._reader.home.zone)

    def run(self, command: Command, by: str, form_id: str) -> LineResult:
        """Carry out a command. Raises: UserError."""
        (result,) = self._commands.run([command], by, form_id)
        return result
