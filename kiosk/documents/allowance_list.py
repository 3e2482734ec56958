"""The list of allowances of a month: who earned how many, and what is paid (R-070). It computes no wage."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.months import find_last_day
from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow
from kiosk.documents.document_type import MONTH_ARGUMENT, Arguments, DocumentType, find_month
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.allowances import ALLOWANCES, AllowanceWords, find_allowance_words
from projections.read_models.allowances import AllowanceRow, list_allowances
from projections.read_models.day_filter import DayFilter

PAID = ("number", "name", "times", "meal", "transport", "amount")
"""The columns that a monthly statement has of it: those who receive the money identify themselves on the list."""


def build_allowance_list(source: DocumentSource, arguments: Arguments) -> Document:
    """A row a volunteer; an amount that the policy does not name is not known."""
    month, words = find_month(arguments), find_allowance_words()
    rows = _list_rows(source, month)
    remarks = [_format_rule(source, month)]
    if any(row["amount"] is None for row in rows):
        remarks.append(words.no_amount)
    signed = [words.coordinator, words.accountant, words.head]
    table = Table("allowances", words.title, _list_columns(words), rows, () if rows else (words.none,))
    return Document(
        *("allowance_list", words.title, source.unit_name, (month, find_last_day(month)), source.log, [table]),
        remarks=remarks,
        signatures=signed,
        is_landscape=True,
    )


def build_paid_allowances(source: DocumentSource, month: date) -> Sequence[Table]:
    """The part of a monthly statement about allowances; none where the unit has set no amount for anybody's duty."""
    words, rows = find_allowance_words(), _list_rows(source, month)
    if all(row["amount"] is None for row in rows):
        return []
    columns = [column for column in _list_columns(words) if column.name in PAID]
    return [Table("allowances", words.title_of_part, columns, rows, [_format_rule(source, month)])]


def _format_rule(source: DocumentSource, month: date) -> str:
    policy = source.unit.policies.on(find_last_day(month).toordinal())
    return find_allowance_words().rule.format(minutes=policy.allowance_min_minutes)


def _list_rows(source: DocumentSource, month: date) -> list[TableRow]:
    earned: dict[UUID, list[AllowanceRow]] = defaultdict(list)
    of_month = DayFilter(month, find_last_day(month))
    for row in list_allowances(source.views, source.unit.policies, of_month, source.past):
        earned[row.volunteer].append(row)
    numbers = source.people.load_numbers()
    order = sorted(earned, key=lambda volunteer: (numbers.get(volunteer, "\U0010ffff"), volunteer))
    return [_build_row(volunteer, earned[volunteer]) for volunteer in order]


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
