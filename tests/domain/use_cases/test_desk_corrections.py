"""Corrections at the desk, with real taps: nothing is edited, and no claim runs into another visit (R-021)."""

from datetime import date

from domain.errors import NoSuchVisit, VisitClosedAlready, VisitsOverlap
from domain.ids import corrections_stream
from domain.model.corrections import Corrections
from domain.use_cases.desk import Desk
from domain.use_cases.kiosk_place import KioskPlace
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, local_time


def test_a_forgotten_check_out_is_closed_and_not_twice(office: Office) -> None:
    """R-035."""
    office.tap(ANN, "2026-11-19 08:58")
    office.at("2026-11-20 10:00").close_visit(ANN, "2026-11-19 08:58", "12:00")
    closed = VisitClosedAlready(ANN, local_time("2026-11-19 08:58"), local_time("2026-11-19 12:00"))
    assert_refused(office, lambda office: office.close_visit(ANN, "2026-11-19 08:58", "12:30"), closed)


def test_a_visit_that_a_tap_closed_stays_as_it_is(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    closed = VisitClosedAlready(ANN, local_time("2026-11-19 09:00"), local_time("2026-11-19 12:00"))
    assert_refused(office, lambda office: office.close_visit(ANN, "2026-11-19 09:00", "11:00"), closed)


def test_a_repeated_or_refused_tap_is_no_visit_to_correct(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00:00")
    office.tap(ANN, "2026-11-19 09:00:30")
    office.at("2026-11-20 10:00")
    no_visit = NoSuchVisit(ANN, local_time("2026-11-19 09:00:30"))
    assert_refused(office, lambda office: office.void_visit(ANN, "2026-11-19 09:00:30"), no_visit)


def test_a_visit_is_corrected_in_the_stream_of_its_service_day(office: Office) -> None:
    """Decision 8: three in the morning belongs to the day before."""
    office.tap(ANN, "2026-11-20 03:00")
    office.at("2026-11-20 10:00").void_visit(ANN, "2026-11-20 03:00")
    (voided,) = office.list_events(Corrections.VisitVoided)
    assert voided.originator_id == corrections_stream(ANN, date(2026, 11, 19))


def test_a_claim_may_not_run_into_a_visit_that_was_closed_after_its_day(office: Office) -> None:
    """A person forgot to tap at five, an hour into the next service day."""
    office.tap(ANN, "2026-11-19 22:00")
    office.at("2026-11-20 10:00").close_visit(ANN, "2026-11-19 22:00", "2026-11-20 05:00")
    yesterdays = VisitsOverlap(ANN, local_time("2026-11-20 04:30"), local_time("2026-11-19 22:00"))
    assert_refused(office, lambda office: office.add_visit(ANN, "2026-11-20 04:30", "06:00"), yesterdays)
    office.add_visit(ANN, "2026-11-20 05:00", "06:00")


def test_a_claim_may_not_run_into_the_visits_of_the_same_or_the_next_day(office: Office) -> None:
    office.tap(ANN, "2026-11-19 22:00")
    office.tap(ANN, "2026-11-20 03:30")
    office.tap(ANN, "2026-11-20 04:30")
    office.tap(ANN, "2026-11-20 06:00")
    office.at("2026-11-20 10:00")
    todays = VisitsOverlap(ANN, local_time("2026-11-20 03:00"), local_time("2026-11-19 22:00"))
    assert_refused(office, lambda office: office.add_visit(ANN, "2026-11-20 03:00", "03:59"), todays)
    tomorrows = VisitsOverlap(ANN, local_time("2026-11-20 03:30"), local_time("2026-11-20 04:30"))
    assert_refused(office, lambda office: office.add_visit(ANN, "2026-11-20 03:30", "04:30:01"), tomorrows)
    office.add_visit(ANN, "2026-11-20 03:30", "04:30")


def test_a_visit_added_is_a_visit_that_others_must_not_overlap(office: Office) -> None:
    """R-036."""
    office.at("2026-11-20 10:00").add_visit(ANN, "2026-11-19 09:00", "12:00")
    clash = VisitsOverlap(ANN, local_time("2026-11-19 11:00"), local_time("2026-11-19 09:00"))
    assert_refused(office, lambda office: office.add_visit(ANN, "2026-11-19 11:00", "13:00"), clash)
    office.add_visit(BEN, "2026-11-19 11:00", "13:00")


def test_a_wrong_visit_is_voided_and_the_right_one_added_in_its_place(office: Office) -> None:
    """Nothing is edited: both are on record."""
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 15:00")
    office.at("2026-11-20 10:00").void_visit(ANN, "2026-11-19 09:00")
    office.add_visit(ANN, "2026-11-19 09:00", "12:00")
    clash = VisitsOverlap(ANN, local_time("2026-11-19 08:00"), local_time("2026-11-19 09:00"))
    assert_refused(office, lambda office: office.add_visit(ANN, "2026-11-19 08:00", "09:30"), clash)
    office.annotate_misuse(ANN, "2026-11-19 09:00")
    office.add_visit(ANN, "2026-11-19 08:00", "09:30")


def test_the_taps_of_other_doors_are_visits_for_the_desk_too(office: Office) -> None:
    desk = Desk(office.log, KioskPlace("entrance", ("side",)))
    office.tap(ANN, "2026-11-19 09:00", door=office.side_door())
    office.at("2026-11-20 10:00")
    assert_refused(
        office,
        lambda office: office.void_visit(ANN, "2026-11-19 09:00"),
        NoSuchVisit(ANN, local_time("2026-11-19 09:00")),
    )
    office.desk = desk
    office.void_visit(ANN, "2026-11-19 09:00")
