"""A document with every kind of column, and the persons in it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from domain.calendar import TAIPEI
from kiosk.documents.definition import Chart, Column, Document, LogPosition, PersonField, Table, TableRow, Value
from kiosk.documents.people_lookup import ERASED, HIDDEN, Erased
from tests.support.people import ANN, BEN, CAT, STRANGER

CERTIFICATE = UUID("f0000000-0000-4000-8000-000000000007")
MARKUP = "<b>王</b>*小明* #let $x$ @ref"
RARE = "龍𪚥"
"""The font lacks the second character, which is four dragons."""
PERSONS: dict[UUID, dict[str, Value]] = {
    ANN: {"number": "V001", "name": MARKUP, "gender": "female", "birth_date": date(1949, 5, 1)},
    BEN: {"number": "V002", "name": RARE, "gender": "male", "birth_date": None},
    CAT: {"number": "=1+1", "name": "陳𠮷堃喆峯㛄", "gender": None, "birth_date": date(1911, 12, 31)},
}
"""Who they are; the stranger is erased."""


class SamplePersons:
    """Finds them, with their names or masked."""

    def __init__(self, *, is_masked: bool = False) -> None:
        self.is_masked = is_masked

    def find(self, volunteer: UUID, wanted: PersonField) -> Value | Erased:
        if volunteer not in PERSONS:
            return ERASED
        return HIDDEN if self.is_masked and wanted == "name" else PERSONS[volunteer][wanted]

    def find_note(self, note: UUID) -> str | None:
        return "第 12 號" if note == CERTIFICATE else None


COLUMNS = (
    Column("number", "編號", "person", "number"),
    Column("name", "姓名", "person", "name"),
    Column("gender", "性別", "person", "gender"),
    Column("born", "出生日期", "person", "birth_date"),
    Column("category", "類別", words={"": "未分類"}),
    Column("duties", "次數", "count", is_summed=True),
    Column("minutes", "時數", "minutes", is_summed=True),
    Column("rate", "出席率", "share"),
    Column("amount", "金額", "money", is_summed=True),
    Column("mean", "平均", "decimal"),
    Column("from", "起", "date"),
    Column("month", "月份", "month"),
    Column("seen", "簽到", "instant"),
    Column("certificate", "證書", "note"),
    Column("works", "在職"),
    Column("checked", "核對", "check"),
)


def build_row(volunteer: UUID, **values: Value) -> TableRow:
    """A row in which everything is known, but for what is given."""
    known: dict[str, Value] = {
        "category": "戶政",
        "duties": 3,
        "minutes": 725,
        "rate": 0.875,
        "amount": 1240,
        "mean": 2.5,
        "from": date(2026, 11, 1),
        "month": date(2026, 11, 1),
        "seen": datetime(2026, 11, 19, 8, 58, tzinfo=TAIPEI),
        "certificate": CERTIFICATE,
        "works": True,
    }
    return {"volunteer": volunteer, **known, **values}


ROWS = (build_row(ANN), build_row(BEN, category="", rate=None), build_row(CAT), build_row(STRANGER))


def build_sample(rows: Sequence[TableRow] = ROWS, *, second: bool = False) -> Document:
    """The document; with `second` it has a table more."""
    more = [Table("short", "名稱有[:*?/\\]的表", [Column("key", "鍵")], [{"key": "甲"}])] if second else []
    return Document(
        "sample",
        "志工服務時數統計",
        "清溪區戶政事務所",
        (date(2026, 11, 1), date(2026, 11, 30)),
        LogPosition(datetime(2026, 12, 1, 9, 5, tzinfo=TAIPEI), 12345, "6f" * 32),
        [Table("hours", "依志工", COLUMNS, rows, ("表下的說明",)), *more],
        facts=[("登錄人", "林小姐")],
        remarks=["文件的說明"],
        signatures=["登錄人"],
        charts=[Chart("days", "每日時數", ["1", "2"], [725, None], "minutes")],
        arguments={"month": "2026-11-01"},
    )
