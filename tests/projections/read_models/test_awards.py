"""Read model: awards of a real office, from taps, attested hours and ledgers (R-031, R-080 to R-088, R-125)."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.errors import DomainError, NotEnrolled
from domain.model.award_groups import FamilyTooSmall
from domain.model.award_ledger import (
    AfterThatDay,
    AlreadyGranted,
    AttestedAlready,
    Certificate,
    CountedAlready,
    HonorCard,
    HoursOnPaper,
    PeriodReversed,
    SeniorityOnPaper,
)
from domain.model.retraction import AlreadyRetracted, NoSuchCorrection
from kiosk.awards.catalogue import load_catalogue
from projections.engine.as_of import views_as_of
from projections.engine.rebuild import replay
from projections.evaluation.awards.results import AwardResult
from projections.read_models.award_facts import PeopleOnFile, list_families
from projections.read_models.awards import AwardFilter, find_next_award_gap, list_awards
from tests.support.office import Office, assert_refused
from tests.support.people import ANN, BEN, NOTE, STRANGER, local_second

TODAY = "2026-11-20"
SHORT = AwardFilter(with_short=True)


def day(text: str) -> date:
    return date.fromisoformat(text)


def hours(total: int, first: str, last: str, unit: str | None = "圖書館", **more: Any) -> HoursOnPaper:
    fields: dict[str, Any] = {"category": None, "city": None, "proof": "other", **more}
    return HoursOnPaper(day(first), day(last), total * 60, unit, **fields)


def ask(
    office: Office, award: str, at: str = TODAY, people: PeopleOnFile | None = None, wanted: AwardFilter = SHORT
) -> list[AwardResult]:
    views = office.current_views()
    asked = AwardFilter(award, wanted.volunteer, wanted.with_short)
    return list(list_awards(views, views.load_unit(), load_catalogue(), day(at), people or PeopleOnFile(), asked))


def statuses(office: Office, award: str, at: str = TODAY, people: PeopleOnFile | None = None) -> Mapping[Any, str]:
    return {result.volunteer or result.group: result.status for result in ask(office, award, at, people)}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Office]:
    """Ann and Ben are trained since 2024-01-10; Ann served three hours, and 117 are attested of the unit itself."""
    office = Office(tmp_path, ANN, BEN)
    office.at("2026-11-01 09:00").schedule_shift("S1", "2026-11-19 09:00", "12:00", ANN, BEN)
    for at in ("2026-11-19 09:00", "2026-11-19 12:00"):
        office.tap(ANN, at)
    office.at(f"{TODAY} 10:00")
    office.desk.attest_hours(ANN, hours(117, "2024-02-01", "2025-12-31", None), NOTE, office.act)
    yield office
    office.close_down()


def test_awards_count_the_duties_that_hours_count(served: Office) -> None:
    """R-082: a shift, one of less than a minute, and an event of three days, on each of which Ann served."""
    served.at("2026-11-20 10:30").schedule_event("E1", "2026-11-21 09:00", "2026-11-23 18:00")
    served.schedule_shift("S2", "2026-11-24 09:00", "12:00", ANN)
    for number in (21, 22, 23):
        served.tap(ANN, f"2026-11-{number} 09:00")
        served.tap(ANN, f"2026-11-{number} 12:00")
    served.tap(ANN, "2026-11-24 11:59:33")
    served.tap(ANN, "2026-11-24 12:05")
    (hours_of_ann,) = served.at("2026-12-18 09:00").list_hours()
    (award,) = [row for row in ask(served, "unit-reward-standard", "2026-12-18") if row.volunteer == ANN]
    assert (award.duties, award.minutes) == (hours_of_ann.duties, hours_of_ann.minutes) == (3, 720)


def last(office: Office) -> int:
    return office.log.head().position


def test_taps_and_attested_hours_of_the_unit_add_up_to_its_certificate(served: Office) -> None:
    """R-031, R-084: 120 hours here and 60 elsewhere are 120 for the certificate."""
    served.desk.attest_hours(ANN, hours(60, "2025-01-01", "2025-06-30"), NOTE, served.act)
    assert [(one.minutes, one.status) for one in ask(served, "performance-certificate")] == [
        (120 * 60, "short"),
        (0, "short"),
    ]
    assert [one.minutes for one in ask(served, "honor-card")] == [180 * 60, 0]


def test_what_is_taken_back_counts_no_more_and_is_taken_back_once(served: Office) -> None:
    """R-121."""
    served.desk.attest_hours(ANN, hours(60, "2025-01-01", "2025-06-30"), NOTE, served.act)
    attested = last(served)
    served.retract(attested)
    assert [one.minutes for one in ask(served, "honor-card")] == [120 * 60, 0]
    assert_refused(served, lambda office: office.retract(attested), AlreadyRetracted(attested))
    assert_refused(served, lambda office: office.retract(attested + 1), NoSuchCorrection(attested + 1))
    served.desk.attest_hours(ANN, hours(60, "2025-01-01", "2025-06-30"), NOTE, served.act)
    assert [one.minutes for one in ask(served, "honor-card")] == [180 * 60, 0]


def test_seniority_counts_from_the_attested_start(served: Office) -> None:
    """R-081."""
    served.desk.attest_hours(ANN, hours(180, "2023-01-01", "2023-12-31"), NOTE, served.act)
    assert statuses(served, "honor-card")[ANN] == "short"
    served.desk.attest_seniority(
        ANN, SeniorityOnPaper(day("2023-11-20"), day("2024-01-01"), None, None), NOTE, served.act
    )
    assert statuses(served, "honor-card") == {ANN: "met", BEN: "short"}
    assert statuses(served, "honor-card", "2026-11-19")[ANN] == "short"


def test_a_card_counts_from_its_event_on_and_as_of_before_it_was_not_known(served: Office) -> None:
    """R-083, R-126."""
    served.desk.attest_hours(ANN, hours(180, "2020-01-01", "2020-12-31"), NOTE, served.act)
    served.desk.attest_seniority(
        ANN, SeniorityOnPaper(day("2019-11-20"), day("2024-01-01"), None, None), NOTE, served.act
    )
    served.at(f"{TODAY} 11:00")
    card = HonorCard(day(TODAY), day("2029-11-20"), day("2026-11-19"))
    served.desk.grant_honor_card(ANN, card, NOTE, served.act)
    (ann, _) = ask(served, "honor-card")
    assert (ann.status, ann.minutes, ann.met_on) == ("short", 0, None)
    with views_as_of(served.log, local_second(f"{TODAY} 10:30")) as past:
        found = list_awards(past, past.load_unit(), load_catalogue(), day(TODAY), PeopleOnFile())
        assert "honor-card" in [one.rule.id for one in found if one.volunteer == ANN]


def test_awards_certificates_and_conditions_count(served: Office) -> None:
    """R-080, R-085: the condition is attested, the award received."""
    served.desk.attest_hours(ANN, hours(500, "2019-01-01", "2019-12-31", city="臺北市"), NOTE, served.act)
    assert ("certificate",) in [tuple(filter(None, lack)) for lack in ask(served, "taipei-contribution")[0].lacks]
    certificate = Certificate(day("2026-11-01"), day("2026-11-08"), day("2024-02-01"), day("2026-10-31"), 9_000)
    served.desk.issue_certificate(ANN, certificate, NOTE, served.act)
    assert statuses(served, "taipei-contribution")[ANN] == "attest"
    served.desk.grant_award(ANN, "taipei-contribution", day("2026-11-15"), NOTE, served.act)
    assert statuses(served, "taipei-contribution")[ANN] == "blocked"
    assert statuses(served, "taipei-contribution", "2026-11-14")[ANN] == "attest"
    served.desk.attest_condition(ANN, "golden-diamond", "innovation", NOTE, served.act)
    assert set(ask(served, "golden-diamond")[0].attest) == {"no-criminal-record", "city"}


def test_who_serves_no_more_is_blocked_and_who_is_erased_is_not_asked_about(served: Office) -> None:
    """R-083, R-120."""
    served.end(ANN, TODAY)
    assert statuses(served, "honor-card", "2026-11-21")[ANN] == "blocked"
    assert statuses(served, "honor-card", TODAY)[ANN] == "short"
    assert list(statuses(served, "honor-card", TODAY, PeopleOnFile(erased={ANN}))) == [BEN]


def test_only_candidates_are_listed_unless_all_are_wanted(served: Office) -> None:
    assert ask(served, "honor-card", wanted=AwardFilter()) == []
    served.desk.attest_hours(ANN, hours(180, "2020-01-01", "2020-12-31"), NOTE, served.act)
    assert [one.volunteer for one in ask(served, "honor-card", "2027-01-10", wanted=AwardFilter())] == [ANN]
    key = served.current_views().find_key(BEN)
    assert [one.volunteer for one in ask(served, "honor-card", wanted=AwardFilter(None, key, True))] == [BEN]


def test_families_and_the_team_are_evaluated_from_their_ledger(served: Office) -> None:
    """R-087, R-088: 2 members, of whom 1 has a book; a later line about a family replaces the earlier one."""
    served.desk.attest_family("F1", [ANN, BEN, ANN], NOTE, served.act)
    served.desk.attest_family("F1", [BEN, ANN], NOTE, served.act)
    served.desk.attest_team(day("2023-11-20"), NOTE, served.act)
    assert list_families(served.current_views()) == {"F1": [BEN, ANN]}
    people = PeopleOnFile({ANN: day("1950-01-01"), BEN: day("1990-01-01")}, {ANN}, {ANN}, {ANN, BEN})
    (family,) = ask(served, "golden-diamond-family", people=people)
    assert {lack.volunteer for lack in family.lacks} == {ANN, BEN}
    (team,) = ask(served, "golden-diamond-team", people=people)
    assert [(lack.kind, lack.people) for lack in team.lacks] == [("members", 13), ("record_books", 1)]
    (team,) = ask(served, "golden-diamond-team", "2026-11-19", people)
    assert ("established", day(TODAY)) in [(lack.kind, lack.until) for lack in team.lacks]
    served.desk.grant_team_award("golden-diamond-team", day(TODAY), None, served.act)
    served.retract(last(served))
    assert [one.status for one in ask(served, "golden-diamond-team", people=people)] == ["short"]


def test_the_rebuilt_ledgers_are_those_that_followed_the_log(served: Office) -> None:
    """R-126."""
    served.desk.attest_family("F1", [ANN, BEN], NOTE, served.act)
    served.desk.grant_team_award("health-team", day(TODAY), None, served.act)
    served.desk.grant_award(BEN, "land-300", day(TODAY), None, served.act)
    served.retract(last(served))
    assert replay(served.log, served.current_views()).differences == []


def test_no_day_is_evaluated_again_because_of_an_award(served: Office) -> None:
    served.current_views()
    before = list(served.current_views().rows("SELECT * FROM touched ORDER BY day"))
    served.desk.grant_award(ANN, "land-300", day(TODAY), None, served.act)
    assert list(served.current_views().rows("SELECT * FROM touched ORDER BY day")) == before


# --- The next award (R-125) ---


def find_gap(office: Office, who: UUID, at: str = TODAY) -> tuple[str, list[tuple[str, int | None]]] | None:
    views = office.current_views()
    gap = find_next_award_gap(views, views.load_unit(), load_catalogue(), who, day(at), PeopleOnFile())
    return gap and (gap.rule.id, [(lack.kind, lack.minutes) for lack in gap.lacks])


def test_the_next_award_is_the_one_that_lacks_the_fewest_hours(served: Office) -> None:
    """R-125: 30 hours to the certificate; once it could be issued, 180 to the honor card."""
    assert find_gap(served, ANN) == ("performance-certificate", [("hours", 30 * 60)])
    served.desk.attest_hours(ANN, hours(30, "2026-01-01", "2026-06-30", None), NOTE, served.act)
    assert find_gap(served, ANN) == ("honor-card", [("hours", 150 * 60), ("seniority", None)])
    assert find_gap(served, BEN) == ("performance-certificate", [("hours", 150 * 60)])
    assert find_gap(served, STRANGER) is None


# --- What is refused ---

CARD = HonorCard(day("2026-01-05"), day("2029-01-05"), day("2026-01-05"))

REFUSALS: list[tuple[Any, DomainError]] = [
    (lambda desk, act: desk.grant_award(STRANGER, "land-300", day(TODAY), None, act), NotEnrolled(STRANGER)),
    (
        lambda desk, act: desk.attest_hours(ANN, hours(1, "2026-02-02", "2026-02-01"), NOTE, act),
        PeriodReversed(day("2026-02-02"), day("2026-02-01")),
    ),
    (
        lambda desk, act: desk.attest_hours(ANN, hours(1, "2026-02-02", "2026-11-21"), NOTE, act),
        AfterThatDay(day("2026-11-21"), day(TODAY)),
    ),
    (
        lambda desk, act: desk.attest_hours(ANN, hours(1, "2025-12-31", "2026-01-31", None), NOTE, act),
        AttestedAlready(ANN, day("2024-02-01"), day("2025-12-31")),
    ),
    (
        lambda desk, act: desk.attest_seniority(
            ANN, SeniorityOnPaper(day("2020-01-01"), day("2026-11-21"), None, None), NOTE, act
        ),
        AfterThatDay(day("2026-11-21"), day(TODAY)),
    ),
    (
        lambda desk, act: desk.grant_honor_card(
            ANN, HonorCard(day("2026-01-05"), day("2026-01-04"), day("2026-01-01")), None, act
        ),
        PeriodReversed(day("2026-01-05"), day("2026-01-04")),
    ),
    (
        lambda desk, act: desk.grant_honor_card(
            ANN, HonorCard(day("2026-01-05"), day("2029-01-05"), day("2026-01-06")), None, act
        ),
        AfterThatDay(day("2026-01-06"), day("2026-01-05")),
    ),
    (
        lambda desk, act: desk.issue_certificate(
            ANN, Certificate(day("2026-01-05"), day("2026-01-04"), day("2025-01-01"), day("2025-12-31"), 1), None, act
        ),
        PeriodReversed(day("2026-01-05"), day("2026-01-04")),
    ),
    (
        lambda desk, act: desk.issue_certificate(
            ANN, Certificate(day("2026-01-05"), day("2026-01-05"), day("2025-01-01"), day("2026-01-06"), 1), None, act
        ),
        AfterThatDay(day("2026-01-06"), day("2026-01-05")),
    ),
    (lambda desk, act: desk.attest_family("F1", [ANN, ANN], NOTE, act), FamilyTooSmall("F1")),
    (lambda desk, act: desk.attest_family("F1", [ANN, STRANGER], NOTE, act), NotEnrolled(STRANGER)),
    (lambda desk, act: desk.attest_team(day("2026-11-21"), NOTE, act), AfterThatDay(day("2026-11-21"), day(TODAY))),
]


def test_what_cannot_be_is_refused(served: Office) -> None:
    for command, refusal in REFUSALS:
        assert_refused(served, lambda office, run=command: run(office.desk, office.act), refusal)


def test_nothing_is_entered_or_counted_twice(served: Office) -> None:
    """R-031, R-083: the next day after what is there is taken."""
    desk, act = served.desk, served.act
    desk.attest_hours(ANN, hours(1, "2026-01-01", "2026-01-31", None), NOTE, act)
    desk.attest_hours(ANN, hours(1, "2025-12-31", "2026-01-31", None, category="民政"), NOTE, act)
    desk.grant_award(ANN, "land-300", day(TODAY), None, act)
    again = AlreadyGranted(ANN, "land-300", day(TODAY))
    assert_refused(served, lambda office: office.desk.grant_award(ANN, "land-300", day(TODAY), None, act), again)
    desk.grant_honor_card(ANN, CARD, None, act)
    counted = CountedAlready(ANN, day("2026-01-05"))
    assert_refused(served, lambda office: office.desk.grant_honor_card(ANN, CARD, None, act), counted)
    served.retract(last(served))
    desk.grant_honor_card(ANN, CARD, None, act)
    later = HonorCard(day("2029-02-01"), day("2032-02-01"), day("2026-01-06"))
    desk.grant_honor_card(ANN, later, None, act)
