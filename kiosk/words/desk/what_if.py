"""The words of the pages that show what would change, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPageWords:
    """The words of one language. Braces stand for values."""

    title: str
    hint: str
    # what is tried
    of_a_day: str
    of_a_day_hint: str
    volunteer: str
    date: str
    show: str
    no_volunteer: str
    not_a_date: str
    not_an_instant: str
    nothing_on_day: str
    no_visit: str
    visits: str
    void: str
    shifts: str
    start: str
    end: str
    move: str
    cancel: str
    of_a_rule: str
    of_a_rule_hint: str
    rule: str
    choose: str
    value: str
    not_a_value: str
    since: str
    calculate: str
    # what is asked, as a title
    if_void: str
    """With {who} and {visit}."""
    if_moved: str
    """With {shift} and {span}."""
    if_cancelled: str
    """With {shift}."""
    if_rule: str
    """With {rule}, {value} and {since}."""
    # what would change
    nothing: str
    changes: str
    """With the values of the sum: {volunteers}, {outcomes}, {late_or_early}."""
    refused: str
    """With {why}."""
    not_written: str
    who: str
    minutes_before: str
    minutes_after: str
    change: str
    duties: str
    cases: str
    awards: str
    total: str
    duty_total: str
    """With {outcomes} and {late_or_early}."""
    more: str
    """With {count}."""
    again: str


WHAT_IF: Mapping[StaffLanguage, WhatIfPageWords] = {
    "zh-TW": WhatIfPageWords(
        title="試算：如果不一樣",
        hint="先看如果某一筆到班作廢、某個班次改時間，或某條規則改掉，誰的時數、出缺勤、退場審查和獎勵會不同。"
        "這裡只是試算，不會寫入任何資料。",
        of_a_day="到班或班次",
        of_a_day_hint="先找出志工那一天的到班和班次，再選要試的那一筆。",
        volunteer="志工編號",
        date="日期",
        show="找出來",
        no_volunteer="沒有這個編號的志工。",
        not_a_date="請輸入日期，例如 2026-11-19 或 115/11/19。",
        not_an_instant="請輸入日期和時間。",
        nothing_on_day="這一天沒有到班，也沒有班次。",
        no_visit="這一天已經沒有這筆到班：可能更正過或作廢了，請再選一次。",
        visits="如果這筆到班作廢",
        void="試算作廢",
        shifts="如果這個班次不同",
        start="開始",
        end="結束",
        move="試算改時間",
        cancel="試算取消班次",
        of_a_rule="規則",
        of_a_rule_hint="先選要改的規則，再填新的值。",
        rule="規則",
        choose="選這一條",
        value="改成",
        not_a_value="這個值不能用。",
        since="從哪一天起",
        calculate="試算",
        if_void="如果 {who} {visit} 的到班作廢",
        if_moved="如果班次 {shift} 改成 {span}",
        if_cancelled="如果班次 {shift} 取消",
        if_rule="如果「{rule}」從 {since} 起改成 {value}",
        nothing="每個人的總時數、值勤結果、遲到早退、退場審查和獎勵都不會改變。其他數字（例如報表和津貼）不比較。",
        changes="會影響 {volunteers} 位志工，{outcomes} 筆值勤的結果、{late_or_early} 筆的遲到早退會不同：",
        refused="這樣做會被拒絕，所以沒有結果：{why}",
        not_written="這只是試算，沒有寫入任何資料。",
        who="志工",
        minutes_before="現在（分鐘）",
        minutes_after="改後（分鐘）",
        change="增減",
        duties="值勤",
        cases="退場審查",
        awards="獎勵",
        total="總計",
        duty_total="結果 {outcomes}，遲到早退 {late_or_early}",
        more="另外還有 {count} 筆",
        again="再試一個",
    ),
    "en": WhatIfPageWords(
        title="What if",
        hint="See whose hours, outcomes, exit cases and awards would be others if a visit were void, a shift had other "
        "times, or a rule were another one. This only calculates: nothing is written.",
        of_a_day="A visit or a shift",
        of_a_day_hint="Find the visits and shifts of a volunteer's day first, then choose one.",
        volunteer="Volunteer number",
        date="Date",
        show="Find",
        no_volunteer="No volunteer has this number.",
        not_a_date="Enter a date, such as 2026-11-19.",
        not_an_instant="Enter a date with a time.",
        nothing_on_day="There is no visit and no shift on this day.",
        no_visit="That visit is not there any more: it may have been corrected or voided. Choose again.",
        visits="If this visit were void",
        void="Void it, on trial",
        shifts="If this shift were different",
        start="Start",
        end="End",
        move="Change its times, on trial",
        cancel="Cancel it, on trial",
        of_a_rule="A rule",
        of_a_rule_hint="Choose the rule first, then enter its new value.",
        rule="Rule",
        choose="Choose",
        value="New value",
        not_a_value="This value cannot be used.",
        since="From which day on",
        calculate="Calculate",
        if_void="If the visit of {who}, {visit}, were void",
        if_moved="If shift {shift} were {span}",
        if_cancelled="If shift {shift} were cancelled",
        if_rule="If “{rule}” were {value} from {since} on",
        nothing="Nobody's total minutes, outcomes, minutes late or early, exit cases or awards would change. Other "
        "figures, such as those of reports and allowances, are not compared.",
        changes="Volunteers affected: {volunteers}. Duties with another outcome: {outcomes}, with other minutes "
        "late or early: {late_or_early}.",
        refused="This would be refused, so nothing follows from it: {why}",
        not_written="This was only calculated: nothing was written.",
        who="Volunteer",
        minutes_before="Now (min)",
        minutes_after="Then (min)",
        change="Change",
        duties="Duties",
        cases="Exit cases",
        awards="Awards",
        total="Total",
        duty_total="outcome {outcomes}, late or early {late_or_early}",
        more="and {count} more",
        again="Try another one",
    ),
}
