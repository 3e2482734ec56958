"""`kiosk ministry`: the file is read back with another library than the one that wrote it (R-030)."""

import json
import shutil
from pathlib import Path

import pytest
from python_calamine import load_workbook

from domain.ids import unit_stream
from kiosk.home import Home
from kiosk.home_files import CODES_FILE, TEMPLATE_FILE
from kiosk.ministry.data_files import SHIPPED
from tests.support.kiosk_program import OPEN_UNIT, ProgramResult, line, run_kiosk, write_batch
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

HEADINGS = [
    *("姓名", "身分證字號", "服務日期起", "服務日期訖", "服務項目", "服務內容", "服務時數-小時", "服務時數-分鐘"),
    *("受服務人次", "交通費", "誤餐費", "服務區域", "備註", "匯入動作", "序號"),
]
WIDE_HEADINGS = [*HEADINGS, "國外參與服務人次", "國內參與服務人次"]
ANN, BEN, CAT, DAN = "V001", "V002", "V003", "V004"
NAMES = {ANN: "王小明", BEN: "李大華", CAT: "陳美玉", DAN: "林一郎"}
VALID, WRONG = "A123456789", "A123456788"


def enrol(number: str, **details: str) -> list[dict[str, object]]:
    at = "2024-01-02T08:00"
    fields = {"mode": "rostered", "agreement_from": "2024-01-02", "name": NAMES[number]}
    return [
        line("enrol_volunteer", at, volunteer=number, **fields, **details),
        line("complete_training", at, volunteer=number, kind="basic", on="2024-01-10"),
        line("issue_card", at, volunteer=number, card=f"0400000000000{number[-1]}"),
    ]


def serve(number: str, shift: str, day: int, leaves: str = "12:00", **work: str) -> list[dict[str, object]]:
    """A morning from nine to noon in November, and the taps of one volunteer."""
    span = {"start": f"2026-11-{day:02}T09:00", "end": f"2026-11-{day:02}T12:00"}
    card = f"0400000000000{number[-1]}"
    return [
        line("schedule_shift", "2026-11-01T08:00", shift=shift, volunteers=[number], **span, **work),
        line("tap", f"2026-11-{day:02}T09:00", card=card),
        line("tap", f"2026-11-{day:02}T{leaves}", card=card),
    ]


