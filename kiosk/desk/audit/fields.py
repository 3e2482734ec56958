"""What is typed into the forms of the audit: dates, instants, months. What cannot be read is said beside the field."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import parse_end_of_day
from domain.spans import Second, second
from kiosk.batch.fields import parse_civil_day, parse_utc_instant
from kiosk.desk.audit.source import AuditSource, Month
from kiosk.text.typed import narrow
from kiosk.words.desk.audit import AuditWords

Query = Mapping[str, str]
FEW = 64
"""Characters: no date, time or number of a volunteer has more."""


class FormErrors(dict[str, str]):
    """What is wrong, by the name of the field."""


def read_day(query: Query, name: str, words: AuditWords, errors: FormErrors) -> date | None:
    """A date, of either calendar."""
    try:
        return parse_civil_day(narrow(query.get(name, ""))[:FEW])
    except ValueError:
        errors[name] = words.not_a_date
        return None


def read_instant(source: AuditSource, query: Query, name: str, words: AuditWords, errors: FormErrors) -> Second | None:
    """A recorded instant by local time, between the first event and now; a date alone is its end."""
    text = narrow(query.get(name, ""))[:FEW].replace("/", "-")
    now, begins = source.find_last_instant(), source.find_log_start()
    at = _parse_instant(text, source.home.zone, now)
    if at is None:
        errors[name] = words.not_an_instant
        return None
    if at < second(begins):
        errors[name] = words.before_log.format(begins=f"{begins:%Y-%m-%d %H:%M}")
    if at > second(now):
        errors[name] = words.in_future
    return None if name in errors else at


def _parse_instant(text: str, zone: ZoneInfo, now: datetime) -> Second | None:
    """An instant, or the end of a date, which is now for today; None for anything else."""
    with suppress(ValueError):
        is_today = parse_civil_day(text) == now.date()
        return second(now if is_today else parse_end_of_day(text, zone))
    with suppress(ValueError):
        return second(parse_utc_instant(text, zone))
    return None


def read_time(text: str) -> time | None:
    """A time of day with or without seconds; None for anything else."""
    text = narrow(text)
    try:
        return datetime.strptime(text, "%H:%M:%S" if text.count(":") > 1 else "%H:%M").time()  # noqa: DTZ007 - a time of day
    except ValueError:
        return None


def read_month(text: str, now: datetime) -> Month:
    """A month such as 2026-11; by default, or where it is none, that of now."""
    try:
        day = parse_civil_day(f"{narrow(text)[:FEW]}-01")
    except ValueError:
        day = now.date()
    return day.year, day.month


def step_month(month: Month, months: int) -> str:
    """The month before (-1) or after (1), as an address has it."""
    first = date(*month, 15)
    moved = first + timedelta(days=30 * months)
    return f"{moved:%Y-%m}"
