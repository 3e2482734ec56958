"""The words of the sheet for a spot check of record books, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheckWords:
    """The words of one language."""

    title: str
    check: str
    """Label of the argument: which spot check."""
    sample: str
    entries: str
    number: str
    name: str
    book_number: str
    count: str
    minutes: str
    agrees: str
    month: str
    first: str
    last: str
    category: str
    item: str
    content: str
    drawn: str
    drawn_of: str
    """With {number}, {size}, {holders} and {seed}."""
    result: str
    result_of: str
    """With {matching} and {size}."""
    unknown: str
    how: str
    no_such: str
    """With {number}."""
    auditor: str


SPOT_CHECKS: Mapping[StaffLanguage, SpotCheckWords] = {
    "zh-TW": SpotCheckWords(
        title="志願服務紀錄冊抽查表",
        check="第幾次抽查",
        sample="抽查名單",
        entries="系統中的登錄",
        number="編號",
        name="姓名",
        book_number="紀錄冊冊號",
        count="登錄筆數",
        minutes="服務時數",
        agrees="相符",
        month="月份",
        first="起",
        last="訖",
        category="類別",
        item="服務項目",
        content="服務內容",
        drawn="抽樣",
        drawn_of="第 {number} 次，{holders} 本中抽 {size} 本，抽樣種子 {seed}",
        result="結果",
        result_of="{matching}／{size} 相符",
        unknown="未記錄",
        how="請與志工的紀錄冊逐筆核對，相符的打勾，再登錄相符的冊數。每年至少查核一次。",
        no_such="沒有第 {number} 次抽查",
        auditor="查核人",
    ),
    "en": SpotCheckWords(
        title="Spot check of record books",
        check="Spot check",
        sample="Sample",
        entries="Entries on file",
        number="Number",
        name="Name",
        book_number="Number of the record book",
        count="Entries",
        minutes="Hours",
        agrees="Agrees",
        month="Month",
        first="From",
        last="To",
        category="Category",
        item="Service item",
        content="Service content",
        drawn="Sample",
        drawn_of=CountedText("spot check {number}: {size} of {holders} {holders:book|books}, seed {seed}"),
        result="Result",
        result_of="{matching}/{size}",
        unknown="not recorded",
        how="Compare each entry with the volunteer's book, tick those that agree, and record how many books do. "
        "At least one check a year.",
        no_such="there is no spot check {number}",
        auditor="Checked by",
    ),
}


def find_spot_check_words() -> SpotCheckWords:
    """The words in the language of the one that reads them."""
    return SPOT_CHECKS[find_language()]
