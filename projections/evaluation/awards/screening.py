"""Who cannot be a candidate, found out cheaply: most volunteers lack the hours, or the category, of most awards.

Rule: it only ever leaves out who would lack something; who is admitted is evaluated in full.
"""

from collections.abc import Iterable
from datetime import date

from domain.calendar import add_years
from projections.evaluation.awards.facts import AwardFacts, Question
from projections.evaluation.awards.hours import ScopedHours
from projections.evaluation.awards.rules import MINUTES, AwardRule, Way
from projections.evaluation.awards.windows import YearlyStandard, find_standard


class Screen:
    """What a row asks at least, worked out once for all volunteers."""

    def __init__(self, rule: AwardRule, question: Question) -> None:
        self.rule = rule
        waivers = [way for way in rule.list_ways() if _is_waiver(way)]
        ways = [way for way in rule.list_ways() if way not in waivers]
        named = [frozenset((rule.id, name) for name in way.attest) for way in waivers]
        self._waivers = named if ways else [frozenset[tuple[str, str]]()]
        ways = ways or waivers
        self._least = 0 if rule.standard else min(way.hours_min for way in ways) * MINUTES
        self._categories = frozenset(rule.categories)
        self._needs_certificate = "certificate" in rule.needs
        self._latest_birth = None if rule.age_min is None else _find_latest_birth(question.at, rule.age_min)
        self._earliest_start = _find_earliest_start(rule, ways, question)
        self._standard = find_standard(rule, question) if rule.standard else None

    def admits(self, facts: AwardFacts, hours: ScopedHours) -> bool:
        """Whether a person may be a candidate."""
        if self.rule.in_service and not facts.is_in_service:
            return False
        if not self._has_service(facts, hours) and not (self._waivers and self._is_waived(facts)):
            return False
        if self._needs_certificate and not facts.certificates and not facts.attested_hours:
            return False
        if self._latest_birth and facts.birth_date and facts.birth_date > self._latest_birth:
            return False
        return not self.rule.assessed_months or bool(facts.scores)

    def _has_service(self, facts: AwardFacts, hours: ScopedHours) -> bool:
        """Whether there are hours enough, in the scope of the row, and years."""
        if hours.total < self._least:
            return False
        if self.rule.scope == "category" and not self._has_category(hours):
            return False
        if self._standard and not self._reaches_standard(self._standard, hours):
            return False
        return self._earliest_start is None or self._has_begun(facts, self._earliest_start)

    def _has_category(self, hours: ScopedHours) -> bool:
        if self._categories.isdisjoint(hours.totals):
            return False
        served = sum(minutes for category, minutes in hours.totals.items() if category in self._categories)
        return served >= max(self._least, 1)

    def _reaches_standard(self, standard: YearlyStandard, hours: ScopedHours) -> bool:
        counted = hours.sum_since(self.rule, standard.hours_from.toordinal())
        return counted.sum_until(standard.hours_until.toordinal()) >= standard.minutes

    def _has_begun(self, facts: AwardFacts, earliest_start: int) -> bool:
        """Whether service can have begun early enough: no start of years is before these."""
        starts = [one.since for one in facts.attested_seniority]
        starts += [facts.basic_on] if facts.basic_on is not None else [one.day for one in facts.credits[:1]]
        return bool(starts) and min(starts) <= earliest_start

    def _is_waived(self, facts: AwardFacts) -> bool:
        """Whether something was attested that is enough in place of years and hours, or nothing else is asked for."""
        return any(facts.conditions.issuperset(names) for names in self._waivers)


def _is_waiver(way: Way) -> bool:
    """Whether a way asks for nothing but what a person attests."""
    return way.is_attested_only and bool(way.attest)


def _find_latest_birth(at: date, age: int) -> date:
    """Who was born later is too young on a day."""
    return add_years(at, -age)


def _find_earliest_start(rule: AwardRule, ways: Iterable[Way], question: Question) -> int | None:
    """Whose years began later has not enough of them by any way; None where some way asks for none."""
    years = 0 if rule.standard else min(way.seniority_years for way in ways)
    return add_years(question.at, -years).toordinal() if years else None
