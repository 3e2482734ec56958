"""Read model: the monthly statement, a line per volunteer, category and service item with its content (R-028)."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.model.entry_line import EntryLine
from domain.spans import Second
from projections.engine.day_source import DaySource
from projections.read_models.month_credit import MonthCredit, list_month_credit


class MonthLine(NamedTuple):
    """What a volunteer served in a month, of one kind of work."""

    volunteer: UUID
    category: str | None
    item: str | None
    content: str | None
    first: date
    last: date
    """The first and the last day with credit."""
    duties: int
    """Shifts, events and flexible days that began in the month."""
    minutes: int

    @property
    def work(self) -> tuple[UUID, str | None, str | None, str | None]:
        """Whose line, and of which work: every line has another one."""
        return self[:4]

    @property
    def entry(self) -> EntryLine:
        """As it is entered in a record book."""
        return EntryLine(self.first, self.last, self.category, self.item, self.content, self.minutes)


def list_month_lines(views: DaySource, month: date, as_of: Second | None = None) -> list[MonthLine]:
    """The lines of a month, by volunteer and work; `as_of` is the instant of views of the past."""
    return sum_month_lines(list_month_credit(views, month, as_of))


def sum_month_lines(credits_of_month: Iterable[MonthCredit]) -> list[MonthLine]:
    """Lines from what each account is worth."""
    groups: dict[tuple[UUID, str | None, str | None, str | None], list[MonthCredit]] = defaultdict(list)
    for credit in credits_of_month:
        groups[credit.volunteer, credit.category, credit.item, credit.content].append(credit)
    lines = [_sum_line(work, accounts) for work, accounts in groups.items()]
    return sorted(lines, key=lambda line: (line.volunteer, *(part or "" for part in line.work[1:])))


def _sum_line(work: tuple[UUID, str | None, str | None, str | None], accounts: list[MonthCredit]) -> MonthLine:
    days = [account.day for account in accounts]
    counted = {(account.kind, account.name) for account in accounts if account.kind == "event"}
    duties = len(counted) + sum(account.begins for account in accounts if account.kind != "event")
    return MonthLine(*work, min(days), max(days), duties, sum(account.minutes for account in accounts))


class HourSlip(NamedTuple):
    """What one slip says (R-029): one a month, and one for each event (R-023)."""

    volunteer: UUID
    event: str | None
    """None for the slip of the month."""
    lines: list[MonthLine]


def list_hour_slips(views: DaySource, month: date, as_of: Second | None = None) -> list[HourSlip]:
    """The slips of a month, by volunteer; `as_of` is the instant of views of the past."""
    slips: dict[tuple[UUID, str | None], list[MonthCredit]] = defaultdict(list)
    for credit in list_month_credit(views, month, as_of):
        slips[credit.volunteer, credit.name if credit.kind == "event" else None].append(credit)
    ordered = sorted(slips.items(), key=lambda slip: (slip[0][0], slip[0][1] or ""))
    return [HourSlip(*whose, sum_month_lines(accounts)) for whose, accounts in ordered]


def compute_month_totals(lines: Iterable[MonthLine]) -> dict[str, int]:
    """The figures of the unit."""
    found = list(lines)
    return {
        "volunteers": len({line.volunteer for line in found}),
        "duties": sum(line.duties for line in found),
        "minutes": sum(line.minutes for line in found),
    }


DIGEST_LENGTH = 32
"""Hexadecimal digits: 128 bits tell two states of one volunteer's month apart."""


def compute_line_digests(lines: Iterable[MonthLine]) -> Mapping[str, str]:
    """The digest of each volunteer's lines, by the id in hexadecimal digits."""
    written: dict[str, list[list[object]]] = defaultdict(list)
    for line in lines:
        work = [line.category, line.item, line.content]
        written[line.volunteer.hex].append(
            [*work, line.first.isoformat(), line.last.isoformat(), line.duties, line.minutes]
        )
    return {
        whose: hashlib.sha256(json.dumps(said).encode()).hexdigest()[:DIGEST_LENGTH] for whose, said in written.items()
    }
