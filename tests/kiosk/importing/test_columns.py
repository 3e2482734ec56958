"""Columns are recognised by their headings; what is doubtful is asked, not chosen."""

import pytest

from kiosk.errors import UserError
from kiosk.importing.columns import find_field, guess_columns
from kiosk.sheets.read import Table
from kiosk.words.import_headings import HEADINGS


def build_table(*rows: list[str | int | float | bool]) -> Table:
    return Table("a.csv", None, list(rows))


def guess(*rows: list[str | int | float | bool], **stated: str) -> dict[str, str]:
    return {field: column.label for field, column in guess_columns(build_table(*rows), stated).fields.items()}


def test_the_header_is_found_below_titles() -> None:
    title, printed = ["清水戶政事務所 志工名冊"], ["製表日期", "115/3/1"]
    assert guess(
        title, printed, [], ["序號", "志工編號", "姓 名", "出生年月日(民國)", "手機", "年齡"], ["1", "V001"]
    ) == {
        "volunteer": "B (志工編號)",
        "name": "C (姓 名)",
        "birth_date": "D (出生年月日(民國))",
        "telephone": "E (手機)",
    }


@pytest.mark.parametrize("heading", ["E-mail", "ＥＭＡＩＬ", "電子郵件：", "電子\n信箱", "*電子郵件"])
def test_a_heading_is_compared_without_spaces_and_marks(heading: str) -> None:
    assert find_field(heading) == "email"


def test_no_heading_is_known_for_two_fields() -> None:
    headings = [heading for known in HEADINGS.values() for heading in known]
    assert {find_field(heading) for heading in headings} == set(HEADINGS)
    assert all(find_field(heading) == field for field, known in HEADINGS.items() for heading in known)


def test_the_kind_of_list_is_told_by_its_columns() -> None:
    for header, kind in (
        (["編號", "姓名"], "people"),
        (["編號", "訓練種類", "日期"], "trainings"),
        (["姓名", "日期", "時段"], "shifts"),
    ):
        assert guess_columns(build_table([*header]), {}).kind == kind


def test_a_column_is_named_by_its_heading_or_its_letters() -> None:
    rows = ["編號", "姓名", "誰的", "備註"], ["V001", "王"]
    assert guess(*rows, 誰的="group", 備註="-") == {"volunteer": "A (編號)", "name": "B (姓名)", "group": "C (誰的)"}
    assert guess(*rows, c="組別", D="-")["group"] == "C (誰的)"


def test_two_columns_that_could_both_be_a_field_are_refused() -> None:
    header = ["編號", "姓名", "電話", "手機"]
    with pytest.raises(UserError, match=r"C \(電話\), D \(手機\)"):
        guess([*header])
    assert guess([*header], 電話="-")["telephone"] == "D (手機)"


@pytest.mark.parametrize(
    ("rows", "stated", "words"),
    [
        ([["a", "b"], ["c", "d"]], {}, "--header-row"),
        ([["編號", "姓名"]], {"住處": "address"}, "住處"),
        ([["編號", "姓名"]], {"姓名": "surname"}, "surname"),
    ],
)
def test_what_is_stated_wrongly_is_refused(rows: list[list[str]], stated: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        guess_columns(build_table(*([*row] for row in rows)), stated)


def test_the_header_row_can_be_named() -> None:
    table = build_table(["x", "y"], ["甲", "乙"])
    assert guess_columns(table, {"A": "volunteer"}, 1).columns[0].label == "A (x)"
    with pytest.raises(UserError, match="no row 3"):
        guess_columns(table, {}, 3)
