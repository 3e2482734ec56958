"""Read model: allowances for meals and transport, duty by duty (R-070). It computes no wage."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from domain.policy import Policies
from domain.spans import Second
from projections.engine.day_source import DaySource
from projections.engine.stored_values import read_day, read_id
from projections.evaluation.allowances import ServedDuty, choose_allowances, earns_by_minutes
from projections.evaluation.evaluate import evaluate
from projections.evaluation.windows import floor_minutes
from projections.read_models.day_filter import EVERYTHING, DayFilter

DayOf = tuple[int, int]
"""A service day, and the key of the volunteer in the views."""


class AllowanceRow(NamedTuple):
    """One duty that earns an allowance."""

    volunteer: UUID
    day: date
    kind: str
    """`shift`, `event` or `flexible`."""
    name: str
    """The shift or event; empty for service without a roster."""
    credited_minutes: int
    is_by_status: bool
    """Too short by the minutes, and earned because the unit counts a duty that was begun and ended on time."""
    meal: int | None
    """NT$; None where the policy of that day names no amount."""
    transport: int | None


def list_allowances(
    views: DaySource, policies: Policies, day_filter: DayFilter = EVERYTHING, as_of: Second | None = None
) -> Iterator[AllowanceRow]:
    """The duties of each day that earn one, by the policy in force on it; by day, start and volunteer.

    `as_of` is the instant of views of the past.
    """
    views.ensure_intact(*day_filter.bounds)
    served: dict[DayOf, list[ServedDuty]] = defaultdict(list)
    for of, duty in (*_list_planned(views, day_filter), *_list_flexible(views, day_filter, as_of)):
        served[of].append(duty)
    ids = dict(views.rows("SELECT key, volunteer FROM people"))
    for (day, volunteer), duties in sorted(served.items(), key=lambda of: (of[0][0], ids[of[0][1]])):
        policy = policies.on(day)
        for duty in choose_allowances(duties, policy):
            yield AllowanceRow(
                read_id(ids[volunteer]),
                read_day(day),
                duty.kind,
                duty.name,
                duty.credited_minutes,
                not earns_by_minutes(duty, policy),
                policy.meal_allowance,
                policy.transport_allowance,
            )


def _list_planned(views: DaySource, day_filter: DayFilter) -> Iterator[tuple[DayOf, ServedDuty]]:
    """Shifts, and events by service day."""
    rows = views.rows(_PLANNED.format(where=day_filter.where), day_filter.values)
    for day, volunteer, start, kind, name, minutes, planned, is_on_time in rows:
        yield (day, volunteer), ServedDuty(start, kind, name, minutes, planned, bool(is_on_time))


def _list_flexible(views: DaySource, day_filter: DayFilter, as_of: Second | None) -> Iterator[tuple[DayOf, ServedDuty]]:
    """Service without a roster is one duty a visit: two short visits of a day are two services."""
    rows = views.rows(_FLEXIBLE.format(where=day_filter.where), day_filter.values)
    for (day, volunteer, minutes), visits in groupby(list(rows), itemgetter(0, 1, 2)):
        earned: list[tuple[Second, int]] = [(check_in, credited) for *_, check_in, credited in visits]
        if len(earned) == 1:
            earned = [(earned[0][0], minutes)]
        elif sum(credited for _, credited in earned) > minutes:  # the rest was credited to shifts or events
            earned = [*_divide_flexible(views, volunteer, day, as_of)]
        yield from (((day, volunteer), ServedDuty(at, "flexible", "", part)) for at, part in earned if part)


def _divide_flexible(views: DaySource, volunteer: int, day: int, as_of: Second | None) -> Iterator[tuple[Second, int]]:
    """The check-in of each visit of a day, and the minutes that it earned without a roster: few days are evaluated."""
    facts, person, unit = views.load_day_facts(volunteer, day, as_of)
    after = 0
    for visit in evaluate(facts, person, unit, views.evaluated_at).visits:
        before = after
        for stretch, account, end in visit.credited:
            after += end - stretch.start if (account.kind, account.day) == ("flexible", day) else 0
        yield visit.visit.check_in, floor_minutes(after) - floor_minutes(before)


_PLANNED = """
SELECT day, volunteer, starts, 'shift', shift, seconds / 60, (ends - starts) / 60, late = 0 AND early = 0
FROM duties WHERE seconds > 0 AND {where}
UNION ALL
SELECT day, volunteer, 0, 'event', key, seconds / 60, NULL, 0 FROM earned WHERE kind = 'event' AND {where}
"""
_FLEXIBLE = """
SELECT v.day, v.volunteer, e.seconds / 60, v.check_in, v.credited
FROM (SELECT * FROM earned WHERE kind = 'flexible' AND {where}) e JOIN visits v USING (volunteer, day)
WHERE v.credited > 0 ORDER BY v.volunteer, v.day, v.check_in, v.ordinal
"""
"""The visits of days with such service; what is credited to them may be of shifts and events as well."""
