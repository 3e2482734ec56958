"""What the night asks of the read models about a service day that is over."""

from datetime import date

from domain.policy import Policy
from domain.use_cases.nightly import DayFindings
from projections.engine.views import Views
from projections.read_models.day_totals import compute_day_totals, compute_digest, find_changed_days
from projections.read_models.exit_triggers import find_exit_triggers
from projections.read_models.exits import list_undecided_cases


def collect_findings(views: Views, day: date, policy: Policy) -> DayFindings:
    """Everything that a settlement is drawn from. `views` are caught up, `policy` is the one in force that day."""
    return DayFindings(
        totals=compute_day_totals(views, day),
        digest=compute_digest(views, day.toordinal()),
        changed={changed.isoformat(): now for changed, now in find_changed_days(views)},
        triggers=list(find_exit_triggers(views, day, policy)),
        waiting=list(list_undecided_cases(views)),
    )
