"""The words of the list of hours of a month, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyHoursWords:
    """The words of one language."""

    title: str
    month: str
    table: str
    number: str
    name: str
    category: str
    no_category: str
    duties: str
    minutes: str
    by_day: str
    """The title of the chart."""
    remark: str
    registrar: str
    head: str


MONTHLY_HOURS: Mapping[StaffLanguage, MonthlyHoursWords] = {
    "zh-TW": MonthlyHoursWords(
        title="志工服務時數月報表",
        month="月份",
        table="依志工及類別",
        number="編號",
        name="姓名",
        category="類別",
        no_category="未分類",
        duties="服務次數",
        minutes="服務時數",
        by_day="每日服務時數（時：分）",
        remark="時數依實際值勤計算：每一班次捨去不滿一分鐘的部分後加總。沒有時數的志工不列。",
        registrar="登錄人",
        head="單位主管",
    ),
    "en": MonthlyHoursWords(
        title="Hours of a month",
        month="Month",
        table="By volunteer and category",
        number="Number",
        name="Name",
        category="Category",
        no_category="no category",
        duties="Duties",
        minutes="Hours",
        by_day="Hours by day (h:min)",
        remark="Hours are those served: cut to whole minutes once per duty, then summed. Who has none is not listed.",
        registrar="Registrar",
        head="Head of the unit",
    ),
}


def find_monthly_hours_words() -> MonthlyHoursWords:
    """The words in the language of the one that reads them."""
    return MONTHLY_HOURS[find_language()]
