"""The documents about attendance in a month: rates with their inputs, absences and leaves, corrections (R-121).

Rule: the figures are those of the read models. A reason is a note, and goes with the person it is about.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.months import find_last_day
from domain.spans import Second
from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow
from kiosk.documents.document_type import MONTH_ARGUMENT, Arguments, DocumentType, find_month
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.attendance import ATTENDANCE, AttendanceWords, find_attendance_words
from projections.read_models.absences import list_absences
from projections.read_models.attendance import AttendanceCounts, list_attendance, sum_attendance
from projections.read_models.audit_trail import DayCorrection, list_corrections_of_days
from projections.read_models.day_filter import DayFilter
from projections.read_models.duties import list_duties
from projections.read_models.plan import list_planned_duties

COUNTS = ("rostered", "attended", "no_check_out", "leave", "swapped_away", "absent", "late", "left_early")
"""The columns with numbers of duties, in order."""


def build_attendance_report(source: DocumentSource, arguments: Arguments) -> Document:
    """How often everybody came in a month, with the inputs of the rate."""
    month, words = find_month(arguments), find_attendance_words()
    rows = list(list_attendance(source.views, DayFilter(month, find_last_day(month))))
    numbers = source.people.load_numbers()
    rows.sort(key=lambda row: (numbers.get(row.volunteer, "\U0010ffff"), row.volunteer))
    persons = [Column("number", words.number, "person", "number"), Column("name", words.name, "person", "name")]
    people: list[TableRow] = [{VOLUNTEER: row.volunteer, **_build_counts(row.counts)} for row in rows]
    figures = _list_count_columns(words)
    tables = [
        Table("volunteers", words.report, [*persons, *figures], people),
        Table("unit", words.total, figures, [_build_counts(sum_attendance(rows))] if rows else []),
    ]
    return _build_document(source, month, ("attendance_report", words.report), tables, [words.formula])


def _list_count_columns(words: AttendanceWords) -> list[Column]:
    return [*(Column(name, getattr(words, name), "count") for name in COUNTS), Column("rate", words.rate, "share")]


def _build_counts(counts: AttendanceCounts) -> dict[str, Any]:
    return {**counts._asdict(), "rate": counts.rate}


def _build_document(
    source: DocumentSource, month: date, name: tuple[str, str], tables: Sequence[Table], remarks: Sequence[str] = ()
) -> Document:
    period, signed = (month, find_last_day(month)), [find_attendance_words().coordinator]
    return Document(
        *name, source.unit_name, period, source.log, tables, remarks=remarks, signatures=signed, is_landscape=True
    )


# --- Absences and leaves ---


def build_absence_list(source: DocumentSource, arguments: Arguments) -> Document:
    """Every duty of a month to which its volunteer did not come."""
    month, words = find_month(arguments), find_attendance_words()
    day_filter = DayFilter(month, find_last_day(month))
    spans = {(row.shift, row.volunteer): row for row in list_duties(source.views, day_filter)}
    rows: list[TableRow] = [
        {
            VOLUNTEER: row.volunteer,
            "day": row.date,
            "shift": row.shift,
            "start": _format_time(source, spans[row.shift, row.volunteer].start),
            "end": _format_time(source, spans[row.shift, row.volunteer].end),
            "kind": row.kind,
            "excused_by": _find_actor(source, row.excused_by) if row.excused_by else "",
        }
        for row in list_absences(source.views, day_filter)
    ]
    columns = [
        Column("number", words.number, "person", "number"),
        Column("name", words.name, "person", "name"),
        Column("day", words.day, "date"),
        Column("shift", words.shift),
        Column("start", words.start),
        Column("end", words.end),
        Column("kind", words.kind, words=words.kinds),
        Column("excused_by", words.excused_by),
    ]
    table = Table("absences", words.absences, columns, rows, () if rows else (words.none_absent,))
    return _build_document(source, month, ("absence_list", words.absences), [table])


def _format_time(source: DocumentSource, at: int) -> str:
    return f"{datetime.fromtimestamp(at, source.unit.days.zone):%H:%M}"


def _find_actor(source: DocumentSource, actor: UUID) -> str:
    return source.people.find_actor_name(actor) or str(actor)


# --- Corrections ---


def build_correction_list(source: DocumentSource, arguments: Arguments) -> Document:
    """Every correction of a day of a month, with author, day and reason; what was there before stays in the log."""
    month, words = find_month(arguments), find_attendance_words()
    found = list_corrections_of_days(source.views, source.events, month, find_last_day(month))
    duties = list_planned_duties(source.views, month.toordinal(), find_last_day(month).toordinal())
    spans = {duty.shift: (duty.start, duty.end) for duty in duties}
    rows = [_build_correction(source, one, spans) for one in found]
    columns = [
        Column("event", words.event, "count"),
        Column("number", words.number, "person", "number"),
        Column("name", words.name, "person", "name"),
        Column("kind", words.correction, words=words.correction_kinds),
        Column("day", words.day, "date"),
        Column("start", words.start),
        Column("end", words.end),
        Column("at", words.at, "date"),
        Column("by", words.by),
        Column("note", words.reason, "note"),
    ]
    table = Table("corrections", words.corrections, columns, rows, () if rows else (words.none_corrected,))
    return _build_document(source, month, ("correction_list", words.corrections), [table])


def _build_correction(
    source: DocumentSource, correction: DayCorrection, spans: Mapping[str, tuple[Second, Second]]
) -> TableRow:
    """Of what is about a duty and not a visit, the span is that of its shift."""
    day, volunteer, entry = correction
    start, end = (entry.start, entry.end) if entry.start is not None else spans.get(entry.shift or "", (None, None))
    return {
        VOLUNTEER: volunteer,
        "event": entry.position,
        "kind": entry.kind,
        "day": day,
        "start": None if start is None else _format_time(source, start),
        "end": None if end is None else _format_time(source, end),
        "at": datetime.fromtimestamp(entry.at, source.unit.days.zone).date(),
        "by": _find_actor(source, entry.by),
        "note": entry.note,
    }


# --- Their kinds ---

ATTENDANCE_REPORT = DocumentType(
    "attendance_report",
    {language: words.report for language, words in ATTENDANCE.items()},
    "month",
    build_attendance_report,
    [MONTH_ARGUMENT],
)
ABSENCE_LIST = DocumentType(
    "absence_list",
    {language: words.absences for language, words in ATTENDANCE.items()},
    "month",
    build_absence_list,
    [MONTH_ARGUMENT],
)
CORRECTION_LIST = DocumentType(
    "correction_list",
    {language: words.corrections for language, words in ATTENDANCE.items()},
    "month",
    build_correction_list,
    [MONTH_ARGUMENT],
)
