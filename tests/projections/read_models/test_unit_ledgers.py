"""Read models of what the unit writes down: allowances, work, people served, tours."""

from datetime import date, timedelta

import pytest

from domain.model.planned_period import Plan
from domain.model.served_counts import Counted
from domain.use_cases.unit_rules import UnitRules
from projections.read_models.allowances import AllowanceRow, list_allowances
from projections.read_models.day_filter import DayFilter
from projections.read_models.month_credit import list_month_credit, load_posts
from projections.read_models.plan import find_described_work, list_planned_work, list_post_work
from projections.read_models.served import list_served, list_served_of_month, list_tours, sum_by_month, sum_served
from tests.support.office import Office
from tests.support.people import ANN, BEN, STRANGER, span

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
NOVEMBER = DayFilter(FIRST, LAST)


def serve(office: Office, name: str, day: str, *, arrives: str = "09:00", leaves: str = "12:00") -> None:
    office.at("2026-11-01 09:00").schedule_shift(name, f"{day} 09:00", "12:00", ANN)
    office.tap(ANN, f"{day} {arrives}")
    office.tap(ANN, f"{day} {leaves}")


def allowances(office: Office) -> list[AllowanceRow]:
    return list(list_allowances(office.current_views(), UnitRules(office.log).load().policies))


# --- Allowances ---


def test_the_policy_of_the_day_says_what_an_allowance_is(office: Office) -> None:
    """R-070: 180 minutes earn one, 174 do only by status; amounts are those of the day, or not known."""
    office.at("2026-11-01 08:00").adopt_policy("2026-11-20", meal_allowance=80, allowance_uses_status=True)
    serve(office, "S1", "2026-11-18")
    serve(office, "S2", "2026-11-19", arrives="09:06")
    serve(office, "S3", "2026-11-20", arrives="09:06")
    assert [
        (row.name, row.credited_minutes, row.is_by_status, row.meal, row.transport) for row in allowances(office)
    ] == [
        ("S1", 180, False, None, None),
        ("S3", 174, True, 80, None),
    ]


def test_an_event_earns_one_and_a_day_has_one(office: Office) -> None:
    """R-070: the shift of the morning and the event of the evening are one allowance."""
    serve(office, "S1", "2026-11-19")
    office.at("2026-11-01 09:00").schedule_event("Fair", "2026-11-19 18:00", "21:30")
    office.tap(ANN, "2026-11-19 18:00")
    office.tap(ANN, "2026-11-19 21:30")
    assert [row.kind for row in allowances(office)] in (["shift"], ["event"])
    assert len(allowances(office)) == 1


@pytest.mark.parametrize(
    ("visits", "earned"), [((("09:00", "12:00"),), 1), ((("09:00", "10:40"), ("13:00", "14:20")), 0)]
)
def test_service_without_a_roster_is_one_duty_a_visit(
    office: Office, visits: tuple[tuple[str, str], ...], earned: int
) -> None:
    """R-070: 100 and 80 minutes on a day are two services."""
    office.at("2026-01-02 08:00").onboard(STRANGER, mode="flexible")
    for start, end in visits:
        office.tap(STRANGER, f"2026-11-19 {start}")
        office.tap(STRANGER, f"2026-11-19 {end}")
    assert [(row.volunteer, row.kind) for row in allowances(office)] == [(STRANGER, "flexible")] * earned


def serve_without_roster(office: Office, *visits: tuple[str, str]) -> None:
    """Visits of a volunteer who serves in the opening hours, on 19 November."""
    for start, end in visits:
        office.tap(STRANGER, f"2026-11-19 {start}")
        office.tap(STRANGER, f"2026-11-19 {end}")


@pytest.fixture
def flexible(office: Office) -> Office:
    """Somebody serves in the opening hours, and a day may have three allowances."""
    office.at("2026-01-02 08:00").onboard(STRANGER, mode="flexible")
    office.adopt_policy("2026-01-02", allowance_per_day_max=3)
    return office


