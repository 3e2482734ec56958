"""The words of the pages of a month, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPageWords:
    """The words of one language."""

    title: str
    volunteers: str
    duties: str
    hours: str
    duration: str
    """With {hours} and {minutes}."""
    check: str
    check_hint: str
    nothing_open: str
    unreconciled: str
    """With {count}: days that no night has reconciled."""
    served: str
    not_recorded: str
    plan_missing: str
    """With {count} and {day}: a private unit cannot close the month."""
    plan_missing_public: str
    close: str
    close_hint: str
    close_it: str
    not_over: str
    closed: str
    """With {number}, {by} and {at}."""
    closed_with_open: str
    """With {count}: matters that were open then."""
    close_again: str
    close_again_hint: str
    reason: str
    unchanged: str
    closed_now: str
    changed: str
    """With {count}: of how many volunteers."""
    show_changes: str
    hand_out: str
    hand_out_hint: str
    after_closing: str
    documents: Mapping[str, str]
    ministry: str
    spot_checks: str
    enter: str
    """With {count}: of how many volunteers."""
    enter_hint: str
    entered_all: str
    entered_now: str
    history: str
    statement: str
    difference: str
    difference_hint: str
    volunteer: str
    work: str
    unclassified: str
    stated: str
    now: str
    change: str
    no_difference: str
    back: str


MONTH: Mapping[Literal["zh-TW", "en"], MonthPageWords] = {
    "zh-TW": MonthPageWords(
        title="月結",
        volunteers="志工人數",
        duties="服務次數",
        hours="服務時數",
        duration="{hours} 小時 {minutes} 分",
        check="一、先看還有什麼沒處理",
        check_hint="沒處理完也可以結清，但時數可能還會變。",
        nothing_open="這個月沒有待處理的事項。",
        unreconciled="還有 {count} 天沒有夜間結算",
        served="受服務人次",
        not_recorded="受服務人次還沒有人登錄，文件上會寫「未記錄」。",
        plan_missing="有 {count} 天有服務時數，但沒有備案的計畫（最早是 {day}）：請先登錄備案，才能結清。",
        plan_missing_public="有 {count} 天沒有登錄服務計畫（最早是 {day}）。公務機關不影響結清。",
        close="二、結清",
        close_hint="結清會記下這個月每位志工的時數。之後仍然可以更正，更正會列為差異。",
        close_it="結清這個月",
        not_over="這個月還沒結束，過完最後一天才能結清。",
        closed="第 {number} 次月報，{by}，{at}",
        closed_with_open="當時有 {count} 件沒處理",
        close_again="重新結清",
        close_again_hint="寫明為什麼，例如：補登 11/26 簽退。",
        reason="理由",
        unchanged="目前的時數與月報相同。",
        closed_now="這個月已經結清。",
        changed="結清之後，有 {count} 位志工的時數更正過",
        show_changes="看差異",
        hand_out="三、發給文件",
        hand_out_hint="文件上是目前的時數；有差異時請先重新結清。",
        after_closing="結清之後才能發給文件。",
        documents={
            "monthly_statement": "服務時數月報",
            "monthly_statistics": "月統計",
            "hour_slips": "時數條",
            "record_book_lines": "紀錄冊登錄明細",
            "allowance_list": "誤餐費及交通費清冊",
            "attendance_report": "出勤統計",
            "absence_list": "缺席及請假清冊",
            "correction_list": "更正清冊",
            "month_difference": "月報更正明細",
        },
        ministry="衛福部時數匯入檔",
        spot_checks="紀錄冊抽查",
        enter="{count} 位志工的紀錄冊已經寫好",
        enter_hint="抄寫完、蓋好登錄人章後按一次，證明書的時數才對得上。",
        entered_all="月報已經全部登錄到紀錄冊。",
        entered_now="已記下：紀錄冊登錄完成。",
        history="歷次月報",
        statement="月報",
        difference="與月報的差異",
        difference_hint="最後一次月報的時數與目前的時數。",
        volunteer="志工",
        work="服務",
        unclassified="未分類",
        stated="月報",
        now="目前",
        change="增減",
        no_difference="目前的時數與月報相同，或還沒有結清。",
        back="回這個月",
    ),
    "en": MonthPageWords(
        title="Month",
        volunteers="Volunteers",
        duties="Duties",
        hours="Hours",
        duration="{hours} h {minutes} min",
        check="1. See what is open",
        check_hint="The month can be closed all the same, but hours may still change.",
        nothing_open="Nothing of this month needs anybody.",
        unreconciled=CountedText("{count} {count:day|days} without a nightly reconciliation"),
        served="People served",
        not_recorded="Nobody recorded how many people were served: documents say so.",
        plan_missing=CountedText(
            "No filed plan stands on {count} {count:day|days} with hours, first {day}: file it before closing."
        ),
        plan_missing_public=CountedText(
            "No service plan is on file for {count} {count:day|days}, first {day}. A public unit may close."
        ),
        close="2. Close the month",
        close_hint="Closing records everybody's hours. They can still be corrected: that shows as a difference.",
        close_it="Close this month",
        not_over="This month is not over: it can be closed after its last day.",
        closed="Statement {number}, {by}, {at}",
        closed_with_open=CountedText("{count} {count:matter was|matters were} open then"),
        close_again="Close it again",
        close_again_hint="Say why, such as: check-out of 11/26 entered.",
        reason="Reason",
        unchanged="Hours are as they were stated.",
        closed_now="The month is closed.",
        changed=CountedText("Hours of {count} {count:volunteer|volunteers} were corrected since"),
        show_changes="Show the differences",
        hand_out="3. Hand out documents",
        hand_out_hint="They say the hours of now: where those differ, close the month again first.",
        after_closing="Documents are handed out once the month is closed.",
        documents={
            "monthly_statement": "Monthly statement",
            "monthly_statistics": "Statistics",
            "hour_slips": "Hour slips",
            "record_book_lines": "Lines for record books",
            "allowance_list": "Allowances",
            "attendance_report": "Attendance",
            "absence_list": "Absences and leaves",
            "correction_list": "Corrections",
            "month_difference": "Corrections of the statement",
        },
        ministry="File for the ministry",
        spot_checks="Spot checks",
        enter=CountedText("The record {count:book|books} of {count} {count:volunteer is|volunteers are} written"),
        enter_hint="Press once after writing and stamping them, so that certificates agree with them.",
        entered_all="All that was stated stands in the record books.",
        entered_now="Recorded: the record books are written.",
        history="Statements",
        statement="Statement",
        difference="Differences from the statement",
        difference_hint="The hours of the last statement, and those of now.",
        volunteer="Volunteer",
        work="Service",
        unclassified="unclassified",
        stated="Stated",
        now="Now",
        change="Difference",
        no_difference="Hours are as they were stated, or the month is not closed.",
        back="Back to the month",
    ),
}
