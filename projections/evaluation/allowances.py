"""Which duties earn a meal and transport allowance (R-070). Pure: minutes of single duties in, duties out.

Rule: a duty of its own must be long enough; shorter ones never make one together. Nothing here is a wage: the unit may
pay it where it has announced so, and the law forbids more.
"""

from collections.abc import Iterable
from typing import NamedTuple

from domain.policy import Policy
from domain.spans import Second


class ServedDuty(NamedTuple):
    """One duty, as an allowance looks at it."""

    start: Second
    kind: str
    """`shift`, `event` or `flexible`."""
    name: str
    credited_minutes: int
    planned_minutes: int | None = None
    """Of a shift; None where nothing was planned for the volunteer alone."""
    is_on_time: bool = False
    """Neither late nor early, with the grace of the policy."""


def earns_by_minutes(duty: ServedDuty, policy: Policy) -> bool:
    """Whether the credited minutes of the duty are enough: 180 are, 179 are not."""
    return duty.credited_minutes >= policy.allowance_min_minutes


def earns_by_status(duty: ServedDuty, policy: Policy) -> bool:
    """Whether the unit pays for a duty of that length whose volunteer came and went on time, within the grace."""
    is_long_enough = (duty.planned_minutes or 0) >= policy.allowance_min_minutes
    return policy.allowance_uses_status and is_long_enough and duty.is_on_time and duty.credited_minutes > 0


def choose_allowances(duties: Iterable[ServedDuty], policy: Policy) -> list[ServedDuty]:
    """The duties of a volunteer on a service day that earn an allowance: the earliest, as many as a day may have."""
    earning = [duty for duty in duties if earns_by_minutes(duty, policy) or earns_by_status(duty, policy)]
    return sorted(earning)[: policy.allowance_per_day_max]
