"""The words of the overview of a year, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.calendar import HalfDay
from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOverviewWords:
    """The words of one language."""

    title: str
    year: str
    months: str
    month: str
    minutes: str
    duties: str
    volunteers: str
    months_chart: str
    month_label: str
    """With {month}, a number."""
    half_days: str
    weekday: str
    half_day: str
    shifts: str
    covered: str
    rate: str
    half_days_chart: str
    half_days_remark: str
    weekdays: Mapping[str, str]
    halves: Mapping[HalfDay, str]
    half_label: str
    """With {weekday} and {half}, short: below a bar."""
    arrivals: str
    quarter: str
    count: str
    arrivals_chart: str
    head: str


YEAR_OVERVIEW: Mapping[StaffLanguage, YearOverviewWords] = {
    "zh-TW": YearOverviewWords(
        title="志工服務年度概況",
        year="年度",
        months="各月服務",
        month="月份",
        minutes="服務時數",
        duties="服務次數",
        volunteers="服務人數",
        months_chart="各月服務時數（時：分）",
        month_label="{month} 月",
        half_days="各時段值勤情形",
        weekday="星期",
        half_day="時段",
        shifts="班次",
        covered="有人到勤",
        rate="比率",
        half_days_chart="各時段有人到勤的班次",
        half_days_remark="只算已經結束、沒有取消的班次；至少一位志工到勤就算有人到勤。",
        weekdays={"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "日"},
        halves={"morning": "上午", "afternoon": "下午", "evening": "晚上"},
        half_label="{weekday}{half}",
        arrivals="到班時間",
        quarter="時間（每 15 分鐘）",
        count="到班次數",
        arrivals_chart="到班時間分布（每 15 分鐘）",
        head="單位主管",
    ),
    "en": YearOverviewWords(
        title="A year at a glance",
        year="Year",
        months="Service by month",
        month="Month",
        minutes="Hours",
        duties="Duties",
        volunteers="Volunteers",
        months_chart="Hours by month (h:min)",
        month_label="{month}",
        half_days="Shifts by half-day",
        weekday="Weekday",
        half_day="Half-day",
        shifts="Shifts",
        covered="Attended",
        rate="Share",
        half_days_chart="Attended shifts, by half-day",
        half_days_remark="Shifts that are over and were not cancelled; attended: at least one volunteer came.",
        weekdays={"1": "Mon", "2": "Tue", "3": "Wed", "4": "Thu", "5": "Fri", "6": "Sat", "7": "Sun"},
        halves={"morning": "morning", "afternoon": "afternoon", "evening": "evening"},
        half_label="{weekday} {half}",
        arrivals="Arrivals",
        quarter="Time (quarter hours)",
        count="Arrivals",
        arrivals_chart="Arrivals by quarter hour",
        head="Head of the unit",
    ),
}


def find_year_overview_words() -> YearOverviewWords:
    """The words in the language of the one that reads them."""
    return YEAR_OVERVIEW[find_language()]
