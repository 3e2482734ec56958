"""Read model: who may receive which award on a day, and what lacks (R-080 to R-099, R-125).

Rule: every row is evaluated by the same pure functions for every volunteer; nothing is decided here.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from projections.engine.noted_policies import RulesInForce
from projections.engine.row_source import KeyedSource, RowSource
from projections.evaluation.awards.facts import AwardFacts, FamilyFacts, Question
from projections.evaluation.awards.groups import evaluate_family, evaluate_team
from projections.evaluation.awards.individual import IndividualEvaluation
from projections.evaluation.awards.results import AwardResult, Lack
from projections.evaluation.awards.rules import AwardRule, Catalogue
from projections.evaluation.awards.screening import Screen
from projections.evaluation.awards.windows import find_expiry
from projections.read_models.award_facts import (
    PeopleOnFile,
    build_team,
    list_families,
    list_team_grants,
    read_award_facts,
)


class AwardFilter(msgspec.Struct, frozen=True):
    """Which awards and whom a question is about."""

    award: str | None = None
    volunteer: int | None = None
    """Its key in the views; families and team are left out then."""
    with_short: bool = False
    """Also those who lack something."""


ALL_CANDIDATES = AwardFilter()


def list_awards(
    views: RowSource,
    unit: RulesInForce,
    catalogue: Catalogue,
    at: date,
    people: PeopleOnFile,
    wanted: AwardFilter = ALL_CANDIDATES,
) -> Iterator[AwardResult]:
    """Awards on a day by the rows of its year: volunteers in the order of enrolment, then families, then the team."""
    question = build_question(unit, catalogue, at)
    rules = [rule for rule in list_rules_on(catalogue, question) if wanted.award in (None, rule.id)]
    screens = [Screen(rule, question) for rule in rules if rule.subject == "individual"]
    is_about_groups = wanted.volunteer is None and len(screens) < len(rules)
    members: dict[UUID, AwardFacts] = {}
    families = list_families(views) if is_about_groups else {}
    related = {member for family in families.values() for member in family}
    team: list[UUID] = []
    for facts in read_award_facts(views, unit, at, people, wanted.volunteer):
        yield from _evaluate_volunteer(facts, screens, question, with_short=wanted.with_short)
        if facts.is_in_service:
            team.append(facts.volunteer)
        if facts.volunteer in related:
            members[facts.volunteer] = facts
    if is_about_groups:
        for result in _evaluate_groups(views, rules, question, (families, members), team, people):
            if result.is_candidate or wanted.with_short:
                yield result


def build_question(unit: RulesInForce, catalogue: Catalogue, at: date) -> Question:
    """The day with the policy in force on it."""
    return Question(at, unit.policies.on(at.toordinal()), unit.category, catalogue.city)


def list_rules_on(catalogue: Catalogue, question: Question) -> list[AwardRule]:
    """The rows of the year; one whose hours a policy sets only where it sets them (R-082)."""
    unset = "annual_required_hours" if question.policy.annual_required_hours is None else None
    return [rule for rule in catalogue.list_rules(question.at.year) if rule.standard is None or rule.standard != unset]


def _evaluate_volunteer(
    facts: AwardFacts, screens: Sequence[Screen], question: Question, *, with_short: bool
) -> Iterator[AwardResult]:
    evaluation = IndividualEvaluation(facts, question)
    for screen in screens:
        if with_short or screen.admits(facts, evaluation.hours):
            result = evaluation.evaluate(screen.rule)
            if with_short or result.is_candidate:
                yield result


def _evaluate_groups(
    views: RowSource,
    rules: Sequence[AwardRule],
    question: Question,
    related: tuple[dict[str, list[UUID]], dict[UUID, AwardFacts]],
    team: Sequence[UUID],
    people: PeopleOnFile,
) -> Iterator[AwardResult]:
    families, members = related
    known = [FamilyFacts(name, [members[who] for who in listed if who in members]) for name, listed in families.items()]
    facts, grants = build_team(views, team, question.at, people), list_team_grants(views)
    for rule in rules:
        if rule.subject == "family":
            yield from (evaluate_family(rule, family, question) for family in known)
        elif rule.subject == "team":
            yield evaluate_team(rule, facts, question, grants)


def list_card_candidates(
    views: RowSource, unit: RulesInForce, rule: AwardRule, question: Question, people: PeopleOnFile
) -> Iterator[tuple[AwardResult, date | None]]:
    """Who may receive what a row gives, in the order of enrolment, and until when it would be valid (R-083)."""
    screens = [Screen(rule, question)]
    for facts in read_award_facts(views, unit, question.at, people):
        for result in _evaluate_volunteer(facts, screens, question, with_short=False):
            yield result, find_expiry(rule, facts, question)


class AwardGap(NamedTuple):
    """The award that a volunteer comes to next, and what lacks."""

    rule: AwardRule
    lacks: tuple[Lack, ...]


def find_next_award_gap(
    views: KeyedSource, unit: RulesInForce, catalogue: Catalogue, volunteer: UUID, day: date, people: PeopleOnFile
) -> AwardGap | None:
    """The award of a volunteer that lacks least: hours first, then years that pass by themselves (R-125).

    What lacks anything else, a proof or a training, is no matter of serving on. None: there is no such award.
    """
    key = views.find_key(volunteer)
    if key is None:
        return None
    wanted = AwardFilter(volunteer=key, with_short=True)
    gaps = [
        AwardGap(result.rule, result.lacks)
        for result in list_awards(views, unit, catalogue, day, people, wanted)
        if _can_be_served_for(result)
    ]
    return min(gaps, key=lambda gap: _measure_gap(gap, day), default=None)


def _can_be_served_for(result: AwardResult) -> bool:
    """Whether going on to serve earns it: no hours of a year, no other city, no category never served in."""
    rule = result.rule
    return (
        result.status == "short"
        and all(lack.kind in ("hours", "seniority") for lack in result.lacks)
        and rule.standard is None
        and "city" not in result.attest
        and (rule.scope != "category" or bool(result.minutes))
    )


def _measure_gap(gap: AwardGap, day: date) -> tuple[int, int]:
    minutes = sum(lack.minutes or 0 for lack in gap.lacks)
    days = max(((lack.until - day).days for lack in gap.lacks if lack.until), default=0)
    return minutes, days
