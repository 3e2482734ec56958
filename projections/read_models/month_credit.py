"""Read model: what each account is worth in a civil month (R-028).

Rule: a duty over midnight at the end of a month is split there. Its minutes until then are floored, and the rest of the
whole is of the next month: so the months of a duty sum to its minutes.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.months import find_last_day, find_next_month
from domain.spans import Second, second
from projections.engine.day_source import DaySource
from projections.engine.stored_values import read_day, read_id

if TYPE_CHECKING:
    from projections.evaluation.windows import AccountKind

REACH = 2
"""Days around a month whose accounts can have a part in it: a visit lasts a day at most. A duty may last longer."""

AccountKey = tuple[int, str, str, int]
"""Volunteer, kind, shift or event, service day."""


class MonthCredit(NamedTuple):
    """What one account is worth in a month."""

    volunteer: UUID
    day: date
    """The service day of the account; where that is of another month, the first or last day of this one."""
    service_day: date
    kind: "AccountKind"
    name: str
    """Of the shift or the event; empty for a flexible day."""
    category: str | None
    item: str | None
    content: str | None
    """What was served; None where nobody has said (R-022)."""
    minutes: int
    begins: bool
    """Whether its first minute is in this month: one duty is counted once."""


def list_month_credit(views: DaySource, month: date, as_of: Second | None = None) -> Iterator[MonthCredit]:
    """Every account with credit in a month, by volunteer and day; `as_of` is the instant of views of the past."""
    last = find_last_day(month)
    first_day, last_day = month.toordinal(), last.toordinal()
    zone = views.load_unit().days.zone
    span = {"first": _find_first_day(views, first_day, _find_midnight(month, zone)), "last": last_day + REACH}
    views.ensure_intact(span["first"], span["last"])
    starts, ends = (_Boundary(views, start, zone, as_of) for start in (month, find_next_month(month)))
    for volunteer, key, kind, name, day, category, item, content, seconds in views.rows(_ACCOUNTS, span):
        account = (key, kind, name, day)
        before, until = starts.find_minutes_before(account, seconds), ends.find_minutes_before(account, seconds)
        is_in_month = ends.find_seconds_before(account, seconds) > starts.find_seconds_before(account, seconds)
        if is_in_month:
            begins = not starts.find_seconds_before(account, seconds)
            service_day = read_day(day)
            at = min(max(service_day, month), last)
            work = (category, item, content)
            yield MonthCredit(read_id(volunteer), at, service_day, kind, name, *work, until - before, begins)


def load_posts(views: DaySource, month: date) -> Mapping[str, str]:
    """The posts of the shifts of a month and of the days around it, of those that have one."""
    span = (month.toordinal() - REACH, find_last_day(month).toordinal() + REACH)
    return dict(views.rows("SELECT shift, post FROM shifts WHERE day BETWEEN ? AND ? AND post IS NOT NULL", span))


def _find_midnight(day: date, zone: ZoneInfo) -> Second:
    return second(datetime.combine(day, time(), zone))


def _find_first_day(views: DaySource, day: int, midnight: Second) -> int:
    """The first service day whose duties can have a part in a month that begins on a day."""
    began = next(views.rows(_FIRST_OF_LONG_DUTIES, {"last": day - 1, "at": midnight}))[0]
    return day - REACH if began is None else min(began, day - REACH)


class _Boundary:
    """The midnight at which a month begins, and what accounts are worth before it."""

    def __init__(self, views: DaySource, first: date, zone: ZoneInfo, as_of: Second | None) -> None:
        self._day = first.toordinal()
        self._after = _sum_seconds_after(views, _find_midnight(first, zone), self._day, as_of)

    def find_seconds_before(self, account: AccountKey, seconds: int) -> int:
        """Of the seconds of an account, those before midnight."""
        after = self._after.get(account)
        if after is None:
            return seconds if account[-1] < self._day else 0
        return seconds - after

    def find_minutes_before(self, account: AccountKey, seconds: int) -> int:
        """The same in minutes, floored: the last part of an account is what is left of its whole minutes."""
        return self.find_seconds_before(account, seconds) // 60


def _sum_seconds_after(views: DaySource, at: Second, day: int, as_of: Second | None) -> Mapping[AccountKey, int]:
    """The credited seconds from an instant on, of every account of a volunteer whose visit or duty reaches beyond."""
    from projections.evaluation.evaluate import evaluate  # noqa: PLC0415 - few visits reach beyond a month

    sums: dict[AccountKey, int] = {}
    span = {"first": day - REACH, "last": day - 1, "at": at}
    for volunteer, visit_day in list(views.rows(_REACHING_BEYOND, span)):
        facts, person, unit = views.load_day_facts(volunteer, visit_day, as_of)
        result = evaluate(facts, person, unit, views.evaluated_at)
        for account in result.accounts:
            sums[volunteer, account.kind, account.key, account.day] = 0
        for visit in result.visits:
            for stretch, account, end in visit.credited:
                sums[volunteer, account.kind, account.key, account.day] += max(0, end - max(stretch.start, at))
    return sums


_ACCOUNTS = """
SELECT p.volunteer, e.whose, e.kind, e.name, e.day, e.category,
    (SELECT item FROM duty_work w WHERE w.kind = e.kind AND w.name = e.name),
    (SELECT content FROM duty_work w WHERE w.kind = e.kind AND w.name = e.name), e.seconds FROM (
    SELECT volunteer AS whose, 'shift' AS kind, shift AS name, day, category, seconds FROM duties
    WHERE seconds > 0 AND day BETWEEN :first AND :last
    UNION ALL SELECT volunteer, kind, key, day, category, seconds FROM earned
    WHERE seconds > 0 AND day BETWEEN :first AND :last
) e JOIN people p ON p.key = e.whose
ORDER BY e.whose, e.day, e.kind, e.name
"""
_REACHING_BEYOND = """
SELECT DISTINCT volunteer, day FROM visits
WHERE day BETWEEN :first AND :last AND (check_out > :at OR check_out IS NULL)
UNION SELECT volunteer, day FROM links WHERE day = :last
"""
_FIRST_OF_LONG_DUTIES = """
SELECT min(day) FROM duties
WHERE seconds > 0 AND ends > :at AND day < :last AND volunteer IN (SELECT volunteer FROM links WHERE day = :last)
"""
