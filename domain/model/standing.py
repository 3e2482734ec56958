"""Whether a volunteer serves on a day: agreements, their ends, suspensions. Pure.

All dates are service days: an agreement that ends on D ends after D, a suspension from D begins on D,
and service resumed on D is service on D.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from domain.errors import DomainError, NoAgreementInForce
from domain.spans import Second

Standing = Literal["in_service", "suspended", "agreement_ended", "before_agreement"]
StandingChangeKind = Literal["agreement", "ended", "suspended", "resumed"]


class StandingChange(NamedTuple):
    """A dated change of a volunteer's standing."""

    kind: StandingChangeKind
    day: int
    """The service day, a proleptic ordinal."""
    recorded: Second
    """When the log learnt of it."""


class ServiceSuspended(DomainError):
    """The volunteer's service is suspended on that day."""

    volunteer_id: UUID
    on: date


def demand_in_service(volunteer_id: UUID, standing: Standing, on: date) -> None:
    """Refuse a volunteer who does not serve on a service day. Raises: ServiceSuspended, NoAgreementInForce."""
    if standing == "suspended":
        raise ServiceSuspended(volunteer_id, on)
    if standing != "in_service":
        raise NoAgreementInForce(volunteer_id, on)


def find_standing(turns: Iterable[StandingChange], day: int) -> Standing:
    """How a volunteer stands on a service day; without an agreement a suspension does not matter."""
    ended: int | None = None
    agreed: int | None = None
    is_agreement_to_come = False
    pause: StandingChange | None = None
    for turn in turns:
        if turn.kind in ("suspended", "resumed"):
            if turn.day <= day and (pause is None or turn.day >= pause.day):
                pause = turn
        elif turn.kind == "ended":
            if turn.day < day:
                ended = turn.day if ended is None else max(ended, turn.day)
        elif turn.day <= day:
            agreed = turn.day if agreed is None else max(agreed, turn.day)
        else:
            is_agreement_to_come = True
    if ended is not None and (agreed is None or agreed <= ended):
        return "agreement_ended"
    if agreed is None and is_agreement_to_come:
        return "before_agreement"
    return "suspended" if pause is not None and pause.kind == "suspended" else "in_service"


class StandingByDay:
    """How a volunteer stands on each service day, found once for all days between two changes."""

    def __init__(self, turns: Sequence[StandingChange]) -> None:
        self._from = sorted({day for turn in turns for day in (turn.day, turn.day + 1)})
        """The days from which a change counts: an end from the day after it."""
        self._standings: list[Standing] = [find_standing(turns, day) for day in (NO_DAY, *self._from)]

    def on(self, day: int) -> Standing:
        """As `find_standing`."""
        return self._standings[bisect_right(self._from, day)]


NO_DAY = 0
"""Before every service day."""


def find_suspension(turns: Sequence[StandingChange], day: int) -> int | None:
    """The first service day of the suspension that a volunteer is in on a day, or None (R-053)."""
    if find_standing(turns, day) != "suspended":
        return None
    return max(turn.day for turn in turns if turn.kind == "suspended" and turn.day <= day)


def filter_known_at(turns: Iterable[StandingChange], at: Second) -> list[StandingChange]:
    """The changes that were recorded by an instant: a fact recorded later refuses no tap."""
    return [turn for turn in turns if turn.recorded <= at]


def find_agreement(turns: Iterable[StandingChange], day: int) -> int | None:
    """The service day on which the agreement in force on a day began (R-050), or None before the first."""
    return max((turn.day for turn in turns if turn.kind == "agreement" and turn.day <= day), default=None)
