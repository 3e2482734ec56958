"""`kiosk import`: every row is checked and tried, nothing is saved by half, and the same file changes nothing twice."""

from pathlib import Path

import pytest

from kiosk.home import Home
from tests.kiosk.importing.conftest import ANN, BEN, HEADER, NOW, Import, count_events, list_rows
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.sheets import build_xlsx


def test_a_list_of_people_is_enrolled_with_trainings_and_cards(home: Path, import_rows: Import) -> None:
    done = import_rows([["志工名冊"], HEADER, ANN, [], BEN, ["合計", "2"]])
    assert done.status == 0, done.err
    assert "2 rows right, 2 new: saved" in done.out
    assert "row 6 (合計) is no data" in done.out
    ann, ben = list_rows(home, "volunteers")
    assert (ann["volunteer"], ann["name"], ann["agreement_from"], ann["cards"]) == ("V001", "王〇明", "2024-04-01", 1)
    assert ann["trainings_missing"] == []
    assert (ben["volunteer"], ben["cards"]) == ("V002", 0)
    with Home.open(home) as opened:
        ann_id = opened.people.find_id("V001")
        assert ann_id
        assert str(opened.people.load_details(ann_id).birth_date) == "1949-05-01"


def test_the_same_file_again_changes_nothing_and_says_so(home: Path, import_rows: Import) -> None:
    rows = [HEADER, ANN, BEN]
    assert import_rows(rows).status == 0
    events = count_events(home)
    again = import_rows(rows, "--by", "lin", at="2026-11-21T09:00")
    assert (again.status, count_events(home)) == (0, events)
    assert "all there already: nothing was changed" in again.out


PAPERS = ["編號", "身分證字號", "學歷", "冊號", "保險起日", "保險迄日"]


def test_record_books_and_insurance_come_with_the_list_and_once(enrolled: Path, import_rows: Import) -> None:
    """R-009, R-014, R-071."""
    rows = [PAPERS, ["V001", "a123456789", "大學", "110-0042", "115/1/1", "115/12/31"]]
    done = import_rows(rows, "--update")
    assert done.status == 0, done.err
    assert "register_record_book: 1" in done.out
    assert "enrol_insurance: 1" in done.out
    events = count_events(enrolled)
    assert "all there already" in import_rows(rows, "--update").out
    assert count_events(enrolled) == events
    renewed = import_rows([PAPERS, ["V001", "", "", "", "116/1/1", "116/12/31"]])
    assert (renewed.status, count_events(enrolled) > events) == (0, True)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["V001", "A123456788", "", "", "", ""], "column B (身分證字號): is no national or resident ID"),
        (
            ["V002", "", "", "110-0042", "", ""],
            "(冊號): this number is that of the record book of volunteer V001",
        ),
        (["V001", "", "", "110-0043", "", ""], "column D (冊號): another record book of this volunteer is on file"),
        (["V001", "", "", "", "", "115/12/31"], "column F (保險迄日): it says until when, and not from when"),
        (["V001", "", "", "", "115/2/30", ""], "column E (保險起日)"),
        (["V001", "", "", "", "115/12/31", "115/1/1"], "insurance from 2026-12-31 cannot end on 2026-01-01"),
    ],
)
def test_a_wrong_cell_about_papers_is_named_and_nothing_is_saved(
    enrolled: Path, import_rows: Import, row: list[str], sentence: str
) -> None:
    assert import_rows([PAPERS[::3], ["V001", "110-0042"]]).status == 0
    events = count_events(enrolled)
    refused = import_rows([PAPERS, row])
    assert (refused.status > 0, count_events(enrolled)) == (True, events)
    assert sentence in refused.err


def test_a_check_saves_nothing(home: Path, import_rows: Import) -> None:
    events = count_events(home)
    checked = import_rows([HEADER, ANN], "--check")
    assert (checked.status, count_events(home), list_rows(home, "volunteers")) == (0, events, [])
    assert "1 row right, 1 new: nothing was changed" in checked.out
    assert "A (編號): volunteer" in checked.out


