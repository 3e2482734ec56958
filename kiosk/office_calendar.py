"""The days on which government offices are closed (R-048): from the official file, or computed.

Rule: the calendar is data, imported year by year. The official file is the authority; days computed from the rules of
the holidays serve until it is published.
"""

import csv
import hashlib
import re
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import UserError
from kiosk.input_files import read_input_file
from kiosk.words.errors import HomeText

YEARS = range(2001, 2101)
"""From 2001 on offices close on every Saturday; the computed lunar calendar ends with 2100."""
HEADER = ["西元日期", "星期", "是否放假", "備註"]
DATE = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})", re.ASCII)
WORK, HOLIDAY = "0", "2"
"""The flag of a day in the third column. A make-up Saturday (補行上班) is a work day."""
ENCODINGS = ("utf-8-sig", "cp950")
"""The office publishes both; cp950 is Big5 as Windows writes it."""
SATURDAY = 6


class CalendarFile(NamedTuple):
    """The official file of a year."""

    path: Path
    """How sentences call it; the log keeps its last part."""
    content: bytes


def read_calendar_file(path: Path) -> CalendarFile:
    """The file at a path. Raises: UserError."""
    try:
        return CalendarFile(path, read_input_file(path))
    except OSError as error:
        raise UserError(HomeText.CALENDAR_CANNOT_READ.fill(file=path, strerror=error.strerror)) from None


def load_closed_days(year: int, file: CalendarFile | None) -> tuple[str, list[date]]:
    """The source of the calendar, and the closed days of the year, in order. Raises: UserError."""
    return _compute_closed_days(year) if file is None else _read_closed_days(year, *file)


# --- The official file ---


def _read_closed_days(year: int, file: Path, content: bytes) -> tuple[str, list[date]]:
    try:
        flags = _parse_flags(file, _decode_text(file, content), year)
    except csv.Error:
        raise UserError(HomeText.CALENDAR_NO_TABLE.fill(file=file)) from None
    missing = next((day for day in _list_days(year) if day not in flags), None)
    if missing:
        raise UserError(HomeText.CALENDAR_INCOMPLETE.fill(file=file, missing=missing, year=year))
    source = f"{file.name} sha256:{hashlib.sha256(content).hexdigest()}"
    return source, [day for day in _list_days(year) if flags[day] == HOLIDAY]


def _decode_text(file: Path, content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(HomeText.CALENDAR_ENCODING.fill(file=file))


def _parse_flags(file: Path, text: str, year: int) -> dict[date, str]:
    rows = csv.reader(text.splitlines())
    if [cell.strip() for cell in next(rows, [])] != HEADER:
        raise UserError(HomeText.CALENDAR_HEADER.fill(file=file, header=",".join(HEADER)))
    flags: dict[date, str] = {}
    for row in rows:
        if any(row):
            day, flag = _parse_row(f"{file}:{rows.line_num}", row)
            if day.year != year or day in flags:
                raise UserError(
                    HomeText.CALENDAR_DAY_UNEXPECTED.fill(file=file, line_num=rows.line_num, day=day, year=year)
                )
            flags[day] = flag
    return flags


def _parse_date(text: str) -> date:
    """20260101 as the office writes it, 2026-01-01 or 2026/01/01. Raises: ValueError."""
    match = DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return date(int(match[1]), int(match[3]), int(match[4]))


def _parse_row(where: str, row: list[str]) -> tuple[date, str]:
    written, _, flag, *_ = [*(cell.strip() for cell in row), "", "", ""]
    try:
        day = _parse_date(written)
    except ValueError:
        raise UserError(HomeText.CALENDAR_DATE.fill(where=where)) from None
    if flag not in (WORK, HOLIDAY):
        raise UserError(HomeText.CALENDAR_FLAG.fill(where=where, day=day, work=WORK, holiday=HOLIDAY))
    return day, flag


# --- Without the file ---


def _compute_closed_days(year: int) -> tuple[str, list[date]]:
    from holidays import country_holidays  # noqa: PLC0415 - 40 ms to load, for one line a year

    taiwan = country_holidays("TW", years=year, categories=("public", "government"))
    closed = [
        day
        for day in _list_days(year)
        if day in taiwan or (day.isoweekday() >= SATURDAY and day not in taiwan.weekend_workdays)
    ]
    return f"holidays {version('holidays')}, Taiwan, government offices", closed  # recorded: in no language of a run


def _list_days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
