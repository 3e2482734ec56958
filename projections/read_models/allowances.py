"""Read model: allowances for meals and transport, duty by duty (R-070). It computes no wage."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.policy import Policies
from projections.engine.stored_values import read_day, read_id
from projections.engine.views import Views
from projections.evaluation.allowances import ServedDuty, choose_allowances, earns_by_minutes
from projections.read_models.day_filter import EVERYTHING, DayFilter


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


def list_allowances(views: Views, policies: Policies, day_filter: DayFilter = EVERYTHING) -> Iterator[AllowanceRow]:
    """The duties of each day that earn one, by the policy in force on it; by day, start and volunteer."""
    views.ensure_intact(*day_filter.bounds)
    served: dict[tuple[int, bytes], list[ServedDuty]] = defaultdict(list)
    for day, volunteer, starts, kind, name, minutes, planned, is_on_time in _list_duties(views, day_filter):
        served[day, volunteer].append(ServedDuty(starts, kind, name, minutes, planned, bool(is_on_time)))
    for (day, volunteer), duties in sorted(served.items()):
        policy = policies.on(day)
        for duty in choose_allowances(duties, policy):
            yield AllowanceRow(
                read_id(volunteer),
                read_day(day),
                duty.kind,
                duty.name,
                duty.credited_minutes,
                not earns_by_minutes(duty, policy),
                policy.meal_allowance,
                policy.transport_allowance,
            )


def _list_duties(views: Views, day_filter: DayFilter) -> Iterator[tuple[int, bytes, int, str, str, int, int, int]]:
    yield from views.rows(_DUTIES.format(where=day_filter.where), day_filter.values)


_DUTIES = """
SELECT d.day, p.volunteer, d.start, d.kind, d.name, d.minutes, d.planned, d.on_time FROM (
    SELECT volunteer, day, starts AS start, 'shift' AS kind, shift AS name, seconds / 60 AS minutes,
        (ends - starts) / 60 AS planned, late = 0 AND early = 0 AS on_time
    FROM duties WHERE seconds > 0 AND {where}
    UNION ALL
    SELECT volunteer, day, 0, 'event', key, seconds / 60, NULL, 0 FROM earned WHERE kind = 'event' AND {where}
    UNION ALL
    SELECT v.volunteer, v.day, v.check_in, 'flexible', '', min(v.credited, e.seconds / 60), NULL, 0
    FROM (SELECT * FROM earned WHERE kind <> 'event' AND {where}) e JOIN visits v USING (volunteer, day)
    WHERE v.credited > 0
) d JOIN people p ON p.key = d.volunteer
"""
"""Service without a roster is one duty a visit: two short visits of a day are two services."""
