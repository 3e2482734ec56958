"""The office days of a year (R-048): from the official file in either encoding, or reckoned."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.errors import UserError
from kiosk.office_calendar import load_closed_days, read_calendar_file
from tests.kiosk.conftest import Apply, list_topics
from tests.support.kiosk_program import OPEN_UNIT, line

HEADER = "西元日期,星期,是否放假,備註"
WEEKDAYS = "一二三四五六日"


def build_rows(year: int, changed: dict[date, str]) -> list[str]:
    """The official rows of a year: weekends are holidays, unless `changed` says otherwise."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year % 4 == 0 else 365)]
    return [
        f"{day:%Y%m%d},{WEEKDAYS[day.weekday()]},{changed.get(day, '2' if day.weekday() > 4 else '0')}," for day in days
    ]


SUBSTITUTE, MAKE_UP_SATURDAY = date(2026, 10, 9), date(2026, 2, 7)
ROWS = build_rows(2026, {SUBSTITUTE: "2", MAKE_UP_SATURDAY: "0"})


def write_file(tmp_path: Path, rows: list[str], encoding: str = "utf-8") -> Path:
    path = tmp_path / "115年行事曆.csv"
    path.write_bytes("\r\n".join([HEADER, *rows, ""]).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "big5"])
def test_the_official_file_is_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    source, closed = load_closed_days(2026, read_calendar_file(write_file(tmp_path, ROWS, encoding)))
    assert source.startswith("115年行事曆.csv sha256:")
    assert SUBSTITUTE in closed
    assert MAKE_UP_SATURDAY not in closed
    assert closed == sorted(closed)
    assert len(closed) == 104


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (ROWS[:-1], ": 2026-12-31 is missing: use the whole calendar of 2026"),
        ([*ROWS, ROWS[0]], ":367: 2026-01-01 stands twice or is not in 2026: check the file"),
        (build_rows(2027, {}), ":2: 2027-01-01 stands twice or is not in 2026: check the file"),
        (["20260101,四,1,"], ":2: the flag of 2026-01-01 must be 0 (work) or 2 (holiday)"),
        (["115/1/1,四,2,"], ":2: the first column is no date: it is written as 20261009"),
        (["2026-W01-4,四,2,"], ":2: the first column is no date: it is written as 20261009"),
        (["20260101"], ":2: the flag of 2026-01-01 must be 0 (work) or 2 (holiday)"),
    ],
    ids=["cut short", "twice", "another year", "another flag", "another date", "a week", "cells missing"],
)
def test_a_file_that_is_not_the_calendar_of_the_year_is_refused_with_the_line(
    tmp_path: Path, rows: list[str], sentence: str
) -> None:
    path = write_file(tmp_path, rows)
    with pytest.raises(UserError) as refused:
        load_closed_days(2026, read_calendar_file(path))
    assert str(refused.value) == f"{path}{sentence}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b,c\n", ":1: this is not the header"),
        (b"", ":1: this is not the header"),
        (b"\xff\xff\xff", "neither UTF-8 nor Big5"),
        ("西元日期,星期,是否放假,備註\n".encode() + b"1" * 200_000, "this is not the table of the calendar"),
        (b"a" * (2**20 + 1), "this file is larger than 1,048,576 bytes"),
    ],
)
def test_any_other_file_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=str(path)) as refused:
        load_closed_days(2026, read_calendar_file(path))
    assert sentence in str(refused.value)


def test_without_the_file_the_calendar_is_computed() -> None:
    source, closed = load_closed_days(2026, None)
    assert source.startswith("holidays ")
    assert {date(2026, 10, 9), date(2026, 10, 10), date(2026, 2, 17)} <= set(closed)
    assert date(2026, 11, 19) not in closed


def test_a_make_up_saturday_is_a_working_day_in_the_computed_calendar() -> None:
    _, closed = load_closed_days(2023, None)
    assert date(2023, 2, 18) not in closed
    assert date(2023, 2, 25) in closed


def test_a_make_up_day_for_a_bridge_of_the_next_year_is_one_of_this_year() -> None:
    _, closed = load_closed_days(2014, None)
    assert date(2014, 12, 27) not in closed


def test_a_batch_finds_the_calendar_beside_itself(simulation: Path, tmp_path: Path, apply: Apply) -> None:
    write_file(tmp_path, ROWS, "big5")
    ended = apply(simulation, OPEN_UNIT, line("import_calendar", year=2026, file="115年行事曆.csv"))
    assert (ended.status, ended.err) == (0, "")
    assert list_topics(simulation) == ["unit.opened", "unit.calendar-imported"]
