"""The words of the page of lists, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """The words of one language."""

    title: str
    hint: str
    which: str
    first: str
    last: str
    file_format: str
    get: str
    choose: str
    not_a_date: str
    dates_reversed: str
    names: Mapping[str, str]
    volunteer: str


LISTS: Mapping[StaffLanguage, ListWords] = {
    "zh-TW": ListWords(
        title="下載清單",
        hint="用試算表程式打開。清單裡只有志工編號，沒有姓名；日期留空就是全部。",
        which="哪一份清單",
        first="從",
        last="到",
        file_format="檔案格式",
        get="下載",
        choose="請選一份清單和一種檔案格式。",
        not_a_date="看不懂這個日期，請寫成 2026-11-19 或 115/11/19。",
        dates_reversed="開始日期晚於結束日期，請對調。",
        names={
            "visits": "到離紀錄",
            "duties": "值勤結果",
            "hours": "服務時數",
            "absences": "缺席與請假",
            "exits": "退場審查",
            "pending": "待處理事項",
        },
        volunteer="志工編號",
    ),
    "en": ListWords(
        title="Lists as files",
        hint="For a spreadsheet program. Volunteers stand in them by number, without names; no dates means all.",
        which="Which list",
        first="From",
        last="To",
        file_format="Format",
        get="Download",
        choose="Choose a list and a format.",
        not_a_date="This is no date: write 2026-11-19.",
        dates_reversed="The first date is after the last one: turn them round.",
        names={
            "visits": "visits",
            "duties": "duties",
            "hours": "hours",
            "absences": "absences",
            "exits": "exit cases",
            "pending": "pending work",
        },
        volunteer="Number of the volunteer",
    ),
}
