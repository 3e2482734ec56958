"""Taking a correction back: it counts as if it had not been made. Which can be, and what stands in the way."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from domain.errors import DomainError, VisitsOverlap
from domain.spans import Second, instant, overlap, second

if TYPE_CHECKING:
    from domain.model.visits import Visit


class NoSuchCorrection(DomainError):
    """The log holds no correction at this position."""

    position: int


class AlreadyRetracted(DomainError):
    """The correction was retracted before, or another one stands in its place."""

    position: int


class AssignedInTime(DomainError):
    """The volunteer was assigned before the shift started: from then on the roster is a fact (R-025)."""

    volunteer_id: UUID
    name: str


def refuse_overlap_of_restored(volunteer_id: UUID, check_in: datetime, visits: "Sequence[Visit]") -> None:
    """A visit that would count again may overlap none that has taken its place. Raises: VisitsOverlap."""
    for again in visits:
        span = (again.check_in, find_end(again))
        if again.check_in != second(check_in) or again.void:
            continue
        for other in visits:
            if other is not again and not other.void and overlap(span, (other.check_in, find_end(other))):
                raise VisitsOverlap(volunteer_id, check_in, instant(other.check_in))


def find_end(visit: "Visit") -> Second:
    """Where it ends; without a check-out it is its first second."""
    return visit.check_in + 1 if visit.check_out is None else visit.check_out
