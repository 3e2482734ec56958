"""One case for review: it follows the facts while it waits, and a person decides (decision 10, R-055)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.errors import NoOpenCase
from domain.ids import exit_case_stream
from domain.model.exit_case import DecidedEvidence, ExitCase, Trigger, list_cases_after
from tests.support.given_when_then import given
from tests.support.people import ANN, NOTE, act

SEPTEMBER_2 = date(2026, 9, 2)
NIGHT, NEXT_NIGHT = act("2026-09-03 05:00"), act("2026-09-04 05:00")
THREE = Trigger(ANN, "R-050", "2026-01-02", ("2026-03-04", "2026-05-13", "2026-09-02"))
FOUR = Trigger(ANN, "R-050", "2026-01-02", (*THREE.evidence, "2026-09-03"))


def case() -> ExitCase:
    return ExitCase.raise_case(THREE, 1, SEPTEMBER_2, NIGHT)


def test_a_case_is_raised_with_its_evidence() -> None:
    """R-050: dated by the day that is settled, not by the night that settles it."""
    (raised,) = case().collect_events()
    assert isinstance(raised, ExitCase.Created)
    assert raised.originator_id == exit_case_stream(ANN, "R-050", 1)
    assert (raised.volunteer_id, raised.rule, raised.ordinal, raised.basis) == (ANN, "R-050", 1, "2026-01-02")
    assert (raised.raised_on, raised.evidence, raised.score) == ("2026-09-02", list(THREE.evidence), None)


def test_a_case_follows_the_facts_while_it_waits() -> None:
    given(case()).when(lambda case: case.revise(FOUR, NEXT_NIGHT)).then(
        ExitCase.Revised, evidence=list(FOUR.evidence), score=None
    )


def test_a_case_that_says_the_same_already_is_left_alone() -> None:
    """A night that runs twice writes nothing twice; also after the case was read back."""
    given(case()).when(lambda case: case.revise(THREE, NEXT_NIGHT)).then_nothing()
    given(case(), lambda case: case.revise(FOUR, NIGHT)).when(lambda case: case.revise(FOUR, NEXT_NIGHT)).then_nothing()


def test_another_score_revises_a_case_too() -> None:
    """R-052."""
    low, lower = (Trigger(ANN, "R-052", "2026-12-31", ("2026-12-31",), score) for score in (59.9, 40.0))
    (
        given(ExitCase.raise_case(low, 1, date(2026, 12, 31), NIGHT))
        .when(lambda case: case.revise(lower, NEXT_NIGHT))
        .then(ExitCase.Revised, score=40.0)
    )


def test_a_case_without_a_cause_is_withdrawn() -> None:
    """Decision 10: on the day that is settled."""
    given(case()).when(lambda case: case.withdraw(date(2026, 9, 10), NEXT_NIGHT)).then(
        ExitCase.Withdrawn, on="2026-09-10"
    )


@pytest.mark.parametrize("decision", ["keep", "reassign", "not_renew", "terminate"])
def test_a_person_decides_a_case_for_a_reason(decision: str) -> None:
    """R-055."""
    given(case()).when(lambda case: case.decide(decision, NOTE, NEXT_NIGHT)).then(
        ExitCase.Decided, decision=decision, note=NOTE.id, note_digest=NOTE.digest, by=NEXT_NIGHT.by
    )


def test_a_case_is_decided_once_and_only_while_it_waits() -> None:
    decided = given(case(), lambda case: case.decide("keep", NOTE, NIGHT))
    withdrawn = given(case(), lambda case: case.withdraw(SEPTEMBER_2, NIGHT))
    for past in (decided, withdrawn):
        past.when(lambda case: case.decide("terminate", NOTE, NEXT_NIGHT)).then_refused(NoOpenCase(ANN, "R-050"))


# --- What a decision has seen ---


def decided(*shifts: str, dates: Sequence[str] = THREE.evidence) -> ExitCase:
    found = replace(THREE, evidence=tuple(dates), shifts=shifts)
    decided_case = ExitCase.raise_case(found, 1, SEPTEMBER_2, NIGHT)
    decided_case.decide("keep", NOTE, NEXT_NIGHT)
    return decided_case


@pytest.mark.parametrize(
    ("seen", "found", "is_seen"),
    [
        (("S1", "S2", "S3"), ("S1", "S2", "S3"), True),
        (("S1", "S2", "S3"), ("S1", "S2", "S4"), False),  # another duty of the same day
        ((), ("S1", "S2", "S3"), True),  # of version 0.1, which knew dates alone
        ((), (), True),
        (("S1", "S2", "S3"), (), False),
    ],
)
def test_a_decision_has_seen_duties_and_an_old_one_dates(
    seen: tuple[str, ...], found: tuple[str, ...], *, is_seen: bool
) -> None:
    """Decision 10."""
    assert DecidedEvidence([decided(*seen)]).includes(replace(THREE, shifts=found)) == is_seen


def test_an_old_decision_has_not_seen_a_second_duty_of_a_date() -> None:
    found = replace(THREE, evidence=("2026-03-04", *THREE.evidence), shifts=("S0", "S1", "S2", "S3"))
    assert not DecidedEvidence([decided()]).includes(found)
    assert DecidedEvidence([decided(dates=found.evidence)]).includes(found)


def test_a_case_that_still_waits_has_decided_nothing() -> None:
    assert not DecidedEvidence([case()]).includes(THREE)


# --- What the night leaves ---


def test_a_night_leaves_decided_cases_and_of_the_others_what_the_facts_carry() -> None:
    """Decision 10: withdrawn, revised and raised."""
    waiting, settled = case(), decided()
    assert list_cases_after([settled, waiting], []) == [settled]
    assert list_cases_after([waiting], [THREE]) == [waiting]
    assert list_cases_after([waiting], [FOUR]) == [FOUR]
    assert list_cases_after([settled], [THREE]) == [settled]
    assert list_cases_after([settled], [FOUR]) == [settled, FOUR]
