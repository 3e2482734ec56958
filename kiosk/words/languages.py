"""Which words to show in which language, and how dates are written in Chinese."""

import re
from datetime import date
from types import MappingProxyType

from domain.calendar import ROC_BEGINS
from kiosk.words import (
    en,
    id,  # noqa: A004 - the module is named for the language, Indonesian
    vi,
    zh_tw,
)
from kiosk.words.volunteer_words import EntranceWords, Language

LANGUAGES: MappingProxyType[Language, EntranceWords] = MappingProxyType(
    {"zh-TW": zh_tw.WORDS, "en": en.WORDS, "vi": vi.WORDS, "id": id.WORDS}
)
"""The words of each language; Chinese, which the staff read, first."""

STAFF: Language = "zh-TW"
"""The language that is always shown, whichever language the volunteer reads."""


def find_words(language: Language) -> EntranceWords:
    """The words of one language."""
    return LANGUAGES[language]


def list_other_words(language: Language) -> list[EntranceWords]:
    """The languages that are shown small: neither the volunteer's own nor the staff's."""
    return [words for name, words in LANGUAGES.items() if name not in (language, STAFF)]


ROC_ERA = "民國"
CHINESE_DATE = re.compile(rf"(?:{ROC_ERA})?(\d{{1,4}})年(\d{{1,2}})月(\d{{1,2}})日?")
"""A date as people write it, without spaces: year, month and day."""
WEEKDAYS = "一二三四五六日"
"""Monday first, as `date.weekday` counts."""


def format_chinese_date(day: date) -> str:
    """民國 115 年 11 月 21 日　星期六."""
    return f"民國 {day.year - ROC_BEGINS} 年 {day.month} 月 {day.day} 日　星期{WEEKDAYS[day.weekday()]}"
