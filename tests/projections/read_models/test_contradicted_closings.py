"""A correction stands when a tap comes late, and the coordinator learns that the two do not fit."""

from datetime import date

from domain.policy import Policies
from projections.read_models.day_filter import DayFilter
from projections.read_models.open_matters import list_open_days
from projections.read_models.pending_work import list_pending
from tests.support.office import Office
from tests.support.people import ANN, local_second

DAY = date(2026, 11, 19)


def close_visit(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    office.at("2026-11-20 10:00").close_visit(ANN, "2026-11-19 09:00", "12:00")


def list_contradicted(office: Office) -> list[tuple[int | None, int | None]]:
    rows = list_pending(office.current_views(), office.log, Policies(), DayFilter(until=DAY))
    return [(row.check_in, row.check_out) for row in rows if row.kind == "contradicted"]


def test_a_closed_visit_that_nothing_contradicts_is_not_listed(office: Office) -> None:
    close_visit(office)
    assert list_contradicted(office) == []


def test_a_late_tap_that_makes_the_check_in_something_else_is_told_until_one_visit_is_void(office: Office) -> None:
    """The same arrival, read 20 seconds earlier at another door."""
    close_visit(office)
    office.tap(ANN, "2026-11-19 08:59:40", recorded="2026-11-20 11:00")
    assert list_contradicted(office) == [(local_second("2026-11-19 09:00"), local_second("2026-11-19 12:00"))]
    (open_day,) = list_open_days(office.current_views(), office.log, Policies(), DAY)
    assert (open_day.counts["contradicted"], open_day.needs_coordinator(DAY)) == (1, True)
    office.at("2026-11-20 12:00").void_visit(ANN, "2026-11-19 08:59:40")
    assert list_contradicted(office) == []
    assert sum(row.credited_minutes for row in office.list_visits()) == 0  # no duty that day, and nothing twice


def test_a_late_tap_that_leaves_the_check_in_alone_contradicts_nothing(office: Office) -> None:
    """A pair of taps before it, well apart."""
    close_visit(office)
    office.tap(ANN, "2026-11-19 07:00", recorded="2026-11-20 11:00")
    office.tap(ANN, "2026-11-19 08:00", recorded="2026-11-20 11:00")
    assert list_contradicted(office) == []
