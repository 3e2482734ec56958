"""A list of shifts is imported by name and session, once, and wrong rows are refused."""

from pathlib import Path

import pytest

from tests.kiosk.importing.conftest import HEADER, SHIFTS, Import, count_events, list_rows
from tests.support.kiosk_program import line, run_kiosk, write_batch


def test_shifts_are_planned_by_name_and_session(enrolled: Path, import_rows: Import) -> None:
    refused = import_rows(SHIFTS, mode="")
    assert (refused.status, "--session 上午=" in refused.first_error_line) == (1, True)
    sessions = ("--session", "上午=09:00-12:00")
    assert import_rows(SHIFTS, *sessions, mode="").status == 0
    duties = list_rows(enrolled, "duties")
    assert [(duty["start"][:16], duty["end"][11:16], duty["volunteer"]) for duty in duties] == [
        ("2026-12-01T09:00", "12:00", "V001"),
        ("2026-12-01T09:00", "12:00", "V002"),
        ("2026-12-01T14:00", "17:00", "V002"),
    ]
    assert duties[0]["shift"] == "2026-12-01 09:00-12:00 一樓"
    assert "all there already" in import_rows(SHIFTS, *sessions, mode="").out


@pytest.mark.parametrize("heading", ["時段", "起迄時間", "起訖時間"])
def test_a_column_with_both_times_is_a_column_of_sessions(enrolled: Path, import_rows: Import, heading: str) -> None:
    assert import_rows([["日期", "編號", heading], ["115/12/1", "V001", "09:00-12:00"]], mode="").status == 0
    (duty,) = list_rows(enrolled, "duties")
    assert (duty["start"][:16], duty["end"][11:16]) == ("2026-12-01T09:00", "12:00")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["115/12/1", "09:00", "08:00", "V001"], "row 2"),
        (["115/12/1", "09:00", "12:00", "V009"], "column D (編號)"),
        (["115/12/1", "09:00", "", "V001"], "column C (迄)"),
        (["115/12/1", "25:00", "26:00", "V001"], "column B (起)"),
    ],
)
def test_a_wrong_shift_is_refused(enrolled: Path, import_rows: Import, row: list[str], words: str) -> None:
    events = count_events(enrolled)
    refused = import_rows([["日期", "起", "迄", "編號"], row], mode="")
    assert (refused.status in (1, 2), count_events(enrolled)) == (True, events)
    assert words in refused.first_error_line


def test_a_duty_that_was_given_up_is_not_assigned_again(enrolled: Path, import_rows: Import, tmp_path: Path) -> None:
    rows = [["日期", "起", "迄", "編號"], ["115/12/1", "09:00", "24:00", "V001"]]
    assert import_rows(rows, mode="").status == 0
    shift = list_rows(enrolled, "duties")[0]["shift"]
    unassign = line("unassign", "2026-11-20T10:00", shift=shift, volunteer="V001")
    assert run_kiosk("apply", write_batch(tmp_path / "off.jsonl", unassign), "--home", enrolled).status == 0
    assert import_rows(rows, mode="", at="2026-11-21T09:00").status == 0
    assert list_rows(enrolled, "duties") == []


def test_one_shift_with_two_times_is_refused(enrolled: Path, import_rows: Import) -> None:
    header = ["班次編號", "日期", "起", "迄", "編號"]
    rows = [header, ["A", "115/12/1", "09:00", "12:00", "V001"], ["A", "115/12/1", "09:00", "13:00", "V002"]]
    assert "row 3, column A (班次編號): A stands in row 2 already" in import_rows(rows, mode="").first_error_line


def test_of_two_people_with_one_name_none_is_chosen(enrolled: Path, import_rows: Import) -> None:
    assert import_rows([HEADER, ["V003", "李美", *[""] * 5, "113/4/1"]]).status == 0
    assert "V002, V003" in import_rows(SHIFTS, "--session", "上午=09:00-12:00", mode="").first_error_line
