"""Read model: what of a month is open, to be looked at before it is closed.

Rule: of all that only a missing plan of a private unit stands in the way (R-001).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.months import find_last_day
from projections.engine.day_source import DaySource
from projections.engine.stored_values import read_day
from projections.read_models.day_filter import DayFilter
from projections.read_models.day_totals import find_unreconciled_days
from projections.read_models.pending_work import PendingRow, count_pending, list_pending
from projections.read_models.plan_status import list_uncovered_days
from projections.read_models.served import list_served, sum_served

if TYPE_CHECKING:
    from domain.log.standing_log import LogToRead
    from domain.policy import Policies

UNRECONCILED = "unreconciled_day"
"""What a service day is called that no night has reconciled, beside the kinds of pending work."""


MISSING_KIOSK = "missing_kiosk"
"""What a kiosk is called that may still send something of the month."""


class MonthCheck(NamedTuple):
    """What is open in a month."""

    pending: Sequence[PendingRow]
    """What needs a person, of its days or of no day yet."""
    last_over: date
    """Its last service day that is over; the month under way has days to come, for which nothing can be missing. Before
    the month where it has none yet."""
    unreconciled: Sequence[date]
    """Of the days that are over."""
    without_plan: Sequence[date]
    """Days with hours on which no filed service plan stands: a private unit cannot close the month, a public one is
    warned (R-001)."""
    served: int | None
    """People served, as they were counted; None where nobody recorded any (R-104)."""
    missing_kiosks: Sequence[str]
    """Those because of which the days that are over are provisional."""

    def count_open(self) -> Mapping[str, int]:
        """How many matters of each kind, each above 0."""
        days = {UNRECONCILED: len(self.unreconciled)} if self.unreconciled else {}
        kiosks = {MISSING_KIOSK: len(self.missing_kiosks)} if self.missing_kiosks else {}
        return {**count_pending(self.pending), **days, **kiosks}


def check_month(
    views: DaySource, log: "LogToRead", month: date, find_missing_kiosks: Callable[[date], Sequence[str]]
) -> MonthCheck:
    """What is open in a month; the caller has ensured that its days are intact.

    `find_missing_kiosks` names those because of which a service day is provisional.
    """
    last, unit = find_last_day(month), views.load_unit()
    last_over = min(last, date.fromordinal(unit.days.ordinal(views.evaluated_at) - 1))
    pending = list_pending(views, log, unit.policies, DayFilter(month, last))
    waiting = find_unreconciled_days(views, unit.opened_on, last_over)
    unreconciled = [day for day in waiting if day >= month]
    without_plan = list_days_without_plan(views, unit.policies, month)
    served = sum_served(list_served(views, DayFilter(month, last)))
    missing_kiosks = find_missing_kiosks(last_over) if last_over >= month else ()
    return MonthCheck(pending, last_over, unreconciled, without_plan, served, missing_kiosks)


def list_days_without_plan(views: DaySource, policies: "Policies", month: date) -> list[date]:
    """The service days of a month with hours on which no filed plan stands."""
    span = {"first": month.toordinal(), "last": find_last_day(month).toordinal()}
    return list_uncovered_days(views, policies, [read_day(day) for (day,) in views.rows(_DAYS, span)])


_DAYS = """
SELECT day FROM duties WHERE seconds > 0 AND day BETWEEN :first AND :last
UNION SELECT day FROM earned WHERE seconds > 0 AND day BETWEEN :first AND :last ORDER BY day
"""
