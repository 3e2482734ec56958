"""The words of the page of desk sessions, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSessionWords:
    """The words of one language."""

    title: str
    hint: str
    none: str
    left_out: str
    """With {count}."""
    unfit: str
    unfit_hint: str
    add: str
    post: str
    post_hint: str
    day: str
    start: str
    end: str
    until: str
    until_hint: str
    bad_until: str
    save: str
    saved: str
    """With {count}."""
    partly: str
    """With {count}: some were saved, the others are refused."""
    cancel: str
    cancel_this: str
    cancel_hint: str
    reason: str
    cancelled: str
    back: str


DESK_SESSIONS: Mapping[StaffLanguage, DeskSessionWords] = {
    "zh-TW": DeskSessionWords(
        title="駐點時段",
        hint="崗位登錄駐點時段以後，那個崗位的班只能排在時段內。",
        none="目前沒有之後的駐點時段。",
        left_out="另有 {count} 個時段沒有列出，請到週班表查看。",
        unfit="不在駐點時段內的班",
        unfit_hint="這些班還在班表上，請點進去更改時間或取消。",
        add="新增駐點時段",
        post="崗位",
        post_hint="和班表上的崗位寫法一樣",
        day="日期",
        start="開始",
        end="結束",
        until="每週重複到",
        until_hint="只有一次就不填，最長一年",
        bad_until="請填第一次之後一年內的日期。",
        save="儲存",
        saved="已新增 {count} 個駐點時段。",
        partly="已新增 {count} 個駐點時段，其餘沒有新增，原因寫在欄位下面。",
        cancel="取消",
        cancel_this="取消這個時段",
        cancel_hint="取消後，時段內的班還在班表上，會列出來讓您處理。",
        reason="理由",
        cancelled="駐點時段已取消。",
        back="回駐點時段",
    ),
    "en": DeskSessionWords(
        title="Visiting desk",
        hint="Once a post has sessions of a visiting desk, its duties can only be planned inside them.",
        none="No session is to come.",
        left_out=CountedText("{count} more {count:is|are} not listed here: look at the weeks of the plan."),
        unfit="Duties outside the sessions",
        unfit_hint="They are still on the plan: open one to change its times or to cancel it.",
        add="Add sessions",
        post="Post",
        post_hint="Written as on the plan",
        day="Date",
        start="Begins",
        end="Ends",
        until="Every week until",
        until_hint="Leave it empty for one session; a year at most",
        bad_until="Write a date within a year after the first session.",
        save="Save",
        saved="Sessions added: {count}.",
        partly="Sessions added: {count}. The others were not: see below the field.",
        cancel="Cancel",
        cancel_this="Cancel this session",
        cancel_hint="Duties inside it stay on the plan, and are listed for you to see to.",
        reason="Reason",
        cancelled="The session is cancelled.",
        back="Back to the visiting desk",
    ),
}