def test_a_shift_and_service_without_a_roster_on_one_day_are_two_duties(flexible: Office) -> None:
    """R-070: what was earned by the shift is no part of what was served without one."""
    flexible.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 08:00", "12:00", STRANGER)
    serve_without_roster(flexible, ("08:00", "12:00"), ("13:00", "17:00"))
    assert [(row.kind, row.credited_minutes) for row in allowances(flexible)] == [("shift", 240), ("flexible", 240)]


def test_a_shift_and_service_without_a_roster_in_one_visit_are_two_duties(flexible: Office) -> None:
    flexible.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 08:00", "12:00", STRANGER)
    serve_without_roster(flexible, ("08:00", "15:00"))
    assert {(row.kind, row.credited_minutes) for row in allowances(flexible)} == {("shift", 240), ("flexible", 180)}


@pytest.mark.parametrize(("ends", "left", "earned"), [("09:40", "12:39", []), ("09:40", "12:40", [180])])
def test_only_what_a_visit_earned_without_a_roster_counts_as_such(
    flexible: Office, ends: str, left: str, earned: list[int]
) -> None:
    """R-070: 100 minutes of a shift and 179 more in one visit, 110 in another: no duty has 180."""
    flexible.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 08:00", ends, STRANGER)
    serve_without_roster(flexible, ("08:00", left), ("14:00", "15:50"))
    assert [row.credited_minutes for row in allowances(flexible)] == earned


def test_an_event_takes_its_minutes_from_a_visit_without_a_roster(flexible: Office) -> None:
    """R-070: two visits of four hours, of which an event takes two in the morning."""
    flexible.at("2026-11-01 09:00").schedule_event("Fair", "2026-11-19 08:00", "10:00")
    serve_without_roster(flexible, ("08:00", "12:00"), ("13:00", "17:00"))
    assert [(row.kind, row.credited_minutes) for row in allowances(flexible)] == [("flexible", 240)]


# --- What was done ---


def test_what_was_done_is_said_by_the_plan_or_later(office: Office) -> None:
    """R-022: the example of the information desk; what a line leaves out stays."""
    plan = Plan(*span("2026-11-19 09:00", "12:00"), None, "服務台", "0130", "0028")
    office.at("2026-11-01 09:00").desk.schedule_shift("S1", plan, [ANN], office.act)
    office.tap(ANN, "2026-11-19 09:00")
    office.tap(ANN, "2026-11-19 12:00")
    (row,) = list_month_credit(office.current_views(), FIRST)
    assert (row.name, row.item, row.content, row.minutes) == ("S1", "0130", "0028", 180)
    assert load_posts(office.current_views(), FIRST) == {"S1": "服務台"}
    office.at("2026-11-30 16:00").desk.describe_duty("shift", "S1", None, "0006", office.act)
    (row,) = list_month_credit(office.current_views(), FIRST)
    assert (row.item, row.content) == ("0130", "0006")


def test_what_nobody_said_is_not_known(office: Office) -> None:
    serve(office, "S1", "2026-11-19")
    (row,) = list_month_credit(office.current_views(), FIRST)
    assert (row.item, row.content) == (None, None)


def schedule(office: Office, shift: str, day: str, post: str | None = "服務台引導", *work: str) -> None:
    plan = Plan(*span(f"{day} 09:00", "12:00"), None, post, *work)
    office.at("2026-11-01 09:00").desk.schedule_shift(shift, plan, [ANN], office.act)
    office.tap(ANN, f"{day} 09:00")
    office.tap(ANN, f"{day} 12:00")


def list_work(office: Office) -> dict[str, tuple[str | None, str | None]]:
    return {row.name: (row.item, row.content) for row in list_month_credit(office.current_views(), FIRST)}


