"""The words of the page of leaders and deputies, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderWords:
    """The words of one language."""

    title: str
    hint: str
    """With {most}: terms in a row that the policy allows."""
    none: str
    role: str
    roles: Mapping[str, str]
    who: str
    term: str
    span: str
    """With {first} and {last}: days, both included."""
    in_row: str
    which: str
    """With {count}: which term in a row."""
    rest: str
    """Of the rest of another one's term."""
    state: str
    states: Mapping[str, str]
    too_many: str
    """With {who}, {role}, {count} and {most}."""
    vacant: str
    """With {role} and {until}."""
    elect: str
    volunteer: str
    volunteer_hint: str
    since: str
    by_election: str
    by_election_hint: str
    known: str
    """With {who}: who was elected from that day on."""
    elected: str
    end: str
    end_hint: str
    last_day: str
    outside: str
    """With {first} and {last}: of the whole term."""
    ended: str
    short: str
    """Of a term that ended, or will, before its time."""
    withdraw: str
    withdraw_hint: str
    reason: str
    withdrawn: str
    save: str
    withdraw_it: str


LEADERS: Mapping[StaffLanguage, LeaderWords] = {
    "zh-TW": LeaderWords(
        title="隊長與副隊長",
        hint="由全體志工選出。依單位的規定，最多連續 {most} 任；超過的會標示出來。",
        none="還沒有登錄隊長或副隊長。",
        role="職務",
        roles={"leader": "隊長", "deputy": "副隊長"},
        who="志工",
        term="任期",
        span="{first} 至 {last}",
        in_row="第幾任",
        which="連續第 {count} 任",
        rest="補滿前任任期",
        state="狀況",
        states={"running": "現任", "over": "已卸任", "coming": "尚未就任"},
        too_many="{role} {who} 是連續第 {count} 任，超過規定的 {most} 任，請確認。",
        vacant="{role}的任期已於 {until} 結束，請登錄改選的結果。",
        elect="登錄選舉結果",
        volunteer="當選的志工",
        volunteer_hint="志工編號，或姓名的一部分",
        since="任期從哪一天起",
        by_election="補選",
        by_election_hint="前任任期沒做滿，中途補選時才勾選",
        known="這一天起的任期已經登錄為 {who}。登錄錯了，請先在下面撤回。",
        elected="選舉結果已登錄。",
        end="登錄提前卸任",
        end_hint="任期未滿就卸任時登錄；之後的補選照樣登錄。志工的協議結束時，任期自動到那一天為止，不必登錄。"
        "日期填錯了，再登錄一次即可。",
        last_day="任職到哪一天",
        outside="請填任期內的日期，{first} 至 {last}。",
        ended="提前卸任已登錄。",
        short="提前卸任",
        withdraw="登錄錯了，撤回一筆",
        withdraw_hint="只用在登錄錯誤。任期未滿就卸任，請用「登錄提前卸任」。",
        reason="理由",
        withdrawn="已撤回。",
        save="儲存",
        withdraw_it="撤回",
    ),
    "en": LeaderWords(
        title="Leaders and deputies",
        hint=CountedText(
            "Elected by all volunteers, for {most} {most:term|terms} in a row at the most; more than that is marked."
        ),
        none="No leader or deputy is on file.",
        role="Office",
        roles={"leader": "Leader", "deputy": "Deputy"},
        who="Volunteer",
        term="Term",
        span="{first} to {last}",
        in_row="In a row",
        which="term {count} in a row",
        rest="rest of a term",
        state="State",
        states={"running": "in office", "over": "over", "coming": "not begun"},
        too_many="{role} {who} serves term {count} in a row, but the policy allows {most}: please check.",
        vacant="{role}: the term ended on {until}, please record the next election.",
        elect="Record an election",
        volunteer="Who was elected",
        volunteer_hint="The number, or a part of the name",
        since="First day of the term",
        by_election="By-election",
        by_election_hint="Only where the one before left in the middle of the term",
        known="From that day on {who} is on file. Where that is wrong, take it back below first.",
        elected="The election is on file.",
        end="Record that a term ends early",
        end_hint="For a leader or deputy who steps down before the end of the term; a by-election is recorded as ever. "
        "With the agreement of a volunteer the term ends by itself. Where the day was wrong, record it again.",
        last_day="Last day in office",
        outside="Give a day of the term, {first} to {last}.",
        ended="The end of the term is on file.",
        short="before its time",
        withdraw="Take a wrong entry back",
        withdraw_hint="For mistakes only. A leader who steps down is recorded above.",
        reason="Reason",
        withdrawn="It is taken back.",
        save="Save",
        withdraw_it="Take back",
    ),
}