WRONG_ROWS = {
    "two readings of a date": (["V003", "陳", "02/03/1950", "", "", "", "", "113/4/1"], "column C (生日)"),
    "a formula": (["V003", "=cmd|x", "", "", "", "", "", "113/4/1"], "column B (姓名)"),
    "no number": (["", "陳", "", "", "", "", "", "113/4/1"], "column A (編號)"),
    "no agreement": (["V003", "陳", "", "", "", "", "", ""], "column H (起聘日)"),
    "a card that is none": (["V003", "陳", "", "", "ZZ", "", "", "113/4/1"], "column E (卡號)"),
    "a card of another": (["V003", "陳", "", "", ANN[4], "", "", "113/4/1"], "column E (卡號)"),
    "a number that looks like another": (["VOO1", "陳", "", "", "", "", "", "113/4/1"], "column A (編號)"),
    "a birth before all time": (["V003", "陳", "1066-10-14", "", "", "", "", "113/4/1"], "column C (生日)"),
    "the same person otherwise": (["V001", "王大明", "", "", "", "", "", ""], "column A (編號)"),
}


@pytest.mark.parametrize("name", WRONG_ROWS)
def test_one_wrong_row_keeps_all_from_being_saved(home: Path, import_rows: Import, name: str) -> None:
    wrong, words = WRONG_ROWS[name]
    events = count_events(home)
    refused = import_rows([HEADER, ANN, wrong])
    assert refused.status in (1, 2)
    assert f"row 3, {words}: " in refused.first_error_line
    assert "nothing was saved" in refused.err
    assert count_events(home) == events


def test_a_list_without_one_right_row_is_not_said_to_be_there(import_rows: Import) -> None:
    assert "0 rows right, 0 new: nothing was changed" in import_rows([HEADER], "--skip-wrong-rows").out


def test_wrong_rows_are_left_out_on_purpose(home: Path, import_rows: Import) -> None:
    done = import_rows([HEADER, ["V003", "陳", "02/03/1950", *[""] * 4, "113/4/1"], ANN], "--skip-wrong-rows")
    assert done.status == 2
    assert "left out: rows 2" in done.out
    assert [row["volunteer"] for row in list_rows(home, "volunteers")] == ["V001"]


@pytest.mark.parametrize("first", ["Summer Lee", "Totally"])
def test_a_name_that_begins_like_a_sum_is_a_name(import_rows: Import, first: str) -> None:
    rows = [["姓名", "編號", "起聘日"], [first, "V005", "113/4/1"], ["Total", "", ""], ["小計：1", "", ""]]
    assert "1 row right, 1 new" in import_rows(rows, "--check").out


def test_without_a_mode_nobody_is_enrolled(import_rows: Import) -> None:
    assert "--set mode=" in import_rows([HEADER, ANN], mode="").first_error_line


# --- What is there already ---


def test_an_old_list_undoes_no_correction_unless_it_is_told_to(enrolled: Path, import_rows: Import) -> None:
    rows = [["編號", "姓名", "手機"], ["V001", "王大明", ""]]
    refused = import_rows(rows)
    assert (refused.status, list_rows(enrolled, "volunteers")[0]["name"]) == (1, "王〇明")
    assert "column B (姓名)" in refused.first_error_line
    assert import_rows(rows, "--update", "--by", "lin").status == 0
    with Home.open(enrolled) as opened:
        ann = opened.people.find_id("V001")
        assert ann
        details = opened.people.load_details(ann)
    assert (details.name, details.telephone) == ("王大明", "0912345678")
    assert "all there already" in import_rows(rows, "--update").out


@pytest.mark.parametrize(
    ("column", "cell"),
    [("起聘日", "114/4/1"), ("基礎訓練日期", "112/3/1"), ("服務型態", "彈性")],
)
def test_what_is_on_record_otherwise_is_refused(enrolled: Path, import_rows: Import, column: str, cell: str) -> None:
    events = count_events(enrolled)
    refused = import_rows([["編號", column], ["V001", cell]], mode="")
    assert (refused.status, count_events(enrolled)) == (1, events)
    assert f"column B ({column})" in refused.first_error_line


