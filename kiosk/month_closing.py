"""Closing a month on a home: the read models say what is in it, the desk records it (R-028, R-029).

Rule: what is stated is what the log holds then, and what is entered in record books is what was stated.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from domain.act import Act, Note
from domain.model.entry_line import EntryLine
from domain.model.month_statements import MonthFindings
from domain.spans import second
from domain.use_cases.joined_kiosks import find_missing_kiosks
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from projections.engine.views import Views
from projections.read_models.book_entries import list_book_entries
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.month_check import check_month
from projections.read_models.month_lines import (
    MonthLine,
    compute_line_digests,
    compute_month_totals,
    list_month_lines,
)
from projections.read_models.month_statements import find_changed_volunteers, list_month_statements


def close_month(home: Home, month: date, note: Note | None, act: Act) -> int:
    """State a month; the number of the statement. To be called while the log is held.

    Raises: MonthNotOver, MonthOutOfOrder, MonthAlreadyClosed, MonthUnchanged, MayNotCloseMonths, NoPlanFiled;
    LogError, ViewsDamaged.
    """
    views = _catch_up(home, act)
    lines, rules = list_month_lines(views, month), UnitRules(home.log).load()
    found = check_month(views, home.log, month, partial(find_missing_kiosks, home.log))
    findings = MonthFindings(
        month,
        compute_month_totals(lines),
        compute_line_digests(lines),
        found.count_open(),
        views.position,
        sorted({statement.month for statement in list_month_statements(views)}),
        found.without_plan if rules.unit.kind == "private" else (),
    )
    return home.desk.close_month(findings, note, act)


def enter_record_books(home: Home, month: date, act: Act) -> int:
    """Enter what was stated of a month in the record books of its volunteers; for how many there was something new.

    To be called while the log is held. Raises: MonthNotClosed, MonthDiffers, NothingToEnter, MayNotCloseMonths;
    LogError, ViewsDamaged.
    """
    views = _catch_up(home, act)
    statements, lines = list_month_statements(views, month), list_month_lines(views, month)
    changed = find_changed_volunteers(statements[-1], lines) if statements else []
    return home.desk.enter_record_books(month, _group_entries(views, month, lines), len(changed), act)


def _catch_up(home: Home, act: Act) -> Views:
    home.views.catch_up(second(act.recorded))
    home.views.ensure_intact(*EVERYTHING.bounds)
    return home.views


def _group_entries(views: Views, month: date, lines: Sequence[MonthLine]) -> Mapping[UUID, Sequence[EntryLine]]:
    """The lines by volunteer; one whose entry has lost its lines has none."""
    entered = {entry.volunteer for entry in list_book_entries(views, None, month, month)}
    grouped: dict[UUID, list[EntryLine]] = {volunteer: [] for volunteer in entered}
    for line in lines:
        grouped.setdefault(line.volunteer, []).append(line.entry)
    return grouped
