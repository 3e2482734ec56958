"""The list of allowances of a month: who earned how many, and what is paid (R-070). It computes no wage."""

from collections import defaultdict
from uuid import UUID

from domain.months import find_last_day
from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow
from kiosk.documents.document_type import Arguments, DocumentType
from kiosk.documents.month import MONTH_ARGUMENT, find_month
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.allowances import ALLOWANCES, AllowanceWords, find_allowance_words
from projections.read_models.allowances import AllowanceRow, list_allowances
from projections.read_models.day_filter import DayFilter


def build_allowance_list(source: DocumentSource, arguments: Arguments) -> Document:
    """A row a volunteer; an amount that the policy does not name is not known."""
    month, words = find_month(arguments), find_allowance_words()
    period, policies = (month, find_last_day(month)), source.unit.policies
    earned: dict[UUID, list[AllowanceRow]] = defaultdict(list)
    for row in list_allowances(source.views, policies, DayFilter(*period)):
        earned[row.volunteer].append(row)
    numbers = source.people.load_numbers()
    order = sorted(earned, key=lambda volunteer: (numbers.get(volunteer, "\U0010ffff"), volunteer))
    rows: list[TableRow] = [_build_row(volunteer, earned[volunteer]) for volunteer in order]
    remarks = [words.rule.format(minutes=policies.on(period[1].toordinal()).allowance_min_minutes)]
    if any(row["amount"] is None for row in rows):
        remarks.append(words.no_amount)
    signed = [words.coordinator, words.accountant, words.head]
    table = Table("allowances", words.title, _list_columns(words), rows, () if rows else (words.none,))
    return Document(
        *("allowance_list", words.title, source.unit_name, period, source.log, [table]),
        remarks=remarks,
        signatures=signed,
        is_landscape=True,
    )


def _build_row(volunteer: UUID, rows: list[AllowanceRow]) -> TableRow:
    meal, transport = (
        _sum_known(amounts) for amounts in zip(*((row.meal, row.transport) for row in rows), strict=True)
    )
    return {
        VOLUNTEER: volunteer,
        "times": len(rows),
        "by_status": sum(row.is_by_status for row in rows),
        "minutes": sum(row.credited_minutes for row in rows),
        "meal": meal,
        "transport": transport,
        "amount": None if meal is None and transport is None else (meal or 0) + (transport or 0),
    }


def _sum_known(amounts: tuple[int | None, ...]) -> int | None:
    """The sum in NT$; None where one of them is not known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _list_columns(words: AllowanceWords) -> list[Column]:
    return [
        Column("number", words.number, "person", "number"),
        Column("name", words.name, "person", "name"),
        Column("national_id", words.national_id, "person", "national_id"),
        Column("times", words.times, "count", is_summed=True),
        Column("by_status", words.by_status, "count", is_summed=True),
        Column("minutes", words.minutes, "minutes", is_summed=True),
        Column("meal", words.meal, "money", is_summed=True),
        Column("transport", words.transport, "money", is_summed=True),
        Column("amount", words.amount, "money", is_summed=True),
        Column("receipt", words.receipt, "signature"),
    ]


ALLOWANCE_LIST = DocumentType(
    "allowance_list",
    {language: words.title for language, words in ALLOWANCES.items()},
    "month",
    build_allowance_list,
    [MONTH_ARGUMENT],
)
