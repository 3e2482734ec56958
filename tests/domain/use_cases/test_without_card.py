"""A volunteer who forgot the card: the desk records the arrival, and every tap and read model goes on from there.

R-036, decisions 8 and 9.
"""

from datetime import date

import pytest

from domain.errors import NoAgreementInForce, NotEnrolled, VisitsOverlap
from domain.model.standing import ServiceSuspended
from domain.use_cases.unit_rules import UnitRules
from projections.read_models.presence import list_present
from tests.support.office import Office, assert_refused, format_answer
from tests.support.people import ANN, BEN, STRANGER, local_second, local_time

TODAY = "2026-11-19"
THURSDAY = date(2026, 11, 19)


@pytest.fixture
def morning(office: Office) -> Office:
    """Ann has a duty from nine to twelve, and comes without her card."""
    office.at("2026-11-01 08:00").schedule_shift("S1", f"{TODAY} 09:00", "12:00", ANN)
    office.at(f"{TODAY} 08:55").add_arrival(ANN, f"{TODAY} 08:55")
    return office


def list_stays(office: Office) -> list[tuple[str, int, bool, str]]:
    """Each visit: its status, its minutes, whether it was corrected, and its kiosk."""
    return [(row.status, row.credited_minutes, row.corrected, row.kiosk) for row in office.list_visits()]


def test_a_volunteer_whose_arrival_the_desk_recorded_is_in(morning: Office) -> None:
    assert list_stays(morning) == [("open", 0, True, "desk")]
    rules = UnitRules(morning.log).load()
    (present,) = list_present(morning.current_views(), rules.days, rules.policies, local_second(f"{TODAY} 08:55"))
    assert (present.volunteer, present.kiosk, present.duty) == (ANN, "desk", "S1")


def test_a_card_that_is_found_checks_out(morning: Office) -> None:
    """Not in a second time: the door knows of the arrival, at once and after any crash."""
    morning.restart()
    answer = morning.tap(ANN, f"{TODAY} 12:05")
    assert (answer.outcome, answer.since) == ("checked_out", local_time(f"{TODAY} 08:55"))
    assert list_stays(morning) == [("closed", 180, True, "desk")]
    assert format_answer(morning.tap(ANN, f"{TODAY} 13:00")) == "checked_in"


def test_a_door_that_remembers_the_day_reads_the_arrival(office: Office) -> None:
    """The interpreter of the day is kept; the desk writes between two taps."""
    for minute in range(22):
        office.tap(ANN, f"{TODAY} 08:{2 * minute:02d}")
    office.at(f"{TODAY} 09:00").add_arrival(ANN, f"{TODAY} 09:00")
    assert format_answer(office.tap(ANN, f"{TODAY} 09:30")) == "checked_out"


@pytest.mark.parametrize(("at", "outcome"), [("08:55:59", "duplicate"), ("08:56:00", "checked_out")])
def test_a_tap_so_soon_after_the_arrival_is_a_double_tap(morning: Office, at: str, outcome: str) -> None:
    assert morning.tap(ANN, f"{TODAY} {at}").outcome == outcome


def test_a_tap_just_after_the_turn_of_the_day_is_a_double_tap_for_door_and_views(office: Office) -> None:
    office.at("2026-11-20 03:59:40").add_arrival(ANN, "2026-11-20 03:59:40")
    assert office.tap(ANN, "2026-11-20 04:00:39").outcome == "duplicate"
    assert len(office.list_visits()) == 1
    assert office.tap(ANN, "2026-11-20 04:00:40").outcome == "checked_in"
    assert len(office.list_visits()) == 2


def test_without_a_departure_the_night_finds_the_visit_open(morning: Office) -> None:
    """R-035: as after a tap; the desk closes it, and it is credited."""
    settled = morning.at("2026-11-20 05:00").reconcile(TODAY)
    assert settled.totals["no_check_out"] == 1
    assert list_stays(morning) == [("no_check_out", 0, True, "desk")]
    morning.close_visit(ANN, f"{TODAY} 08:55", "12:00")
    assert list_stays(morning) == [("closed", 180, True, "desk")]


def test_the_desk_records_the_departure_too(morning: Office) -> None:
    morning.at(f"{TODAY} 12:01").close_visit(ANN, f"{TODAY} 08:55", "12:01")
    assert list_stays(morning) == [("closed", 180, True, "desk")]
    morning.at(f"{TODAY} 13:00").add_arrival(ANN, f"{TODAY} 13:00")
    assert [row.status for row in morning.list_visits()] == ["closed", "open"]


def test_an_arrival_is_recorded_once(morning: Office) -> None:
    again = VisitsOverlap(ANN, local_time(f"{TODAY} 08:56"), local_time(f"{TODAY} 08:55"))
    assert_refused(morning.at(f"{TODAY} 08:56"), lambda office: office.add_arrival(ANN, f"{TODAY} 08:56"), again)


def test_a_volunteer_who_tapped_in_does_not_arrive_again(office: Office) -> None:
    office.tap(BEN, f"{TODAY} 09:00")
    again = VisitsOverlap(BEN, local_time(f"{TODAY} 10:00"), local_time(f"{TODAY} 09:00"))
    assert_refused(office.at(f"{TODAY} 10:00"), lambda office: office.add_arrival(BEN, f"{TODAY} 10:00"), again)


def test_an_arrival_of_the_wrong_volunteer_is_taken_back_or_voided(morning: Office) -> None:
    (added,) = (
        entry.position for entry in morning.log.read_entries(limit=1000) if "Arrival" in type(entry.event).__name__
    )
    morning.at(f"{TODAY} 09:00").retract(added)
    assert morning.list_visits() == []
    morning.at(f"{TODAY} 09:05").add_arrival(BEN, f"{TODAY} 09:05")
    morning.at(f"{TODAY} 09:10").void_visit(BEN, f"{TODAY} 09:05")
    assert format_answer(morning.tap(BEN, f"{TODAY} 09:20")) == "checked_in"


def test_a_volunteer_who_does_not_serve_today_is_refused(office: Office) -> None:
    """As at the door; the day before, and the day after, they are not."""
    office.at("2026-11-01 08:00").suspend(ANN, TODAY)
    office.resume(ANN, "2026-11-20")
    office.end(BEN, "2026-11-18")

    def arrive(who: object, day: str) -> None:
        office.at(f"2026-11-{day} 09:00").add_arrival(who, f"2026-11-{day} 09:00")

    arrive(ANN, "18")
    assert_refused(office, lambda _: arrive(ANN, "19"), ServiceSuspended(ANN, THURSDAY))
    arrive(ANN, "20")
    arrive(BEN, "18")
    assert_refused(office, lambda _: arrive(BEN, "19"), NoAgreementInForce(BEN, THURSDAY))
    assert_refused(office, lambda _: arrive(STRANGER, "19"), NotEnrolled(STRANGER))
