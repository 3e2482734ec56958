"""Read model: what awards are decided from, volunteer by volunteer, one of them in memory at a time (R-080).

Rule: what identifies a person, and what other ledgers hold, is handed in; what is not known stays None.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, cast
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.calendar import add_years
from domain.model.standing import StandingChange, find_standing
from projections.engine.noted_policies import RulesInForce
from projections.engine.row_source import RowSource
from projections.engine.stored_values import read_day, read_id, read_ids
from projections.evaluation.awards.facts import (
    AttestedHours,
    AttestedSeniority,
    AwardFacts,
    Credit,
    Grant,
    HonorCard,
    TeamFacts,
)
from projections.evaluation.awards.rules import SENIOR_AGE
from projections.read_models.badges import load_badge_states
from projections.read_models.day_filter import FIRST_DAY, LAST_DAY
from projections.read_models.insurance import load_covers
from projections.read_models.record_books import load_book_statuses

_make: Any = cast("Any", tuple).__new__
"""A named tuple from a row whose columns are its fields. Measured: half the time of calling its class."""


class PeopleOnFile(msgspec.Struct, frozen=True):
    """What is known of volunteers beside the log of their service; None: of nobody it is known."""

    birth_dates: Mapping[UUID, date] = msgspec.field(default_factory=dict[UUID, date])
    with_record_book: AbstractSet[UUID] | None = None
    with_badge: AbstractSet[UUID] | None = None
    insured: AbstractSet[UUID] | None = None
    erased: AbstractSet[UUID] = frozenset()
    """They are asked about no more."""


def read_award_facts(
    views: RowSource, unit: RulesInForce, at: date, people: PeopleOnFile, volunteer: int | None = None
) -> Iterator[AwardFacts]:
    """Everybody who was ever enrolled, or one volunteer by key; whether in service is as of a day."""
    views.ensure_intact(FIRST_DAY, LAST_DAY, volunteer)
    ledgers = _Ledgers.load(views, unit, "" if volunteer is None else f"WHERE volunteer = {volunteer:d}")
    of_one = "" if volunteer is None else f"AND volunteer = {volunteer:d}"
    credited = groupby(views.rows(_CREDITS.format(of_one=of_one)), itemgetter(0))
    waiting = next(credited, None)
    query = f"SELECT volunteer, id FROM ({_ENROLLED}) WHERE TRUE {of_one} ORDER BY volunteer"
    for key, stored in list(views.rows(query)):
        while waiting is not None and waiting[0] < key:
            waiting = next(credited, None)
        credits_of: list[Credit] = []
        if waiting is not None and waiting[0] == key:
            credits_of = [_make(Credit, row[1:]) for row in waiting[1]]
            waiting = next(credited, None)
        who = read_id(stored)
        if who not in people.erased:
            yield ledgers.build_facts(key, who, credits_of, at, people)


_CREDITS = """
SELECT volunteer, day, category, seconds / 60, NULL FROM duties WHERE seconds > 0 {of_one}
UNION ALL SELECT volunteer, day, category, seconds / 60, iif(kind = 'event', key, NULL) FROM earned
WHERE TRUE {of_one} ORDER BY 1, 2
"""
_ENROLLED = "SELECT key AS volunteer, volunteer AS id FROM people WHERE mode IS NOT NULL"

_HOURS = """
SELECT volunteer, first, last, minutes, unit, category, city, proof FROM attested_hours {whose} ORDER BY last, position
"""
_CARDS = """
SELECT volunteer, approved, expires, counted_through FROM honor_cards {whose} ORDER BY approved, position
"""

Rows = Mapping[int, list[Any]]


class _Ledgers(msgspec.Struct, frozen=True):
    """What is on file, by the key of the volunteer."""

    turns: Rows
    trainings: Rows
    hours: Rows
    seniority: Rows
    grants: Rows
    cards: Rows
    certificates: Rows
    conditions: Rows
    scores: Rows

    @classmethod
    def load(cls, views: RowSource, unit: RulesInForce, whose: str) -> "_Ledgers":
        """Each table once; `whose` narrows them, as a clause of SQL."""

        def load_rows(query: str) -> Rows:
            found: dict[int, list[Any]] = defaultdict(list)
            for key, *row in views.rows(query.format(whose=whose)):
                found[key].append(row)
            return found

        trainings = load_rows("SELECT volunteer, kind, category, day, instant FROM trainings {whose} ORDER BY position")
        for rows in trainings.values():
            for row in rows:
                row[2] = unit.days.ordinal(row[3]) if row[2] is None else row[2]
        return cls(
            load_rows("SELECT volunteer, kind, day, recorded FROM turns {whose} ORDER BY position"),
            trainings,
            load_rows(_HOURS),
            load_rows(
                "SELECT volunteer, since, until, unit, category FROM attested_seniority {whose} ORDER BY position"
            ),
            load_rows("SELECT volunteer, award, day FROM award_grants {whose} ORDER BY position"),
            load_rows(_CARDS),
            load_rows("SELECT volunteer, issued FROM certificates {whose} ORDER BY position"),
            load_rows("SELECT volunteer, award, condition FROM attested_conditions {whose} ORDER BY position"),
            load_rows("SELECT volunteer, period_end, score FROM assessments {whose} ORDER BY period_end"),
        )

    def build_facts(self, key: int, who: UUID, credited: list[Credit], at: date, people: PeopleOnFile) -> AwardFacts:
        """One volunteer."""
        trainings = self.trainings.get(key, ())
        special: dict[str, int] = {}
        for kind, category, day, _ in trainings:
            if kind == "special" and category is not None:
                special[category] = min(day, special.get(category, day))
        turns = (StandingChange(*row) for row in self.turns.get(key, ()))
        return AwardFacts(
            who,
            credited,
            min((day for kind, _, day, _ in trainings if kind == "basic"), default=None),
            special,
            [AttestedHours(*row) for row in self.hours.get(key, ())],
            [AttestedSeniority(*row) for row in self.seniority.get(key, ())],
            [Grant(award, read_day(day)) for award, day in self.grants.get(key, ())],
            [HonorCard(*map(read_day, row)) for row in self.cards.get(key, ())],
            [read_day(issued) for (issued,) in self.certificates.get(key, ())],
            frozenset((award, condition) for award, condition in self.conditions.get(key, ())),
            [(read_day(end), score) for end, score in self.scores.get(key, ())],
            find_standing(turns, at.toordinal()) == "in_service",
            people.birth_dates.get(who),
            _is_among(who, people.with_record_book),
            _is_among(who, people.with_badge),
        )


def _is_among(who: UUID, known: AbstractSet[UUID] | None) -> bool | None:
    return None if known is None else who in known


# --- What other ledgers hold ---


def load_proofs(views: RowSource, at: date, people: PeopleOnFile) -> PeopleOnFile:
    """The same with who holds a record book and a badge and who is insured on a day.

    Where a ledger has no entry at all it is not kept, and what it would say stays unknown.
    """
    day = at.toordinal()
    books, badges, covers = load_book_statuses(views, day), load_badge_states(views, day), load_covers(views)
    ids = {key: read_id(stored) for key, stored in views.rows("SELECT key, volunteer FROM people")}
    return replace(
        people,
        with_record_book={ids[key] for key, status in books.items() if status == "held"} if books else None,
        with_badge={ids[key] for key, state in badges.items() if state.status == "held"} if badges else None,
        insured={ids[key] for key, found in covers.items() if any(one.includes(day) for one in found)}
        if covers
        else None,
    )


# --- Families and the team ---


def list_families(views: RowSource) -> dict[str, list[UUID]]:
    """The members of each family, as attested last (R-088)."""
    rows = views.rows("SELECT family, members FROM families ORDER BY position")
    return {family: read_ids(members) for family, members in rows}


def list_team_grants(views: RowSource) -> list[Grant]:
    """The awards that the team received."""
    rows = views.rows("SELECT award, day FROM award_grants WHERE volunteer IS NULL ORDER BY position")
    return [Grant(award, read_day(day)) for award, day in rows]


def build_team(views: RowSource, members: Iterable[UUID], at: date, people: PeopleOnFile) -> TeamFacts:
    """The team on a day: `members` are those in service (R-087, R-092)."""
    team = set(members)
    established = next(views.rows("SELECT established FROM teams ORDER BY position DESC LIMIT 1"), None)
    ages = [people.birth_dates.get(member) for member in team]
    return TeamFacts(
        len(team),
        read_day(established[0]) if established else None,
        None if people.insured is None else len(team & people.insured),
        None if people.with_record_book is None else len(team & people.with_record_book),
        None if None in ages else sum(born is not None and add_years(born, SENIOR_AGE) <= at for born in ages),
    )
