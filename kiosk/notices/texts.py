"""What the notices say: the digest of a coordinator, the head of the log, the reminder of a volunteer, as plain text.

Rule: names of others are masked. All that comes from outside is put on one line without invisible characters, and no
line grows with it; what would look like markup stays the text that it is.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.spans import Second
from kiosk.backups.heads.head_notes import find_newest, format_name, list_log_keys
from kiosk.home import Home
from kiosk.home_files import HEADS_FOLDER
from kiosk.text.masking import mask
from kiosk.text.sanitise import sanitise
from kiosk.text.short_codes import compute_code
from kiosk.words.codes import find_word
from kiosk.words.language import StaffLanguage, find_language, use_language
from kiosk.words.languages import WEEKDAYS
from kiosk.words.notices import ENGLISH_WEEKDAYS, DigestText, HeadMailText, ReminderText
from kiosk.words.staff_en import ROSTER as ENGLISH
from kiosk.words.staff_zh_tw import ROSTER as CHINESE
from projections.projectors.unit_rules import read_unit
from projections.read_models.day_filter import DayFilter
from projections.read_models.hours import list_hours
from projections.read_models.pending_work import PendingRow, list_pending
from projections.read_models.plan import PlannedDuty, list_planned_duties

MOST_ROWS = 50
"""Rows of a section: more are counted, and looked at on the desk."""
MOST_NAMES = 12
"""Volunteers named in one duty."""


class WrittenNotice(NamedTuple):
    """A notice as it is sent."""

    address: str
    subject: str
    text: str
    attached: tuple[str, bytes] | None = None
    """A file with its name."""


def find_notice_language(home: Home) -> StaffLanguage:
    """The language of the notices: their own, else the home's, else Chinese."""
    notices = home.settings.notices
    return (notices and notices.language) or home.settings.language or "zh-TW"


class Finding(NamedTuple):
    """What a check of `kiosk status` found that is not well."""

    check: str
    """The code of the check."""
    detail: str


# --- The digest ---


def write_digest(home: Home, day: date, address: str, findings: Sequence[Finding]) -> WrittenNotice:
    """The digest of a day as it stands now. The read models are up to date."""
    with use_language(find_notice_language(home)):
        unit = _find_unit(home)
        sections = [
            _write_duties(home, DigestText.DUTIES_TODAY, day),
            _write_duties(home, DigestText.DUTIES_TOMORROW, day + timedelta(days=1)),
            _write_hours(home, day - timedelta(days=1)),
            _write_pending(home),
            _write_findings(findings),
        ]
        body = "\n\n".join("\n".join(lines) for lines in sections)
        title = DigestText.TITLE.fill(unit=unit, day=format_day(day))
        text = f"{title}\n\n{body}\n\n-- \n{DigestText.FOOTER.fill()}\n"
        return WrittenNotice(address, DigestText.SUBJECT.fill(unit=unit, day=format_day(day)), text)


def _write_duties(home: Home, title: DigestText, day: date) -> list[str]:
    duties = [
        duty for duty in list_planned_duties(home.views, day.toordinal(), day.toordinal()) if not duty.is_cancelled
    ]
    rows = [_write_duty(home, duty) for duty in duties]
    return [title.fill(day=format_day(day)), *_indent(rows, DigestText.NO_DUTIES)]


def _write_duty(home: Home, duty: PlannedDuty) -> str:
    people = [_format_person(home, one) for one in duty.responsible]
    if more := people[MOST_NAMES:]:
        people[MOST_NAMES:] = [DigestText.MORE.fill(count=len(more))]
    who = DigestText.SEPARATOR.fill().join(people) or DigestText.VACANT.fill()
    post = DigestText.POST.fill(post=sanitise(duty.post)) if duty.post else ""
    start, end = _format_time(home, duty.start), _format_time(home, duty.end)
    return DigestText.DUTY.fill(start=start, end=end, post=post, who=who)


def _write_hours(home: Home, day: date) -> list[str]:
    rows = list(list_hours(home.views, DayFilter(day, day)))
    hours, minutes = divmod(sum(row.minutes for row in rows), 60)
    text = DigestText.HOURS_SUM.fill(volunteers=len(rows), hours=hours, minutes=minutes)
    return [DigestText.HOURS.fill(day=format_day(day)), f"  {text if rows else DigestText.NO_HOURS.fill()}"]


def _write_pending(home: Home) -> list[str]:
    home.views.ensure_intact(*DayFilter().bounds)
    rows = list_pending(home.views, home.log, read_unit(home.log, None).policies)
    written = [_write_pending_row(home, row) for row in rows]
    return [DigestText.PENDING.fill(count=len(rows)), *_indent(written, DigestText.NOTHING_PENDING)]


