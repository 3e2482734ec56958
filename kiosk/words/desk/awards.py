"""The words of the pages of awards, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardWords:
    """The words of one language."""

    title: str
    day: str
    day_hint: str
    show: str
    award: str
    met: str
    to_attest: str
    none: str
    organiser: str
    source: str
    apply_by: str
    volunteer: str
    number: str
    look_up: str
    status: str
    hours: str
    hours_text: str
    lacks: str
    met_on: str
    score: str
    team: str
    family: str
    left_out: str
    nobody: str
    given: str
    cards: str
    certificates: str
    approved_on: str
    expires_on: str
    counted_through: str
    applied_on: str
    issued_on: str
    due: str
    first_day: str
    last_day: str
    back: str
    list_document: str
    card_document: str
    certificate_document: str
    grant: str
    grant_it: str
    on: str
    document: str
    confirm: str
    not_confirmed: str
    granted: str
    card: str
    card_granted: str
    certificate: str
    check: str
    check_hint: str
    agrees: str
    differs: str
    month: str
    entered: str
    credited: str
    issue: str
    issued: str
    on_file: str
    take_back: str
    reason: str
    retracted: str
    wrong_day: str
    wrong_period: str
    until: str
    statuses: Mapping[str, str]
    kinds: Mapping[str, str]
    """Of entries."""


AWARDS: Mapping[StaffLanguage, AwardWords] = {
    "zh-TW": AwardWords(
        title="獎勵",
        day="日期",
        day_hint="年終達標獎勵請填聯繫會議的日期。",
        show="查看",
        award="獎項",
        met="符合",
        to_attest="待認定",
        none="沒有",
        organiser="主辦機關",
        source="依據",
        apply_by="申請期限",
        volunteer="志工",
        number="志工編號",
        look_up="查看一位志工",
        status="狀態",
        hours="採計時數",
        hours_text="{hours} 小時 {minutes} 分",
        lacks="還差什麼、要認定什麼",
        met_on="符合日",
        score="考核分數",
        team="團隊",
        family="志工家庭 {family}",
        left_out="另有 {count} 位差得更多，沒有列出。",
        nobody="沒有人。",
        given="榮譽卡與證明書名冊",
        cards="榮譽卡",
        certificates="績效證明書",
        approved_on="核准日",
        expires_on="到期日",
        counted_through="服務採計至",
        applied_on="申請日",
        issued_on="核發日",
        due="申請後 7 日內核發；今天申請，最晚 {due}。",
        first_day="服務起日",
        last_day="服務訖日",
        back="回到獎勵",
        list_document="獎勵名冊（可下載）",
        card_document="榮譽卡申請名冊（可下載）",
        certificate_document="績效證明書資料（可下載）",
        grant="登錄獲獎",
        grant_it="登錄",
        on="獲獎日",
        document="公文或證書字號",
        confirm="已收到主管機關的核定",
        not_confirmed="請先勾選「已收到主管機關的核定」。",
        granted="獲獎已登錄。",
        card="登錄榮譽卡",
        card_granted="榮譽卡已登錄。",
        certificate="核發績效證明書",
        check="核對時數",
        check_hint="先核對這段期間的時數與紀錄冊是否一致。",
        agrees="採計時數 {hours}，與紀錄冊一致。",
        differs="與紀錄冊登錄的時數不一致，不能核發：請先更正紀錄冊或時數，或把期間結束在已登錄的月份。",
        month="月份",
        entered="紀錄冊",
        credited="採計",
        issue="核發",
        issued="績效證明書已登錄。",
        on_file="已登錄的獎勵資料",
        take_back="撤回",
        reason="原因",
        retracted="已撤回。",
        wrong_day="「{text}」不是日期，請寫成 2026-11-19 或 115-11-19。",
        wrong_period="請填正確的起訖日期，例如 2025-11-19 到 2026-11-10。",
        until="至",
        statuses={"met": "符合", "attest": "待認定", "short": "不足", "blocked": "不予列入"},
        kinds={
            "grant": "獲獎",
            "card": "榮譽卡",
            "certificate": "績效證明書",
            "hours": "證明時數",
            "seniority": "證明年資",
            "condition": "認定條件",
        },
    ),
    "en": AwardWords(
        title="Awards",
        day="Date",
        day_hint="For the yearly reward, the day of the meeting.",
        show="Show",
        award="Award",
        met="Met",
        to_attest="To attest",
        none="none",
        organiser="Organiser",
        source="Source",
        apply_by="Apply by",
        volunteer="Volunteer",
        number="Number of a volunteer",
        look_up="Look up a volunteer",
        status="Status",
        hours="Hours counted",
        hours_text="{hours} h {minutes} min",
        lacks="What lacks, what to attest",
        met_on="Met on",
        score="Score",
        team="the team",
        family="family {family}",
        left_out="{count} more, who lack more, are not listed.",
        nobody="Nobody.",
        given="Honor cards and certificates",
        cards="Honor cards",
        certificates="Performance certificates",
        approved_on="Approved on",
        expires_on="Expires on",
        counted_through="Counted through",
        applied_on="Applied on",
        issued_on="Issued on",
        due="To be issued within 7 days; applied for today, by {due}.",
        first_day="Served from",
        last_day="Served until",
        back="Back to awards",
        list_document="Award list, to download",
        card_document="Applications for honor cards, to download",
        certificate_document="Data of the certificate, to download",
        grant="Enter an award received",
        grant_it="Enter",
        on="Received on",
        document="Document or number",
        confirm="The authority has confirmed it",
        not_confirmed="First tick that the authority has confirmed it.",
        granted="The award was entered.",
        card="Enter an honor card",
        card_granted="The honor card was entered.",
        certificate="Issue a performance certificate",
        check="Check the hours",
        check_hint="First check the hours of the period against the record book.",
        agrees="{hours} counted; the record book agrees.",
        differs="The record book differs, so it cannot be issued: correct the record book or the hours first, or end "
        "the period with a month that is entered.",
        month="Month",
        entered="Record book",
        credited="Credited",
        issue="Issue",
        issued="The certificate was entered.",
        on_file="What is on file",
        take_back="Take back",
        reason="Reason",
        retracted="It was taken back.",
        wrong_day='"{text}" is no date: write 2026-11-19 or 115-11-19.',
        wrong_period="Give both dates of the period, such as 2025-11-19 to 2026-11-10.",
        until="to",
        statuses={"met": "met", "attest": "to attest", "short": "short", "blocked": "not now"},
        kinds={
            "grant": "award",
            "card": "honor card",
            "certificate": "certificate",
            "hours": "attested hours",
            "seniority": "attested years",
            "condition": "attested condition",
        },
    ),
}
