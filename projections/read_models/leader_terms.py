"""Read model: the terms of the team's leader and deputy (R-046), derived from elections and the policy.

Rule: a term ends the day before it would begin again so many years later, and at the latest when the next one begins;
before that on the day on which its holder stepped down, or on which their agreement ended.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.model.standing import StandingChange, find_standing
from domain.policy import Policies, Policy
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id
from projections.read_models.volunteers import load_standing_changes


class Election(NamedTuple):
    """An election that counts."""

    role: str
    """`leader` or `deputy`."""
    since: date
    volunteer: UUID
    by_election: bool
    last_day: date | None = None
    """Of a person who stepped down or left; None: the whole term. Where it is before `since`, no term begins."""


class LeaderTerm(NamedTuple):
    """One term of one person."""

    role: str
    volunteer: UUID
    since: date
    until: date
    """The last day of the term."""
    full_until: date
    """As the policy of its first day has it, whether or not its holder stays so long."""
    terms_in_row: int
    """Which term in a row of this person it is, from 1; the rest of another one's term is none."""
    is_one_too_many: bool
    """More in a row than the policy allows: to be looked at by a person."""


def list_leader_terms(views: RowSource, policies: Policies) -> list[LeaderTerm]:
    """All terms, by role and first day."""
    return build_terms(list_elections(views), policies)


def build_terms(elections: Sequence[Election], policies: Policies) -> list[LeaderTerm]:
    """The terms that follow from elections, which are sorted by role and first day. Pure."""
    terms: list[LeaderTerm] = []
    for elected in elections:
        if elected.last_day and elected.last_day < elected.since:
            continue
        before = terms[-1] if terms and terms[-1].role == elected.role else None
        policy = policies.on(elected.since.toordinal())
        is_rest = elected.by_election and policy.by_election_term == "remaining"
        end = _find_end(elected, before if is_rest else None, policy)
        is_again = before is not None and before.volunteer == elected.volunteer
        in_row = (before.terms_in_row if before and is_again else 0) + (0 if is_rest and not is_again else 1)
        too_many = in_row > policy.leader_terms_max
        until = min(end, elected.last_day or end)
        terms.append(LeaderTerm(elected.role, elected.volunteer, elected.since, until, end, in_row, too_many))
    return terms


def _find_end(elected: Election, before: LeaderTerm | None, policy: Policy) -> date:
    """The last day of a term: of its own, or of the one whose rest it is."""
    if before and before.full_until >= elected.since:
        return before.full_until
    year = elected.since.year + policy.leader_term_years
    try:
        return elected.since.replace(year=year) - timedelta(days=1)
    except ValueError:  # a 29 February, in a year without one
        return date(year, 2, 28)


def list_elections(views: RowSource) -> list[Election]:
    """The elections that count, by role, the leader's first, and day."""
    turns = load_standing_changes(views)
    query = (
        "SELECT role, since, p.volunteer, by_election, ended, p.key FROM elections e"
        " JOIN people p ON p.key = e.volunteer ORDER BY role DESC, since"
    )
    return [
        Election(
            role,
            read_day(since),
            read_id(volunteer),
            bool(by_election),
            _find_last_day(since, ended, turns[key]),
        )
        for role, since, volunteer, by_election, ended, key in views.rows(query)
    ]


def _find_last_day(since: int, ended: int | None, turns: Sequence[StandingChange]) -> date | None:
    """When they stepped down, or their agreement ended and none followed the next day, whichever was first."""
    days = [] if ended is None else [ended]
    ends = {turn.day for turn in turns if turn.kind == "ended"}
    days += [day for day in ends if day >= since and find_standing(turns, day + 1) == "agreement_ended"]
    if find_standing(turns, since) == "agreement_ended":
        days.append(since - 1)
    return read_day(min(days)) if days else None
