"""Civil dates as a wall calendar in Taiwan writes them."""

from datetime import date

from domain.calendar import ROC_BEGINS

WEEKDAYS = "一二三四五六日"
"""Monday first, as `date.weekday` counts."""


def format_chinese_date(day: date) -> str:
    """民國 115 年 11 月 21 日　星期六."""
    return f"民國 {day.year - ROC_BEGINS} 年 {day.month} 月 {day.day} 日　星期{WEEKDAYS[day.weekday()]}"
