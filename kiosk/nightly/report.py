"""The report that the coordinator reads in the morning: one page a reconciled day, what needs a person first.

As JSON for programs, and as text in each language. Volunteers appear by number; the reasons of corrections
are notes about them, and are erased with the person.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.calendar import to_roc
from domain.log.lenient import UndecodableEvent
from domain.spans import Second
from domain.use_cases.joined_kiosks import find_missing_kiosks
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from kiosk.statements.acts import build_authorship
from kiosk.statements.explained_day import format_authorship
from kiosk.statements.statement_rows import Row, sort_rows
from kiosk.statements.statements import Statements
from kiosk.text.sanitise import sanitise
from kiosk.words import statements_en, statements_zh_tw
from kiosk.words.codes import find_word
from kiosk.words.language import use_language
from kiosk.words.statement_words import ReportWords
from projections.read_models.audit_trail import list_corrections
from projections.read_models.contradicted_closings import ContradictedClosing, list_contradicted_closings
from projections.read_models.day_filter import DayFilter
from projections.read_models.day_totals import ReconciledDay, find_reconciliation_before
from projections.read_models.duties import UncoveredShift, list_uncovered_shifts
from projections.read_models.exits import list_exits
from projections.read_models.pending_work import list_pending
from projections.read_models.unsynchronised_taps import WaitingClock, list_waiting_clocks

CODES = frozenset({"reason", "why"})
"""Keys of rows whose values are codes."""
LANGUAGES: dict[str, ReportWords] = {"zh-TW": statements_zh_tw.REPORT, "en": statements_en.REPORT}

Report = dict[str, Any]


def build_report(home: Home, reconciled: ReconciledDay) -> Report:
    """The report of a reconciled day."""
    day = reconciled.day
    statements, day_filter = Statements.now(home), DayFilter(day, day)
    visits = statements.list_visits(day_filter)
    return {
        "date": day.isoformat(),
        "provisional": find_missing_kiosks(home.log, day),
        "needs_a_person": {
            "no_check_out": [_build_visit_row(row) for row in visits if _awaits_its_end(row)],
            "absent": [
                _build_absence_row(row) for row in statements.list_absences(day_filter) if row["kind"] == "unexcused"
            ],
            "uncovered": [_build_shift_row(shift, statements) for shift in list_uncovered_shifts(home.views, day)],
            "unscheduled": [_build_visit_row(row) for row in visits if _is_unscheduled(row)],
            "contradicted": [
                _build_contradicted_row(closing, statements)
                for closing in list_contradicted_closings(home.views, DayFilter(until=day))
            ],
            **_list_tap_errors(home, day, statements),
            "cases": _list_raised_cases(home, reconciled, statements),
            "clocks": [_build_clock_row(clock, statements) for clock in list_waiting_clocks(home.views)],
            "unreadable": [_build_undecodable_row(one) for one in home.views.quarantine],
        },
        "corrections": list(_list_correction_rows(home, reconciled, statements)),
        "totals": reconciled.totals,
        "head": home.log.chain_at(reconciled.position).hex(),
        "position": reconciled.position,
        "log_id": str(home.log.log_id),
    }


def _list_raised_cases(home: Home, reconciled: ReconciledDay, statements: Statements) -> list[Row]:
    """Open cases that were raised on the day, or since the settlement before it.

    A case that is entered late, or that a day settled late completes, has a date whose report was written before it.
    """
    after = find_reconciliation_before(home.views, reconciled.position)
    raised = [case for case in list_exits(home.views) if case.status == "raised"]
    new = [case for case in raised if case.raised_on == reconciled.day or after < case.position <= reconciled.position]
    return sort_rows(map(statements.build_exit_row, new), "volunteer", "rule")


def _list_correction_rows(home: Home, reconciled: ReconciledDay, statements: Statements) -> Iterator[Row]:
    """What was corrected of the day, and since the settlement before it: whose, what, by whom and why."""
    after = find_reconciliation_before(home.views, reconciled.position)
    numbers = home.people.load_numbers()
    for whose, entry in list_corrections(home.views, home.log, reconciled.day, after, reconciled.position):
        facts = {"shift": entry.shift, "other": entry.other and numbers.get(entry.other, str(entry.other))}
        facts |= {
            "retracts": entry.retracts,
            "matter": entry.matter,
            "start": _format_local(entry.start, statements),
            "end": _format_local(entry.end, statements),
        }
        yield {
            "event": entry.position,
            "volunteer": whose and numbers.get(whose, str(whose)),
            "kind": entry.kind,
            **{name: value for name, value in facts.items() if value is not None},
            **build_authorship(home.people, entry.by, entry.note, entry.note_digest),
        }


def _format_local(at: Second | None, statements: Statements) -> str | None:
    return None if at is None else statements.format_local(at)


def _build_visit_row(row: Row) -> Row:
    return {name: row[name] for name in ("volunteer", "check_in", "check_out")}


def _build_shift_row(shift: UncoveredShift, statements: Statements) -> Row:
    span = {"start": statements.format_local(shift.start), "end": statements.format_local(shift.end)}
    return {"shift": shift.shift, **span}


def _build_absence_row(row: Row) -> Row:
    return {name: row[name] for name in ("volunteer", "shift")}


def _build_contradicted_row(closing: ContradictedClosing, statements: Statements) -> Row:
    """Of every day up to the settled one: the tap that contradicts it has come late."""
    span = {"check_in": closing.check_in, "check_out": closing.check_out}
    asserted = {name: statements.format_local(at) for name, at in span.items()}
    return {"volunteer": statements.find_number(closing.volunteer), **asserted}


def _list_tap_errors(home: Home, day: date, statements: Statements) -> dict[str, list[Row]]:
    """Taps of every day up to the settled one that a kiosk decided in error, and that wait for a person."""
    policies = UnitRules(home.log).load().policies
    rows: dict[str, list[Row]] = {"accepted_in_error": [], "refused_in_error": []}
    for one in list_pending(home.views, home.log, policies, DayFilter(until=day)):
        if one.kind in rows and one.volunteer and one.since:
            at = statements.format_local(one.since)
            volunteer = statements.find_number(one.volunteer)
            rows[one.kind].append({"volunteer": volunteer, "kiosk": one.kiosk, "at": at, "reason": one.reason})
    return rows


def _build_clock_row(clock: WaitingClock, statements: Statements) -> Row:
    """Taps of every day that wait for a correction: the day of a tap on a wrong clock is unknown."""
    shown = {"first": statements.format_local(clock.first), "last": statements.format_local(clock.last)}
    return {"kiosk": clock.kiosk, "boot": clock.boot, "taps": clock.taps, **shown}


def _build_undecodable_row(one: UndecodableEvent) -> Row:
    return {"event": one.position, "name": one.name, "why": one.why}


def _awaits_its_end(row: Row) -> bool:
    """A visit to a meeting or a training alone has no minute that waits for a departure."""
    return row["status"] == "no_check_out" and row["uncredited"][-1]["reason"] == "no_check_out"


def _is_unscheduled(row: Row) -> bool:
    reasons = {stretch["reason"] for stretch in row["uncredited"]}
    return row["status"] == "closed" and row["credited_minutes"] == 0 and reasons <= {"unscheduled", "closed_hours"}


# --- As text ---


def format_report(report: Report, words: ReportWords) -> str:
    """One page: what needs a person, then the totals."""
    day = date.fromisoformat(report["date"])
    lines = [words.title.format(date=report["date"], roc=to_roc(day)), ""]
    if kiosks := report.get("provisional"):
        lines += [words.provisional.format(kiosks=", ".join(map(sanitise, kiosks))), ""]
    with use_language(words.explained.language):
        needed = [_format_section(name, rows, words) for name, rows in report["needs_a_person"].items() if rows]
    lines += [words.needed if needed else words.nothing_needed, *(line for section in needed for line in section), ""]
    if corrections := report.get("corrections"):  # an older report has none
        lines += [words.corrections, *(f"  {_format_correction(row, day, words)}" for row in corrections), ""]
    lines.append(words.totals)
    totals = {name: value for name, value in report["totals"].items() if name in words.figures and value}
    lines += [f"  {words.figures[name]}  {value}" for name, value in totals.items()] or [f"  {words.quiet}"]
    return "\n".join([*lines, "", words.head.format(head=report["head"]), ""])


def _format_section(name: str, rows: list[Row], words: ReportWords) -> list[str]:
    return [f"  {words.sections[name]}", *(f"    {_format_row(row)}" for row in rows)]


def _format_row(row: Row) -> str:
    shown = {name: value for name, value in row.items() if value is not None and name not in ("raised_on", "status")}
    return "  ".join(_format_value(name, value) for name, value in shown.items())


def _format_value(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    if name in CODES:
        return find_word("value", text)
    return text[11:16] if "T" in text and text[4:5] == "-" else text


def _format_correction(row: Row, day: date, words: ReportWords) -> str:
    """Whose it is, what was corrected, by whom and why, and the event."""
    times = {name: _format_time(row.get(name), day) for name in ("start", "end")}
    texts = {name: sanitise(row.get(name, "")) for name in ("shift", "other")}
    matter = words.explained.acknowledged_kinds[row["matter"]] if "matter" in row else ""
    what = words.explained.audit_trail[row["kind"]].format(**times, **texts, matter=matter)
    authorship = format_authorship(row, words.explained)
    return f"{row['volunteer'] or '-'}  {words.explained.separator.join((what, authorship))}  #{row['event']}"


def _format_time(instant: str | None, day: date) -> str:
    """A local time of day, with its date where that is another."""
    if instant is None:
        return "?"
    time = instant[11:19].removesuffix(":00")
    return time if instant[:10] == day.isoformat() else f"{instant[5:10]} {time}"
