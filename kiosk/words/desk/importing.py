"""The words of the pages that import a file, in both languages; and what they say instead of the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.import_headings import HEADINGS
from kiosk.words.sentence import CountedText
from kiosk.words.sheets import ColumnText, RowText, TableText


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportingWords:
    """The words of one language. Braces stand for numbers."""

    title: str
    back: str
    text: str
    file: str
    file_hint: str
    send: str
    no_file: str
    file_gone: str
    """The file was dropped, or another one was sent since."""
    needed: str
    needed_head: tuple[str, str, str]
    needed_rows: tuple[tuple[str, str, str], ...]
    another_file: str
    check_title: str
    rows: str
    stopped: str
    look_again: str
    """Where what is to be saved is not what was shown."""
    sheet: str
    result: str
    right: str
    new: str
    wrong: str
    will_do: str
    commands: Mapping[str, str]
    nothing_new: str
    skipped: str
    row: str
    column: str
    reason: str
    more_faults: str
    columns: str
    columns_text: str
    more_columns: str
    examples: str
    read_as: str
    not_read: str
    sessions: str
    starts: str
    ends: str
    for_all: str
    modes: Mapping[str, str]
    date_hint: str
    update: str
    header: str
    check_again: str
    skip: str
    save: str
    slow: str
    """Where a list is so long that saving takes a while."""
    saved: str
    left_out: str
    """With {rows} too."""
    comma: str
    fields: Mapping[str, str]
    sentences: Mapping[str, str]
    """What is said instead of sentences that name options of the command line."""


# --- Instead of sentences that name options of the command line, by their English text ---

CHINESE_SENTENCES: Mapping[str, str] = {
    TableText.WHICH_SHEET: "這份試算表有好幾張工作表：請選要讀哪一張。",
    TableText.NO_SHEET: "沒有工作表 {sheet}：請選要讀哪一張。",
    TableText.NO_SHEETS: "這不是試算表，沒有工作表：請再上傳一次。",
    ColumnText.NO_HEADER: "前 {rows} 列都找不到認得的欄位標題：請在下面填標題在第幾列，再檢查一次。",
    ColumnText.NO_SUCH_ROW: "沒有第 {row} 列：這張表有 {rows} 列。",
    ColumnText.RIVALS: "{columns} 都當作 `{field}`：請只留一欄，其他的選「不讀取」。",
    ColumnText.BAD_VALUE: "`{field}`：{reason}",
    ColumnText.FIELD_MISSING: "沒有一欄是 `{field}`：請在下面選是哪一欄。",
    ColumnText.NO_SUCH_FIELD: "沒有 {field} 這個欄位：請從選單裡選。",
    RowText.SESSION_UNKNOWN: "不知道「{session}」從幾點到幾點：請在下面填，或在檔案加上起迄時間",
    RowText.NEEDED_TO_ENROL: "{number} 是新志工，需要 `{field}`：請填寫；全部相同的話，在下面「空白時一律當作」選",
    RowText.OTHER_AGREEMENT: "這位志工的服務期從 {days} 開始：請清空這一格，或到他的頁面續約",
    RowText.OTHER_DETAIL: "系統裡這位志工的 `{field}` 不一樣：請清空這一格；要改成檔案上的，請在下面勾選",
    RowText.CARD_REVOKED: "這張卡已經停用：請清空這一格；要再發給 {number}，請到他的頁面發卡",
}
ENGLISH_SENTENCES: Mapping[str, str] = {
    TableText.WHICH_SHEET: "This workbook has several sheets: choose one.",
    TableText.NO_SHEET: "There is no sheet {sheet}: choose one.",
    TableText.NO_SHEETS: "This is no workbook and has no sheets: send it again.",
    ColumnText.NO_HEADER: "None of the first {rows} rows has headings that are known: say below in which row they "
    "stand, and check again.",
    ColumnText.NO_SUCH_ROW: "There is no row {row}: the table has {rows}.",
    ColumnText.RIVALS: "Columns {columns} are each read as `{field}`: keep one, and choose “not read” for the others.",
    ColumnText.BAD_VALUE: "`{field}`: {reason}",
    ColumnText.FIELD_MISSING: "No column is the `{field}`: choose below which it is.",
    ColumnText.NO_SUCH_FIELD: "There is no field {field}: choose one of the list.",
    RowText.SESSION_UNKNOWN: "nobody knows when “{session}” begins and ends: say so below, or add columns for both",
    RowText.NEEDED_TO_ENROL: "{number} is new and needs the `{field}`: fill it in, or choose it for all rows below",
    RowText.OTHER_AGREEMENT: "agreements of this volunteer began on {days}: empty the cell, or renew it on their page",
    RowText.OTHER_DETAIL: "another `{field}` is kept of this volunteer: empty the cell, or tick below to change "
    "what is kept",
    RowText.CARD_REVOKED: "this card was revoked: empty the cell, or give it to {number} on their page",
}


# --- The pages ---

IMPORTING: Mapping[Literal["zh-TW", "en"], ImportingWords] = {
    "zh-TW": ImportingWords(
        title="匯入名冊、訓練或班表",
        back="回志工名單",
        text="把單位原有的檔案直接送進來，不用重打。系統先檢查每一列，您看過以後才會儲存。",
        file="檔案",
        file_hint="Excel（XLSX、XLS）、ODS 或 CSV，最大 20 MB",
        send="上傳並檢查",
        no_file="請先選一個檔案。",
        file_gone="這個檔案已經不在了：放了超過十五分鐘，或另外上傳了別的檔案。請再選一次；已經儲存的不會重複。",
        needed="檔案裡要有什麼",
        needed_head=("檔案", "一定要有的欄位", "可以有的欄位"),
        needed_rows=(
            (
                "名冊",
                "編號；新志工還要有服務型態和起聘日",
                "姓名、生日、性別、身分證字號、電話、電子郵件、地址、緊急聯絡人、學歷、職業、組別、備註、卡號、"
                "基礎訓練和特殊訓練日期、紀錄冊號、保險起日和迄日",
            ),
            ("訓練紀錄", "編號、訓練種類、日期", "訓練時數、證書字號"),
            ("班表", "日期、編號或姓名、起迄時間或時段", "崗位、服務項目"),
        ),
        another_file="換一個檔案",
        check_title="檢查匯入的檔案",
        rows="共 {count} 列",
        stopped="已儲存 {count} 列，到下面這一列停住了，後面的都沒有儲存。改好以後，整個檔案再匯入一次就好，不會重複。",
        look_again="檢查結果和剛才看到的不一樣，或還有錯的列，所以都沒有儲存。請看下面，再按一次。",
        sheet="要讀哪一張工作表",
        result="檢查結果",
        right="正確 {count} 列",
        new="新的 {count} 列",
        wrong="有錯 {count} 列",
        will_do="儲存以後會：",
        commands={
            "enrol_volunteer": "登錄志工",
            "change_person": "更改資料",
            "complete_training": "登錄訓練",
            "issue_card": "發卡",
            "register_record_book": "登記紀錄冊",
            "enrol_insurance": "登記保險",
            "schedule_shift": "排班次",
            "assign": "排人",
        },
        nothing_new="正確的列系統裡都已經有了，沒有需要儲存的。",
        skipped="另外有 {count} 列是合計或標題，不是資料，略過。",
        row="列",
        column="欄",
        reason="哪裡不對、怎麼改",
        more_faults="還有 {count} 個錯誤沒有列出。",
        columns="每一欄當作什麼",
        more_columns="還有 {count} 欄沒有列出，照標題判斷。",
        columns_text="系統依標題判斷。不對的請改，再按「再檢查一次」。",
        examples="前幾列",
        read_as="當作",
        not_read="（不讀取）",
        sessions="各時段從幾點到幾點",
        starts="從",
        ends="到",
        for_all="空白時一律當作",
        modes={"": "（不指定）", "rostered": "排班", "event": "活動", "flexible": "彈性", "guide": "導覽"},
        date_hint="例如 115/3/1 或 2026-03-01",
        update="已經登錄的志工，資料改成檔案上的",
        header="標題在第幾列",
        check_again="再檢查一次",
        skip="略過有錯的 {count} 列，只存正確的",
        save="全部儲存",
        slow="這份檔案比較長，儲存要一兩分鐘：會先照規定逐列試過，有錯就全部不存。請等畫面換頁，不要關閉。",
        saved="已匯入 {count} 列。",
        left_out="略過 {count} 列：第 {rows} 列。",
        comma="、",
        fields={name: headings[0] for name, headings in HEADINGS.items()},
        sentences=CHINESE_SENTENCES,
    ),
    "en": ImportingWords(
        title="Import volunteers, trainings or duties",
        back="Back to the volunteers",
        text="Send the file that the office has; nothing is typed again. Every row is checked first, and nothing is "
        "saved before you have seen it.",
        file="File",
        file_hint="Excel (XLSX, XLS), ODS or CSV, at most 20 MB",
        send="Send and check",
        no_file="Choose a file first.",
        file_gone="This file is no longer here: it was sent more than fifteen minutes ago, or another one was sent "
        "since. Choose it again; what is saved already is not saved twice.",
        needed="What the file needs",
        needed_head=("File", "Columns it must have", "Columns it may have"),
        needed_rows=(
            (
                "Volunteers",
                "number; for new volunteers also mode and first day of the agreement",
                "name, birth date, gender, national ID, telephone, e-mail, address, emergency contact, education, "
                "occupation, group, notes, card, dates of the basic and special training, number of the record book, "
                "first and last day of insurance",
            ),
            ("Trainings", "number, training, date", "hours, certificate"),
            ("Duties", "date, number or name, start and end or session", "post, item"),
        ),
        another_file="Choose another file",
        check_title="Check the file",
        rows=CountedText("{count} {count:row|rows}"),
        stopped="Rows saved: {count}; the row below stopped it, and those after it were not saved. Mend it and "
        "import the whole file again: nothing is saved twice.",
        look_again="The check differs from what was shown, or rows are still wrong, so nothing was saved. Look below "
        "and press again.",
        sheet="Which sheet to read",
        result="What the check found",
        right=CountedText("{count} {count:row|rows} right"),
        new="{count} new",
        wrong="{count} wrong",
        will_do="Saving will: ",
        commands={
            "enrol_volunteer": "enrol",
            "change_person": "change details",
            "complete_training": "record trainings",
            "issue_card": "issue cards",
            "register_record_book": "enter record books",
            "enrol_insurance": "enter insurance",
            "schedule_shift": "schedule duties",
            "assign": "assign",
        },
        nothing_new="All rows that are right are there already: there is nothing to save.",
        skipped=CountedText("{count} {count:row is|rows are} left out: sums or headings, no data."),
        row="Row",
        column="Column",
        reason="What is wrong, and what to do",
        more_faults=CountedText("{count} more {count:is|are} not listed."),
        columns="What each column is",
        more_columns=CountedText("{count} more {count:column is|columns are} not listed, but read by the headings."),
        columns_text="Guessed from the headings. Change what is wrong, then check again.",
        examples="First rows",
        read_as="Read as",
        not_read="(not read)",
        sessions="When the sessions begin and end",
        starts="From",
        ends="To",
        for_all="Where a cell is empty, for all rows",
        modes={"": "(none)", "rostered": "rostered", "event": "event", "flexible": "flexible", "guide": "guide"},
        date_hint="As 2026-03-01",
        update="Change the details of enrolled volunteers to those of the file",
        header="Row of the headings",
        check_again="Check again",
        skip=CountedText("Leave out the {count} wrong {count:row|rows}, save the others"),
        save="Save all",
        slow="This is a long list: saving takes a minute or two, and nothing is saved if a row is wrong. Please wait.",
        saved=CountedText("{count} {count:row was|rows were} imported. "),
        left_out=CountedText("{count} {count:was|were} left out: {count:row|rows} {rows}."),
        comma=", ",
        fields={
            "volunteer": "number",
            "name": "name",
            "birth_date": "birth date",
            "gender": "gender",
            "telephone": "telephone",
            "email": "e-mail",
            "address": "address",
            "emergency_contact": "emergency contact",
            "emergency_telephone": "emergency telephone",
            "group": "group",
            "language": "language",
            "notes": "notes",
            "national_id": "national ID",
            "education": "education",
            "occupation": "occupation",
            "book_number": "number of the record book",
            "insured_from": "insured from",
            "insured_to": "insured to",
            "mode": "mode",
            "agreement_from": "first day of the agreement",
            "card": "card number",
            "basic_on": "basic training on",
            "special_on": "special training on",
            "category": "category",
            "training_kind": "training",
            "hours": "hours",
            "certificate": "certificate",
            "shift": "name of the duty",
            "date": "date",
            "session": "session",
            "start": "start",
            "end": "end",
            "post": "post",
            "item": "item",
        },
        sentences=ENGLISH_SENTENCES,
    ),
}
