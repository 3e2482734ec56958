"""When the evidence is enough: R-050 to R-053; and what a person states, R-054."""

from datetime import date
from itertools import permutations

import pytest

from domain.errors import NoOpenCase
from domain.policy import Policy
from projections.read_models import exit_triggers
from projections.read_models.exit_triggers import EvidenceDuty, find_repeated_leave, find_unexcused_absences
from tests.support.office import Office
from tests.support.people import ANN, BEN

LEAVES = (
    *("2025-11-25", "2025-12-09", "2025-12-23", "2026-01-06", "2026-02-03", "2026-03-03"),
    *("2026-04-07", "2026-05-05", "2026-06-02", "2026-07-07", "2026-08-04", "2026-11-17"),
)


def days(*dates: str) -> list[int]:
    return [date.fromisoformat(day).toordinal() for day in dates]


def duties(*dates: str) -> list[EvidenceDuty]:
    return [EvidenceDuty(day, "S1") for day in days(*dates)]


def test_three_unexcused_absences_are_enough_and_two_are_not() -> None:
    """R-050, V-06: 達3次以上 includes the third."""
    absences, agreed = duties("2026-03-04", "2026-05-13", "2026-09-02"), days("2024-01-02")
    assert dict(find_unexcused_absences(absences, agreed, Policy())) == {"2024-01-02": absences}
    assert dict(find_unexcused_absences(absences[:2], agreed, Policy())) == {}


def test_absences_count_within_one_agreement() -> None:
    """R-050, decision 6: a renewed agreement begins to count anew, on its first day."""
    absences, agreed = duties("2026-03-04", "2026-05-13", "2026-09-02"), days("2024-01-02", "2026-09-02")
    assert dict(find_unexcused_absences(absences, agreed, Policy())) == {}
    later = days("2024-01-02", "2026-09-03")
    assert dict(find_unexcused_absences(absences, later, Policy())) == {"2024-01-02": absences}


@pytest.mark.parametrize(
    ("window", "found"),
    [("ever", {"": 3}), ("calendar_year", {}), ("rolling_12m", {"": 3}), ("agreement", {"2024-01-02": 3})],
)
def test_a_policy_may_choose_another_window(window: str, found: dict[str, int]) -> None:
    """R-050: the parameter `absence_window`."""
    absences = duties("2025-12-30", "2026-01-07", "2026-12-29")
    triggers = find_unexcused_absences(absences, days("2024-01-02"), Policy(absence_window=window))
    assert {basis: len(dates) for basis, dates in triggers} == found


def test_twelve_leaves_in_a_rolling_year_are_enough() -> None:
    """R-051, V-07: twelve in (2025-11-17, 2026-11-17], nine in the calendar year."""
    assert [len(found) for _, found in find_repeated_leave(duties(*LEAVES), Policy())] == [12]
    assert dict(find_repeated_leave(duties(*LEAVES[1:]), Policy())) == {}
    assert dict(find_repeated_leave(duties(*LEAVES), Policy(leave_window="calendar_year"))) == {}


def test_a_leave_of_the_same_date_a_year_before_lies_outside_the_window() -> None:
    """R-051: (d - 1 year, d] does not hold its beginning."""
    assert dict(find_repeated_leave(duties("2025-11-17", *LEAVES[1:]), Policy())) == {}
    assert len(dict(find_repeated_leave(duties("2025-11-18", *LEAVES[1:]), Policy()))[""]) == 12


def test_the_latest_full_window_is_the_evidence() -> None:
    """R-051: a thirteenth leave moves the window on."""
    found = dict(find_repeated_leave(duties(*LEAVES, "2026-11-26"), Policy()))[""]
    assert (len(found), date.fromordinal(found[0].day)) == (12, date(2025, 12, 9))


def test_two_absences_on_one_day_are_two(office: Office) -> None:
    """R-050: evidence is a duty, not a date."""
    office.at("2026-11-01 09:00")
    for shift, start in (("S1", "09:00"), ("S2", "13:00"), ("S3", "15:00")):
        office.schedule_shift(shift, f"2026-11-19 {start}", f"{start[:2]}:59", ANN)
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    assert [(row.rule, row.evidence) for row in office.list_exits()] == [("R-050", ["2026-11-19"] * 3)]


def test_of_several_volunteers_each_has_their_own_agreements(office: Office) -> None:
    """R-050, decision 6: who renewed theirs in between begins to count anew."""
    office.at("2026-11-01 09:00")
    for day in (17, 18, 19):
        for who in (ANN, BEN):
            office.schedule_shift(f"{who.hex}-{day}", f"2026-11-{day} 09:00", "09:59", who)
    office.at("2026-11-18 08:00").renew(ANN, "2026-11-18")
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    assert [row.volunteer for row in office.list_exits()] == [BEN]


