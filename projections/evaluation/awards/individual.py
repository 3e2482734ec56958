"""Whether a volunteer may receive an award on a day: years, age, hours, proofs, what was received, what is to attest.

Rule: of several ways the best decides. Nothing is rounded before it is compared, but where the row says so (R-034);
what is not on file is to be attested, and never counts as missing or as given.
"""

from collections.abc import Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from domain.calendar import add_years
from projections.evaluation.awards.dates import find_next, find_start_of_continuity
from projections.evaluation.awards.facts import AwardFacts, Question
from projections.evaluation.awards.hours import EVER, ScopedHours
from projections.evaluation.awards.results import AwardResult, Block, Lack
from projections.evaluation.awards.rules import MINUTES, AwardRule, Way
from projections.evaluation.awards.windows import Window, find_standard, find_window

HALF_HOUR = 30


class WayResult(msgspec.Struct):
    """What one way comes to."""

    lacks: list[Lack]
    met_on: date | None
    attest: Mapping[str, str]
    is_only_attested: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """The best way first: met, then to be attested, then the one that lacks least."""
        return (0 if not self.lacks and not self.attest else 1 if not self.lacks else 2), len(self.lacks)


class IndividualEvaluation:
    """The awards of one volunteer on a day."""

    def __init__(self, facts: AwardFacts, question: Question) -> None:
        self.facts = facts
        self._question = question
        self._hours = ScopedHours(facts)

    @property
    def hours(self) -> ScopedHours:
        """The hours, in every scope."""
        return self._hours

    def evaluate(self, rule: AwardRule) -> AwardResult:
        """One award."""
        window = find_window(rule, self.facts, self._question)
        minutes = self._sum_minutes(rule, window)
        ways = [self._evaluate_way(rule, way, window, minutes) for way in self._list_ways(rule)]
        alternatives = [way for way in ways if way.is_only_attested and way.attest]
        best = min([way for way in ways if way not in alternatives] or ways, key=lambda way: way.rank)
        lacks, unknown = self._check_person(rule)
        attest = {**self._list_unattested(rule, rule.attest), **best.attest, **unknown}
        lacks = (*best.lacks, *lacks)
        status = "short" if lacks else "attest" if attest else "met"
        result = AwardResult(
            rule,
            status,
            self.facts.volunteer,
            lacks=lacks,
            attest=attest,
            alternatives={name: words for way in alternatives for name, words in way.attest.items()},
            met_on=self._find_met_on(rule, best, lacks),
            minutes=minutes,
            duties=self._count_duties(rule, window),
            counted_from=window.hours_from,
            counted_until=window.hours_until,
            seniority_from=window.seniority_from,
            apply_by=find_next(rule.apply_by, self._question.at) if rule.apply_by else None,
            score=self._find_score(rule),
        )
        return self._apply_blocks(rule, result)

    # --- Years and hours ---

    def _list_ways(self, rule: AwardRule) -> list[Way]:
        """The ways; that of a standard takes its hours from the policy (R-082)."""
        if rule.standard is None:
            return list(rule.list_ways())
        return [Way(hours_min=0)]

    def _sum_minutes(self, rule: AwardRule, window: Window) -> int:
        since = window.hours_from.toordinal() if window.hours_from else EVER
        minutes = self._hours.sum_since(rule, since).sum_until(window.hours_until.toordinal())
        return minutes // HALF_HOUR * HALF_HOUR if rule.round_total else minutes

    def _evaluate_way(self, rule: AwardRule, way: Way, window: Window, minutes: int) -> WayResult:
        attest = self._list_unattested(rule, way.attest)
        found = WayResult([], None, attest, way.is_attested_only and bool(way.attest))
        required = find_standard(rule, self._question).minutes if rule.standard else way.hours_min * MINUTES
        days: list[date] = []
        if minutes < required:
            found.lacks.append(Lack("hours", minutes=required - minutes))
        elif required:
            since = window.hours_from.toordinal() if window.hours_from else EVER
            reached = self._hours.sum_since(rule, since).find_reached(required)
            days += [date.fromordinal(reached)] if reached else []
        elif rule.scope == "category" and not minutes and not found.is_only_attested:
            found.lacks.append(Lack("service"))
        if way.seniority_years:
            self._check_seniority(rule, way, window, found.lacks, days)
        if not any(lack.until is None for lack in found.lacks):
            found.met_on = max(days, default=None)
        return found

    def _check_seniority(self, rule: AwardRule, way: Way, window: Window, lacks: list[Lack], days: list[date]) -> None:
        """Add when the years are complete, and what lacks of them."""
        start, at = window.seniority_from, self._question.at
        if start is None:
            lacks.append(Lack("training"))
            return
        if way.continuous:
            gap = self._question.policy.max_gap_months
            served = self._hours.list_served(rule)
            begin = find_start_of_continuity(start.toordinal(), served, at.toordinal(), gap)
            if begin is None:
                lacks.append(Lack("continuity"))
                return
            start = date.fromordinal(begin)
        complete = add_years(start, way.seniority_years)
        days.append(complete)
        if at < complete:
            lacks.append(Lack("seniority", until=complete))

    def _find_met_on(self, rule: AwardRule, best: WayResult, lacks: tuple[Lack, ...]) -> date | None:
        """From which day on the computed part is met; None where no figure decides, or some lack has no day."""
        if any(lack.until is None for lack in lacks):
            return None
        days = [lack.until for lack in lacks if lack.until] + ([best.met_on] if best.met_on else [])
        if rule.age_min is not None and self.facts.birth_date:
            days.append(add_years(self.facts.birth_date, rule.age_min))
        return max(days, default=None)

    def _count_duties(self, rule: AwardRule, window: Window) -> int | None:
        if not rule.standard or not window.hours_from:
            return None
        return self._hours.count_duties(window.hours_from.toordinal(), window.hours_until.toordinal())

    # --- Age, proofs, assessment ---

    def _check_person(self, rule: AwardRule) -> tuple[list[Lack], dict[str, str]]:
        """What lacks of age, proofs and assessment, and what is not on file."""
        lacks: list[Lack] = []
        unknown: dict[str, str] = {}
        if rule.age_min is not None:
            self._check_age(rule.age_min, lacks, unknown)
        for proof in rule.needs:
            held = self._is_held(proof)
            if held is None:
                unknown[proof] = ""
            elif not held:
                lacks.append(Lack(proof))
        if rule.assessed_months and self._find_score(rule) is None:
            lacks.append(Lack("assessment"))
        if rule.city is not None and self._question.city is None:
            unknown["city"] = rule.city
        return lacks, unknown

    def _check_age(self, age: int, lacks: list[Lack], unknown: dict[str, str]) -> None:
        born = self.facts.birth_date
        if born is None:
            unknown["birth_date"] = ""
        elif (turning := add_years(born, age)) > self._question.at:
            lacks.append(Lack("age", until=turning))

    def _is_held(self, proof: str) -> bool | None:
        """Whether a proof is held; a certificate of another unit counts as one of this unit (R-096)."""
        if proof == "record_book":
            return self.facts.has_record_book
        if proof == "badge":
            return self.facts.has_badge
        issued = any(day <= self._question.at for day in self.facts.certificates)
        return issued or any(one.proof == "certificate" for one in self.facts.attested_hours)

    def _find_score(self, rule: AwardRule) -> float | None:
        """The latest score of the months before the day (R-093)."""
        if not rule.assessed_months:
            return None
        at = self._question.at
        months = [at.year * 12 + at.month - (end.year * 12 + end.month) for end, _ in self.facts.scores if end <= at]
        scores = [score for end, score in self.facts.scores if end <= at]
        recent = [score for month, score in zip(months, scores, strict=True) if month <= rule.assessed_months]
        return recent[-1] if recent else None

    def _list_unattested(self, rule: AwardRule, conditions: Mapping[str, str]) -> dict[str, str]:
        return {name: words for name, words in conditions.items() if (rule.id, name) not in self.facts.conditions}

    # --- What was received ---

    def _apply_blocks(self, rule: AwardRule, result: AwardResult) -> AwardResult:
        block, until = self._find_block(rule)
        return replace(result, status="blocked", blocked_by=block, blocked_until=until) if block else result

    def _find_block(self, rule: AwardRule) -> tuple[Block | None, date | None]:
        if rule.in_service and not self.facts.is_in_service:
            return "not_in_service", None
        received = [grant.on for grant in self.facts.grants if grant.award == rule.id and grant.on <= self._question.at]
        if received and rule.once_per_life:
            return "received", None
        if received and rule.cooldown_years:
            until = add_years(max(received), rule.cooldown_years)
            if self._question.at < until:
                return "received_lately", until
        return None, None
