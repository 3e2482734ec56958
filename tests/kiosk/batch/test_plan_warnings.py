"""`kiosk apply --check` warns of double bookings, weekends and holidays, and refuses none of them."""

from pathlib import Path

import pytest

from kiosk.home import Home
from tests.support.kiosk_program import ANNS_UNIT_LINES, ProgramResult, line, run_kiosk, write_batch

AT = "2026-11-02T08:00"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann has S1 on 2026-11-19 from 9 to 12; the calendar of 2026 is known."""
    folder = tmp_path_factory.mktemp("checked")
    Home.make(folder / "home", simulation=True).close()
    batch = write_batch(folder / "unit.jsonl", *ANNS_UNIT_LINES, line("import_calendar", "2026-11-01T09:00", year=2026))
    assert run_kiosk("apply", batch, "--home", folder / "home").err == ""
    return folder / "home"


def check(home: Path, *lines: dict[str, object] | str) -> ProgramResult:
    return run_kiosk("apply", "--check", write_batch(home.parent / "plan.jsonl", *lines), "--home", home)


def shift(name: str, day: str, start: str = "09:00", end: str = "12:00", *who: str) -> dict[str, object]:
    span = {"start": f"{day}T{start}", "end": f"{day}T{end}"}
    return line("schedule_shift", AT, shift=name, volunteers=list(who), **span)


def list_warnings(result: ProgramResult) -> list[str]:
    """Line and sentence, without the name of the file."""
    return [text.partition("plan.jsonl:")[2] for text in result.err.splitlines()]


@pytest.mark.parametrize(
    ("start", "warnings"),
    [("11:59", ["1: warning: V001 is booked for S2 and for S1 at the same time"]), ("12:00", [])],
)
def test_a_double_booking_is_a_warning_and_no_refusal(home: Path, start: str, warnings: list[str]) -> None:
    result = check(home, shift("S2", "2026-11-19", start, "13:00", "V001"))
    assert (result.status, list_warnings(result)) == (0, warnings)


def test_two_lines_that_do_not_fit_are_said_once_at_the_later_one(home: Path) -> None:
    assign = line("assign", AT, shift="S3", volunteer="V001")
    result = check(
        home, shift("S3", "2026-11-24"), "# a comment", shift("S4", "2026-11-24", "09:00", "10:00", "V001"), assign
    )
    assert list_warnings(result) == ["4: warning: V001 is booked for S3 and for S4 at the same time"]


@pytest.mark.parametrize(
    ("day", "warning"),
    [
        ("2026-11-21", "1: warning: S2 is on a weekend, 2026-11-21"),
        ("2026-10-09", "1: warning: S2 is on a day on which offices are closed, 2026-10-09"),
        ("2026-11-20", None),
    ],
)
def test_a_closed_day_is_a_warning(home: Path, day: str, warning: str | None) -> None:
    """R-048"""
    assert list_warnings(check(home, shift("S2", day))) == ([warning] if warning else [])


NO_2027 = "warning: the office calendar of 2027 is not imported: holidays count as working days"


def test_a_year_without_an_office_calendar_is_warned_of_once_at_its_first_duty(home: Path) -> None:
    """R-048: 2027-01-01 is a holiday, and nobody knows."""
    planned = (shift("S2", "2026-11-20"), shift("S3", "2027-01-05"), shift("S4", "2027-01-01"))
    assert list_warnings(check(home, *planned)) == [f"2: {NO_2027}"]
    imported = line("import_calendar", AT, year=2027)
    assert list_warnings(check(home, imported, *planned)) == [
        "4: warning: S4 is on a day on which offices are closed, 2027-01-01"
    ]


def test_a_duty_whose_desk_is_called_off_is_a_warning_and_another_is_refused(home: Path) -> None:
    """R-027"""
    desk = {"post": "新住民服務台", "start": "2026-11-18T09:00"}
    session = line("schedule_desk_session", AT, end="2026-11-18T12:00", **desk)
    kept = shift("S2", "2026-11-18") | {"post": desk["post"]}
    cancelled = line("cancel_desk_session", AT, reason="nobody comes", **desk)
    result = check(home, session, kept, cancelled)
    warning = "2: warning: S2 on 2026-11-18 is outside the sessions of the visiting desk at its post"
    assert (result.status, list_warnings(result)) == (0, [warning])
    result = check(home, session, kept | {"start": "2026-11-19T09:00", "end": "2026-11-19T12:00"})
    assert (result.status, "has no desk session at 新住民服務台" in result.err) == (1, True)


def test_a_line_that_cannot_be_run_is_refused_as_ever_and_no_warning(home: Path) -> None:
    result = check(
        home, shift("S2", "2026-11-21", "09:00", "12:00", "V404"), '{"do": "assign", "shift": 7}', "[]", "\u00ff{"
    )
    assert result.status == 2
    assert "warning:" not in result.err


def test_what_is_carried_out_says_nothing(home: Path) -> None:
    batch = write_batch(home.parent / "real.jsonl", shift("S9", "2026-11-28"))
    assert run_kiosk("apply", batch, "--home", home).err == ""
