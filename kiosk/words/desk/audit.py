"""The words of the pages of the audit, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWords:
    """The words of one language."""

    title: str
    show: str
    # a volunteer's day
    day_title: str
    day_hint: str
    volunteer: str
    date: str
    as_of: str
    as_of_hint: str
    as_of_shown: str
    """With {at}: the page shows what was on record then."""
    as_of_now: str
    day_before: str
    day_after: str
    nothing: str
    about: str
    time: str
    text: str
    events: str
    # an event
    event_title: str
    event_hint: str
    event_number: str
    event_before: str
    event_after: str
    # a difference
    difference_title: str
    difference_hint: str
    since: str
    until: str
    all_volunteers: str
    nothing_changed: str
    changes: str
    """With {count}."""
    page_of: str
    """With {page} and {pages}."""
    page_before: str
    page_after: str
    field: str
    before: str
    after: str
    # a past day, played
    play_title: str
    play_hint: str
    at: str
    step_back: str
    step_forward: str
    timeline: str
    tap: str
    at_hint: str
    first_step: str
    last_step: str
    # lists of a month
    month_title: str
    month: str
    month_before: str
    month_after: str
    only_latest: str
    """With {count}: so many of each list are shown."""
    corrections: str
    no_corrections: str
    recorded: str
    refused: str
    no_refused: str
    command: str
    reason: str
    by: str
    names_shown: str
    no_names_shown: str
    whose: str
    names_of: str
    """With {count}: the names of so many volunteers."""
    policies: str
    no_policies: str
    effective_from: str
    # what is wrong
    no_volunteer: str
    not_a_date: str
    not_an_instant: str
    before_log: str
    """With {begins}."""
    in_future: str
    no_event: str
    """With {last}: the number of the last event."""
    empty_day: str
    """A past day on which nothing happened."""
    future_day: str
    day_before_log: str
    not_a_time: str


AUDIT: Mapping[Literal["zh-TW", "en"], AuditWords] = {
    "zh-TW": AuditWords(
        title="稽核",
        show="查詢",
        day_title="志工的一天",
        day_hint="每一分鐘為什麼採計、為什麼不採計，以及依據的紀錄。",
        volunteer="志工編號",
        date="日期",
        as_of="截至何時的紀錄",
        as_of_hint="空白表示現在",
        as_of_shown="這是截至 {at} 的紀錄，之後的更正不在內。",
        as_of_now="看現在的紀錄",
        day_before="前一天",
        day_after="後一天",
        nothing="這一天沒有任何紀錄。",
        about="項目",
        time="時間",
        text="內容",
        events="紀錄",
        event_title="一筆紀錄",
        event_hint="每一筆紀錄的內容、登錄人、時間與驗證。",
        event_number="紀錄編號",
        event_before="前一筆",
        event_after="後一筆",
        difference_title="前後差異",
        difference_hint="兩個時間點之間，時數與出缺勤有什麼改變、由誰更正、理由為何。",
        since="從",
        until="到",
        all_volunteers="空白表示全部",
        nothing_changed="這段時間沒有任何改變。",
        changes="共 {count} 項改變",
        page_of="第 {page} 頁，共 {pages} 頁",
        page_before="上一頁",
        page_after="下一頁",
        field="項目",
        before="原來",
        after="後來",
        play_title="重播一天",
        play_hint="某一天某一刻，櫃台的畫面是什麼樣子。",
        at="時間",
        step_back="上一步",
        step_forward="下一步",
        timeline="當天經過",
        tap="刷卡",
        at_hint="例如 10:30；空白從頭開始",
        first_step="第一步",
        last_step="最後一步",
        month_title="每月紀錄",
        month="月份",
        month_before="上個月",
        month_after="下個月",
        only_latest="每項只列出最近 {count} 筆，其他的請用「前後差異」查。",
        corrections="更正",
        no_corrections="這個月沒有更正。",
        recorded="登錄時間",
        refused="未受理的操作",
        no_refused="這個月沒有未受理的操作。",
        command="操作",
        reason="原因",
        by="登錄人",
        names_shown="誰看了姓名與個人資料",
        no_names_shown="這個月沒有人查看姓名或個人資料。",
        whose="誰的資料",
        names_of="{count} 位志工的姓名",
        policies="採用的規則",
        no_policies="沒有採用過規則，全部是系統預設。",
        effective_from="生效日",
        no_volunteer="查無這個志工編號。",
        not_a_date="看不懂這個日期，請寫成 2026-11-19 或 115/11/19。",
        not_an_instant="看不懂這個時間，請寫成 2026-11-19 08:30。",
        before_log="紀錄從 {begins} 開始，請選之後的時間。",
        in_future="這個時間還沒到。",
        no_event="沒有這一筆紀錄，最後一筆是 {last}。",
        empty_day="這一天沒有刷卡，也沒有排班。",
        future_day="這一天還沒到。",
        day_before_log="這一天系統還沒有任何紀錄。",
        not_a_time="看不懂這個時間，請寫成 10:30。",
    ),
    "en": AuditWords(
        title="Audit",
        show="Show",
        day_title="A volunteer's day",
        day_hint="Why each minute counts or does not, and the events that it rests on.",
        volunteer="Number of the volunteer",
        date="Date",
        as_of="As on record at",
        as_of_hint="Empty is now",
        as_of_shown="This is what was on record at {at}; corrections since are not in it.",
        as_of_now="Show what is on record now",
        day_before="Day before",
        day_after="Day after",
        nothing="Nothing was recorded on this day.",
        about="About",
        time="Time",
        text="What",
        events="Events",
        event_title="An event",
        event_hint="What an event says, by whom and when, and how it is proved.",
        event_number="Number of the event",
        event_before="Event before",
        event_after="Event after",
        difference_title="Difference",
        difference_hint="What changed in hours and attendance between two instants, by whom and why.",
        since="From",
        until="To",
        all_volunteers="Empty is all",
        nothing_changed="Nothing changed.",
        changes=CountedText("{count} {count:change|changes}"),
        page_of="Page {page} of {pages}",
        page_before="Page before",
        page_after="Next page",
        field="What",
        before="Before",
        after="After",
        play_title="A day played",
        play_hint="What the roster showed at an instant of a past day.",
        at="Time",
        step_back="Step back",
        step_forward="Step forward",
        timeline="The day",
        tap="tap",
        at_hint="For example 10:30; empty is the beginning",
        first_step="First step",
        last_step="Last step",
        month_title="Month by month",
        month="Month",
        month_before="Month before",
        month_after="Month after",
        only_latest="Only the latest {count} of each list are shown; the difference of two instants shows all.",
        corrections="Corrections",
        no_corrections="No correction in this month.",
        recorded="Recorded",
        refused="Refused commands",
        no_refused="No command was refused in this month.",
        command="Command",
        reason="Reason",
        by="By",
        names_shown="Who was shown names",
        no_names_shown="Nobody was shown names in this month.",
        whose="Whose",
        names_of=CountedText("names of {count} {count:volunteer|volunteers}"),
        policies="Rules adopted",
        no_policies="No rules were adopted: all are as the product has them.",
        effective_from="In force from",
        no_volunteer="There is no volunteer of this number.",
        not_a_date="This is no date: write 2026-11-19.",
        not_an_instant="This is no time: write 2026-11-19 08:30.",
        before_log="The log begins at {begins}: choose a later time.",
        in_future="This is in the future.",
        no_event="There is no such event: the last one is {last}.",
        empty_day="On this day nobody tapped a card and nobody was on duty.",
        future_day="This day is still to come.",
        day_before_log="The log begins after this day.",
        not_a_time="This is no time: write 10:30.",
    ),
}
