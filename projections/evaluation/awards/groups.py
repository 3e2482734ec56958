"""Whether a family or the team of the unit may receive an award on a day (R-087, R-088, R-092, R-098).

Rule: shares are compared exactly, as whole numbers; a figure that is not on file is to be attested.
"""

from collections.abc import Sequence
from datetime import date

from domain.calendar import add_years
from projections.evaluation.awards.facts import FamilyFacts, Grant, Question, TeamFacts
from projections.evaluation.awards.individual import IndividualEvaluation
from projections.evaluation.awards.results import AwardResult, Lack, LackKind, Status
from projections.evaluation.awards.rules import AwardRule

HUNDRED = 100


def evaluate_family(rule: AwardRule, family: FamilyFacts, question: Question) -> AwardResult:
    """Every member meets the conditions of the row; their relation was attested with the family (R-088)."""
    results = [IndividualEvaluation(member, question).evaluate(rule) for member in family.members]
    lacks = [lack._replace(volunteer=result.volunteer) for result in results for lack in result.lacks]
    if len(results) < rule.members_min:
        lacks.append(Lack("members", people=rule.members_min - len(results)))
    attest = {name: words for result in results for name, words in result.attest.items()}
    blocked = next((result for result in results if result.status == "blocked"), None)
    met = [result.met_on for result in results if result.met_on]
    return AwardResult(
        rule,
        "blocked" if blocked else find_status(lacks, attest),
        group=family.family,
        lacks=tuple(lacks),
        attest=attest,
        met_on=max(met) if len(met) == len(results) and met else None,
        blocked_by=blocked and blocked.blocked_by,
        blocked_until=blocked and blocked.blocked_until,
    )


def evaluate_team(rule: AwardRule, team: TeamFacts, question: Question, grants: Sequence[Grant] = ()) -> AwardResult:
    """The team as it is on the day; `grants` are the awards that it received."""
    lacks: list[Lack] = []
    attest = dict(rule.attest)
    met_on = _check_establishment(rule, team, question.at, lacks, attest)
    if team.members < rule.members_min:
        lacks.append(Lack("members", people=rule.members_min - team.members))
    for kind, percent, count in _list_shares(rule, team):
        if percent and count is None:
            attest[kind] = ""
        elif percent and count is not None and (missing := _count_missing(percent, count, team.members)):
            lacks.append(Lack(kind, people=missing))
    if rule.city is not None and question.city is None:
        attest["city"] = rule.city
    received = [grant.on for grant in grants if grant.award == rule.id and grant.on <= question.at]
    if received and rule.once_per_life:
        return AwardResult(rule, "blocked", lacks=tuple(lacks), attest=attest, blocked_by="received")
    return AwardResult(rule, find_status(lacks, attest), lacks=tuple(lacks), attest=attest, met_on=met_on)


def find_status(lacks: Sequence[Lack], attest: object) -> Status:
    """What lacks decides before what is to be attested."""
    return "short" if lacks else "attest" if attest else "met"


def _check_establishment(
    rule: AwardRule, team: TeamFacts, at: date, lacks: list[Lack], attest: dict[str, str]
) -> date | None:
    """When the team is old enough."""
    if not rule.established_years:
        return None
    if team.established_on is None:
        attest["established"] = ""
        return None
    complete = add_years(team.established_on, rule.established_years)
    if at < complete:
        lacks.append(Lack("established", until=complete))
    return complete


def _list_shares(rule: AwardRule, team: TeamFacts) -> list[tuple[LackKind, int, int | None]]:
    return [
        ("insured", rule.insured_percent, team.insured),
        ("record_books", rule.record_book_percent, team.with_record_book),
        ("seniors", rule.senior_percent, team.seniors),
    ]


def _count_missing(percent: int, count: int, members: int) -> int:
    """How many members more it takes: 16 of 19 are 84.2 %, 15 are 78.9 % and one too few for 80 % (R-087)."""
    required = -(-percent * members // HUNDRED)
    return max(0, required - count)
