"""What the pages of tours ask of the home: bookings with their guides, and what is changed of them (R-049).

Rule: the duty of a tour is a shift of the same id; its guide is responsible for it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.desk.plan.lines import DutyLines
from kiosk.desk.plan.view_model import DutyLine
from kiosk.home import Home
from projections.engine.views import Views
from projections.read_models.day_filter import DayFilter
from projections.read_models.plan import find_planned_duty
from projections.read_models.served import TourRow, find_tour, list_served, list_tours, sum_served

DAYS_BACK = 60
"""How long a tour that is over is listed, so that the group can be counted."""
MOST_LISTED = 150
"""Bookings to come, and as many that are over: those nearest to today."""


class TourLine(NamedTuple):
    """A booking with its duty."""

    row: TourRow
    duty: DutyLine
    is_over: bool
    counted: int | None
    """How many came, where they were counted; else the booked size stands for them (R-104)."""


class TourBoard(NamedTuple):
    """The tours to come, by start, and those that are over, the newest first."""

    coming: Sequence[TourLine]
    past: Sequence[TourLine]
    left_out: int
    today: date


class TourSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_board(self) -> TourBoard:
        """The bookings around today. Raises: LogError, UserError."""
        return self._reader.read(self._load_board)

    def _load_board(self, views: Views) -> TourBoard:
        today = date.fromordinal(self._reader.read_unit().days.ordinal(views.evaluated_at))
        around = DayFilter(today - timedelta(days=DAYS_BACK))
        rows, builder = list(list_tours(views, around)), _Builder(views, self._reader.home, around)
        coming = [row for row in rows if not builder.is_over(row)]
        past = [row for row in rows if builder.is_over(row)]
        shown = [[builder.build(row) for row in some[:MOST_LISTED]] for some in (coming, past[::-1])]
        return TourBoard(shown[0], shown[1], len(rows) - sum(map(len, shown)), today)

    def find(self, booking: str) -> TourLine | None:
        """One booking; None where there is none. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._find(views, booking))

    def _find(self, views: Views, booking: str) -> TourLine | None:
        row = find_tour(views, booking)
        return row and _Builder(views, self._reader.home, DayFilter(row.day, row.day)).build(row)

    def run(self, commands: Sequence[Command], by: str, form_id: str) -> LineResult:
        """Carry out commands up to the first that is refused, and say how the last one went. Raises: UserError."""
        return self._commands.run(commands, by, form_id)[-1]


class _Builder:
    """Builds the lines of one page."""

    def __init__(self, views: Views, home: Home, around: DayFilter) -> None:
        self._views, self._lines = views, DutyLines(home)
        counts = [row for row in list_served(views, around) if row.kind == "shift" and row.source != "tour"]
        self._counts = {row.name: sum_served(one for one in counts if one.name == row.name) for row in counts}

    def is_over(self, row: TourRow) -> bool:
        """Whether it has ended."""
        return row.ends <= self._views.evaluated_at

    def build(self, row: TourRow) -> TourLine:
        """A booking with its duty, which was put on the roster by the same command."""
        duty = find_planned_duty(self._views, row.booking)
        if duty is None:
            raise LookupError(row.booking)
        return TourLine(row, self._lines.build(duty), self.is_over(row), self._counts.get(row.booking))