def _write_pending_row(home: Home, row: PendingRow) -> str:
    words = CHINESE if find_language() == "zh-TW" else ENGLISH
    who = DigestText.WHO.fill(who=_format_person(home, row.volunteer)) if row.volunteer else ""
    day = format_day(row.day) if row.day else DigestText.OF_NO_DAY.fill()
    return DigestText.PENDING_ROW.fill(day=day, kind=words.pending_kinds[row.kind], who=who)


def _write_findings(findings: Sequence[Finding]) -> list[str]:
    rows = [
        DigestText.CHECK.fill(name=find_word("check", one.check, one.check.replace("_", " ")), detail=one.detail)
        for one in findings
    ]
    return [DigestText.CHECKS.fill(), *_indent(rows, DigestText.ALL_WELL)]


def _indent(rows: Sequence[str], nothing: DigestText) -> list[str]:
    """The rows of a section, as many as are shown."""
    shown = [*rows[:MOST_ROWS], *([DigestText.MORE.fill(count=len(rows) - MOST_ROWS)] if rows[MOST_ROWS:] else [])]
    return [f"  {row}" for row in shown or [nothing.fill()]]


def _format_person(home: Home, volunteer_id: UUID) -> str:
    """Masked name and number."""
    name, number = home.people.find_name(volunteer_id), sanitise(home.people.find_number(volunteer_id) or "")
    masked = sanitise(mask(name, home.settings.masking)) if name and name.strip() else ""
    return f"{masked}（{number}）" if masked and find_language() == "zh-TW" else f"{masked} ({number})".strip()


# --- The head of the log ---


def write_head(home: Home, day: date, address: str) -> WrittenNotice | None:
    """The last signed head of the log, as a file too; None where none was signed yet."""
    folder = home.path / HEADS_FOLDER
    newest = find_newest(folder, home.log.log_id, list_log_keys(folder))
    if newest is None:
        return None
    (position, chain), file = newest.checkpoint.head, format_name(newest.checkpoint)
    with use_language(find_notice_language(home)):
        unit, code = _find_unit(home), f"{position}:{compute_code(chain)}"
        head = f"{position}:{chain.hex()}"
        body = HeadMailText.BODY.fill(unit=unit, position=position, head=head, code=code, file=file)
        subject = HeadMailText.SUBJECT.fill(unit=unit, day=format_day(day), code=code)
        text = f"{body}\n\n-- \n{HeadMailText.FOOTER.fill()}\n"
        return WrittenNotice(address, subject, text, (file, newest.format().encode()))


# --- The reminder ---


def write_reminder(
    home: Home, volunteer_id: UUID, address: str, duties: Sequence[PlannedDuty], *, is_masked: bool = False
) -> WrittenNotice:
    """The reminder of the duties of a day, in the volunteer's language where it is written in it.

    It is shown masked to others than the volunteer.
    """
    language = home.people.find_language(volunteer_id)
    with use_language(language if language in ("zh-TW", "en") else find_notice_language(home)):
        name = home.people.find_name(volunteer_id) or ""
        name = sanitise(mask(name, home.settings.masking) if is_masked and name else name)
        rows = [f"  {_write_own_duty(home, duty)}" for duty in duties]
        paragraphs = [
            ReminderText.GREETING.fill(name=name) if name else ReminderText.GREETING_NAMELESS.fill(),
            "\n".join([ReminderText.BODY.fill(unit=_find_unit(home)), "", *rows]),
            ReminderText.CANNOT_COME.fill(),
            ReminderText.THANKS.fill(),
        ]
        text = "\n\n".join(paragraphs) + f"\n\n-- \n{ReminderText.FOOTER.fill()}\n"
        day = format_day(date.fromordinal(duties[0].day))
        shown = f"{address[:1]}…@{address.rpartition('@')[2]}" if is_masked else address
        return WrittenNotice(shown, ReminderText.SUBJECT.fill(day=day), text)


def _write_own_duty(home: Home, duty: PlannedDuty) -> str:
    post = ReminderText.POST.fill(post=sanitise(duty.post)) if duty.post else ""
    start, end = _format_time(home, duty.start), _format_time(home, duty.end)
    return ReminderText.DUTY.fill(day=format_day(date.fromordinal(duty.day)), start=start, end=end, post=post)


# --- Both ---


def _find_unit(home: Home) -> str:
    return sanitise(home.read_unit_name()) or "kiosk"


def format_day(day: date) -> str:
    """`2026-11-20（五）`, or `Friday 2026-11-20`."""
    if find_language() == "zh-TW":
        return f"{day:%Y-%m-%d}（{WEEKDAYS[day.weekday()]}）"
    return f"{ENGLISH_WEEKDAYS[day.weekday()]} {day:%Y-%m-%d}"


def _format_time(home: Home, at: Second) -> str:
    return f"{datetime.fromtimestamp(at, home.zone):%H:%M}"
