"""Volunteers as awards see them, in one line: hours by day, trainings, cards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.policy import Policy
from kiosk.awards.catalogue import load_catalogue
from projections.evaluation.awards.facts import AwardFacts, Credit, Question
from projections.evaluation.awards.individual import IndividualEvaluation
from projections.evaluation.awards.results import AwardResult
from projections.evaluation.awards.rules import AwardRule
from tests.support.people import ANN, CATEGORY

CERTIFIED: dict[str, Any] = {"certificates": [date(2025, 1, 1)]}
ALL_HELD: Mapping[str, Any] = {"has_record_book": True, "has_badge": True}


def day(text: str) -> date:
    return date.fromisoformat(text)


def find_rule(award: str, year: int = 2026) -> AwardRule:
    return next(rule for rule in load_catalogue().list_rules(year) if rule.id == award)


def hours(total: float, until: str, category: str | None = CATEGORY, since: str | None = None) -> list[Credit]:
    """So many hours: the last duty on `until`; with `since`, the rest spread over every 30 days before."""
    minutes, last = round(total * 60), day(until).toordinal()
    if since is None:
        return [Credit(last, category, minutes)]
    days = [*range(day(since).toordinal(), last, 30), last]
    share, rest = divmod(minutes, len(days))
    return [Credit(one, category, share + (rest if one == last else 0)) for one in days]


def volunteer(trained: str | None, credited: list[Credit], category: str = CATEGORY, **more: Any) -> AwardFacts:
    """Ann, trained on a day in both trainings, with these credits."""
    on = None if trained is None else day(trained).toordinal()
    special = {} if on is None else {category: on}
    return AwardFacts(ANN, credited, on, special, **{**ALL_HELD, **more})


def ask(at: str, city: str | None = "臺北市", **policy: Any) -> Question:
    """A question on a day, of a unit in Taipei."""
    return Question(day(at), replace_policy(policy), CATEGORY, city)


def replace_policy(changes: Mapping[str, Any]) -> Policy:
    return Policy(**changes)


def evaluate(award: str, facts: AwardFacts, at: str, **policy: Any) -> AwardResult:
    """One award of the catalogue on a day."""
    return IndividualEvaluation(facts, ask(at, **policy)).evaluate(find_rule(award, day(at).year))


def lacking(result: AwardResult) -> list[tuple[object, ...]]:
    """What lacks, without the empty fields."""
    return [tuple(value for value in lack if value is not None) for lack in result.lacks]


def attest(award: str, *conditions: str) -> dict[str, Any]:
    """What a person has said of the conditions of an award."""
    return {"conditions": frozenset((award, condition) for condition in conditions)}
