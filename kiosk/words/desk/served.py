"""The words of the page of people served, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedWords:
    """The words of one language."""

    title: str
    hint: str
    day: str
    people: str
    others: str
    total: str
    not_recorded: str
    closed: str
    save: str
    saved: str
    """With {count}: days."""
    wrong: str
    not_a_count: str
    changed_meanwhile: str
    """With {count}: what stands there now."""
    nothing_yet: str
    back: str
    today: str
    earlier: str
    """The last day before today on which the unit was open."""
    other_days: str
    tour: str
    """With {name} and {people}."""
    other: str
    """With {name} and {people}."""
    weekdays: str
    date_form: str
    """With {date} and {weekday}."""

    def format_day(self, day: date) -> str:
        """A date with its weekday."""
        return self.date_form.format(date=f"{day:%m/%d}", weekday=self.weekdays.split()[day.weekday()])


SERVED: Mapping[Literal["zh-TW", "en"], ServedWords] = {
    "zh-TW": ServedWords(
        title="受服務人次",
        hint="一天服務了幾位民眾，填在那一天，可以填好幾天再一起儲存。依櫃台計數，不是每位志工各算一次。"
        "沒有填就是「未記錄」，不是 0。",
        day="日期",
        people="人次",
        others="班次、活動、導覽",
        total="本月合計",
        not_recorded="未記錄",
        closed="休息日",
        save="儲存",
        saved="已儲存 {count} 天的人次。",
        wrong="沒有儲存，請先更正下面標示的日期。",
        not_a_count="請填 0 到 1,000,000 的整數，不知道就留空白。",
        changed_meanwhile="這一天剛剛有別人登錄：{count}。請確認後再填。",
        nothing_yet="這個月還沒開始。",
        back="回到這個月",
        today="今天",
        earlier="前一個上班日",
        other_days="其他日子",
        tour="導覽 {name}：{people}",
        other="{name}：{people}",
        weekdays="一 二 三 四 五 六 日",
        date_form="{date}（{weekday}）",
    ),
    "en": ServedWords(
        title="People served",
        hint="How many people were served on a day: fill in as many days as you like, then save. Count per desk, not "
        "once for each volunteer. An empty field is not recorded, which is not 0.",
        day="Day",
        people="People",
        others="Shifts, events, tours",
        total="In this month",
        not_recorded="not recorded",
        closed="closed",
        save="Save",
        saved=CountedText("The {count:count|counts} of {count} {count:day is|days are} saved."),
        wrong="Nothing was saved: correct the days that are marked first.",
        not_a_count="Write a whole number from 0 to 1,000,000, or leave it empty where it is not known.",
        changed_meanwhile="Meanwhile another person recorded this day: {count}. Check it, then fill it in again.",
        nothing_yet="This month has not begun.",
        back="Back to the month",
        today="Today",
        earlier="The working day before",
        other_days="Other days",
        tour="tour {name}: {people}",
        other="{name}: {people}",
        weekdays="Mon Tue Wed Thu Fri Sat Sun",
        date_form="{date} {weekday}",
    ),
}
