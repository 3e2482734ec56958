"""Read models of the unit's plan and of its leaders."""

from datetime import date

import pytest

from domain.policy import Adoption, Policies
from projections.read_models.leader_terms import Election, LeaderTerm, build_terms, list_leader_terms
from projections.read_models.plan_status import find_due_date, find_plan_status, list_uncovered_days
from tests.support.office import Office
from tests.support.people import ANN, BEN, NOTE

Y2026 = (date(2026, 1, 1), date(2026, 12, 31))
TWO_YEARS = (date(2026, 1, 1), date(2027, 12, 31))


def state(office: Office, day: str) -> str | None:
    status = find_plan_status(
        office.current_views(), office.current_views().load_unit().policies, date.fromisoformat(day)
    )
    return status and status.state


# --- The plan ---


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-12-31", None), ("2026-11-19", "active"), ("2026-12-31", "active"), ("2027-01-05", "lapsed")],
)
def test_a_plan_stands_while_it_is_valid(office: Office, day: str, expected: str | None) -> None:
    """R-001: valid for 2026, a duty in January 2027 has no plan while no results were handed in."""
    office.at("2025-12-01 09:00").desk.file_plan("P115", "民政局", Y2026, office.act)
    assert state(office, day) == expected
    assert list_uncovered_days(
        office.current_views(), office.current_views().load_unit().policies, [date.fromisoformat(day)]
    ) == ([] if expected == "active" else [date.fromisoformat(day)])


@pytest.mark.parametrize(("day", "expected"), [("2027-02-28", "active"), ("2027-03-01", "at_risk")])
def test_overdue_results_put_a_plan_at_risk(office: Office, day: str, expected: str) -> None:
    """R-111: the results of 2026 are due by 28 February 2027."""
    office.at("2025-12-01 09:00").desk.file_plan("P115", "民政局", TWO_YEARS, office.act)
    assert state(office, day) == expected
    office.at("2027-03-05 09:00").desk.report_results(Y2026, date(2027, 3, 5), "民政局", office.act)
    assert state(office, "2027-03-04") == "at_risk"
    assert state(office, "2027-03-05") == "active"


@pytest.mark.parametrize(("reported", "expected"), [("2027-02-28", "active"), ("2027-03-01", "lapsed")])
def test_results_in_time_extend_a_plan_that_has_run_out(office: Office, reported: str, expected: str) -> None:
    """R-111: deemed extended, and only for as long as each year's results are in time."""
    office.at("2025-12-01 09:00").desk.file_plan("P115", "民政局", Y2026, office.act)
    office.at("2027-03-02 09:00").desk.report_results(Y2026, date.fromisoformat(reported), "民政局", office.act)
    assert state(office, "2027-01-05") == expected
    assert state(office, "2027-12-31") == expected
    assert state(office, "2028-01-01") == "lapsed"


@pytest.mark.parametrize(("day", "expected"), [("2026-06-30", "active"), ("2026-07-01", "terminated")])
def test_a_plan_ends_where_a_letter_ends_it(office: Office, day: str, expected: str) -> None:
    """R-111."""
    office.at("2025-12-01 09:00").desk.file_plan("P115", "民政局", Y2026, office.act)
    office.at("2026-06-20 09:00").desk.terminate_plan("P115", date(2026, 7, 1), NOTE, office.act)
    assert state(office, day) == expected


