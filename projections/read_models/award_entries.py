"""Read model: what was entered about awards, by volunteer, for families and the team; cards and certificates of all."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from projections.engine.stored_values import read_day, read_id, read_ids
from projections.engine.views import Views


class CertificateRow(NamedTuple):
    """A certificate that was issued."""

    position: int
    volunteer: UUID
    applied_on: date
    issued_on: date
    first_day: date
    last_day: date
    minutes: int


def list_certificates(views: Views) -> list[CertificateRow]:
    """Those issued and not taken back, the latest first."""
    return [
        CertificateRow(row[0], read_id(row[1]), *(read_day(day) for day in row[2:6]), minutes=row[6])
        for row in views.rows(_ISSUED)
    ]


_ISSUED = """
SELECT position, p.volunteer, applied, issued, first, last, minutes FROM certificates c
JOIN people p ON p.key = c.volunteer ORDER BY issued DESC, position DESC
"""


class HonorCardRow(NamedTuple):
    """An honor card that was granted (R-083)."""

    position: int
    volunteer: UUID
    approved_on: date
    expires_on: date
    counted_through: date


def list_honor_cards(views: Views) -> list[HonorCardRow]:
    """Those granted and not taken back, the latest first."""
    return [HonorCardRow(position, read_id(who), *map(read_day, days)) for position, who, *days in views.rows(_CARDS)]


_CARDS = """
SELECT position, p.volunteer, approved, expires, counted_through FROM honor_cards c
JOIN people p ON p.key = c.volunteer ORDER BY approved DESC, position DESC
"""


class AwardEntry(NamedTuple):
    """An entry of a volunteer's ledger that counts."""

    position: int
    kind: str
    """`grant`, `card`, `certificate`, `hours`, `seniority` or `condition`."""
    first: date | None
    """The day of a grant; of a card its approval; the first day of a period."""
    last: date | None
    minutes: int | None
    text: str | None
    """The award, with the condition; the unit that attested hours are of."""


def list_award_entries(views: Views, volunteer: int) -> list[AwardEntry]:
    """The entries of a volunteer, by key, the latest first."""
    return [
        AwardEntry(position, kind, _find_date(first), _find_date(last), minutes, text)
        for position, kind, first, last, minutes, text in views.rows(_ENTRIES, {"volunteer": volunteer})
    ]


def _find_date(day: int | None) -> date | None:
    return None if day is None else read_day(day)


_ENTRIES = """
SELECT position, 'grant', day, NULL, NULL, award FROM award_grants WHERE volunteer = :volunteer
UNION ALL SELECT position, 'card', approved, expires, NULL, NULL FROM honor_cards WHERE volunteer = :volunteer
UNION ALL SELECT position, 'certificate', first, last, minutes, NULL FROM certificates WHERE volunteer = :volunteer
UNION ALL SELECT position, 'hours', first, last, minutes, unit FROM attested_hours WHERE volunteer = :volunteer
UNION ALL SELECT position, 'seniority', since, until, NULL, unit FROM attested_seniority WHERE volunteer = :volunteer
UNION ALL SELECT position, 'condition', NULL, NULL, NULL, award || ' ' || condition FROM attested_conditions
WHERE volunteer = :volunteer ORDER BY position DESC
"""


class GroupRow(NamedTuple):
    """An entry about a family or the team that counts."""

    position: int
    kind: str
    """`family`, `team` or `team_award`."""
    text: str | None
    """The name of the family, the award."""
    day: date | None
    """Since when there is a team, when it received the award."""
    members: list[UUID]
    """Of the family."""


def list_group_entries(views: Views) -> list[GroupRow]:
    """What is on file of families and the team, the latest first."""
    return [
        GroupRow(position, kind, text, _find_date(day), read_ids(members))
        for position, kind, text, day, members in views.rows(_GROUPS)
    ]


_GROUPS = """
SELECT position, 'family', family, NULL, members FROM families
UNION ALL SELECT position, 'team', NULL, established, '[]' FROM teams
UNION ALL SELECT position, 'team_award', award, day, '[]' FROM award_grants WHERE volunteer IS NULL
ORDER BY position DESC
"""
