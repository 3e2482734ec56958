"""The words of events about months and record books, in both languages; those of all events compose them."""

from collections.abc import Mapping

from kiosk.words.language import StaffLanguage
from kiosk.words.subject_texts import SubjectTexts

MONTH_EVENTS: Mapping[StaffLanguage, SubjectTexts] = {
    "zh-TW": SubjectTexts(
        meanings={
            "month-statements.created": "開始一個月的月報。",
            "month-statements.month-closed": "月份結清，或重新結清。",
            "record-book-entries.created": "開始志工紀錄冊的登錄。",
            "record-book-entries.entry-made": "月報登錄到志工的紀錄冊。",
            "record-book-entries.retracted": "撤回一個月的紀錄冊登錄。",
        },
        streams={"month-statements": "月報", "record-book-entries": "紀錄冊登錄"},
        fields={
            "month": "月份",
            "number": "第幾次月報",
            "pending": "未處理事項",
            "lines": "各筆時數",
            "statement": "第幾次月報",
        },
    ),
    "en": SubjectTexts(
        meanings={
            "month-statements.created": "The statements of a month began.",
            "month-statements.month-closed": "A month was closed, or stated again.",
            "record-book-entries.created": "The entries of a volunteer's record book began.",
            "record-book-entries.entry-made": "What was stated of a month was entered in a record book.",
            "record-book-entries.retracted": "The entry of a month in a record book was taken back.",
        },
        streams={"month-statements": "the statements of a month", "record-book-entries": "entries of a record book"},
        fields={
            "month": "month",
            "number": "statement",
            "pending": "open matters",
            "lines": "lines",
            "statement": "statement",
        },
    ),
}
