"""The words of the documents about attendance, absences and corrections of a month, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceWords:
    """The words of one language."""

    report: str
    absences: str
    corrections: str
    number: str
    name: str
    rostered: str
    attended: str
    no_check_out: str
    leave: str
    swapped_away: str
    absent: str
    late: str
    left_early: str
    rate: str
    total: str
    day: str
    shift: str
    start: str
    end: str
    kind: str
    kinds: Mapping[str, str]
    excused_by: str
    event: str
    correction: str
    correction_kinds: Mapping[str, str]
    by: str
    at: str
    reason: str
    formula: str
    none_absent: str
    none_corrected: str
    coordinator: str


ATTENDANCE: Mapping[StaffLanguage, AttendanceWords] = {
    "zh-TW": AttendanceWords(
        report="志工出勤統計",
        absences="志工缺席及請假清冊",
        corrections="更正清冊",
        number="編號",
        name="姓名",
        rostered="排班次數",
        attended="出席",
        no_check_out="其中未簽退",
        leave="請假",
        swapped_away="換班給別人",
        absent="無故缺席",
        late="遲到",
        left_early="早退",
        rate="出席率",
        total="全單位",
        day="日期",
        shift="班次",
        start="開始",
        end="結束",
        kind="種類",
        kinds={"unexcused": "無故缺席", "leave": "請假"},
        excused_by="事後准假",
        event="紀錄",
        correction="更正",
        correction_kinds={
            "closed": "補登簽退",
            "added": "補登到班紀錄",
            "arrived": "補登到班",
            "voided": "到班紀錄作廢",
            "misuse": "卡片不當使用",
            "excused": "缺席改為請假",
            "given": "事後換班",
            "retracted": "撤回更正",
            "excuse_retracted": "撤回「缺席改為請假」",
            "assignment_retracted": "撤回補排",
            "acknowledged": "確認無誤",
            "acknowledgement_retracted": "撤回「確認無誤」",
        },
        by="更正人",
        at="更正日",
        reason="理由",
        formula="出席率＝出席 ÷（排班次數－請假－換班給別人）。取消及尚未結束的班次不計；有到班而未簽退者視為出席。",
        none_absent="這個月沒有缺席，也沒有請假。",
        none_corrected="這個月沒有更正。",
        coordinator="承辦人",
    ),
    "en": AttendanceWords(
        report="Attendance of a month",
        absences="Absences and leaves",
        corrections="Corrections",
        number="Number",
        name="Name",
        rostered="Rostered",
        attended="Attended",
        no_check_out="without check-out",
        leave="Leave",
        swapped_away="Swapped away",
        absent="Unexcused",
        late="Late",
        left_early="Left early",
        rate="Rate",
        total="The unit",
        day="Date",
        shift="Shift",
        start="From",
        end="To",
        kind="Kind",
        kinds={"unexcused": "unexcused absence", "leave": "leave"},
        excused_by="Excused afterwards by",
        event="Event",
        correction="Correction",
        correction_kinds={
            "closed": "check-out entered",
            "added": "visit added",
            "arrived": "arrival added",
            "voided": "visit void",
            "misuse": "misuse of the card",
            "excused": "absence excused",
            "given": "swap entered afterwards",
            "retracted": "correction taken back",
            "excuse_retracted": "excuse taken back",
            "assignment_retracted": "assignment taken back",
            "acknowledged": "right as it is",
            "acknowledgement_retracted": "acknowledgement taken back",
        },
        by="By",
        at="On",
        reason="Reason",
        formula="Rate = attended ÷ (rostered − leave − swapped away). Duties that were cancelled or are not over are "
        "left out; one without a check-out was attended.",
        none_absent="Nobody was absent or on leave.",
        none_corrected="Nothing was corrected.",
        coordinator="Coordinator",
    ),
}


def find_attendance_words() -> AttendanceWords:
    """The words in the language of the one that reads them."""
    return ATTENDANCE[find_language()]
