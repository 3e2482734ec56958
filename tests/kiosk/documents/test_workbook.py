"""A document as XLSX, ODS and CSV: read back by another library, typed, and the same bytes each time."""

import csv
import io
import re
from datetime import date, datetime, time, timedelta
from typing import Literal

import pytest
from python_calamine import load_workbook

from domain.calendar import TAIPEI
from kiosk.documents.workbook import build_document_csv, build_document_workbook, choose_table
from kiosk.documents.written import WrittenDocument, write_document
from kiosk.errors import UserError
from kiosk.words.language import use_language
from tests.support.sample_document import SamplePersons, build_sample

Form = Literal["xlsx", "ods"]
FORMS: tuple[Form, ...] = ("xlsx", "ods")


def write(*, second: bool = True) -> WrittenDocument:
    with use_language("zh-TW"):
        return write_document(build_sample(second=second), SamplePersons(), "7K3M-Q2WX-9HTB")


def build(form: Form) -> bytes:
    with use_language("zh-TW"):
        return build_document_workbook(write(), form)


def as_length(cell: object) -> object:
    """The reader takes a length in ODS for a time of day, and a longer one as it is written there."""
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute)
    if written := re.fullmatch(r"PT(\d+)H(\d+)M00S", str(cell)):
        return timedelta(hours=int(written[1]), minutes=int(written[2]))
    return cell


@pytest.mark.parametrize("form", FORMS)
def test_each_table_has_a_sheet_with_typed_cells(form: Form) -> None:
    workbook = load_workbook(io.BytesIO(build(form)))
    assert workbook.sheet_names == ["依志工", "名稱有 的表", "說明"]
    rows = [[as_length(cell) for cell in row] for row in workbook.get_sheet_by_name("依志工").to_python()]
    header, first, second, third, erased, totals = rows
    assert header[:7] == ["編號", "姓名", "性別", "出生日期", "類別", "次數", "時數"]
    assert first[3:14] == [
        *(date(1949, 5, 1), "戶政", 3, timedelta(hours=12, minutes=5), 0.875, 1240, 2.5, date(2026, 11, 1)),
        *("115 年 11 月", datetime(2026, 11, 19, 8, 58, tzinfo=TAIPEI).replace(tzinfo=None), "第 12 號"),
    ]
    assert (second[3], second[4], second[7]) == ("未記錄", "未分類", "未記錄")
    assert third[0] == "=1+1"
    assert erased[:2] == ["（已刪除）", "（已刪除）"]
    assert (totals[0], totals[5], totals[6]) == ("合計", 12, timedelta(hours=48, minutes=20))


@pytest.mark.parametrize("form", FORMS)
def test_the_last_sheet_says_what_stands_around_the_tables(form: Form) -> None:
    rows = load_workbook(io.BytesIO(build(form))).get_sheet_by_name("說明").to_python()
    told = {str(row[0]): str(row[1]) for row in rows}
    assert told["文件"] == "志工服務時數統計"
    assert (told["期間"], told["資料時間"]) == ("民國 115/11/01 至 115/11/30", "115/12/01 09:05")
    assert (told["查驗碼"], told["紀錄雜湊"]) == ("7K3M-Q2WX-9HTB", "6f" * 32)
    assert "表下的說明" in [row[1] for row in rows]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_content_makes_the_same_workbook(form: Form) -> None:
    assert build(form) == build(form)


def test_a_csv_file_is_plain_for_programs() -> None:
    made = build_document_csv(choose_table(write(), "hours"))
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert (rows[0]["minutes"], rows[0]["from"], rows[0]["works"], rows[1]["rate"]) == ("725", "2026-11-01", "true", "")
    assert (rows[2]["number"], rows[3]["name"], len(rows)) == ("'=1+1", "", 4)


def test_of_several_tables_a_csv_file_has_the_one_that_is_named() -> None:
    assert choose_table(write(second=False), None).name == "hours"
    refusals = ((None, "choose one with --table: hours, short"), ("x", "no table `x`: its tables are hours"))
    for name, sentence in refusals:
        with pytest.raises(UserError) as refused:
            choose_table(write(), name)
        assert sentence in str(refused.value)
