"""What needs a person, as the night's report has it: rows of the list of pending work, by section.

Rule: whether something needs a person that list alone decides; a read model of its own is asked only for what the list
does not hold. Shifts to which nobody came stand beside it: no event says that a person has looked at one.
"""

from collections.abc import Mapping, Sequence

from domain.log.lenient import UndecodableEvent
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from kiosk.statements.statement_rows import Row, sort_rows
from kiosk.statements.statements import Statements
from projections.engine.views import Views
from projections.read_models.day_filter import EVERYTHING
from projections.read_models.day_totals import ReconciledDay, find_reconciliation_before
from projections.read_models.duties import UncoveredShift, list_uncovered_shifts
from projections.read_models.exits import ExitRow, list_exits
from projections.read_models.pending_work import KINDS, PendingKind, PendingRow, list_pending
from projections.read_models.unsynchronised_taps import WaitingClock, list_waiting_clocks

FIELDS: Mapping[PendingKind, Sequence[str]] = {
    "no_check_out": ("volunteer", "check_in", "check_out"),
    "unmatched": ("volunteer", "kiosk", "at"),
    "contradicted": ("volunteer", "check_in", "check_out"),
    "accepted_in_error": ("volunteer", "kiosk", "at", "reason"),
    "refused_in_error": ("volunteer", "kiosk", "at", "reason"),
    "uninsured": ("volunteer", "check_in"),
    "absent": ("volunteer", "shift"),
    "late_leave": ("volunteer", "shift"),
    "unscheduled": ("volunteer", "check_in", "check_out"),
    "refused": ("volunteer", "kiosk", "at", "taps", "reason"),
    "unknown_card": ("kiosk", "at", "taps"),
}
"""What is shown of a row of the list, of each kind that is shown as the list has it."""
OF_EARLIER_DAYS: frozenset[PendingKind] = frozenset({"contradicted", "accepted_in_error", "refused_in_error"})
"""Kinds that are listed of every day up to the settled one: the tap that brings them comes late."""
PLURALS: Mapping[PendingKind, str] = {"case": "cases", "clock": "clocks"}
"""Sections that are not called as their kind."""
SECTIONS = (*(PLURALS.get(kind, kind) for kind in KINDS), "uncovered")
"""In the order in which they are shown."""


def load_pending(home: Home) -> list[PendingRow]:
    """All that needs a person now, of every day; the views are caught up."""
    home.views.ensure_intact(*EVERYTHING.bounds)
    return list_pending(home.views, home.log, UnitRules(home.log).load().policies)


def build_sections(
    views: Views, statements: Statements, reconciled: ReconciledDay, pending: Sequence[PendingRow]
) -> dict[str, list[Row]]:
    """The rows of each section of the report of a day, also of those that have none."""
    sections: dict[str, list[Row]] = {name: [] for name in SECTIONS}
    for row in pending:
        if row.kind in FIELDS and _is_reported(row, reconciled):
            sections[row.kind].append(_build_row(row, statements))
    positions = {position for row in pending for position in row.events[:1] if row.kind not in FIELDS}
    new = [case for case in list_exits(views) if case.position in positions and _is_new(case, views, reconciled)]
    return sections | {
        "cases": sort_rows(map(statements.build_exit_row, new), "volunteer", "rule"),
        "clocks": [
            _build_clock_row(clock, statements)
            for clock in list_waiting_clocks(views)
            if clock.positions[0] in positions
        ],
        "unreadable": [_build_undecodable_row(one) for one in views.quarantine if one.position in positions],
        "uncovered": [_build_shift_row(shift, statements) for shift in list_uncovered_shifts(views, reconciled.day)],
    }


def _is_reported(row: PendingRow, reconciled: ReconciledDay) -> bool:
    if row.day is None or row.kind not in OF_EARLIER_DAYS:
        return row.day == reconciled.day
    return row.day <= reconciled.day


def _is_new(case: ExitRow, views: Views, reconciled: ReconciledDay) -> bool:
    """Whether a case was raised on the day, or since the settlement before it.

    A case that is entered late, or that a day settled late completes, has a date whose report was written before it.
    """
    after = find_reconciliation_before(views, reconciled.position)
    return case.raised_on == reconciled.day or after < case.position <= reconciled.position


def _build_row(row: PendingRow, statements: Statements) -> Row:
    values = {
        "volunteer": row.volunteer and statements.find_number(row.volunteer),
        "shift": row.shift,
        "check_in": statements.format_local_or_none(row.check_in),
        "check_out": statements.format_local_or_none(row.check_out),
        "kiosk": row.kiosk,
        "at": statements.format_local_or_none(row.since),
        "taps": row.taps,
        "reason": row.reason,
    }
    return {name: values[name] for name in FIELDS[row.kind]}


def _build_clock_row(clock: WaitingClock, statements: Statements) -> Row:
    """Taps of every day that wait for a correction: the day of a tap on a wrong clock is unknown."""
    shown = {"first": statements.format_local(clock.first), "last": statements.format_local(clock.last)}
    return {"kiosk": clock.kiosk, "boot": clock.boot, "taps": clock.taps, **shown}


def _build_undecodable_row(one: UndecodableEvent) -> Row:
    return {"event": one.position, "name": one.name, "why": one.why}


def _build_shift_row(shift: UncoveredShift, statements: Statements) -> Row:
    span = {"start": statements.format_local(shift.start), "end": statements.format_local(shift.end)}
    return {"shift": shift.shift, **span}
