"""The words of the receipt of a head, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadReceiptWords:
    """The words of one language."""

    title: str
    log: str
    head: str
    """Above the table."""
    what: str
    value: str
    names: Mapping[str, str]
    """Of the rows, by their codes."""
    how: str
    """Who keeps it, and how it is compared."""
    coordinator: str
    auditor: str
    """Who keeps it, and signs that."""


HEAD_RECEIPTS: Mapping[StaffLanguage, HeadReceiptWords] = {
    "zh-TW": HeadReceiptWords(
        title="紀錄驗證碼收執聯",
        log="紀錄名稱",
        head="驗證碼",
        what="項目",
        value="內容",
        names={"position": "事件筆數", "code": "短碼", "chain": "紀錄鏈", "root": "雜湊樹"},
        how=(
            "請由不管理這台機器的人留存。用手機掃描 QR 碼，把內容存成文字檔，"
            "日後用 kiosk verify --heads 指定檔案查驗；也可以輸入短碼：kiosk verify --head 短碼。"
        ),
        coordinator="承辦人",
        auditor="留存人",
    ),
    "en": HeadReceiptWords(
        title="Receipt of the head of the log",
        log="Log",
        head="Head",
        what="What",
        value="Value",
        names={"position": "Events", "code": "Short code", "chain": "Chain", "root": "Tree"},
        how=(
            "To be kept by a person who does not keep this machine. Scan the QR code with a telephone and keep its "
            "text in a file: kiosk verify --heads FILE compares it with the log, as does kiosk verify --head with the "
            "short code."
        ),
        coordinator="Coordinator",
        auditor="Kept by",
    ),
}


def find_head_receipt_words() -> HeadReceiptWords:
    """Those of the language of the one that reads it."""
    return HEAD_RECEIPTS[find_language()]
