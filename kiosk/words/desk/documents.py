"""The words of the pages of documents, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPageWords:
    """The words of one language."""

    title: str
    hint: str
    occasions: Mapping[str, str]
    """When a document is needed."""
    show: str
    as_of: str
    as_of_hint: str
    optional: str
    """Behind the label of a field that may stay empty."""
    month_hint: str
    download: str
    download_hint: str
    form: str
    forms: Mapping[str, str]
    csv: str
    """With {table}."""
    names: str
    names_hint: str
    purpose: str
    reason: str
    reason_missing: str
    cut: str
    """With {shown}, {total} and {table}."""
    check: str
    check_hint: str
    code: str
    do_check: str
    results: Mapping[str, str]
    """What checking a code came to."""
    rebuilt: str
    back: str
    due_title: str
    due_kinds: Mapping[str, str]
    due_statuses: Mapping[str, str]
    """With {opens} and {due}, dates."""
    due_hint: str


DOCUMENT_PAGES: Mapping[StaffLanguage, DocumentPageWords] = {
    "zh-TW": DocumentPageWords(
        due_title="成果回報",
        due_kinds={"half_year": "半年報", "annual": "年度成果"},
        due_statuses={
            "not_open": "{opens} 開始，{due} 截止",
            "open": "現在可以回報，{due} 截止",
            "overdue": "已逾期（{due} 截止）",
            "reported": "已回報",
        },
        due_hint="期間依主管機關而定，在單位的規則裡設定。",
        title="文件",
        hint="先看內容，再下載。下載的文件都有查驗碼，日後可以查驗是否與紀錄相符。",
        occasions={"month": "每月", "half_year": "每半年", "year": "每年", "person": "個人", "occasion": "需要時"},
        show="查看內容",
        as_of="依當時的紀錄",
        as_of_hint="留空就是現在。填日期，就只算到那一天為止登錄的紀錄。",
        optional="（選填）",
        month_hint="例如 115-11 或 2026-11",
        download="下載",
        download_hint="下載就是製發，會留下紀錄；內容相同的文件，查驗碼也相同。",
        form="檔案格式",
        forms={"pdf": "PDF（列印、用印）", "xlsx": "Excel（XLSX）", "ods": "開放文件（ODS）"},
        csv="CSV：{table}",
        names="印出完整姓名與個人資料",
        names_hint="會先記下誰為了什麼要看這些姓名，並請再輸入一次自己的密碼。",
        purpose="為了什麼",
        reason="說明",
        reason_missing="請選擇為了什麼需要姓名；選「其他」時請寫說明。",
        cut="「{table}」只顯示前 {shown} 列，共 {total} 列；下載的檔案有全部。",
        check="查驗文件",
        check_hint="輸入文件上的查驗碼。系統會依當時的紀錄重新製作，再比對內容。",
        code="查驗碼",
        do_check="查驗",
        results={
            "matches": "與紀錄相符",
            "differs": "與紀錄不符",
            "unknown": "沒有這份文件",
            "not_built": "這個版本無法查驗",
        },
        rebuilt="以下是依紀錄重新製作的內容，請與手上的文件逐項核對。",
        back="回文件",
    ),
    "en": DocumentPageWords(
        due_title="Results to be handed in",
        due_kinds={"half_year": "Half-year", "annual": "Year"},
        due_statuses={
            "not_open": "from {opens}, by {due}",
            "open": "now, by {due}",
            "overdue": "overdue since {due}",
            "reported": "handed in",
        },
        due_hint="When they are due depends on the authority, and is set in the rules of the unit.",
        title="Documents",
        hint="Look at it first, then download it. Each file has a code, by which it can be checked later.",
        occasions={
            "month": "Each month",
            "half_year": "Each half-year",
            "year": "Each year",
            "person": "Of a person",
            "occasion": "When needed",
        },
        show="Show",
        as_of="As recorded by",
        as_of_hint="Empty is now. With a date, only what had been recorded by its end counts.",
        optional=" (optional)",
        month_hint="such as 2026-11",
        download="Download",
        download_hint="A download is recorded as handed out; documents of one content have one code.",
        form="Format",
        forms={"pdf": "PDF (to print and sign)", "xlsx": "Excel (XLSX)", "ods": "OpenDocument (ODS)"},
        csv="CSV: {table}",
        names="With full names and personal data",
        names_hint="Who needs them and why is recorded first; please enter your own password again.",
        purpose="Why",
        reason="In words",
        reason_missing="Choose why names are needed; with “anything else” say it in words.",
        cut=CountedText("“{table}” shows the first {shown} of {total} {total:row|rows}; the file has all."),
        check="Check a document",
        check_hint="Enter the code on the document. It is built again from the log of that time and compared.",
        code="Code",
        do_check="Check",
        results={
            "matches": "It says what the log says",
            "differs": "It does not say what the log says",
            "unknown": "There is no such document",
            "not_built": "This version cannot check it",
        },
        rebuilt="This is what the log says: compare it with the document in hand.",
        back="Documents",
    ),
}
