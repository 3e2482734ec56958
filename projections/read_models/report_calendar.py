"""Which results are due to the authority, when, and which are overdue (R-107, R-108, R-109).

Rule: a window and the last day of it are service law of the authority, so they do not move with weekends (R-108).
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from domain.calendar import add_months
from domain.policy import REPORT_WINDOW

ReportKind = Literal["half_year", "annual"]
ReportStatus = Literal["not_open", "open", "overdue", "reported"]

WINDOW = re.compile(REPORT_WINDOW)
FEBRUARY, SHORTEST_FEBRUARY = 2, 28
HALF_YEAR = 6


class ReportPeriod(NamedTuple):
    """What a report is about, both days included."""

    kind: ReportKind
    first: date
    last: date


class DueReport(NamedTuple):
    """A report that is to be handed in."""

    period: ReportPeriod
    opens: date
    """The first day on which it is taken."""
    due: date
    """The last day on which it is in time: a report that is overdue puts the plan at risk (R-111)."""
    status: ReportStatus


def list_due_reports(
    windows: Sequence[str],
    day: date,
    reported: Collection[tuple[date, date]] = (),
    *,
    since: date = date.min,
    ahead: int = 31,
) -> list[DueReport]:
    """The latest report of each window, and those that open within some days; by the last day.

    `reported` are the first and last days of the periods whose results were handed in.

    `windows` are those of the policy in force (`report_windows`); what no window can be is left out: older programs
    adopted any text. Of periods that ended before `since`, when the unit opened, nothing is due.
    """
    found = [
        DueReport(period, opens, due, _find_status(day, opens, due, is_reported=period[1:] in reported))
        for window in filter(WINDOW.fullmatch, windows)
        for period, opens, due in _list_latest(window, day, day + timedelta(days=ahead))
        if period.last >= since
    ]
    return sorted(found, key=lambda report: (report.due, report.period))


def _find_status(day: date, opens: date, due: date, *, is_reported: bool) -> ReportStatus:
    if is_reported:
        return "reported"
    if day < opens:
        return "not_open"
    return "open" if day <= due else "overdue"


def _list_latest(window: str, day: date, horizon: date) -> Iterator[tuple[ReportPeriod, date, date]]:
    """The last time that a window has opened by a day, and the next one if it opens by the horizon."""
    times = [find_report(window, year) for year in range(day.year - 1, horizon.year + 1)]
    yield from [entry for entry in times if entry[1] <= day][-1:]
    yield from (entry for entry in times if day < entry[1] <= horizon)


def find_report(window: str, year: int) -> tuple[ReportPeriod, date, date]:
    """What a window is for that opens in a year, and its first and last day. Raises: ValueError.

    A window is for the half-year before it (R-107, the period is an assumption of the rule book), and a last day alone
    for the year before it, unless it says which. A last day is open from the beginning of its year, or half-year.
    """
    match = WINDOW.fullmatch(window)
    if match is None:
        raise ValueError(window)
    is_annual = match[1] == "annual" or not (match[1] or match[2])
    first_month = 1 if is_annual or int(match[4]) <= HALF_YEAR else HALF_YEAR + 1
    opens = _find_day(year, int(match[2] or first_month), int(match[3] or 1))
    due = _find_day(year, int(match[4]), int(match[5]))
    if due < opens:
        due = _find_day(year + 1, int(match[4]), int(match[5]))
    if is_annual:
        return ReportPeriod("annual", date(year - 1, 1, 1), date(year - 1, 12, 31)), opens, due
    return ReportPeriod("half_year", add_months(opens, -HALF_YEAR), opens - timedelta(days=1)), opens, due


def _find_day(year: int, month: int, day: int) -> date:
    """A day of a year, at most the last one of its month; 02-28 is the end of February: two months after a year."""
    last = monthrange(year, month)[1]
    is_end = (month, day) == (FEBRUARY, SHORTEST_FEBRUARY)
    return date(year, month, last if is_end else min(day, last))
