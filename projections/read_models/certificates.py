"""Read model: the data of a performance certificate, and whether it agrees with the record book (R-032, R-084).

Rule: only hours of this unit, with full dates; minutes are compared month by month, and what differs is named. A month
that the period cuts is compared whole: an entry is of a month, and says nothing of its days.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.months import find_next_month
from projections.engine.views import Views
from projections.read_models.book_entries import list_book_entries
from projections.read_models.month_credit import list_month_credit

DayMinutes = tuple[date, int]
"""A day of a month, and minutes of it."""


class BookMismatch(NamedTuple):
    """A month in which record book and credited hours differ."""

    month: date
    entered: int
    """Minutes in the record book."""
    credited: int


class CertificateSheet(NamedTuple):
    """What stands on a certificate."""

    volunteer: UUID
    first_day: date
    last_day: date
    minutes: int
    """Credited by this unit within the period."""
    attested_minutes: int
    """Of this unit too, from before it used this system, as a document proves them."""
    mismatches: list[BookMismatch]


def compare_record_book(entered: Iterable[DayMinutes], credited: Iterable[DayMinutes]) -> list[BookMismatch]:
    """The months in which both differ, in order; nothing is rounded (R-032)."""
    sums: tuple[Counter[date], Counter[date]] = (Counter(), Counter())
    for total, parts in zip(sums, (entered, credited), strict=True):
        for day, minutes in parts:
            total[day.replace(day=1)] += minutes
    months = sorted({*sums[0], *sums[1]})
    return [BookMismatch(month, sums[0][month], sums[1][month]) for month in months if sums[0][month] != sums[1][month]]


def build_certificate_sheet(views: Views, volunteer: UUID, first: date, last: date) -> CertificateSheet:
    """What a certificate of a period would say; `views` are caught up, or those of a past instant."""
    credited: list[DayMinutes] = []
    begins = month = first.replace(day=1)
    while month <= last:
        found = list_month_credit(views, month)
        credited += [(one.day, one.minutes) for one in found if one.volunteer == volunteer]
        month = find_next_month(month)
    entered = [(one.month, one.line.minutes) for one in list_book_entries(views, volunteer, begins, last)]
    values = (volunteer.bytes, first.toordinal(), last.toordinal())
    (attested,) = next(views.rows(_ATTESTED, values))
    total = sum(minutes for day, minutes in credited if first <= day <= last)
    return CertificateSheet(volunteer, first, last, total, attested or 0, compare_record_book(entered, credited))


_ATTESTED = """
SELECT sum(minutes) FROM attested_hours WHERE volunteer = (SELECT key FROM people WHERE volunteer = ?)
AND unit IS NULL AND first >= ? AND last <= ?
"""