def test_a_shift_has_what_is_usually_done_at_its_post(office: Office) -> None:
    """R-022 Ex: 服務台引導 is item 0130, content 0028; what the plan or a coordinator said of a shift comes first."""
    schedule(office, "S1", "2026-11-17")
    schedule(office, "S2", "2026-11-18", "服務台引導", "0010")
    schedule(office, "S3", "2026-11-19")
    schedule(office, "S4", "2026-11-20", "another")
    schedule(office, "S5", "2026-11-23", None)
    office.desk.describe_duty("shift", "S3", None, "0006", office.act)
    office.desk.describe_post("服務台引導", "0130", "0028", FIRST, office.act)
    nothing = {"S4": (None, None), "S5": (None, None)}
    assert list_work(office) == {"S1": ("0130", "0028"), "S2": ("0010", "0028"), "S3": ("0130", "0006"), **nothing}
    assert find_described_work(office.current_views(), "S1") == ("0130", "0028")
    planned = list_planned_work(office.current_views(), FIRST.toordinal(), LAST.toordinal())
    assert ("shift", "服務台引導", "0130", "0028", ("S1",)) in planned
    office.at("2026-11-23 12:00").desk.record_served_count(Counted("shift", "S1"), 40, "tickets", office.act)
    assert sum_by_month(list_served(office.current_views())) == {("2026-11", "0130"): 40}


def test_a_default_holds_from_its_day_until_the_next_one_which_replaces_it_whole(office: Office) -> None:
    """R-022: the day before and the day; None ends it, and of one day the later one counts."""
    for shift, day in (("S1", 17), ("S2", 18), ("S3", 19), ("S4", 20)):
        schedule(office, shift, f"2026-11-{day}")
    for day, *work in ((20, None, None), (18, "wrong", "wrong"), (18, "0130", "0028"), (19, "0010", None)):
        office.desk.describe_post("服務台引導", *work, date(2026, 11, day), office.act)
    expected = {"S1": (None, None), "S2": ("0130", "0028"), "S3": ("0010", None), "S4": (None, None)}
    assert list_work(office) == expected
    found = list_post_work(office.current_views())
    assert [(row.since.day, row.item, row.content) for row in found] == [
        (20, None, None),
        (19, "0010", None),
        (18, "0130", "0028"),
    ]


def test_a_post_is_the_same_however_its_name_is_composed(office: Office) -> None:
    schedule(office, "S1", "2026-11-17", "cafe\u0301")
    office.desk.describe_post("caf\u00e9", "0130", "0028", FIRST, office.act)
    assert list_work(office) == {"S1": ("0130", "0028")}


def test_a_moved_shift_has_the_default_of_its_new_day(office: Office) -> None:
    office.at("2026-11-01 09:00").desk.describe_post("服務台引導", "0130", "0028", date(2026, 11, 18), office.act)
    plan = Plan(*span("2026-11-17 09:00", "12:00"), None, "服務台引導")
    office.desk.schedule_shift("S1", plan, [ANN], office.act)
    assert find_described_work(office.current_views(), "S1") == (None, None)
    office.change_shift("S1", "2026-11-18 09:00", "12:00")
    assert find_described_work(office.current_views(), "S1") == ("0130", "0028")


# --- People served ---


def test_a_desk_that_counts_every_day_has_3300_in_a_month(office: Office) -> None:
    """R-104: 22 working days of 150 people."""
    days = [day for n in range(31) if (day := date(2026, 10, 1) + timedelta(n)).isoweekday() < 6]
    assert len(days) == 22
    for day in days:
        office.at(f"{day} 17:00").desk.record_served_count(Counted("day", str(day)), 150, "counter", office.act)
    rows = list(list_served(office.current_views()))
    assert sum_served(rows) == 3_300
    assert sum_by_month(rows) == {("2026-10", None): 3_300}


def test_nothing_recorded_is_not_known_and_0_is_a_number(office: Office) -> None:
    """R-104: never 0 silently."""
    assert sum_served(list_served(office.current_views())) is None
    office.at("2026-11-19 17:00").desk.record_served_count(Counted("day", "2026-11-19"), 0, "counter", office.act)
    assert sum_served(list_served(office.current_views())) == 0


