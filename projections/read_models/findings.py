"""What the night asks of the read models about a service day that is over."""

from datetime import date

from domain.policy import Policy
from domain.use_cases.nightly import Findings
from projections.engine.views import Views
from projections.read_models.day_totals import changed_days, day_totals, digest
from projections.read_models.exit_triggers import exit_triggers
from projections.read_models.exits import waiting


def findings(views: Views, day: date, policy: Policy) -> Findings:
    """Everything that a settlement is drawn from. `views` are caught up, `policy` is the one in force that day."""
    return Findings(
        totals=day_totals(views, day),
        digest=digest(views, day.toordinal()),
        changed={changed.isoformat(): now for changed, now in changed_days(views)},
        triggers=list(exit_triggers(views, day, policy)),
        waiting=list(waiting(views)),
    )
