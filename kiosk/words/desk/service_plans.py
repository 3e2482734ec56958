"""The words of the page of service plans, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanWords:
    """The words of one language."""

    title: str
    hint: str
    none: str
    none_private: str
    """Of a private unit, which may issue no hours without one."""
    plan: str
    plan_hint: str
    authority: str
    period: str
    span: str
    """With {first} and {last}: days, both included."""
    state: str
    states: Mapping[str, str]
    standing: Mapping[str, str]
    """How the plan on which it depends stands today; with {plan}, {until} and {year}."""
    change: str
    change_it: str
    """With {plan}."""
    change_hint: str
    file: str
    valid_from: str
    valid_to: str
    known: str
    """With {authority}, {first} and {last}: what stands under that id."""
    report: str
    report_hint: str
    since: str
    until: str
    on: str
    reported_to: str
    results: str
    results_period: str
    no_results: str
    end: str
    end_hint: str
    ended_on: str
    reason: str
    reason_hint: str
    save: str
    done: Mapping[str, str]


SERVICE_PLANS: Mapping[StaffLanguage, ServicePlanWords] = {
    "zh-TW": ServicePlanWords(
        title="志願服務計畫",
        hint="向主管機關備案的計畫，和每年送出的成果。按時送成果，計畫就視為延續。",
        none="還沒有登錄計畫。公家單位不必備案，要留紀錄也可以登錄。",
        none_private="還沒有登錄計畫。民間單位要先備案，才能核發服務時數。",
        plan="計畫編號",
        plan_hint="公文文號或自訂的編號，請勿寫人名",
        authority="主管機關",
        period="計畫期間",
        span="{first} 至 {last}",
        state="狀況",
        states={
            "active": "有效",
            "at_risk": "成果逾期未報",
            "lapsed": "已失效",
            "terminated": "已終止",
            "coming": "尚未開始",
            "past": "期滿",
        },
        standing={
            "active": "計畫 {plan} 目前有效。",
            "at_risk": "{year} 年的成果逾期未報，主管機關可能停止計畫 {plan}。送出以後，請在下面登錄。",
            "lapsed": "計畫 {plan} 已於 {until} 到期，{year} 年的成果沒有按時送出。請重新備案。",
            "terminated": "計畫 {plan} 已終止，請另外備案。",
        },
        change="更改",
        change_it="更改計畫 {plan}",
        change_hint="依主管機關同意變更的公文填寫。存檔後以新的內容為準，原來的仍留在紀錄裡。",
        file="登錄備案的計畫",
        valid_from="起日",
        valid_to="迄日",
        known="這個編號目前是：{authority}，{first} 至 {last}。要更改，請按上面那個計畫的「更改」。",
        report="登錄已送出成果",
        report_hint="送出年度或半年成果以後登錄。",
        since="成果期間，從",
        until="到",
        on="送出日期",
        reported_to="送給哪個機關",
        results="已送出的成果",
        results_period="成果期間",
        no_results="還沒有登錄送出的成果。",
        end="登錄計畫終止",
        end_hint="主管機關來文停止，或單位函報終止。終止日起，計畫就不再有效。",
        ended_on="終止日",
        reason="依據",
        reason_hint="例如公文日期與文號",
        save="儲存",
        done={"file": "計畫已登錄。", "report": "送出的成果已登錄。", "end": "計畫終止已登錄。"},
    ),
    "en": ServicePlanWords(
        title="Service plans",
        hint="Plans that were filed with the authority, and the results of each year. While results are handed in on "
        "time a plan goes on.",
        none="No plan is on file. A public unit need not file one; it may be written down all the same.",
        none_private="No plan is on file. A private unit files one before it issues hours.",
        plan="Id of the plan",
        plan_hint="The number of the letter, or one of your own: no names of persons",
        authority="Authority",
        period="Period",
        span="{first} to {last}",
        state="State",
        states={
            "active": "in force",
            "at_risk": "results overdue",
            "lapsed": "lapsed",
            "terminated": "ended",
            "coming": "not begun",
            "past": "over",
        },
        standing={
            "active": "The plan {plan} is in force.",
            "at_risk": "The results of {year} are overdue: the authority may stop the plan {plan}. Once they are "
            "handed in, record that below.",
            "lapsed": "The plan {plan} ran out on {until}, and the results of {year} are overdue: file another.",
            "terminated": "The plan {plan} was ended: file another one.",
        },
        change="Change",
        change_it="Change the plan {plan}",
        change_hint="As the letter of the authority says. The new filing counts; the earlier one stays on record.",
        file="Record a plan that was filed",
        valid_from="First day",
        valid_to="Last day",
        known="This id stands for: {authority}, {first} to {last}. To change that plan, use “Change” above.",
        report="Record results that were handed in",
        report_hint="Once the results of a year or a half-year were sent.",
        since="Period, from",
        until="to",
        on="Handed in on",
        reported_to="To which authority",
        results="Results handed in",
        results_period="Period of the results",
        no_results="No results are on file.",
        end="Record that a plan was ended",
        end_hint="By a letter of the authority, or of the unit to it. From that day on the plan does not hold.",
        ended_on="It does not hold from",
        reason="By which letter",
        reason_hint="For example its date and number",
        save="Save",
        done={
            "file": "The plan is on file.",
            "report": "The results are on file.",
            "end": "The end of the plan is on file.",
        },
    ),
}