CODED = {"item": "0130", "content": "引導服務"}
LINES = (
    {**OPEN_UNIT, "at": "2024-01-01T08:00", "category": None},
    line("adopt_policy", "2024-01-01T08:00", effective_from="2024-01-01", meal_allowance=80),
    *enrol(ANN, national_id=VALID),
    *enrol(BEN, national_id="B234567894"),
    *enrol(CAT),
    *enrol(DAN, national_id="C123456781"),
    *serve(ANN, "S1", 3, "11:34", **CODED),
    *serve(ANN, "S2", 4, "11:47", item="社區服務", content="0028"),
    *serve(ANN, "S3", 5, post="服務台"),
    *serve(BEN, "S4", 6, "09:29", **CODED),
    *serve(CAT, "S5", 9, **CODED),
    *serve(DAN, "S6", 10),
    *serve(DAN, "S7", 11, item="9999", content="0028"),
    line("record_served_count", "2026-11-30T17:00", shift="S1", count=31, by="lin"),
    line("record_served_count", "2026-11-30T17:00", on="2026-11-12", count=150, by="lin"),
    line("record_drill", "2026-12-01T08:00", accounted=[ANN], by="lin"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of which some duties have no codes and some people no number; no test changes it."""
    folder = tmp_path_factory.mktemp("ministry")
    home = folder / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    ended = run_kiosk("apply", write_batch(folder / "day.jsonl", *LINES), "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """The same for one test."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def change_codes(home: Path, old: str, new: str) -> None:
    """Copy the shipped table into the home, and change it there."""
    text = (SHIPPED / CODES_FILE).read_text(encoding="utf-8")
    assert old in text
    (home / CODES_FILE).write_text(text.replace(old, new), encoding="utf-8")


POST = '\n[posts."服務台"]\nitem = "0130"\ncontent = "0006"\n'


def make_file(home: Path, *options: str, name: str = "hours.xlsx") -> ProgramResult:
    return run_kiosk("ministry", "2026-11", "--output", home.parent / name, "--home", home, *options)


def read_sheet(path: Path, sheet: str) -> list[list[object]]:
    return load_workbook(path).get_sheet_by_name(sheet).to_python()


def read_rows(home: Path, name: str = "hours.xlsx") -> list[list[object]]:
    header, *rows = read_sheet(home.parent / name, "服務時數記錄")
    assert header in (HEADINGS, WIDE_HEADINGS)
    return rows


def test_what_cannot_be_written_is_listed_and_nothing_is_written(home: Path) -> None:
    ended = make_file(home)
    assert ended.status == 1
    assert not (home.parent / "hours.xlsx").exists()
    *obstacles, last = ended.err.splitlines()
    assert [text.split(": ", 1)[1] for text in obstacles] == [
        "shift S3 on 2026-11-05: the post 服務台 is not among [posts]: add it there",
        "shift S6 on 2026-11-10: no item is known: say it with describe_duty, or give its post or [without_post] here",
        "shift S7 on 2026-11-11: the item 9999 is not among [items]: add its code there, or correct it with "
        "describe_duty",
        "has no national ID: add it with change_person",
    ]
    assert obstacles[0].startswith(str(SHIPPED / CODES_FILE))
    assert "4 things above cannot be written" in last
    assert json.loads(run_kiosk("accesses", "--format", "json", "--home", home).out) == []


def test_minutes_of_one_item_and_content_are_added_and_never_rounded(home: Path) -> None:
    """R-034: 2:34 and 2:47 are 5 h 21 min; R-022: a code and its words are the same."""
    change_codes(home, "# 沒有崗位", POST + "# 沒有崗位")
    ended = make_file(home, "--leave-out")
    assert ended.status == 0
    assert read_rows(home) == [
        ["王小明", VALID, "1151101", "1151130", "0130", "0006", 3.0, 0.0, "", "", 80.0, "", "", "A", ""],
        ["王小明", VALID, "1151101", "1151130", "0130", "0028", 5.0, 21.0, 31.0, "", "", "", "", "A", ""],
    ]
    assert "volunteer V002, 0130 0028: 29 minutes, less than the 30 of a row" in ended.err
    assert "150 people served stand in no row" in ended.err
    assert "2026-11 is not closed yet" in ended.err
    assert "2 rows of 2026-11 in 15 columns" in ended.out


def test_the_default_of_a_post_comes_before_the_table_of_codes(home: Path, tmp_path: Path) -> None:
    """R-022 Ex: the post is item 0130, content 0028 in the file, whatever the table says of it."""
    change_codes(home, "# 沒有崗位", POST + "# 沒有崗位")
    usual = {"post": "服務台", "item": "0130", "content": "0028", "from_": "2026-11-05", "by": "lin"}
    batch = write_batch(tmp_path / "post.jsonl", line("describe_post", "2026-12-01T09:00", **usual))
    assert run_kiosk("apply", batch, "--home", home).err == ""
    assert make_file(home, "--leave-out").status == 0
    assert [row[4:8] for row in read_rows(home)] == [["0130", "0028", 8.0, 21.0]]


def test_the_wide_layout_has_two_columns_more_and_the_codes_have_sheets_of_their_own(home: Path) -> None:
    change_codes(home, 'area = ""', 'area = "B"')
    assert make_file(home, "--leave-out", "--columns", "17").status == 0
    header, row = read_sheet(home.parent / "hours.xlsx", "服務時數記錄")
    assert (header, row[11], len(row)) == (WIDE_HEADINGS, "B", 17)
    assert read_sheet(home.parent / "hours.xlsx", "服務項目代碼")[:2] == [["代碼", "名稱"], ["0010", "綜合服務"]]
    assert len(read_sheet(home.parent / "hours.xlsx", "服務內容代碼")) == 11
    assert ["B", "台中市"] in read_sheet(home.parent / "hours.xlsx", "服務區域代碼")


@pytest.mark.parametrize(("leaves", "rows"), [("09:29", 1), ("09:30", 2)])
def test_a_row_has_thirty_minutes(home: Path, tmp_path: Path, leaves: str, rows: int) -> None:
    """R-030: 29 minutes are listed, 30 are a row."""
    later = write_batch(tmp_path / "more.jsonl", *serve(BEN, "S9", 20, leaves, item="0010", content="0099"))
    assert run_kiosk("apply", later, "--home", home).status == 0
    assert make_file(home, "--leave-out").status == 0
    assert len(read_rows(home)) == rows


def test_whose_data_went_into_the_file_is_recorded_before_it_is_written(home: Path) -> None:
    """R-120: to whom, whose and why."""
    assert make_file(home, "--leave-out", "--by", "lin").status == 0
    (access,) = json.loads(run_kiosk("accesses", "--format", "json", "--home", home).out)
    assert (access["by"], access["shown"], access["volunteers"], access["purpose"]) == (
        "lin",
        "ministry",
        [ANN],
        "papers",
    )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(WRONG, "whose check digit does not fit"), ("A12345678", "national ID of the wrong form")],
)
def test_a_number_that_became_wrong_is_named(home: Path, number: str, sentence: str) -> None:
    """V-19: the number is looked at again when the file is made, whatever let it into the store."""
    import sqlite3  # noqa: PLC0415 - a hand at the store, which no command allows

    with sqlite3.connect(home / "people.db") as store:
        changed = store.execute("UPDATE profiles SET national_id = ? WHERE national_id = ?", (number, VALID))
        assert changed.rowcount == 1
    ended = make_file(home)
    assert ended.status == 1
    assert f"volunteer V001: has a national ID {sentence.removeprefix('national ID ')}" in ended.err or (
        f"volunteer V001: has a {sentence}" in ended.err
    )