def test_results_are_due_at_the_end_of_february() -> None:
    """R-111 and V-17."""
    due = [find_due_date(year, Policies(), date.max) for year in (2026, 2027)]
    assert due == [date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize(
    ("windows", "due"),
    [
        (["annual:01-01/01-31"], date(2027, 1, 31)),
        (["annual:12-01/03-31"], date(2028, 3, 31)),  # opens late in 2027
        (["01-01/01-10", "07-01/07-10"], date(2027, 1, 10)),
        (["01-01/01-10", "annual:01-01/03-31"], date(2027, 3, 31)),
        (["07-01/07-10"], date(2027, 2, 28)),
        ([], date(2027, 2, 28)),
    ],
)
def test_the_results_of_2026_are_due_when_the_policy_says(windows: list[str], due: date) -> None:
    """R-108, R-111: without a window for the end of a year, two months after it."""
    policies = Policies([Adoption(date(2020, 1, 1), {"report_windows": windows})])
    assert find_due_date(2026, policies, date.max) == due


def test_a_policy_of_later_makes_no_report_late_that_was_in_time() -> None:
    """R-111: the window of January was adopted in March."""
    policies = Policies([Adoption(date(2027, 3, 1), {"report_windows": ["annual:01-01/01-31"]})])
    due = [find_due_date(year, policies, date.max) for year in (2026, 2027)]
    assert due == [date(2027, 2, 28), date(2028, 1, 31)]


@pytest.mark.parametrize(("day", "expected"), [("2027-01-31", "active"), ("2027-02-01", "at_risk")])
def test_a_plan_is_at_risk_from_the_day_after_the_window(office: Office, day: str, expected: str) -> None:
    """R-111: a unit whose authority takes results in January."""
    office.at("2025-12-01 09:00").desk.file_plan("P115", "民政局", TWO_YEARS, office.act)
    office.desk.adopt_policy(date(2026, 1, 1), {"report_windows": ["annual:01-01/01-31"]}, office.act)
    assert state(office, day) == expected


# --- Leaders ---


def elected(day: str, who: object = ANN, *, by_election: bool = False) -> Election:
    return Election("leader", date.fromisoformat(day), who, by_election)  # pyright: ignore[reportArgumentType]


def terms(*elections: Election, **changes: object) -> list[LeaderTerm]:
    return build_terms(elections, Policies([Adoption(date(2020, 1, 1), changes)]))


def test_a_leader_serves_two_terms_of_two_years_and_a_third_raises_a_warning() -> None:
    """R-046: elected 2024-03-01, again in 2026, and a third time."""
    found = terms(elected("2024-03-01"), elected("2026-03-01"), elected("2028-03-01"))
    assert [(str(term.until), term.terms_in_row, term.is_one_too_many) for term in found] == [
        ("2026-02-28", 1, False),
        ("2028-02-29", 2, False),
        ("2030-02-28", 3, True),
    ]


def test_another_leader_between_begins_a_new_row() -> None:
    found = terms(elected("2024-03-01"), elected("2026-03-01", BEN), elected("2028-03-01"))
    assert [term.terms_in_row for term in found] == [1, 1, 1]


@pytest.mark.parametrize(
    ("policy", "until", "in_row"), [("remaining", "2026-02-28", [1, 0, 1]), ("full", "2027-05-31", [1, 1, 2])]
)
def test_a_by_election_is_for_the_rest_of_the_term_or_for_a_whole_one(
    policy: str, until: str, in_row: list[int]
) -> None:
    """R-046: what the unit has decided."""
    found = terms(
        elected("2024-03-01"),
        elected("2025-06-01", BEN, by_election=True),
        elected("2027-06-01", BEN),
        by_election_term=policy,
    )
    assert (str(found[1].until), [term.terms_in_row for term in found]) == (until, in_row)


def test_a_term_from_the_leap_day_ends_on_the_last_of_february() -> None:
    assert [str(term.until) for term in terms(elected("2024-02-29"))] == ["2026-02-28"]


def test_the_terms_of_a_unit_are_those_that_were_not_withdrawn(office: Office) -> None:
    """R-046."""
    office.at("2026-01-02 09:00")
    office.desk.elect_leader(ANN, "leader", date(2026, 1, 1), office.act)
    office.desk.elect_leader(BEN, "deputy", date(2026, 1, 1), office.act)
    office.desk.elect_leader(BEN, "leader", date(2025, 1, 1), office.act)
    office.desk.withdraw_election("leader", date(2025, 1, 1), NOTE, office.act)
    found = list_leader_terms(office.current_views(), Policies())
    assert [(term.role, term.volunteer) for term in found] == [("leader", ANN), ("deputy", BEN)]


def test_a_leader_who_steps_down_leaves_the_rest_of_the_term_to_a_by_election_that_comes_later() -> None:
    """R-046: elected for two years, gone after one; nobody leads in July, and the rest is that of the whole term."""
    first = elected("2024-03-01")._replace(last_day=date(2025, 6, 30))
    found = terms(first, elected("2025-08-01", BEN, by_election=True))
    assert [(str(term.until), str(term.full_until), term.terms_in_row) for term in found] == [
        ("2025-06-30", "2026-02-28", 1),
        ("2026-02-28", "2026-02-28", 0),
    ]
    assert [term.until for term in terms(first._replace(last_day=date(2026, 3, 1)))] == [date(2026, 2, 28)]


@pytest.mark.parametrize(("last", "count"), [("2024-02-29", 0), ("2024-03-01", 1)])
def test_who_left_before_the_first_day_has_no_term(last: str, count: int) -> None:
    assert len(terms(elected("2024-03-01")._replace(last_day=date.fromisoformat(last)))) == count


def list_ends(office: Office) -> list[str]:
    return [str(term.until) for term in list_leader_terms(office.current_views(), Policies())]


def test_a_term_ends_when_its_leader_steps_down_and_the_election_again_takes_that_back(office: Office) -> None:
    """R-046: of two ends the later line counts."""
    since = date(2026, 1, 1)
    office.at("2026-11-19 09:00").desk.elect_leader(ANN, "leader", since, office.act)
    for day in (date(2026, 11, 1), date(2026, 11, 15)):
        office.desk.end_leader_term("leader", since, day, NOTE, office.act)
    assert list_ends(office) == ["2026-11-15"]
    office.desk.elect_leader(ANN, "leader", since, office.act)
    assert list_ends(office) == ["2027-12-31"]


def test_a_term_ends_with_the_agreement_unless_that_is_renewed_without_a_pause(office: Office) -> None:
    """R-046, R-056: a leader who left leads nobody."""
    office.at("2026-11-19 09:00").desk.elect_leader(ANN, "leader", date(2026, 1, 1), office.act)
    office.desk.end_agreement(ANN, date(2026, 11, 30), None, office.act)
    assert list_ends(office) == ["2026-11-30"]
    office.desk.renew_agreement(ANN, date(2026, 12, 1), office.act)
    assert list_ends(office) == ["2027-12-31"]


def test_an_election_of_somebody_who_left_before_it_begins_no_term(office: Office) -> None:
    """R-046."""
    office.at("2026-11-19 09:00").desk.elect_leader(ANN, "leader", date(2027, 1, 1), office.act)
    office.desk.end_agreement(ANN, date(2026, 12, 31), None, office.act)
    assert list_ends(office) == []