@pytest.mark.parametrize("outcome", ["absent", "leave"])
def test_duties_that_count_are_found_in_an_index_of_them_alone(office: Office, outcome: str) -> None:
    """The cost of a night is that of absences and leave, however many duties the years behind have."""
    query = exit_triggers._DUTIES.format(outcome=outcome, who=exit_triggers._WITH_ENOUGH.format(outcome=outcome))
    plan = office.current_views().rows("EXPLAIN QUERY PLAN " + query, {"last": 0, "threshold": 3})
    index = f"SEARCH duties USING COVERING INDEX duties_{'absent' if outcome == 'absent' else 'on_leave'} (day<?)"
    assert [step for *_, step in plan if "duties" in step] == [index] * 2


@pytest.mark.parametrize(("start", "cases"), [("16:00", 2), (None, 1)])
def test_a_decided_case_is_raised_again_by_another_absence_on_a_day_that_it_had_seen(
    office: Office, start: str | None, cases: int
) -> None:
    """Decision 10: only by evidence that the decision had not seen, which a fourth duty of that day is."""
    office.at("2026-11-01 09:00")
    for shift, hour in (("S1", "09"), ("S2", "13"), ("S3", "15")):
        office.schedule_shift(shift, f"2026-11-19 {hour}:00", f"{hour}:59", ANN)
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    office.decide(ANN, "R-050")
    if start:
        office.schedule_shift("S4", f"2026-11-19 {start}", "17:00", ANN)
    office.at("2026-11-21 04:30").reconcile("2026-11-20")
    found = [(row.status, len(row.evidence)) for row in office.list_exits()]
    assert found == [("decided", 3), ("raised", 4)][:cases]


@pytest.mark.parametrize(("score", "raised"), [(59.99, 1), (60.0, 0)])
def test_a_score_below_sixty_raises_a_case(office: Office, score: float, raised: int) -> None:
    """R-052, R-060, V-08: 丁 is below 60, never rounded."""
    office.at("2026-11-18 09:00").assess(ANN, "2026-11-18", score)
    office.tap(BEN, "2026-11-19 09:00")
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    assert [(row.rule, row.score) for row in office.list_exits()] == [("R-052", score)] * raised


def test_an_assessment_counts_from_the_end_of_its_period(office: Office) -> None:
    """Facts are dated up to the day that is settled."""
    office.at("2026-11-18 09:00").assess(ANN, "2026-11-20", 40)
    office.tap(BEN, "2026-11-19 09:00")
    office.at("2026-11-21 04:30").reconcile("2026-11-19")
    assert office.list_exits() == []
    office.reconcile("2026-11-20")
    assert [row.raised_on for row in office.list_exits()] == [date(2026, 11, 20)]


def test_a_corrected_score_withdraws_the_case(office: Office) -> None:
    """Decision 10."""
    office.at("2026-11-18 09:00").assess(ANN, "2026-11-18", 40)
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    office.at("2026-11-20 09:00").assess(ANN, "2026-11-18", 70)
    office.at("2026-11-21 04:30").reconcile("2026-11-20")
    assert [row.status for row in office.list_exits()] == ["withdrawn"]


# --- Suspension ---


@pytest.mark.parametrize(("last", "raised"), [("2026-11-02", []), ("2026-11-03", [date(2026, 11, 3)])])
def test_a_long_suspension_raises_a_case_on_the_day_that_the_policy_says(
    office: Office, last: str, raised: list[date]
) -> None:
    """R-053: suspended from 2026-08-05, 90 days: 2026-11-03."""
    office.at("2026-08-04 09:00").adopt_policy("2026-08-01", suspension_trigger_days=90)
    office.suspend(ANN, "2026-08-05")
    office.at("2026-11-04 09:00").reconcile(last)
    assert [row.raised_on for row in office.list_exits()] == raised
    assert all((row.rule, row.evidence) == ("R-053", ["2026-08-05"]) for row in office.list_exits())


def test_without_the_parameter_no_suspension_raises_a_case(office: Office) -> None:
    """R-053: no default."""
    office.at("2026-08-04 09:00").suspend(ANN, "2026-08-05")
    office.at("2026-11-30 09:00").reconcile("2026-11-29")
    assert office.list_exits() == []


def test_a_volunteer_who_serves_again_leaves_no_case_and_a_decided_one_is_not_raised_again(office: Office) -> None:
    """R-053, decision 10."""
    office.at("2026-08-04 09:00").adopt_policy("2026-08-01", suspension_trigger_days=90)
    office.suspend(ANN, "2026-08-05")
    office.suspend(BEN, "2026-08-05")
    office.at("2026-11-04 09:00").reconcile("2026-11-03")
    office.decide(BEN, "R-053")
    office.resume(ANN, "2026-11-04")
    office.at("2026-11-06 09:00").reconcile("2026-11-05")
    assert {(row.volunteer, row.status) for row in office.list_exits()} == {(ANN, "withdrawn"), (BEN, "decided")}


