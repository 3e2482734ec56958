"""Who cannot be a candidate, found out cheaply: most volunteers lack the hours, or the category, of most awards.

Rule: it only ever leaves out who would lack something; who is admitted is evaluated in full.
"""

from datetime import date

from domain.calendar import add_years
from projections.evaluation.awards.facts import AwardFacts, Question
from projections.evaluation.awards.hours import ScopedHours
from projections.evaluation.awards.rules import MINUTES, AwardRule


class Screen:
    """What a row asks at least, worked out once for all volunteers."""

    def __init__(self, rule: AwardRule, question: Question) -> None:
        self.rule = rule
        self._least = 0 if rule.standard else min(way.hours_min for way in rule.list_ways()) * MINUTES
        self._is_of_categories = rule.scope == "category"
        self._categories = frozenset(rule.categories)
        self._needs_certificate = "certificate" in rule.needs
        self._latest_birth = None if rule.age_min is None else _find_latest_birth(question.at, rule.age_min)
        self._earliest_start = _find_earliest_start(rule, question)

    def admits(self, facts: AwardFacts, hours: ScopedHours) -> bool:
        """Whether somebody may be a candidate."""
        if hours.total < self._least or (self.rule.in_service and not facts.is_in_service):
            return False
        if self._is_of_categories and not self._can_have_category(hours):
            return False
        if self._needs_certificate and not facts.certificates and not facts.attested_hours:
            return False
        if self._latest_birth and facts.birth_date and facts.birth_date > self._latest_birth:
            return False
        if self._earliest_start is not None and not self._has_begun(facts):
            return False
        return not self.rule.assessed_months or bool(facts.scores)

    def _can_have_category(self, hours: ScopedHours) -> bool:
        served = sum(minutes for category, minutes in hours.totals.items() if category in self._categories)
        is_waived = any(way.is_attested_only and way.attest for way in self.rule.list_ways())
        return is_waived or served >= max(self._least, 1)

    def _has_begun(self, facts: AwardFacts) -> bool:
        """Whether service can have begun early enough: no start of years is before these."""
        assert self._earliest_start is not None, "asked for only where there is one"  # noqa: S101 - a programming error
        starts = [one.since for one in facts.attested_seniority]
        starts += [facts.basic_on] if facts.basic_on is not None else [one.day for one in facts.credits[:1]]
        return bool(starts) and min(starts) <= self._earliest_start


def _find_latest_birth(at: date, age: int) -> date:
    """Who was born later is too young on a day."""
    return add_years(at, -age)


def _find_earliest_start(rule: AwardRule, question: Question) -> int | None:
    """Whose years began later has not enough of them by any way; None where some way asks for none."""
    years = 0 if rule.standard else min(way.seniority_years for way in rule.list_ways())
    return add_years(question.at, -years).toordinal() if years else None
