"""A row of the award catalogue: who may receive what, under which conditions, in which years (R-080).

Rule: conditions are data. What no figure shows is a condition to attest, in words for a person; it is never assumed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
RuleId = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")]
YearlyDate = Annotated[str, msgspec.Meta(pattern=r"\A(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")]
"""`12-31`: the same day every year."""
Year = Annotated[int, msgspec.Meta(ge=1990, le=2199)]
Years = Annotated[int, msgspec.Meta(ge=0, le=100)]
Hours = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
People = Annotated[int, msgspec.Meta(ge=1, le=100_000)]

Subject = Literal["individual", "family", "team"]
Scope = Literal["unit", "city", "category", "all"]
"""Whose hours count: those of this unit alone (R-031), of the city, of duties of some categories, or all."""
Proof = Literal["certificate", "record_book", "badge"]
"""What must be held: a performance certificate, a record book, the service certificate of the unit."""
Standard = Literal["reward_standard", "annual_required_hours"]
"""Hours that a parameter of the unit's policy sets, within a year (R-082)."""

SENIOR_AGE = 65
"""高齡: from the 65th birthday on (R-089, R-091)."""
MINUTES = 60


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One of several ways to earn an award; one without years or hours needs its attestation alone."""

    seniority_years: Years = 0
    continuous: bool = False
    """連續: without a gap longer than `max_gap_months` of the policy (R-081)."""
    hours_min: Hours = 0
    attest: Mapping[str, Text] = {}

    @property
    def is_attested_only(self) -> bool:
        """Whether a person's word is all that it rests on."""
        return not self.seniority_years and not self.hours_min


class AwardRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """An award as it is given in some years."""

    id: RuleId
    name: Text
    name_en: Text
    organiser: Text
    source: Text
    """Where the conditions are written: a section of the handbook, or a public source."""
    remark: Text | None = None
    effective_from: Year
    """The first application year, of the common era; the row that is valid on 1 January decides the year."""
    effective_to: Year | None = None
    """The last one; None: until another row follows."""
    subject: Subject = "individual"
    city: Text | None = None
    """The city that gives it."""
    scope: Scope = "all"
    categories: tuple[Text, ...] = ()

    seniority_years: Years = 0
    continuous: bool = False
    hours_min: Hours = 0
    either: tuple[Way, ...] = ()
    """Alternatives, instead of the three fields above."""
    standard: Standard | None = None
    age_min: Years | None = None
    count_from_65: bool = False
    """Years and hours count from the first of the month of the 65th birthday (R-091)."""
    hours_since_seniority: bool = False
    """Hours count from the day from which years count (R-089)."""
    hours_from: date | None = None
    counted_until: YearlyDate | None = None
    """`12-31`: hours count up to the latest such date; None: up to the day of the question."""
    apply_by: YearlyDate | None = None
    """`01-31`: the volunteer applies to the unit up to the next such date."""
    round_total: Literal["floor_to_half_hour"] | None = None
    """Applied once, to the total (R-034)."""
    needs: tuple[Proof, ...] = ()
    attest: Mapping[str, Text] = {}
    """Conditions that a person attests, by name: words for the list."""
    in_service: bool = True
    """Whether the volunteer must be in service on the day."""
    counted_once: bool = False
    """What was counted for one honor card is not counted for the next (R-083)."""
    once_per_life: bool = False
    cooldown_years: Years = 0
    valid_years: Years = 0
    """How long what is given is valid; 0: for good."""
    issue_days: Annotated[int, msgspec.Meta(ge=0, le=366)] = 0
    """Days from the application within which it is issued; 0: none are set (R-084)."""
    assessed_months: Annotated[int, msgspec.Meta(ge=0, le=24)] = 0
    """Candidates are those with an assessment of the last so many months, the best first (R-093)."""

    established_years: Years = 0
    members_min: People = 1
    insured_percent: Percent = 0
    record_book_percent: Percent = 0
    senior_percent: Percent = 0

    def list_ways(self) -> Sequence[Way]:
        """The alternatives; the row itself where it names none."""
        own = Way(seniority_years=self.seniority_years, continuous=self.continuous, hours_min=self.hours_min)
        return self.either or (own,)

    def list_conditions(self) -> list[str]:
        """The names of what a person attests, in any way."""
        return [*self.map_conditions()]

    def map_conditions(self) -> dict[str, str]:
        """The same with the words of each."""
        return {**self.attest, **{name: words for way in self.either for name, words in way.attest.items()}}

    def is_valid_in(self, year: int) -> bool:
        """Whether the row decides applications of a year (R-080)."""
        return self.effective_from <= year and (self.effective_to is None or year <= self.effective_to)


class Catalogue(msgspec.Struct, frozen=True):
    """The rows that come with the product, and those of the unit, which win."""

    built_in: Sequence[AwardRule]
    own: Sequence[AwardRule] = ()
    city: str | None = None
    """Where the unit is; None: not known, so that a person attests it."""
    left_out: frozenset[str] = frozenset()
    aliases: Mapping[str, Sequence[str]] = msgspec.field(default_factory=dict[str, Sequence[str]])
    """What the unit calls a category of the catalogue."""

    def list_rules(self, year: int) -> list[AwardRule]:
        """The rows that decide applications of a year, in the order of the files (R-080)."""
        own = {rule.id: rule for rule in self.own if rule.is_valid_in(year)}
        built_in = {rule.id: rule for rule in self.built_in if rule.is_valid_in(year)}
        merged = {**built_in, **own}.values()
        return [self._translate(rule) for rule in merged if self._is_wanted(rule)]

    def list_ids(self) -> list[str]:
        """Every award that any row names."""
        return list(dict.fromkeys(rule.id for rule in (*self.built_in, *self.own)))

    def list_versions(self, award: str) -> list[AwardRule]:
        """The rows of an award, of whatever years."""
        return [rule for rule in (*self.built_in, *self.own) if rule.id == award]

    def _is_wanted(self, rule: AwardRule) -> bool:
        is_elsewhere = self.city is not None and rule.city is not None and rule.city != self.city
        return rule.id not in self.left_out and not is_elsewhere

    def _translate(self, rule: AwardRule) -> AwardRule:
        """The row with the unit's own words for its categories."""
        words = (word for category in rule.categories for word in (category, *self.aliases.get(category, ())))
        return msgspec.structs.replace(rule, categories=tuple(words)) if rule.categories else rule


def find_overlap(rules: Iterable[AwardRule]) -> int | None:
    """The index of a row that decides a year which an earlier row of the same award decides too."""
    seen: list[AwardRule] = []
    for index, rule in enumerate(rules):
        last = rule.effective_to or max(rule.effective_from, 2199)
        same = (other for other in seen if other.id == rule.id)
        if any(other.effective_from <= last and rule.effective_from <= (other.effective_to or 2199) for other in same):
            return index
        seen.append(rule)
    return None
