"""Read model: what of a month is open, to be looked at before it is closed. None of it stands in the way."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from domain.log.event_log import EventLog
from domain.months import find_last_day
from domain.use_cases.unit_rules import CurrentRules
from projections.engine.views import Views
from projections.read_models.day_filter import DayFilter
from projections.read_models.day_totals import find_unreconciled_days
from projections.read_models.pending_work import PendingRow, count_pending, list_pending

UNRECONCILED = "unreconciled_day"
"""What a service day is called that no night has reconciled, beside the kinds of pending work."""


class MonthCheck(NamedTuple):
    """What is open in a month."""

    pending: Sequence[PendingRow]
    """What needs a person, of its days or of no day yet."""
    unreconciled: Sequence[date]

    def count_open(self) -> Mapping[str, int]:
        """How many of each kind, each above 0."""
        days = Counter({UNRECONCILED: len(self.unreconciled)} if self.unreconciled else {})
        return {**count_pending(self.pending), **days}


def check_month(views: Views, log: EventLog, rules: CurrentRules, month: date) -> MonthCheck:
    """What is open in a month; the caller has ensured that its days are intact."""
    last = find_last_day(month)
    pending = list_pending(views, log, rules.policies, DayFilter(month, last))
    waiting = find_unreconciled_days(views, rules.opened_on, last)
    return MonthCheck(pending, [day for day in waiting if day >= month])
