"""Read model: shifts to which nobody came (R-040)."""

from datetime import date

from projections.read_models.duties import UncoveredShift, list_uncovered_shifts
from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second

THURSDAY = date(2026, 11, 19)


def uncovered(office: Office, day: date = THURSDAY) -> list[str]:
    return [row.shift for row in list_uncovered_shifts(office.at("2026-11-21 09:00").current_views(), day)]


def test_a_shift_is_covered_by_whoever_of_its_volunteers_comes(office: Office) -> None:
    """R-040: Ben is absent, Ann forgets to tap when she leaves."""
    office.at("2026-11-01 09:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN, BEN)
    office.schedule_shift("PM", "2026-11-19 14:00", "17:00", ANN, BEN)
    office.tap(ANN, "2026-11-19 09:00")
    assert uncovered(office) == ["PM"]
    row = next(list_uncovered_shifts(office.current_views(), THURSDAY))
    assert row == UncoveredShift("PM", local_second("2026-11-19 14:00"), local_second("2026-11-19 17:00"), None)


def test_a_shift_that_its_volunteer_may_miss_is_uncovered_all_the_same(office: Office) -> None:
    """R-040: leave excuses Ann, and nobody came."""
    office.at("2026-11-01 09:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.request_leave("AM", ANN)
    assert uncovered(office) == ["AM"]


def test_a_shift_that_was_handed_over_is_covered_by_its_new_volunteer(office: Office) -> None:
    office.at("2026-11-01 09:00").schedule_shift("AM", "2026-11-19 09:00", "12:00", ANN)
    office.swap("AM", ANN, BEN)
    office.tap(BEN, "2026-11-19 09:00")
    assert uncovered(office) == []


def test_a_shift_with_nobody_on_it_is_uncovered_unless_it_was_called_off(office: Office) -> None:
    """R-040: each on its own service day."""
    office.at("2026-11-01 09:00").schedule_shift("AM", "2026-11-19 09:00", "12:00")
    office.schedule_shift("PM", "2026-11-19 14:00", "17:00")
    office.cancel_shift("PM")
    assert uncovered(office) == ["AM"]
    assert uncovered(office, date(2026, 11, 20)) == []
