"""A list written to a file, read back as a spreadsheet program reads it."""

import io
import stat
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import load_workbook

from kiosk.errors import UserError
from kiosk.sheets import export
from kiosk.sheets.export import build_workbook
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

FORMATS = ["xlsx", "ods"]
ROW = {
    "volunteer": "V001",
    "date": "2026-11-19",
    "check_in": "2026-11-19T09:00:05+08:00",
    "check_out": None,
    "credited_minutes": 175,
    "corrected": True,
    "shift": "=1+2",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    assert run_kiosk("init", "--simulation", "--home", folder / "home").status == 0
    taps = [line("tap", f"2026-11-19T{at}", card="04000000000001") for at in ("09:00", "11:55")]
    batch = write_batch(folder / "day.jsonl", *ANNS_UNIT_LINES, *taps)
    assert run_kiosk("apply", batch, "--home", folder / "home").status == 0
    return folder / "home"


def read_back(content: bytes) -> list[list[Any]]:
    return load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("workbook", FORMATS)
def test_numbers_dates_and_times_are_what_they_are(workbook: Any) -> None:
    header, cells = read_back(build_workbook("visits", [ROW], [], workbook))
    assert header == list(ROW)
    at = datetime.fromisoformat("2026-11-19T09:00:05")
    assert cells == ["V001", date(2026, 11, 19), at, "", 175.0, "yes", "=1+2"]


@pytest.mark.parametrize("workbook", FORMATS)
@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+886", "-1", "@SUM(A1)", "\t=1", "<b>&", "王  𠮷\n二", "00123"])
def test_a_text_stays_a_text(workbook: Any, text: str) -> None:
    content = build_workbook("shifts", [{"shift": text}], [], workbook)
    assert read_back(content)[1] == [text]
    sheet = ZipFile(io.BytesIO(content)).read("content.xml" if workbook == "ods" else "xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"table:formula" not in sheet


@pytest.mark.parametrize("workbook", FORMATS)
def test_what_no_spreadsheet_can_hold_is_written_out(workbook: Any) -> None:
    assert read_back(build_workbook("shifts", [{"shift": "\x1b[2J\0"}], [], workbook))[1] == ["\\u001b[2J\\u0000"]


@pytest.mark.parametrize("workbook", FORMATS)
def test_the_header_row_is_frozen_and_the_same_rows_make_the_same_bytes(workbook: Any) -> None:
    one, other = (build_workbook("visits", [ROW], [], workbook) for _ in range(2))
    assert one == other
    archive = ZipFile(io.BytesIO(one))
    if workbook == "ods":
        assert archive.namelist()[0] == "mimetype"
        assert b"VerticalSplitPosition" in archive.read("settings.xml")
    else:
        assert b'ySplit="1"' in archive.read("xl/worksheets/sheet1.xml")


def test_a_list_without_rows_has_its_header() -> None:
    assert read_back(build_workbook("visits", [], ["volunteer", "date"], "ods")) == [["volunteer", "date"]]


def test_what_a_sheet_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    build_workbook("shifts", [{"shift": "x" * export.LONGEST_TEXT}], [], "xlsx")
    with pytest.raises(UserError):
        build_workbook("shifts", [{"shift": "x" * (export.LONGEST_TEXT + 1)}], [], "xlsx")
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    build_workbook("shifts", [{"shift": "S"}] * 2, [], "ods")
    with pytest.raises(UserError):
        build_workbook("shifts", [{"shift": "S"}] * 3, [], "ods")


# --- The commands ---


@pytest.mark.parametrize("command", ["visits", "duties", "hours", "absences", "exits", "pending", "volunteers"])
def test_each_list_becomes_a_workbook(home: Path, tmp_path: Path, command: str) -> None:
    file = tmp_path / "list.ods"
    done = run_kiosk(command, "--output", file, "--home", home)
    assert (done.status, done.out) == (0, "")
    assert str(file) in done.err
    assert read_back(file.read_bytes())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_format_wins_over_the_name_of_the_file(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "hours.ods"
    assert run_kiosk("hours", "--format", "csv", "--output", file, "--home", home).status == 0
    assert file.read_bytes() == run_kiosk("hours", "--format", "csv", "--home", home).out.encode()


def test_a_file_that_exists_is_left_alone(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "hours.xlsx"
    file.write_text("mine")
    refused = run_kiosk("hours", "--output", file, "--home", home)
    assert (refused.status, file.read_text()) == (2, "mine")
    assert str(file) in refused.first_error_line


@pytest.mark.parametrize("command", ["hours", "reconcile"])
def test_a_file_in_a_folder_that_is_not_there_is_refused_before_any_work_is_done(
    home: Path, tmp_path: Path, command: str
) -> None:
    """What a night settled would be printed by no later run."""
    before = run_kiosk("verify", "--format", "json", "--home", home).out
    refused = run_kiosk(command, "--output", tmp_path / "missing" / "x.csv", "--home", home)
    said = f"kiosk: there is no folder {tmp_path / 'missing'}: make it, or name another\n"
    assert (refused.status, refused.err) == (2, said)
    assert run_kiosk("verify", "--format", "json", "--home", home).out == before


@pytest.mark.parametrize("command", ["hours", "reconcile"])
def test_a_folder_in_which_nothing_can_be_written_is_refused_before_any_work_is_done(home: Path, command: str) -> None:
    """One of the system; in an office that of another user, or a disk that is mounted read-only."""
    before = run_kiosk("verify", "--format", "json", "--home", home).out
    refused = run_kiosk(command, "--output", "/proc/x.csv", "--home", home)
    assert (refused.status, refused.first_error_line.startswith("kiosk: cannot write /proc/x.csv (")) == (2, True)
    assert run_kiosk("verify", "--format", "json", "--home", home).out == before


def test_a_workbook_goes_to_no_terminal(home: Path) -> None:
    refused = run_kiosk("hours", "--format", "xlsx", "--home", home)
    assert (refused.status, refused.out) == (2, "")
    assert "--output" in refused.first_error_line


def test_a_folder_that_is_missing_is_said(home: Path, tmp_path: Path) -> None:
    refused = run_kiosk("hours", "--output", tmp_path / "no" / "hours.xlsx", "--home", home)
    assert (refused.status, len(refused.err.splitlines())) == (2, 1)