def test_the_later_count_of_the_same_desk_counts_and_none_takes_it_back(office: Office) -> None:
    """R-104: of two desks each counts its own."""
    office.at("2026-11-19 17:00")
    for desk, count in (("A", 10), ("B", 7), ("A", 12)):
        counted = Counted("day", "2026-11-19", None, desk)
        office.desk.record_served_count(counted, count, "counter", office.act)
    assert [(row.desk, row.people) for row in list_served(office.current_views())] == [("A", 12), ("B", 7)]
    office.desk.record_served_count(Counted("day", "2026-11-19", None, "A"), None, "counter", office.act)
    assert sum_served(list_served(office.current_views())) == 7


def test_a_session_counts_once_whoever_served_and_under_its_item(office: Office) -> None:
    """R-104: two volunteers of one shift serve the same people."""
    plan = Plan(*span("2026-11-19 09:00", "12:00"), item="0130")
    office.at("2026-11-01 09:00")
    office.desk.schedule_shift("S1", plan, [ANN, BEN], office.act)
    office.at("2026-11-19 12:00").desk.record_served_count(Counted("shift", "S1"), 40, "tickets", office.act)
    (row,) = list_served(office.current_views(), NOVEMBER)
    assert (row.day, row.service_type, row.people, row.source) == (date(2026, 11, 19), "0130", 40, "tickets")


@pytest.mark.parametrize(
    ("start", "november", "december"),
    [("2026-11-30 23:59", [12], []), ("2026-12-01 00:00", [], [12]), ("2026-12-01 03:59", [], [12])],
)
def test_the_count_of_a_shift_is_of_the_month_in_which_it_begins(
    office: Office, start: str, november: list[int], december: list[int]
) -> None:
    """R-028, R-104: as minutes are; its service day is the last of November all the same."""
    office.at("2026-11-01 09:00").schedule_shift("N1", start, "2026-12-01 08:00", ANN)
    office.at("2026-12-01 09:00").desk.record_served_count(Counted("shift", "N1"), 12, "tickets", office.act)
    counts = [
        [row.people for row in list_served_of_month(office.current_views(), month)]
        for month in (FIRST, date(2026, 12, 1))
    ]
    assert counts == [november, december]
    assert [row.day for row in list_served(office.current_views())] == [LAST]


@pytest.fixture
def toured(office: Office) -> Office:
    office.at("2026-11-01 09:00")
    office.desk.book_tour("T1", Plan(*span("2026-11-17 10:00", "11:00")), ANN, ("en", 35), office.act)
    return office


def test_a_tour_is_an_hour_of_its_guide_and_its_group_is_served(toured: Office) -> None:
    """R-049: Tuesday 10:00 to 11:00, 35 visitors, one guide: duty 60 minutes, served 35."""
    toured.tap(ANN, "2026-11-17 09:55")
    toured.tap(ANN, "2026-11-17 11:05")
    assert [(row.name, row.minutes) for row in list_month_credit(toured.current_views(), FIRST)] == [("T1", 60)]
    assert [(row.name, row.people, row.source) for row in list_served(toured.current_views())] == [("T1", 35, "tour")]


def test_a_tour_counts_once_it_is_over_and_not_when_it_is_cancelled(toured: Office) -> None:
    """R-049: the last second before its end, and the end."""
    assert list(list_served(toured.at("2026-11-17 10:59:59").current_views())) == []
    assert sum_served(list_served(toured.at("2026-11-17 11:00").current_views())) == 35
    toured.cancel_shift("T1")
    assert list(list_served(toured.current_views())) == []
    assert [tour.is_cancelled for tour in list_tours(toured.current_views())] == [True]


def test_a_count_of_the_tour_takes_the_place_of_the_size_that_was_booked(toured: Office) -> None:
    """R-104: nobody is counted twice."""
    toured.at("2026-11-17 11:00").desk.record_served_count(Counted("shift", "T1"), 31, "head_count", toured.act)
    assert [(row.people, row.source) for row in list_served(toured.current_views())] == [(31, "head_count")]


def test_a_moved_tour_counts_on_its_new_day(toured: Office) -> None:
    toured.change_shift("T1", "2026-11-18 10:00", "11:00")
    assert [row.day for row in list_served(toured.at("2026-11-18 11:00").current_views())] == [date(2026, 11, 18)]
