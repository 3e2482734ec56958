"""The nightly job: every service day that is over and not settled, one after the other."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.act import Act
from domain.errors import DayNotOver
from domain.house_rules import HouseRules
from domain.spans import instant, second
from kiosk.home import Home
from projections.findings import findings
from projections.settlement import first_unsettled, still_to_come


def reconcile(home: Home, upto: date | None, act: Act) -> list[dict[str, Any]]:
    """Settle every unsettled service day up to `upto`, by default the last one that is over; a row a day.

    Raises:
        DayNotOver: `upto` has not ended yet.
    """
    return list(settle_days(home, upto, act))


def settle_days(home: Home, upto: date | None, act: Act) -> Iterator[dict[str, Any]]:
    """The same, a day at a time: each is settled when its row comes. A day whose night shift lasts on has to wait."""
    views, now = home.views, second(act.recorded)
    rules = HouseRules(home.log).now()
    last = upto or rules.days.of(act.recorded) - timedelta(days=1)
    home.night.refuse_unfinished(last, act)
    views.catch_up(now)
    day = first_unsettled(views)
    while day is not None and day <= last:
        if (ends := still_to_come(views, day)) is not None:
            if upto is None:
                return
            raise DayNotOver(day, instant(ends))
        policy = rules.policies.on(day.toordinal())
        settled = home.night.settle(day, findings(views, day, policy), act)
        yield {"date": day.isoformat(), **settled.totals, "head": settled.head}
        views.catch_up(now)
        day += timedelta(days=1)
