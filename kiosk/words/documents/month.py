"""The words of the documents of a month, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthWords:
    """The words of one language."""

    month: str
    statement: str
    statistics: str
    slips: str
    slips_of_month: str
    slips_of_events: str
    book_lines: str
    difference: str
    lines: str
    by_work: str
    number: str
    name: str
    unit: str
    event: str
    category: str
    item: str
    content: str
    unclassified: str
    first: str
    last: str
    volunteers: str
    duties: str
    minutes: str
    served: str
    counted_for: str
    desk: str
    day: str
    not_recorded: str
    stated: str
    now: str
    change: str
    entered: str
    stamp: str
    registrar: str
    head: str
    state: str
    stated_by: str
    """With {number} and {by}."""
    not_closed: str
    state_missing: str
    changed: str
    """With {count}."""
    pending: str
    """With {count}: matters that were open when the month was closed."""
    how_counted: str
    how_split: str
    nothing_differs: str


MONTH: Mapping[StaffLanguage, MonthWords] = {
    "zh-TW": MonthWords(
        month="月份",
        statement="志工服務時數月報",
        statistics="志工服務月統計",
        slips="志工服務時數條",
        slips_of_month="當月時數條",
        slips_of_events="活動時數條",
        book_lines="志願服務紀錄冊登錄明細",
        difference="月報更正明細",
        lines="依志工及服務項目",
        by_work="依類別及服務項目",
        number="編號",
        name="姓名",
        unit="核發單位",
        event="活動",
        category="類別",
        item="服務項目",
        content="服務內容",
        unclassified="未分類",
        first="起日",
        last="迄日",
        volunteers="志工人數",
        duties="服務次數",
        minutes="服務時數",
        served="受服務人次",
        counted_for="班次或活動",
        desk="櫃台",
        day="日期",
        not_recorded="受服務人次沒有人登錄，不是零。",
        stated="月報時數",
        now="目前時數",
        change="增減",
        entered="已登錄（第幾次月報）",
        stamp="登錄人章",
        registrar="登錄人",
        head="單位主管",
        state="結清",
        stated_by="第 {number} 次月報（{by}）",
        not_closed="尚未結清",
        state_missing="這個月尚未結清，時數還可能更正。",
        changed="結清之後有 {count} 位志工的時數更正過：請重新結清，或附上更正明細。",
        pending="結清時還有 {count} 件事項未處理。",
        how_counted="時數依實際值勤計算：每一班次捨去不滿一分鐘的部分後加總。沒有時數的志工不列。",
        how_split="跨月的值勤在月底午夜分開，前後兩段合計等於全班時數。",
        nothing_differs="目前的時數與月報相同。",
    ),
    "en": MonthWords(
        month="Month",
        statement="Monthly statement of service hours",
        statistics="Service statistics of a month",
        slips="Hour slips",
        slips_of_month="Slips of the month",
        slips_of_events="Slips of events",
        book_lines="Lines for the record books",
        difference="Corrections of a monthly statement",
        lines="By volunteer and service item",
        by_work="By category and service item",
        number="Number",
        name="Name",
        unit="Issued by",
        event="Event",
        category="Category",
        item="Item",
        content="Content",
        unclassified="unclassified",
        first="From",
        last="To",
        volunteers="Volunteers",
        duties="Duties",
        minutes="Hours",
        served="People served",
        counted_for="Shift or event",
        desk="Desk",
        day="Date",
        not_recorded="Nobody recorded how many people were served: that is not zero.",
        stated="Stated",
        now="Now",
        change="Difference",
        entered="Entered (statement)",
        stamp="Registrar's stamp",
        registrar="Registrar",
        head="Head of the unit",
        state="Closed",
        stated_by="statement {number} ({by})",
        not_closed="not yet",
        state_missing="The month is not closed yet: hours may still be corrected.",
        changed=CountedText(
            "Hours of {count} {count:volunteer|volunteers} were corrected since: state the month again, or attach the "
            "corrections."
        ),
        pending=CountedText("{count} {count:matter was|matters were} open when the month was closed."),
        how_counted="Hours are those served, cut to whole minutes once per duty and summed. Who has none is left out.",
        how_split="A duty over midnight at the end of the month is split there; both parts are the whole duty.",
        nothing_differs="Hours are as they were stated.",
    ),
}


def find_month_words() -> MonthWords:
    """The words in the language of the one that reads them."""
    return MONTH[find_language()]
