"""The report that the coordinator reads in the morning: one page a reconciled day, what needs a person first.

As JSON for programs, and as text in each language. Volunteers appear by number; the reasons of corrections
are notes about them, and are erased with the person.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from domain.calendar import to_roc
from domain.use_cases.joined_kiosks import find_missing_kiosks
from kiosk.home import Home
from kiosk.nightly.needed_work import build_sections
from kiosk.statements.acts import build_authorship
from kiosk.statements.explained_day import format_authorship
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.text.sanitise import sanitise
from kiosk.words import statements_en, statements_zh_tw
from kiosk.words.codes import find_word
from kiosk.words.language import use_language
from kiosk.words.statement_words import ReportWords
from projections.read_models.audit_trail import list_corrections
from projections.read_models.day_totals import ReconciledDay, find_reconciliation_before
from projections.read_models.pending_work import PendingRow

CODES = frozenset({"reason", "why"})
"""Keys of rows whose values are codes."""
INSTANTS = frozenset({"check_in", "check_out", "start", "end", "at", "first", "last"})
"""Those whose values are instants."""
LANGUAGES: dict[str, ReportWords] = {"zh-TW": statements_zh_tw.REPORT, "en": statements_en.REPORT}

Report = dict[str, Any]


def build_report(
    home: Home, statements: Statements, reconciled: ReconciledDay, pending: Sequence[PendingRow]
) -> Report:
    """The report of a reconciled day; `pending` is all that `load_pending` finds, of whichever day."""
    return {
        "date": reconciled.day.isoformat(),
        "provisional": find_missing_kiosks(home.log, reconciled.day),
        "needs_a_person": build_sections(home.views, statements, reconciled, pending),
        "corrections": list(_list_correction_rows(home, reconciled, statements)),
        "totals": reconciled.totals,
        "head": home.log.chain_at(reconciled.position).hex(),
        "position": reconciled.position,
        "log_id": str(home.log.log_id),
    }


def _list_correction_rows(home: Home, reconciled: ReconciledDay, statements: Statements) -> Iterator[Row]:
    """What was corrected of the day, and since the settlement before it: whose, what, by whom and why."""
    after = find_reconciliation_before(home.views, reconciled.position)
    numbers = home.people.load_numbers()
    for whose, entry in list_corrections(home.views, home.log, reconciled.day, after, reconciled.position):
        facts = {"shift": entry.shift, "other": entry.other and numbers.get(entry.other, str(entry.other))}
        facts |= {
            "retracts": entry.retracts,
            "matter": entry.matter,
            "start": statements.format_local_or_none(entry.start),
            "end": statements.format_local_or_none(entry.end),
        }
        yield {
            "event": entry.position,
            "volunteer": whose and numbers.get(whose, str(whose)),
            "kind": entry.kind,
            **{name: value for name, value in facts.items() if value is not None},
            **build_authorship(home.people, entry.by, entry.note, entry.note_digest),
        }


# --- As text ---


def format_report(report: Report, words: ReportWords) -> str:
    """One page: what needs a person, then the totals."""
    day = date.fromisoformat(report["date"])
    lines = [words.title.format(date=report["date"], roc=to_roc(day)), ""]
    if kiosks := report.get("provisional"):
        lines += [words.provisional.format(kiosks=", ".join(map(sanitise, kiosks))), ""]
    with use_language(words.explained.language):
        needed = [_format_section(name, rows, day, words) for name, rows in report["needs_a_person"].items() if rows]
    lines += [words.needed if needed else words.nothing_needed, *(line for section in needed for line in section), ""]
    if corrections := report.get("corrections"):  # an older report has none
        lines += [words.corrections, *(f"  {_format_correction(row, day, words)}" for row in corrections), ""]
    lines.append(words.totals)
    totals = {name: value for name, value in report["totals"].items() if name in words.figures and value}
    lines += [f"  {words.figures[name]}  {value}" for name, value in totals.items()] or [f"  {words.quiet}"]
    return "\n".join([*lines, "", words.head.format(head=report["head"]), ""])


def _format_section(name: str, rows: list[Row], day: date, words: ReportWords) -> list[str]:
    return [f"  {words.sections[name]}", *(f"    {_format_row(row, day)}" for row in rows)]


def _format_row(row: Row, day: date) -> str:
    shown = {name: value for name, value in row.items() if value is not None and name not in ("raised_on", "status")}
    return "  ".join(_format_value(name, value, day) for name, value in shown.items())


def _format_value(name: str, value: object, day: date) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    if name in CODES:
        return find_word("value", text)
    return _format_time(text, day) if name in INSTANTS else text


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
