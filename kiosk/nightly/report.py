"""The report that the coordinator reads in the morning: one page a reconciled day, what needs a person first.

As JSON for programs, and as text in each language. Volunteers appear by number; the reasons of corrections
are notes about them, and are erased with the person.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from domain.calendar import to_roc
from domain.log.lenient import UndecodableEvent
from domain.spans import Second
from domain.use_cases.joined_kiosks import find_missing_kiosks
from domain.use_cases.unit_rules import UnitRules
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import REPORTS_FOLDER, write_atomically
from kiosk.statements.acts import build_authorship
from kiosk.statements.explained_day import format_authorship
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.text.sanitise import sanitise
from kiosk.words import statements_en, statements_zh_tw
from kiosk.words.codes import find_word
from kiosk.words.command_line import StatementText
from kiosk.words.language import use_language
from kiosk.words.statement_words import ReportWords
from projections.read_models.audit_trail import list_corrections
from projections.read_models.contradicted_closings import ContradictedClosing, list_contradicted_closings
from projections.read_models.day_filter import DayFilter
from projections.read_models.day_totals import RECENT_DAYS, ReconciledDay, list_reconciled_days
from projections.read_models.duties import UncoveredShift, list_uncovered_shifts
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
            "cases": [row for row in statements.list_exits(day_filter) if row["status"] == "raised"],
            "clocks": [_build_clock_row(clock, statements) for clock in list_waiting_clocks(home.views)],
            "unreadable": [_build_undecodable_row(one) for one in home.views.quarantine],
        },
        "corrections": list(_list_correction_rows(home, reconciled, statements)),
        "totals": reconciled.totals,
        "head": home.log.chain_at(reconciled.position).hex(),
        "position": reconciled.position,
        "log_id": str(home.log.log_id),
    }


def _list_correction_rows(home: Home, reconciled: ReconciledDay, statements: Statements) -> Iterator[Row]:
    """What was corrected of the day, and since the settlement before it: whose, what, by whom and why."""
    before = [one.position for one in list_reconciled_days(home.views, RECENT_DAYS + 1)]
    after = max((position for position in before if position < reconciled.position), default=0)
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


def write_reports(home: Home) -> None:
    """Write the report of every recently reconciled day that has none, or one from when a kiosk was not heard.

    Raises: UserError where the folder cannot be written.
    """
    folder = home.path / REPORTS_FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for reconciled in list_reconciled_days(home.views, RECENT_DAYS):
            if _is_missing_or_provisional(folder / f"{reconciled.day}.json"):
                _write_all(folder, build_report(home, reconciled))
    except OSError as error:
        why = error.strerror or str(error)
        raise UserError(StatementText.REPORT_NOT_WRITTEN.fill(folder=folder, why=why), EXIT_NO) from None


def _is_missing_or_provisional(file: Path) -> bool:
    """The report of a day for which a kiosk may still send something is written again, until it has."""
    try:
        return bool(json.loads(file.read_text(encoding="utf-8")).get("provisional"))
    except FileNotFoundError:
        return True
    except (ValueError, AttributeError):
        return False


def _write_all(folder: Path, report: Report) -> None:
    """Write the texts first: where the JSON exists, all exist."""
    name = report["date"]
    for language, words in LANGUAGES.items():
        _write(folder / f"{name}.{language}.txt", format_report(report, words))
    _write(folder / f"{name}.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    write_atomically(path, text.encode())


def replace_number_in_reports(home: Path, number: str, pseudonym: str) -> None:
    """Write every report that names a volunteer again, with a pseudonym; what a killed run left is deleted.

    Raises: UserError.
    """
    folder = home / REPORTS_FOLDER
    try:
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name.startswith(".") or not (folder / f"{file.name.partition('.')[0]}.json").exists():
                file.unlink()
            elif file.suffix == ".json":
                report = json.loads(file.read_text(encoding="utf-8"))
                rows = _find_volunteer_rows(report)
                if rows := [row for row in rows if number in (row["volunteer"], row.get("other"))]:
                    for row in rows:
                        _forget_number(row, number, pseudonym)
                    _write_all(folder, report)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UserError(StatementText.REPORT_NOT_WRITTEN.fill(folder=folder, why=why), EXIT_NO) from None


def _forget_number(row: Row, number: str, pseudonym: str) -> None:
    """Replace the number; the reason, which is a note about the person, is erased like the note."""
    row.update({name: pseudonym for name in ("volunteer", "other") if row.get(name) == number})
    if row.get("reason"):
        row.update({"reason": None, "reason_lost": "erased"})


def _find_volunteer_rows(part: Any) -> Iterator[Row]:
    """The rows of a report that name a volunteer, however deep."""
    if isinstance(part, dict):
        if "volunteer" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _find_volunteer_rows(each)


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
