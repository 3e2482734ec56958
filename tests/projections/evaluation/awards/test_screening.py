"""The screen leaves nobody out who is a candidate: both ways of asking give the same candidates."""

from datetime import date
from random import Random
from uuid import UUID

import pytest

from kiosk.awards.catalogue import load_catalogue
from projections.evaluation.awards.facts import AttestedHours, AttestedSeniority, AwardFacts, Credit, Grant
from projections.evaluation.awards.individual import IndividualEvaluation
from projections.evaluation.awards.screening import Screen
from tests.support.award_facts import ask, day

CATEGORIES = ("戶政", "衛生保健", "教育", "文化", "勞動", "消防", "地政", None)
FIRST, LAST = day("2010-01-01").toordinal(), day("2026-11-20").toordinal()
PEOPLE = 150


def invent_volunteer(chance: Random) -> AwardFacts:
    category = chance.choice(CATEGORIES)
    begin = chance.randrange(FIRST, LAST)
    days = sorted(chance.randrange(begin, LAST + 1) for _ in range(chance.choice((0, 5, 60))))
    credited = [Credit(one, chance.choice((category, "戶政")), chance.choice((59, 180, 6_000))) for one in days]
    special = {category: begin + 3} if category else {}
    return AwardFacts(
        UUID(int=chance.getrandbits(128)),
        credited,
        chance.choice((begin, begin, None)),
        special,
        [AttestedHours(begin, begin + 30, 60_000, None, category, None, "certificate")] * chance.randrange(2),
        [AttestedSeniority(FIRST - 3_000, FIRST, None, None)] * chance.randrange(2),
        [Grant("golden-diamond", date(2025, 1, 1))] * chance.randrange(2),
        certificates=[date(2020, 1, 1)] * chance.randrange(2),
        conditions=frozenset({("phoenix", "special-contribution")} if chance.randrange(2) else ()),
        scores=[(date(2026, 6, 30), 90.0)] * chance.randrange(2),
        is_in_service=bool(chance.randrange(4)),
        birth_date=chance.choice((None, date(1950, 2, 28), date(1961, 11, 20), date(1961, 11, 21), date(1990, 1, 1))),
        has_record_book=chance.choice((None, True, False)),
        has_badge=chance.choice((None, True, False)),
    )


@pytest.mark.parametrize("at", ["2026-11-20", "2025-02-28"])
def test_who_is_a_candidate_is_never_screened_out(at: str) -> None:
    chance, question = Random(20261120), ask(at, require_training=False, annual_required_hours=10)  # noqa: S311 - replayable
    rules = [rule for rule in load_catalogue().list_rules(day(at).year) if rule.subject == "individual"]
    screens = [Screen(rule, question) for rule in rules]
    candidates = admitted = 0
    for _ in range(PEOPLE):
        evaluation = IndividualEvaluation(invent_volunteer(chance), question)
        for screen in screens:
            is_candidate = evaluation.evaluate(screen.rule).is_candidate
            is_admitted = screen.admits(evaluation.facts, evaluation.hours)
            assert is_admitted or not is_candidate, (screen.rule.id, evaluation.facts)
            candidates, admitted = candidates + is_candidate, admitted + is_admitted
    assert 0 < candidates <= admitted < PEOPLE * len(screens)
