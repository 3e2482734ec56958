"""The words of the page of the ministry's file, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class MinistryPageWords:
    """The words of one language. Braces stand for values."""

    title: str
    hint: str
    back: str
    statuses: Mapping[str, str]
    """By the status of the file: why it is not made, or what to look at first."""
    faults: str
    all_well: str
    what: str
    why: str
    duty_reasons: Mapping[str, str]
    """With {text}."""
    duties: str
    """With {count}, {kind}, {name} and {day}, of the first."""
    duty: str
    """The same of one alone."""
    kinds: Mapping[str, str]
    """With {name}."""
    set_work: str
    person_reasons: Mapping[str, str]
    too_short: str
    """With {minutes} and {least}."""
    not_shown: str
    """With {count}."""
    served_elsewhere: str
    """With {people}."""
    broken: str
    """With {reason}: a data file of the unit is not understood."""
    make: str
    make_hint: str
    columns: str
    column_choices: Mapping[str, str]
    choose_columns: str
    leave_out: str
    download: str
    rows: str
    """With {count}."""
    shown: str
    """With {count}: of how many the first are shown."""
    no_rows: str
    headings: Mapping[str, str]
    unknown: str
    """In place of people served that nobody counted."""


MINISTRY: Mapping[StaffLanguage, MinistryPageWords] = {
    "zh-TW": MinistryPageWords(
        title="衛福部時數匯入檔",
        hint="上傳到衛生福利部志願服務資訊整合系統的檔案。每位志工、每種服務項目與內容一列，時數不四捨五入。",
        back="回這個月",
        statuses={
            "not_over": "這個月還沒結束，過完最後一天才能製作。",
            "not_closed": "這個月還沒結清。請先結清，再製作匯入檔。",
            "changed": "結清之後時數更正過：請先重新結清，檔案才會和月報一致。",
            "broken": "代碼檔或欄位檔讀不懂，還不能製作。",
            "ready": "有幾筆還不能寫入。請先處理，或勾選「其餘先製作」。",
        },
        faults="一、先看缺什麼",
        all_well="這個月的服務都可以寫入檔案。",
        what="哪一筆",
        why="為什麼不能寫入",
        duty_reasons={
            "no_item": "沒有服務項目。請登錄這個班做什麼，或在代碼檔寫好這個崗位的項目。",
            "no_content": "沒有服務內容。請登錄這個班做什麼，或在代碼檔寫好這個崗位的內容。",
            "unknown_item": "代碼檔裡沒有服務項目「{text}」。請補上代碼，或更正這個班的項目。",
            "unknown_content": "代碼檔裡沒有服務內容「{text}」。請補上代碼，或更正這個班的內容。",
            "unknown_post": "代碼檔裡沒有崗位「{text}」。請補上這個崗位做什麼。",
        },
        duties="{kind} 等 {count} 筆，最早 {day}",
        duty="{kind}，{day}",
        kinds={"shift": "班次 {name}", "event": "活動 {name}", "flexible": "彈性出勤"},
        set_work="設定班次的項目與內容",
        person_reasons={
            "no_name": "沒有姓名，請補上。",
            "no_national_id": "沒有身分證字號，請補上。",
            "bad_national_id": "身分證字號的格式不對，請更正。",
            "wrong_check_digit": "身分證字號的檢查碼不符，有一位數字打錯了，請更正。",
            "erased": "個人資料已經刪除，沒有姓名可以寫。",
        },
        too_short="只有 {minutes} 分鐘，不到一列的 {least} 分鐘，不會寫入。",
        not_shown="另外還有 {count} 筆，請先處理上面的。",
        served_elsewhere="另有受服務人次 {people}，不是由一位志工單獨服務，不在任何一列；請自行在衛福部系統登錄。",
        broken="代碼檔或欄位檔讀不懂，請負責電腦的同事更正：{reason}",
        make="二、製作檔案",
        make_hint="檔案裡有姓名和身分證字號，誰製作、寫了哪些人，都會留下紀錄。上傳後請刪掉檔案。"
        "代碼與欄位取自公開資料，第一次上傳前請先和衛福部目前的範本核對。",
        columns="欄數",
        column_choices={"15": "15 欄", "17": "17 欄（多國外、國內受服務人次）"},
        choose_columns="請選 15 欄或 17 欄。",
        leave_out="其餘先製作，上面列出的不寫入",
        download="下載匯入檔",
        rows="檔案內容（{count} 列）",
        shown="這裡只列出前 {count} 列，檔案裡是全部。",
        no_rows="這個月沒有可以寫入的服務。",
        headings={
            "person": "志工",
            "item": "服務項目",
            "content": "服務內容",
            "minutes": "時數",
            "served": "受服務人次",
            "transport": "交通費",
            "meal": "誤餐費",
        },
        unknown="未記錄",
    ),
    "en": MinistryPageWords(
        title="File for the ministry",
        hint="To be imported by the ministry's system: one row a volunteer, item and content. Hours are not rounded.",
        back="Back to the month",
        statuses={
            "not_over": "This month is not over: the file can be made after its last day.",
            "not_closed": "This month is not closed yet: close it first.",
            "changed": "Hours were corrected since the month was closed: close it again first, so that both agree.",
            "broken": "The code table or the table of columns is not understood: the file cannot be made.",
            "ready": "Some things cannot be written yet: settle them, or tick “Make the rest now”.",
        },
        faults="1. See what lacks",
        all_well="Everything of this month can be written.",
        what="What",
        why="Why it cannot be written",
        duty_reasons={
            "no_item": "No item is known: say what is done in the duty, or write the post's item into the code table.",
            "no_content": "No content is known: say what is done in the duty, or write the post's content into the "
            "code table.",
            "unknown_item": "The code table has no item “{text}”: add its code, or correct the duty.",
            "unknown_content": "The code table has no content “{text}”: add its code, or correct the duty.",
            "unknown_post": "The code table has no post “{text}”: add what is done there.",
        },
        duties="{kind} and others, {count} in all, first {day}",
        duty="{kind}, {day}",
        kinds={"shift": "shift {name}", "event": "event {name}", "flexible": "service without a roster"},
        set_work="Set items and contents of duties",
        person_reasons={
            "no_name": "There is no name: add it.",
            "no_national_id": "There is no national ID: add it.",
            "bad_national_id": "The national ID has the wrong form: correct it.",
            "wrong_check_digit": "The check digit of the national ID does not fit, a digit is mistyped: correct it.",
            "erased": "The personal data are erased: there is no name to write.",
        },
        too_short=CountedText("Only {minutes} {minutes:minute|minutes}, less than the {least} of a row: left out."),
        not_shown="There are {count} more: settle these first.",
        served_elsewhere=CountedText(
            "{people} more {people:person was|people were} served by no single volunteer and {people:stands|stand} in "
            "no row."
        ),
        broken="The code table or the table of columns is not understood: {reason}",
        make="2. Make the file",
        make_hint="It holds names and national IDs: who makes it and whose data are in it is recorded. Delete the file "
        "once it is uploaded. Codes and columns come from public sources: compare them with the ministry's template.",
        columns="Columns",
        column_choices={"15": "15", "17": "17 (people served abroad and at home)"},
        choose_columns="Choose 15 or 17 columns.",
        leave_out="Make the rest now, without what is listed above",
        download="Download the file",
        rows="Rows of the file ({count})",
        shown="These are the first {count}; the file has all.",
        no_rows="There is nothing to write for this month.",
        headings={
            "person": "Volunteer",
            "item": "Item",
            "content": "Content",
            "minutes": "Hours",
            "served": "People served",
            "transport": "Transport",
            "meal": "Meal",
        },
        unknown="not recorded",
    ),
}
