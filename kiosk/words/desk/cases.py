"""The words of the pages of exit cases, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """The words of one language."""

    title: str
    none: str
    volunteer: str
    rule: str
    rules: Mapping[str, str]
    raised_on: str
    evidence: str
    score: str
    status: str
    statuses: Mapping[str, str]
    decision: str
    decisions: Mapping[str, str]
    history: str
    steps: Mapping[str, str]
    by: str
    talk: str
    talk_hint: str
    record_talk: str
    talk_recorded: str
    decide: str
    decide_hint: str
    reason: str
    brings_about: str
    brings_about_hint: str
    free_duties: str
    """With {count}."""
    revoke_cards: str
    end_agreement: str
    """With {day}."""
    take_decision: str
    decided: str
    done_so_far: str
    """With {done} and {why}: a decision whose consequences were carried out in part."""
    retract: str
    retract_hint: str
    retracted: str
    report: str
    report_hint: str
    number: str
    number_hint: str
    happened_on: str
    what_happened: str
    report_it: str
    reported: str
    back: str


CASES: Mapping[Literal["zh-TW", "en"], CaseWords] = {
    "zh-TW": CaseWords(
        title="退場審查",
        none="沒有任何退場審查。",
        volunteer="志工",
        rule="原因",
        rules={
            "R-050": "無故缺席達到次數",
            "R-051": "一年內請假達到次數",
            "R-052": "考核不及格",
            "R-053": "暫停服務時間過長",
            "R-054": "品行或工作過失",
        },
        raised_on="提出日",
        evidence="依據",
        score="分數",
        status="狀態",
        statuses={"raised": "等您決定", "decided": "已決定", "withdrawn": "已撤回"},
        decision="決定",
        decisions={
            "keep": "留任",
            "reassign": "調整工作",
            "not_renew": "期滿不續聘",
            "terminate": "解除服務",
        },
        history="經過",
        steps={
            "raised": "提出",
            "revised": "依據更新",
            "withdrawn": "撤回（依據已更正）",
            "counselled": "約談或說明",
            "decided": "決定",
            "decision_retracted": "撤回決定",
        },
        by="登錄人",
        talk="約談紀錄",
        talk_hint="先勸導或調整工作，再作決定。寫下談了什麼、約定什麼。",
        record_talk="記下約談",
        talk_recorded="約談已經記下。",
        decide="作決定",
        decide_hint="系統只提出，要不要處理由您決定。已經得到的時數不會改變。",
        reason="理由",
        brings_about="同時處理",
        brings_about_hint="不續聘或解除服務時才會處理；不要的請取消勾選。",
        free_duties="空出之後的 {count} 班，等人接手",
        revoke_cards="停用手上的卡片（{count} 張）",
        end_agreement="服務協議到今天（{day}）為止",
        take_decision="登錄決定",
        decided="決定已經登錄。",
        done_so_far="決定已經登錄，但後續處理有一項沒有完成：{why}",
        retract="撤回決定",
        retract_hint="撤回後這件審查會再等您決定。已停用的卡片、已結束的協議不會自動恢復。",
        retracted="決定已經撤回。",
        report="登錄品行或過失事件",
        report_hint="品行不端或工作過失情節重大時，由您登錄。重大時可先到志工的頁面暫停服務。",
        number="志工編號",
        number_hint="例如 V001",
        happened_on="發生日期",
        what_happened="發生什麼事、依據哪份文件",
        report_it="登錄",
        reported="已經登錄，等您決定。",
        back="回退場審查",
    ),
    "en": CaseWords(
        title="Exit cases",
        none="There is no exit case.",
        volunteer="Volunteer",
        rule="Cause",
        rules={
            "R-050": "too many unexcused absences",
            "R-051": "too many leaves within a year",
            "R-052": "assessment not passed",
            "R-053": "suspended for too long",
            "R-054": "conduct or serious fault",
        },
        raised_on="Raised on",
        evidence="Evidence",
        score="Score",
        status="State",
        statuses={"raised": "waits for you", "decided": "decided", "withdrawn": "withdrawn"},
        decision="Decision",
        decisions={
            "keep": "keep",
            "reassign": "reassign",
            "not_renew": "do not renew",
            "terminate": "terminate",
        },
        history="History",
        steps={
            "raised": "raised",
            "revised": "evidence revised",
            "withdrawn": "withdrawn, its cause was corrected",
            "counselled": "talk or statement",
            "decided": "decided",
            "decision_retracted": "decision taken back",
        },
        by="by",
        talk="A talk",
        talk_hint="Persuade or reassign before you decide. Write down what was said and agreed.",
        record_talk="Record the talk",
        talk_recorded="The talk is recorded.",
        decide="Decide",
        decide_hint="The system only raises a case; you decide. Hours that were earned stay.",
        reason="Reason",
        brings_about="At the same time",
        brings_about_hint="Only where service ends; untick what is not wanted.",
        free_duties=CountedText("Free {count} coming {count:duty|duties} for others"),
        revoke_cards="Revoke the cards in hand ({count})",
        end_agreement="End the agreement today ({day})",
        take_decision="Record the decision",
        decided="The decision is recorded.",
        done_so_far="The decision is recorded, but something that follows was not carried out: {why}",
        retract="Take the decision back",
        retract_hint="The case waits again. Cards that were revoked and agreements that ended stay so.",
        retracted="The decision is taken back.",
        report="Report misconduct",
        report_hint="For serious misconduct or fault. Service can be suspended on the page of the volunteer.",
        number="Number of the volunteer",
        number_hint="For example V001",
        happened_on="It happened on",
        what_happened="What happened, by which document",
        report_it="Report",
        reported="It is recorded and waits for a decision.",
        back="Back to exit cases",
    ),
}
