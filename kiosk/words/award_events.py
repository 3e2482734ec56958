"""Events about awards in words: what happened, and what their fields are called, in both languages."""

from collections.abc import Mapping

from kiosk.words.language import StaffLanguage
from kiosk.words.subject_texts import SubjectTexts

MEANINGS_ZH_TW = {
    "award-ledger.created": "開始志工的獎勵紀錄。",
    "award-ledger.award-granted": "志工獲獎。",
    "award-ledger.honor-card-granted": "核發志願服務榮譽卡。",
    "award-ledger.certificate-issued": "核發志願服務績效證明書。",
    "award-ledger.hours-attested": "登錄有文件證明的服務時數。",
    "award-ledger.seniority-attested": "登錄有文件證明的服務年資。",
    "award-ledger.condition-attested": "認定獎項的條件。",
    "award-ledger.retracted": "撤回獎勵紀錄中的一筆。",
    "award-groups.created": "開始家庭與團隊的紀錄。",
    "award-groups.family-attested": "認定志工家庭。",
    "award-groups.team-attested": "認定團隊的成立日期。",
    "award-groups.team-award-granted": "團隊獲獎。",
    "award-groups.retracted": "撤回家庭或團隊紀錄中的一筆。",
}
MEANINGS_EN = {
    "award-ledger.created": "The awards of a volunteer began to be kept.",
    "award-ledger.award-granted": "A volunteer received an award.",
    "award-ledger.honor-card-granted": "An honor card was granted.",
    "award-ledger.certificate-issued": "A performance certificate was issued.",
    "award-ledger.hours-attested": "Hours that a document proves were entered.",
    "award-ledger.seniority-attested": "Years of service that a document proves were entered.",
    "award-ledger.condition-attested": "A person attested a condition of an award.",
    "award-ledger.retracted": "An entry about awards was taken back.",
    "award-groups.created": "Families and the team began to be kept.",
    "award-groups.family-attested": "A person attested that volunteers are a family.",
    "award-groups.team-attested": "A person attested when the team was established.",
    "award-groups.team-award-granted": "The team received an award.",
    "award-groups.retracted": "What was attested of a family or the team was taken back.",
}
"""By the stored name of an event."""

STREAMS_ZH_TW = {"award-ledger": "志工的獎勵紀錄", "award-groups": "家庭與團隊"}
STREAMS_EN = {"award-ledger": "awards of a volunteer", "award-groups": "families and the team"}

FIELDS_ZH_TW = {
    "award": "獎項",
    "approved_on": "核准日",
    "expires_on": "到期日",
    "counted_through": "採計至",
    "applied_on": "申請日",
    "issued_on": "核發日",
    "first_day": "服務起日",
    "last_day": "服務訖日",
    "minutes": "分鐘",
    "unit": "運用單位",
    "city": "縣市",
    "proof": "證明文件",
    "until": "至",
    "condition": "條件",
    "family": "家庭",
    "members": "成員",
    "established_on": "成立日期",
}
FIELDS_EN = {
    "award": "award",
    "approved_on": "approved on",
    "expires_on": "expires on",
    "counted_through": "counted through",
    "applied_on": "applied on",
    "issued_on": "issued on",
    "first_day": "served from",
    "last_day": "served until",
    "minutes": "minutes",
    "unit": "unit",
    "city": "city",
    "proof": "proof",
    "until": "until",
    "condition": "condition",
    "family": "family",
    "members": "members",
    "established_on": "established on",
}

ACTS_ZH_TW = {
    "award-ledger.award-granted": "登錄獲獎",
    "award-ledger.honor-card-granted": "登錄榮譽卡",
    "award-ledger.certificate-issued": "登錄績效證明書",
    "award-ledger.hours-attested": "登錄證明時數",
    "award-ledger.seniority-attested": "登錄證明年資",
    "award-ledger.condition-attested": "認定獎項條件",
    "award-ledger.retracted": "撤回獎勵紀錄",
    "award-groups.family-attested": "認定志工家庭",
    "award-groups.team-attested": "認定團隊成立日期",
    "award-groups.team-award-granted": "登錄團隊獲獎",
    "award-groups.retracted": "撤回家庭或團隊紀錄",
}
"""The same as an act, short, in lists."""

REFUSALS_EN = {
    "PeriodReversed": "it would begin on {first} and end on {last}: the end must not be earlier than the beginning",
    "AfterThatDay": "{day} is later than {latest}: check the dates",
    "AlreadyGranted": "volunteer {volunteer_id} received {award} on {on} already: nothing needs to be done",
    "CountedAlready": "service of volunteer {volunteer_id} up to {counted_through} was counted for an honor card: "
    "it is not counted twice",
    "AttestedAlready": "hours of volunteer {volunteer_id} in this unit and category are attested from {first} to "
    "{last}: take that entry back first, or correct the period",
    "FamilyTooSmall": "the family {family} would have fewer than two members: name two or more",
}
REFUSALS_ZH_TW = {
    "PeriodReversed": "起日 {first} 晚於訖日 {last}：請檢查日期",
    "AfterThatDay": "{day} 晚於 {latest}：請檢查日期",
    "AlreadyGranted": "志工 {volunteer_id} 於 {on} 獲得 {award} 已經登錄：不需再登錄",
    "CountedAlready": "志工 {volunteer_id} 到 {counted_through} 為止的服務已採計於榮譽卡：不能重複採計",
    "AttestedAlready": "志工 {volunteer_id} 在這個單位與類別 {first} 至 {last} 的時數已經登錄："
    "請先撤回那一筆，或更正期間",
    "FamilyTooSmall": "志工家庭 {family} 不足兩人：請列出至少兩位成員",
}

COLUMNS_ZH_TW = {
    "award": "獎項",
    "short_by": "不足",
    "attest": "待認定",
    "met_on": "符合日",
    "award_name": "獎項_名稱",
    "seniority_from": "年資_起算日",
    "counted_from": "時數_起算日",
    "counted_until": "時數_計至",
    "apply_by": "申請期限",
    "family": "家庭",
    "lacks": "不足_代碼",
    "short_minutes": "不足_分鐘",
    "conditions": "待認定_代碼",
    "organiser": "主辦機關",
    "subject": "對象",
    "effective_from": "適用_起年",
    "source": "依據",
    "blocked": "不予列入",
}
VALUES_ZH_TW = {"met": "符合", "attest": "待認定", "short": "不足", "blocked": "不予列入"}

AWARD_EVENTS: Mapping[StaffLanguage, SubjectTexts] = {
    "zh-TW": SubjectTexts(MEANINGS_ZH_TW, STREAMS_ZH_TW, FIELDS_ZH_TW, acts=ACTS_ZH_TW),
    "en": SubjectTexts(MEANINGS_EN, STREAMS_EN, FIELDS_EN),
}