def test_a_card_that_was_revoked_is_not_given_again_by_an_old_list(
    enrolled: Path, import_rows: Import, tmp_path: Path
) -> None:
    batch = write_batch(tmp_path / "lost.jsonl", line("revoke_card", "2026-11-20T10:00", card=ANN[4], reason="lost"))
    assert run_kiosk("apply", batch, "--home", enrolled).status == 0
    assert "all there already" in import_rows([HEADER, ANN], at="2026-11-21T09:00").out
    refused = import_rows([["編號", "卡號"], ["V002", ANN[4]]], mode="", at="2026-11-21T09:00")
    assert (refused.status, list_rows(enrolled, "volunteers")[0]["cards"]) == (1, 0)


def test_cards_and_trainings_come_in_lists_of_their_own(enrolled: Path, import_rows: Import) -> None:
    assert import_rows([["志工編號", "卡號"], ["V002", "E:01026F6C3A"]], mode="").status == 0
    trainings = [
        ["編號", "訓練種類", "日期", "時數"],
        ["V002", "基礎訓練", "113/3/1", "6"],
        ["V002", "特殊", "113/3/2", ""],
    ]
    assert import_rows(trainings, mode="").status == 0
    assert "all there already" in import_rows(trainings, mode="").out
    ben = list_rows(enrolled, "volunteers")[1]
    assert (ben["cards"], ben["trainings_missing"]) == (1, [])
    assert import_rows([["編號", "卡號"], ["V009", "E:01026F6C3B"]], mode="").status == 1


def test_a_training_of_several_sessions_comes_in_a_row_each(enrolled: Path, import_rows: Import) -> None:
    """R-004: the hours of all rows add up, and the list imported again is all there."""
    first = [["編號", "訓練種類", "類別", "日期", "時數"], ["V002", "特殊", "衛生", "113/3/2", "2"]]
    assert import_rows(first, mode="").status == 0
    assert list_rows(enrolled, "volunteers")[1]["trainings"] == []
    both = [*first, ["V002", "特殊", "衛生", "113/3/9", "2"]]
    assert import_rows(both, mode="").status == 0
    assert list_rows(enrolled, "volunteers")[1]["trainings"] == ["special 衛生"]
    assert "all there already" in import_rows(both, mode="").out


def test_a_workbook_is_imported(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "志工.xlsx"
    file.write_bytes(build_xlsx([HEADER, [*ANN[:3], 912345678, *ANN[4:7], 45383]]))
    done = run_kiosk("import", file, "--set", "mode=rostered", "--at", NOW, "--home", home)
    assert (done.status, "sheet 名冊" in done.out) == (0, True), done.err
    assert list_rows(home, "volunteers")[0]["agreement_from"] == "2024-04-01"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--column", "姓名"], "--column is written HEADING=FIELD"),
        (["--set", "mode"], "--set is written FIELD=VALUE"),
        (["--set", "height=3"], "--set is written FIELD=VALUE"),
        (["--set", "agreement_from=1/2/2024"], "--set agreement_from"),
        (["--session", "上午=9"], "--session is written"),
        (["--header-row", "7"], "no row 7"),
    ],
)
def test_an_option_that_says_nothing_is_refused(import_rows: Import, options: list[str], words: str) -> None:
    refused = import_rows([HEADER, ANN], *options)
    assert refused.status == 2
    assert words in refused.first_error_line


def test_a_column_that_is_missing_is_said(import_rows: Import) -> None:
    assert "`volunteer`" in import_rows([["姓名", "生日"], ["王", ""]]).first_error_line


def test_an_import_names_nobody_in_the_log(home: Path, import_rows: Import) -> None:
    rows = [[*HEADER, "電子郵件"], [*ANN, "ann@example.tw"]]
    assert import_rows(rows).status == 0
    log = b"".join(file.read_bytes() for file in home.glob("log.db*"))
    assert [text for text in ("王小明", "0912345678", "ann@example.tw", "1949-05-01") if text.encode() in log] == []
