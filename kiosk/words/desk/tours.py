"""The words of the pages of tours, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText

TourAct = Literal["assign", "unassign", "cancel", "count"]
"""What the page of a booking can do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TourWords:
    """The words of one language."""

    title: str
    tour: str
    hint: str
    none: str
    past: str
    left_out: str
    """With {count}."""
    when: str
    guides: str
    guides_hint: str
    post_hint: str
    language: str
    language_hint: str
    languages: tuple[str, ...]
    """Offered."""
    group: str
    people: str
    """With {people}."""
    booked_and_came: str
    """With {booked} and {came}."""
    cancelled: str
    no_guide: str
    day: str
    start: str
    end: str
    group_size: str
    book: str
    not_a_size: str
    back: str
    booking: str
    assign: str
    volunteer: str
    unassign: str
    count: str
    count_hint: str
    came: str
    counted_meanwhile: str
    """With {people}."""
    cancel: str
    cancel_hint: str
    reason: str
    duty: str
    save: str
    done: Mapping[Literal["book", TourAct], str]


TOURS: Mapping[StaffLanguage, TourWords] = {
    "zh-TW": TourWords(
        title="導覽預約",
        tour="導覽",
        hint="一場導覽就是導覽志工的一個班，照常刷卡。團體人數在導覽結束後自動計入受服務人次。",
        none="目前沒有預約。",
        past="最近結束的導覽",
        left_out="另有 {count} 場沒有列出，請到排班查看。",
        when="時間",
        guides="導覽志工",
        guides_hint="編號或姓名的一部分，一行一位",
        post_hint="班表上的崗位",
        language="語言",
        language_hint="可不填",
        languages=("國語", "臺語", "客語", "英語", "日語", "越南語", "印尼語"),
        group="人數",
        people="{people} 人",
        booked_and_came="預約 {booked} 人，實到 {came} 人",
        cancelled="已取消",
        no_guide="還沒有導覽志工",
        day="日期",
        start="開始",
        end="結束",
        group_size="團體人數",
        book="新增預約",
        not_a_size="請填 1 到 100,000 的整數。",
        back="回導覽預約",
        booking="預約編號",
        assign="加入導覽志工",
        volunteer="志工編號，或姓名的一部分",
        unassign="取消排班",
        count="登錄實際人數",
        count_hint="沒有登錄，就以預約的人數計入受服務人次。",
        came="實到人數",
        counted_meanwhile="剛剛有別人登錄：{people}。請確認後再填。",
        cancel="取消這場導覽",
        cancel_hint="取消後，這個班也取消，人數不計。",
        reason="理由",
        duty="更改時間、換班、請假",
        save="儲存",
        done={
            "book": "預約已登錄。",
            "assign": "已加入導覽志工。",
            "unassign": "已取消排班。",
            "cancel": "這場導覽已取消。",
            "count": "實到人數已登錄。",
        },
    ),
    "en": TourWords(
        title="Tours",
        tour="Tour",
        hint="A tour is a duty of its guides, who tap as ever. Once it is over its group counts as people served.",
        none="No tour is booked.",
        past="Tours that ended lately",
        left_out=CountedText("{count} more {count:is|are} not listed here: look at the plan."),
        when="Time",
        guides="Guides",
        guides_hint="Numbers or parts of names, one a line",
        post_hint="As the plan shows it",
        language="Language",
        language_hint="May be left out",
        languages=(
            "Mandarin",
            "Taiwanese",
            "Hakka",
            "English",
            "Japanese",
            "Vietnamese",
            "Indonesian",
        ),
        group="Group",
        people="{people}",
        booked_and_came="{booked} booked, {came} came",
        cancelled="cancelled",
        no_guide="no guide yet",
        day="Date",
        start="Begins",
        end="Ends",
        group_size="Size of the group",
        book="Book a tour",
        not_a_size="Write a whole number from 1 to 100,000.",
        back="Back to the tours",
        booking="Booking",
        assign="Add a guide",
        volunteer="The number, or a part of the name",
        unassign="Take off",
        count="Record how many came",
        count_hint="Where nobody does, the size that was booked counts as people served.",
        came="How many came",
        counted_meanwhile="Meanwhile another person recorded: {people}. Check it, then fill it in again.",
        cancel="Cancel this tour",
        cancel_hint="The duty is cancelled with it, and its group does not count.",
        reason="Reason",
        duty="Other times, swaps, leave",
        save="Save",
        done={
            "book": "The tour is booked.",
            "assign": "The guide is added.",
            "unassign": "The guide is taken off.",
            "cancel": "The tour is cancelled.",
            "count": "How many came is recorded.",
        },
    ),
}