def test_who_was_erased_since_is_named_by_id_and_the_rest_is_written_on_purpose(home: Path) -> None:
    end = line("end_agreement", "2026-12-01T09:00", volunteer=ANN, on="2026-12-01", reason="moves away")
    assert run_kiosk("apply", write_batch(home.parent / "end.jsonl", end), "--home", home).status == 0
    later = line("record_drill", "2026-12-05T08:00", accounted=[BEN], by="lin")
    assert run_kiosk("apply", write_batch(home.parent / "later.jsonl", later), "--home", home).status == 0
    assert run_kiosk("erase", ANN, "--basis", "request", "--yes", "--home", home).status == 0
    assert "is erased: nobody knows the name any more" in make_file(home).err
    ended = make_file(home, "--leave-out")
    assert (ended.status, read_rows(home)) == (0, [])


def test_an_event_that_cannot_be_read_is_named_beside_the_file(home: Path) -> None:
    with Home.open(home) as opened:
        position = insert_undecodable(opened.log, unit_stream(), UNKNOWN_TOPIC)
    ended = make_file(home, "--leave-out")
    assert (ended.status, ended.err.count(f"without event {position} ")) == (0, 1)


def test_a_month_that_is_not_over_has_no_file(home: Path) -> None:
    """R-030: no date in the future."""
    ended = run_kiosk("ministry", "2026-12", "--output", home.parent / "x.xlsx", "--home", home)
    assert (ended.status, "2026-12 is not over" in ended.err) == (1, True)


@pytest.mark.parametrize(("last", "status"), [("2026-12-01T03:59", 1), ("2026-12-01T04:00", 0)])
def test_a_month_is_over_with_its_last_service_day(tmp_path: Path, last: str, status: int) -> None:
    """The last service day of November ends on 1 December at four in the morning."""
    home = tmp_path / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    lines = (*LINES[:-1], line("tap", last, card="04000000000099"))
    run_kiosk("apply", write_batch(tmp_path / "day.jsonl", *lines), "--home", home)
    assert make_file(home, "--leave-out").status == status


def test_the_month_of_the_republic_is_the_same_month(home: Path) -> None:
    """V-16."""
    made = run_kiosk("ministry", "115-11", "--leave-out", "--output", home.parent / "hours.xlsx", "--home", home)
    assert (made.status, read_rows(home)[0][2:4]) == (0, ["1151101", "1151130"])


# --- Data files ---


@pytest.mark.parametrize(
    ("old", "new", "line_number", "sentence"),
    [
        ('"0010" = "綜合服務"', '"10" = "綜合服務"', 9, "10 is no code of an item"),
        ('"A" = "台北市"', '"a" = "台北市"', 27, "a is no code of an area"),
        ('area = ""', 'area = "Z"', 6, "the area Z is not among [areas]"),
        ("# 沒有崗位", POST.replace("0130", "0131") + "# 沒有崗位", 38, "0131 is not among [items]"),
        ("# 沒有崗位", POST.replace("0006", "導覽") + "# 沒有崗位", 39, "導覽 is not among [contents]"),
        ("[areas]", "[places]", None, "places"),
        ("[areas]", "[areas", 26, "a bracket is not closed"),
    ],
)
def test_a_table_that_is_not_understood_stops_with_its_line(
    home: Path, old: str, new: str, line_number: int | None, sentence: str
) -> None:
    change_codes(home, old, new)
    ended = make_file(home)
    assert ended.status in (1, 2)
    assert str(home / CODES_FILE) + (f":{line_number}" if line_number else "") in ended.err
    assert sentence in ended.err


def test_the_unit_can_change_the_columns(home: Path) -> None:
    text = (SHIPPED / TEMPLATE_FILE).read_text(encoding="utf-8")
    (home / TEMPLATE_FILE).write_text(text.replace("服務日期訖", "服務日期迄"), encoding="utf-8")
    assert make_file(home, "--leave-out").status == 0
    assert read_sheet(home.parent / "hours.xlsx", "服務時數記錄")[0][3] == "服務日期迄"


def test_the_data_files_are_put_into_the_home_once(home: Path) -> None:
    assert run_kiosk("ministry", "--prepare", "--home", home).out.count("is there now") == 2
    (home / CODES_FILE).write_text("# ours\n", encoding="utf-8")
    again = run_kiosk("ministry", "--prepare", "--home", home)
    assert (again.status, "nothing was changed" in again.out) == (0, True)
    assert (home / CODES_FILE).read_text(encoding="utf-8") == "# ours\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("2026-11",), "name a month and a file"),
        (("2026-13", "--output", "x.xlsx"), "is no month"),
        (("11", "--output", "x.xlsx"), "is no month"),
    ],
)
def test_a_command_that_lacks_something_says_so(home: Path, words: tuple[str, ...], sentence: str) -> None:
    ended = run_kiosk("ministry", *words, "--home", home)
    assert (ended.status, sentence in ended.err) == (2, True)


def test_a_file_that_is_there_is_left_alone(home: Path) -> None:
    there = home.parent / "hours.xlsx"
    there.write_bytes(b"mine")
    assert make_file(home, "--leave-out").status == 2
    assert there.read_bytes() == b"mine"
