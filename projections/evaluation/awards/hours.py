"""Hours of a volunteer in the scope of an award: which minutes count, since when, and when they reach a sum.

Rule: minutes are summed and compared as they are (R-034). Attested hours count whole, and only where the whole of
their period lies in the window; they stand at its last day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate

from projections.evaluation.awards.dates import Days
from projections.evaluation.awards.facts import AttestedHours, AttestedSeniority, AwardFacts, Credit, Question
from projections.evaluation.awards.rules import AwardRule

EVER = 0
"""Before every service day."""

ScopeKey = tuple[str, str | None, tuple[str, ...]]


class RunningSum:
    """Days in order, and the minutes up to and on each."""

    __slots__ = ("_days", "_sums")

    def __init__(self, parts: Sequence[tuple[int, int]]) -> None:
        """`parts`: day and minutes, in order."""
        self._days = [day for day, _ in parts]
        self._sums = list(accumulate([minutes for _, minutes in parts]))

    def sum_until(self, day: int) -> int:
        """Minutes up to and on a day."""
        place = bisect_right(self._days, day)
        return self._sums[place - 1] if place else 0

    def find_reached(self, minutes: int) -> int | None:
        """The day on which so many minutes are reached, or None."""
        place = bisect_left(self._sums, minutes)
        return self._days[place] if place < len(self._sums) else None


class ScopedHours:
    """The hours of one volunteer; each scope and window is summed once."""

    def __init__(self, facts: AwardFacts) -> None:
        self._facts = facts
        self._parts: dict[ScopeKey, tuple[Sequence[Credit], Sequence[AttestedHours]]] = {}
        self._sums: dict[tuple[ScopeKey, int], RunningSum] = {}

    @cached_property
    def totals(self) -> Mapping[str | None, int]:
        """All minutes there are, by category."""
        totals: dict[str | None, int] = {}
        for _, category, minutes, _ in self._facts.credits:
            totals[category] = totals.get(category, 0) + minutes
        for attested in self._facts.attested_hours:
            totals[attested.category] = totals.get(attested.category, 0) + attested.minutes
        return totals

    @cached_property
    def total(self) -> int:
        """Their sum: no scope holds more."""
        return sum(self.totals.values())

    def sum_since(self, rule: AwardRule, since: int = EVER) -> RunningSum:
        """The minutes in the scope of a row from a day on."""
        key = (self._build_key(rule), since)
        found = self._sums.get(key)
        if found is None:
            found = self._sums[key] = self._build_sum(rule, since)
        return found

    def list_served(self, rule: AwardRule) -> list[Days]:
        """When there was service in the scope of a row, in order: for continuity (R-081)."""
        own, attested = self._select(rule)
        spans = [(credit.day, credit.day) for credit in own]
        spans += [(one.first, one.last) for one in attested]
        spans += [(one.since, one.until) for one in list_attested_seniority(self._facts, rule)]
        return sorted(spans)

    def count_duties(self, since: int, until: int) -> int:
        """Credited duties of this unit within days, both included; an event of several days is one, as in `hours`."""
        counted = [credit.event for credit in self._facts.credits if since <= credit.day <= until]
        return counted.count(None) + len({*counted} - {None})

    def _build_sum(self, rule: AwardRule, since: int) -> RunningSum:
        own, attested = self._select(rule)
        parts = [(day, minutes) for day, _, minutes, _ in own if day >= since]
        more = [(one.last, one.minutes) for one in attested if one.first >= since]
        return RunningSum(sorted(parts + more) if more else parts)

    def _build_key(self, rule: AwardRule) -> ScopeKey:
        """What tells one scope from another; without attested hours only categories do."""
        if self._facts.attested_hours:
            return rule.scope, rule.city, rule.categories
        return "", None, rule.categories

    def _select(self, rule: AwardRule) -> tuple[Sequence[Credit], Sequence[AttestedHours]]:
        key = self._build_key(rule)
        found = self._parts.get(key)
        if found is None:
            own = self._facts.credits
            if rule.scope == "category":
                own = [credit for credit in own if credit.category in rule.categories]
            found = own, [one for one in self._facts.attested_hours if _is_in_scope(one, rule)]
            self._parts[key] = found
        return found


def _is_in_scope(hours: AttestedHours, rule: AwardRule) -> bool:
    """Certificates count hours of this unit alone; awards combine those of several (R-031)."""
    match rule.scope:
        case "unit":
            return hours.unit is None
        case "city":
            return hours.unit is None or hours.city == rule.city
        case "category":
            return hours.category in rule.categories
        case "all":
            return True


# --- Years ---


def list_attested_seniority(facts: AwardFacts, rule: AwardRule) -> list[AttestedSeniority]:
    """What counts of it for a row: for this unit its own only, for a category that one or all."""
    return [
        one
        for one in facts.attested_seniority
        if (rule.scope != "unit" or one.unit is None)
        and (rule.scope != "category" or one.category is None or one.category in rule.categories)
    ]


def find_seniority_start(facts: AwardFacts, rule: AwardRule, question: Question) -> date | None:
    """The day from which years count (R-081): the later of basic and special training, in the earliest category.

    An attested start counts too, the earlier of both. Where the policy requires no training and none is on file, years
    count from the first credited service. None: nothing is on file.
    """
    starts = [one.since for one in list_attested_seniority(facts, rule)]
    if facts.basic_on is not None:
        wanted = rule.categories if rule.scope == "category" else tuple(facts.special_on)
        starts += [max(facts.basic_on, facts.special_on[word]) for word in wanted if word in facts.special_on]
        if rule.scope != "category" and (question.category is None or not question.policy.require_training):
            starts.append(facts.basic_on)
    elif not question.policy.require_training:
        words = rule.categories
        starts += [one.day for one in facts.credits if rule.scope != "category" or one.category in words][:1]
    return date.fromordinal(min(starts)) if starts else None
