"""What the unit writes down: refusals, and what later entries replace."""

from datetime import date

import pytest

from domain.errors import DomainError, NotScheduled
from domain.model.duty_description import DutyDescription
from domain.model.leader_terms import EndsBeforeTerm, LeaderTerms, NoSuchElection
from domain.model.planned_period import Plan
from domain.model.served_counts import Counted, CountedTooEarly, ServedCounts
from domain.model.service_plans import (
    NoSuchPlan,
    PlanEndsBeforeStart,
    PlanTerminated,
    ReportedTooEarly,
    ServicePlans,
)
from domain.model.shift import Shift
from domain.model.tour_booking import TourBooking
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, NOTE, STRANGER, local_time, span

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def rostered(office: Office) -> Office:
    office.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN)
    return office


def test_item_and_content_are_said_with_the_plan_or_later(rostered: Office) -> None:
    """R-022: the plan's words stay in its event; what is said later is an event of its own."""
    plan = Plan(*span("2026-11-20 09:00", "12:00"), None, "服務台", "0130", "0028")
    rostered.desk.schedule_shift("S2", plan, [ANN], rostered.act)
    rostered.desk.describe_duty("shift", "S2", None, "0006", rostered.act)
    scheduled = rostered.list_events(Shift.Created)[-1]
    assert (scheduled.item, scheduled.content) == ("0130", "0028")
    said = rostered.list_events(DutyDescription.Changed)[-1]
    assert (said.kind, said.name, said.item, said.content) == ("shift", "S2", None, "0006")


def test_what_is_not_planned_cannot_be_described_or_counted(rostered: Office) -> None:
    for action in (
        lambda office: office.desk.describe_duty("event", "S1", "0130", None, office.act),
        lambda office: office.desk.record_served_count(Counted("event", "S1"), 5, "counter", office.act),
    ):
        assert_refused(rostered, action, NotScheduled("S1"))


def test_people_are_counted_once_it_has_begun(rostered: Office) -> None:
    """R-104, the last minute before the start and the start."""
    counted, begins = Counted("shift", "S1"), local_time("2026-11-19 09:00")
    rostered.at("2026-11-19 08:59")
    assert_refused(
        rostered,
        lambda office: office.desk.record_served_count(counted, 5, "counter", office.act),
        CountedTooEarly("S1", begins),
    )
    rostered.at("2026-11-19 09:00").desk.record_served_count(counted, 5, "counter", rostered.act)
    assert rostered.list_events(ServedCounts.Recorded)[-1].count == 5


@pytest.mark.parametrize(("at", "is_counted"), [("2026-11-19 03:59", False), ("2026-11-19 04:00", True)])
def test_a_day_is_counted_from_its_beginning(rostered: Office, at: str, is_counted: bool) -> None:
    """A service day begins at four in the morning."""
    rostered.at(at)
    counted = Counted("day", "2026-11-19")
    if is_counted:
        rostered.desk.record_served_count(counted, 0, "head_count", rostered.act)
    else:
        with pytest.raises(CountedTooEarly):
            rostered.desk.record_served_count(counted, 0, "head_count", rostered.act)


def test_a_tour_is_a_shift_of_its_guide(office: Office) -> None:
    """R-049: both events or neither."""
    office.at("2026-11-01 09:00")
    plan = Plan(*span("2026-11-17 10:00", "11:00"))
    assert_refused_tour = (STRANGER, ("en", 35))
    with pytest.raises(DomainError):
        office.desk.book_tour("T1", plan, *assert_refused_tour, office.act)
    assert office.list_events(TourBooking.Created) == []
    office.desk.book_tour("T1", plan, ANN, ("en", 35), office.act)
    booked = office.list_events(TourBooking.Created)[-1]
    assert (booked.booking, booked.language, booked.group_size) == ("T1", "en", 35)
    assert office.list_events(Shift.Assigned)[-1].volunteer_id == ANN


def test_a_plan_is_filed_reported_and_ended(office: Office) -> None:
    """R-001, R-111: a plan that was ended is ended once, and may be filed again."""
    office.at("2025-12-01 09:00").desk.file_plan("P115", "民政局", YEAR, office.act)
    office.desk.terminate_plan("P115", date(2026, 7, 1), NOTE, office.act)
    refused = PlanTerminated("P115", date(2026, 7, 1))
    assert_refused(office, lambda o: o.desk.terminate_plan("P115", date(2026, 8, 1), NOTE, o.act), refused)
    office.desk.file_plan("P115", "民政局", YEAR, office.act)
    office.desk.terminate_plan("P115", date(2026, 8, 1), NOTE, office.act)
    assert [ended.on for ended in office.list_events(ServicePlans.Terminated)] == ["2026-07-01", "2026-08-01"]


def test_a_plan_that_cannot_be_is_refused(office: Office) -> None:
    office.at("2025-12-01 09:00")
    backward = (YEAR[1], YEAR[0])
    assert_refused(office, lambda o: o.desk.file_plan("P", "局", backward, o.act), PlanEndsBeforeStart(*backward))
    assert_refused(office, lambda o: o.desk.terminate_plan("P", YEAR[0], NOTE, o.act), NoSuchPlan("P"))


@pytest.mark.parametrize(("on", "is_in_time"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_results_are_handed_in_after_their_period(office: Office, on: date, is_in_time: bool) -> None:
    """R-111."""
    office.at("2027-01-20 09:00")
    if is_in_time:
        office.desk.report_results(YEAR, on, "民政局", office.act)
    else:
        refused = ReportedTooEarly(YEAR[1], on)
        assert_refused(office, lambda o: o.desk.report_results(YEAR, on, "民政局", o.act), refused)


def test_an_election_that_was_a_mistake_is_withdrawn_once(office: Office) -> None:
    """R-046."""
    since = date(2024, 3, 1)
    office.at("2024-03-01 09:00").desk.elect_leader(ANN, "leader", since, office.act)
    refused = NoSuchElection("deputy", since)
    assert_refused(office, lambda o: o.desk.withdraw_election("deputy", since, NOTE, o.act), refused)
    office.desk.withdraw_election("leader", since, NOTE, office.act)
    again = NoSuchElection("leader", since)
    assert_refused(office, lambda o: o.desk.withdraw_election("leader", since, NOTE, o.act), again)


@pytest.mark.parametrize(("on", "is_in_term"), [(date(2024, 2, 29), False), (date(2024, 3, 1), True)])
def test_a_term_ends_on_its_first_day_or_later(office: Office, on: date, is_in_term: bool) -> None:
    """R-046: who steps down served a day at least."""
    since = date(2024, 3, 1)
    office.at("2024-03-01 09:00")
    refused = NoSuchElection("leader", since)
    assert_refused(office, lambda o: o.desk.end_leader_term("leader", since, on, NOTE, o.act), refused)
    office.desk.elect_leader(ANN, "leader", since, office.act)
    if is_in_term:
        office.desk.end_leader_term("leader", since, on, NOTE, office.act)
        (ended,) = office.list_events(LeaderTerms.TermEnded)
        assert (ended.volunteer_id, ended.role, ended.since, ended.on) == (ANN, "leader", "2024-03-01", "2024-03-01")
    else:
        before = EndsBeforeTerm(since, on)
        assert_refused(office, lambda o: o.desk.end_leader_term("leader", since, on, NOTE, o.act), before)
