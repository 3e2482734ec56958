"""The rows of the ministry's import file: one a volunteer, item, content and month, and what could not be written.

Rule: minutes are those of the month's lines, never rounded (R-030, R-034). What the table or the people store does not
know is listed with its reason and never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from domain.national_id import NotANationalId, WrongCheckDigit, parse_national_id
from kiosk.ministry.data_files import UnitCodes
from kiosk.people.volunteers import Details
from projections.read_models.allowances import AllowanceRow
from projections.read_models.month_credit import MonthCredit
from projections.read_models.served import ServedRow

HoleReason = Literal["no_item", "no_content", "unknown_item", "unknown_content", "unknown_post"]
PersonReason = Literal["no_name", "no_national_id", "bad_national_id", "wrong_check_digit", "erased"]


class Hole(NamedTuple):
    """A duty whose codes are not known."""

    kind: str
    name: str
    day: date
    reason: HoleReason
    text: str
    """What was written there: an item, a content, a post; empty where nothing was."""


class Unwritable(NamedTuple):
    """A volunteer who cannot stand in the file."""

    volunteer: UUID
    reason: PersonReason


class ShortWork(NamedTuple):
    """What was served too little of to make a row."""

    volunteer: UUID
    item: str
    content: str
    minutes: int


@dataclass
class MinistryRow:
    """A row before it is written; None is not known."""

    volunteer: UUID
    name: str
    national_id: str
    item: str
    content: str
    minutes: int
    served: int | None = None
    meal: int | None = None
    transport: int | None = None


@dataclass
class MinistryRows:
    """All rows of a month, and what is in none of them."""

    rows: list[MinistryRow] = field(default_factory=list[MinistryRow])
    holes: list[Hole] = field(default_factory=list[Hole])
    unwritable: list[Unwritable] = field(default_factory=list[Unwritable])
    too_short: list[ShortWork] = field(default_factory=list[ShortWork])
    served_elsewhere: int | None = None
    """People served whom no single volunteer served: they are in no row. None: nobody was recorded but in rows."""


class MonthFacts(NamedTuple):
    """What the read models say of a month."""

    credits: Sequence[MonthCredit]
    posts: Mapping[str, str]
    allowances: Sequence[AllowanceRow]
    """Those of the service days of the credits: the first may be of the month before."""
    served: Sequence[ServedRow]


WorkKey = tuple[UUID, str, str]
"""Volunteer, code of the item, code of the content."""


def build_ministry_rows(
    facts: MonthFacts, codes: UnitCodes, people: Mapping[UUID, Details], min_minutes: int
) -> MinistryRows:
    """The rows of a month. Pure. A volunteer whom `people` does not have is erased."""
    found = MinistryRows()
    works: dict[WorkKey, list[MonthCredit]] = defaultdict(list)
    for credit in facts.credits:
        work = _find_codes(credit, facts.posts.get(credit.name) if credit.kind == "shift" else None, codes)
        if isinstance(work, Hole):
            found.holes.append(work)
        else:
            works[credit.volunteer, *work].append(credit)
    named = _name_people({volunteer for volunteer, *_ in works}, people, found)
    sessions, allowances = SessionCounts(facts), _group_allowances(facts.allowances)
    for (volunteer, item, content), served in sorted(works.items()):
        minutes = sum(credit.minutes for credit in served)
        if volunteer in named and minutes < min_minutes:
            found.too_short.append(ShortWork(volunteer, item, content, minutes))
        elif volunteer in named:
            row = MinistryRow(volunteer, *named[volunteer], item, content, minutes)
            row.served = sessions.take(served)
            row.meal, row.transport = _sum_allowances(served, allowances)
            found.rows.append(row)
    found.served_elsewhere = sessions.sum_left()
    return found


# --- Codes ---


def _find_codes(credit: MonthCredit, post: str | None, codes: UnitCodes) -> tuple[str, str] | Hole:
    """The codes of a duty's item and content: as they were said, else of its post."""
    usual = codes.find_work(post)
    item, content = credit.item or (usual and usual.item), credit.content or (usual and usual.content)
    if (item is None or content is None) and post is not None and usual is None:
        return Hole(credit.kind, credit.name, credit.day, "unknown_post", post)
    if item is None or content is None:
        return Hole(credit.kind, credit.name, credit.day, "no_content" if item else "no_item", "")
    item_code, content_code = codes.find_code("items", item), codes.find_code("contents", content)
    if item_code is None:
        return Hole(credit.kind, credit.name, credit.day, "unknown_item", item)
    if content_code is None:
        return Hole(credit.kind, credit.name, credit.day, "unknown_content", content)
    return item_code, content_code


# --- People ---


def _name_people(
    volunteers: Iterable[UUID], people: Mapping[UUID, Details], found: MinistryRows
) -> dict[UUID, tuple[str, str]]:
    """Name and national ID of those who have both."""
    named: dict[UUID, tuple[str, str]] = {}
    for volunteer in sorted(volunteers):
        details = people.get(volunteer)
        reason, number = _check_person(details)
        if details is None or details.name is None or reason:
            found.unwritable.append(Unwritable(volunteer, reason or "no_name"))
        else:
            named[volunteer] = details.name, number
    return named


def _check_person(details: Details | None) -> tuple[PersonReason | None, str]:
    """Why a person cannot be written, or None and the national ID (R-014)."""
    if details is None:
        return "erased", ""
    if details.name is None:
        return "no_name", ""
    if details.national_id is None:
        return "no_national_id", ""
    try:
        return None, parse_national_id(details.national_id)
    except WrongCheckDigit:
        return "wrong_check_digit", ""
    except NotANationalId:
        return "bad_national_id", ""


# --- Figures of a row ---


class SessionCounts:
    """The counts of people served, each of which stands in one row at most (R-104)."""

    def __init__(self, facts: MonthFacts) -> None:
        servers: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        for credit in facts.credits:
            servers[credit.kind, credit.name].add(credit.volunteer)
        self._left = list(facts.served)
        self._single = {session for session, whose in servers.items() if len(whose) == 1}
        """Shifts and events that one volunteer served: whom they served is in that volunteer's row."""

    def take(self, served: Sequence[MonthCredit]) -> int | None:
        """The people of these duties, where nobody else served them; None where nobody was counted."""
        sessions = {(credit.kind, credit.name) for credit in served} & self._single
        taken = [count for count in self._left if (count.kind, count.name) in sessions]
        self._left = [count for count in self._left if count not in taken]
        return _sum_known(count.people for count in taken)

    def sum_left(self) -> int | None:
        """The people who stand in no row."""
        return _sum_known(count.people for count in self._left)


DutyKey = tuple[UUID, str, str, date]
"""Volunteer, kind, shift or event, service day."""


def _group_allowances(allowances: Iterable[AllowanceRow]) -> Mapping[DutyKey, Sequence[AllowanceRow]]:
    earned: dict[DutyKey, list[AllowanceRow]] = defaultdict(list)
    for row in allowances:
        earned[row.volunteer, row.kind, row.name, row.day].append(row)
    return earned


def _sum_allowances(
    served: Iterable[MonthCredit], earned: Mapping[DutyKey, Sequence[AllowanceRow]]
) -> tuple[int | None, int | None]:
    """What these duties earned for meals and for transport; None where nothing, or no amount is known (R-070).

    A duty over the end of a month earns it in the month in which it begins.
    """
    duties = {(credit.volunteer, credit.kind, credit.name, credit.service_day) for credit in served if credit.begins}
    rows = [row for duty in duties for row in earned.get(duty, ())]
    return _sum_known(row.meal for row in rows), _sum_known(row.transport for row in rows)


def _sum_known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
