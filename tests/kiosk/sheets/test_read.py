"""A table is read from whatever an office sends; what no table can be is refused with a sentence, in little memory."""

import io
import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from kiosk.errors import UserError
from kiosk.sheets import read
from kiosk.sheets.export import build_workbook
from kiosk.sheets.read import name_column, read_table, read_table_file
from kiosk.sheets.workbook import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    UnreadableWorkbook,
    demand_small_parts,
    read_workbook,
)
from tests.support.documents import ROOT
from tests.support.sheets import build_text_table, build_xlsx

PEOPLE = [["編號", "姓名"], ["V001", "王小明"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_text_file_is_read_whatever_its_encoding_and_separator(encoding: str, separator: str) -> None:
    assert read_table("a.csv", build_text_table(PEOPLE, encoding, separator)).rows == PEOPLE


def test_a_comma_in_quotes_separates_nothing() -> None:
    rows = [["編號", "地址"], ["V001", "清水區, 中山路, 1 號"]]
    assert read_table("a.csv", build_text_table(rows, separator=";")).rows == rows


def test_what_keeps_a_cell_from_being_computed_is_taken_off() -> None:
    assert read_table("a.csv", b'a,b\n"=""0912""",\'+886\n=cmd|x,O\'Hara\n').rows[1:] == [
        ["0912", "+886"],
        ["=cmd|x", "O'Hara"],
    ]


def test_a_workbook_is_read_by_its_values() -> None:
    def change(workbook: Any, sheet: Any) -> None:
        sheet.write_datetime(1, 1, date(1949, 5, 1), workbook.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_formula(1, 2, "=1+2", None, 3)
        sheet.merge_range(1, 3, 2, 3, "導覽組")

    table = read_table("a.xlsx", build_xlsx([["編號", "生日", "合計", "組別"], ["V001"], ["V002"]], change))
    assert table.sheet == "名冊"
    assert table.rows[1:] == [["V001", "1949-05-01", 3, "導覽組"], ["V002", "", "", "導覽組"]]


def test_rows_and_columns_are_counted_as_the_spreadsheet_shows_them() -> None:
    content = build_xlsx([[], [], ["", "編號", "姓名"], ["", "V001", "王"]])
    assert read_table("a.xlsx", content).rows[2] == ["", "編號", "姓名"]
    assert [name_column(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_an_opendocument_file_is_read() -> None:
    content = build_workbook("people", [{"編號": "V001", "date": "2026-11-19"}], [], "ods")
    assert read_table("x.xls", content).rows == [["編號", "date"], ["V001", "2026-11-19"]]


def test_an_old_workbook_is_read() -> None:
    rows = read_table("people.xls", (ROOT / "tests" / "data" / "people.xls").read_bytes()).rows
    assert rows[3:] == [["V001", "王小明", "1949-05-01", "導覽組"], ["V002", "李美", "", "導覽組"]]


def test_empty_rows_without_end_are_no_rows() -> None:
    row = f"<table:table-row><table:table-cell{VALUE}</table:table-row>"
    assert read_table("a.ods", build_ods(row + REPEATED.replace(VALUE, "/>"))).rows == [["x"]]


def test_of_several_sheets_one_is_named() -> None:
    content = build_xlsx(PEOPLE, lambda workbook, _: workbook.add_worksheet("二月").write(0, 0, "x"))
    with pytest.raises(UserError, match="名冊, 二月"):
        read_table("a.xlsx", content)
    assert read_table("a.xlsx", content, "二月").rows == [["x"]]
    with pytest.raises(UserError, match="--sheet"):
        read_table("a.csv", b"a,b", "二月")
    with pytest.raises(UserError, match="三月"):
        read_table("a.xlsx", content, "三月")


# --- What is no table ---


def build_ods(rows: str) -> bytes:
    """An OpenDocument file with these rows in its only table."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body><office:spreadsheet><table:table table:name='x'>{rows}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


VALUE = " office:value-type='string'><text:p>x</text:p></table:table-cell>"
REPEATED = (
    "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16384'"
    f"{VALUE}</table:table-row>"
)


def build_far_cell() -> bytes:
    return build_xlsx([["a"]], lambda _, sheet: sheet.write(1_048_575, 16_383, "b"))


NO_TABLES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "a PDF": (b"%PDF-1.7 \n", "PDF"),
    "a web page": (b"\xef\xbb\xbf\n<HTML><table><tr><td>1</td></tr></table>", "web page"),
    "a damaged workbook": (b"PK\x03\x04 and no more", "no workbook"),
    "an empty archive": (b"PK\x05\x06" + bytes(18), "no workbook"),
    "an encrypted workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "encrypted",
    ),
    "a NUL byte": (b"a,b\n1,\0\n", "line 2 holds a NUL byte"),
    "nothing": (b"", "nothing in this table"),
    "blank lines": (b" \n\n,,\n", "nothing in this table"),
    "no encoding": (b"a,b\n\xff\xff\n", "neither UTF-8 nor Big5"),
    "an endless cell": (b'a,"' + b"x" * 200_000, "row 1"),
    "too many columns": (b"," * 1_000_000, "rows or"),
    "too many rows": (b"a\n" * (MOST_ROWS + 1), "rows or"),
    "a cell far away": (build_far_cell, "a.x:"),
    "a cell repeated without end": (build_ods(REPEATED), "a.x:"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_refused(name: str) -> None:
    content, words = NO_TABLES[name]
    with pytest.raises(UserError) as refused:
        read_table("a.x", content if isinstance(content, bytes) else content())
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_table_as_large_as_may_be_is_read() -> None:
    assert len(read_table("a.csv", b"a\n" * MOST_ROWS).rows) == MOST_ROWS
    assert len(read_table("a.csv", b"a" + b"," * (MOST_COLUMNS - 1)).rows[0]) == MOST_COLUMNS


def test_a_file_is_not_read_beyond_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LONGEST_FILE", 12)
    file = tmp_path / "a.csv"
    file.write_bytes(b"a,b\n1,2\n1,2\n")
    assert len(read_table_file(file).rows) == 3
    file.write_bytes(b"a,b\n1,2\n1,2\n\n")
    with pytest.raises(UserError, match="larger than 12 bytes"):
        read_table_file(file)
    with pytest.raises(UserError, match="larger than 12 bytes"):
        read_table("a.csv", file.read_bytes())
    with pytest.raises(UserError, match=r"b\.csv"):
        read_table_file(tmp_path / "b.csv")


def build_bomb(size: int) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * size)
    return file.getvalue()


def test_a_workbook_that_unpacks_without_end_is_not_unpacked() -> None:
    with pytest.raises(UserError, match="unpacked"):
        read_table("a.xlsx", build_bomb(MOST_UNPACKED + 1))


def test_a_part_that_lies_about_its_size_is_measured() -> None:
    honest = build_bomb(MOST_UNPACKED + 1)
    declared = (MOST_UNPACKED + 1).to_bytes(4, "little")
    lying = honest.replace(declared, (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(UnreadableWorkbook):
        demand_small_parts(lying)
    demand_small_parts(build_bomb(1_000))


def test_a_workbook_is_read_in_a_process_of_its_own_with_little_memory() -> None:
    content, before = build_far_cell(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UserError):
        read_table("a.xlsx", content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000


def test_a_workbook_with_more_rows_than_may_be_is_refused() -> None:
    content = build_xlsx([["a"]], lambda _, sheet: sheet.write(MOST_ROWS - 1, 0, "b"))
    assert len(read_workbook(content, None).rows) == MOST_ROWS
    with pytest.raises(UnreadableWorkbook):
        read_workbook(build_xlsx([["a"]], lambda _, sheet: sheet.write(MOST_ROWS, 0, "b")), None)