# --- A day that is settled after later ones ---


def plan_absences(office: Office, *november: int, early: bool = False) -> None:
    """Duties of Ann to which she does not come, in November, and one of 5 October."""
    office.at("2026-10-01 08:00")
    for day in ("2026-10-05",) * early + tuple(f"2026-11-{day}" for day in november):
        office.schedule_shift(f"S {day}", f"{day} 09:00", f"{day} 12:00", ANN)


def test_an_early_day_that_is_settled_late_leaves_an_open_case(office: Office) -> None:
    """R-050, decision 10: nothing of its cause was corrected away."""
    plan_absences(office, 23, 24, 25)
    office.at("2026-11-27 04:30").reconcile("2026-11-26")
    office.counsel(ANN, "R-050")
    (case,) = office.list_exits()
    office.at("2026-11-28 10:00").add_visit(BEN, "2026-10-05 09:00", "2026-10-05 11:00")
    totals = office.reconcile("2026-10-05").totals
    assert (totals["exits_raised"], totals["exits_withdrawn"], office.list_exits()) == (0, 0, [case])


@pytest.mark.parametrize(("score", "status"), [(40, "raised"), (60, "withdrawn")])
def test_an_early_day_that_is_settled_late_withdraws_a_case_whose_cause_is_gone(
    office: Office, score: float, status: str
) -> None:
    """R-052, decision 10: as of the newest settled day."""
    office.at("2026-11-25 09:00").assess(ANN, "2026-11-25", 40)
    office.at("2026-11-27 04:30").reconcile("2026-11-26")
    office.at("2026-11-27 09:00").assess(ANN, "2026-11-25", score)
    office.reconcile("2026-10-05")
    assert [row.status for row in office.list_exits()] == [status]


def test_a_case_that_an_early_day_completes_is_raised_as_of_the_newest_settled_day(office: Office) -> None:
    """R-050: no case is older than its evidence. What is dated after that day is not evidence yet."""
    plan_absences(office, 23, 24, 27)
    office.at("2026-11-27 04:30").reconcile("2026-11-26")
    plan_absences(office, early=True)
    office.at("2026-11-28 10:00").reconcile("2026-10-05")
    assert [(row.raised_on, row.evidence) for row in office.list_exits()] == [
        (date(2026, 11, 26), ["2026-10-05", "2026-11-23", "2026-11-24"])
    ]


def test_the_policy_of_the_newest_settled_day_decides(office: Office) -> None:
    """R-050: on the early day two absences were enough, and are not since."""
    office.at("2026-10-01 08:00").adopt_policy("2026-10-01", absence_threshold=2)
    office.adopt_policy("2026-11-01", absence_threshold=3)
    plan_absences(office, 24, early=True)
    office.at("2026-11-27 04:30").reconcile("2026-11-26")
    office.reconcile("2026-10-05")
    assert office.list_exits() == []


@pytest.mark.parametrize("order", [*permutations(("2026-10-05", "2026-11-23", "2026-11-24", "2026-11-26"))])
def test_the_order_in_which_days_are_settled_changes_no_case(office: Office, order: tuple[str, ...]) -> None:
    """R-050 to R-052, decision 10."""
    plan_absences(office, 23, 24, early=True)
    office.assess(BEN, "2026-11-24", 40)
    office.at("2026-11-28 04:30")
    for day in order:
        office.reconcile(day)
    found = [(row.volunteer, row.rule, row.status, row.evidence) for row in office.list_exits()]
    assert found == [
        (ANN, "R-050", "raised", ["2026-10-05", "2026-11-23", "2026-11-24"]),
        (BEN, "R-052", "raised", ["2026-11-24"]),
    ]


# --- Conduct ---


def test_what_a_person_states_waits_for_a_decision_and_no_night_withdraws_it(office: Office) -> None:
    """R-054: complaint confirmed on 2026-11-18, decided on 2026-11-25."""
    office.at("2026-11-18 15:00").report_misconduct(ANN, "2026-11-18")
    office.at("2026-11-20 04:30").reconcile("2026-11-19")
    assert [(row.rule, row.status, row.evidence) for row in office.list_exits()] == [
        ("R-054", "raised", ["2026-11-18"])
    ]
    office.at("2026-11-25 09:00").counsel(ANN, "R-054")
    office.decide(ANN, "R-054", "terminate")
    office.report_misconduct(ANN, "2026-11-24")
    assert [row.status for row in office.list_exits()] == ["decided", "raised"]


def test_a_talk_is_about_a_case_that_waits(office: Office) -> None:
    """R-055."""
    office.at("2026-11-18 15:00").report_misconduct(ANN, "2026-11-18")
    office.decide(ANN, "R-054")
    with pytest.raises(NoOpenCase):
        office.counsel(ANN, "R-054")
    with pytest.raises(NoOpenCase):
        office.counsel(BEN, "R-050")
