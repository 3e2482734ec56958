"""The words of award lists, honor-card lists and certificate data sheets, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardDocumentWords:
    """The words of one language."""

    award_list: str
    card_list: str
    certificate: str
    layout_unknown: str
    """That no official layout was found."""
    organiser: str
    source: str
    award: str
    at: str
    """The day on which candidates are looked for."""
    conditions: str
    """The digest of the award's conditions in the catalogue."""
    from_people: str
    """Under a list that follows from the people store, which its code cannot prove."""
    nobody: str
    family: str
    policy: str
    policies: Mapping[str, str]
    """By the values of `honor_card_policy`."""
    number: str
    name: str
    national_id: str
    birth_date: str
    seniority_from: str
    met_on: str
    minutes: str
    counted_from: str
    from_first: str
    """Nothing was counted for a card before."""
    counted_until: str
    to_attest: str
    attested: str
    citation: str
    expires_on: str
    record_book: str
    photo: str
    trainings: str
    first_day: str
    last_day: str
    applied_on: str
    due_on: str
    month: str
    entered: str
    credited: str
    differences: str
    agrees: str
    differs: str
    attested_minutes: str
    made_by: str
    supervisor: str
    head: str


AWARD_DOCUMENTS: Mapping[StaffLanguage, AwardDocumentWords] = {
    "zh-TW": AwardDocumentWords(
        award_list="獎勵名冊",
        card_list="志願服務榮譽卡申請名冊",
        certificate="志願服務績效證明書資料",
        layout_unknown="找不到官方版面，欄位由本單位自訂；送件前請核對主管機關的表格。",
        organiser="主辦機關",
        source="依據",
        award="獎項",
        at="審查日期",
        conditions="獎勵條件雜湊",
        from_people="名單依個人資料（例如年齡）產生，查驗碼不能證明名單的內容。",
        nobody="沒有符合的志工。",
        family="志工家庭",
        policy="下一張榮譽卡的起算",
        policies={
            "day_after_counted_through": "上次採計截止的次日",
            "hualien_system": "核發的次日",
            "ntpc_rolling": "到期前三年",
        },
        number="編號",
        name="姓名",
        national_id="身分證字號",
        birth_date="出生日期",
        seniority_from="年資起算日",
        met_on="符合日",
        minutes="服務時數",
        counted_from="時數起算日",
        from_first="全部採計",
        counted_until="時數計至",
        to_attest="待認定條件",
        attested="已認定",
        citation="具體事蹟",
        expires_on="預計有效期限",
        record_book="紀錄冊影本",
        photo="照片",
        trainings="基礎、特殊訓練證明",
        first_day="服務起日",
        last_day="服務訖日",
        applied_on="申請日",
        due_on="應核發日",
        month="月份",
        entered="紀錄冊登錄",
        credited="採計時數",
        differences="與紀錄冊不一致的月份",
        agrees="與紀錄冊登錄的時數一致。",
        differs="與紀錄冊登錄的時數不一致，不得核發：請先更正，或把期間結束在已登錄的月份。",
        attested_minutes="其中系統使用前的證明時數",
        made_by="承辦人",
        supervisor="主管",
        head="單位首長",
    ),
    "en": AwardDocumentWords(
        award_list="Award list",
        card_list="Applications for honor cards",
        certificate="Data of a performance certificate",
        layout_unknown="No official layout was found; the columns are the unit's own: check the authority's form.",
        organiser="Organiser",
        source="Source",
        award="Award",
        at="Day of the review",
        conditions="Digest of the conditions",
        from_people="The list follows from personal data such as ages: its code does not prove who stands on it.",
        nobody="Nobody qualifies.",
        family="Family",
        policy="Service for the next card counts from",
        policies={
            "day_after_counted_through": "the day after the last day that was counted",
            "hualien_system": "the day after the approval",
            "ntpc_rolling": "three years before the expiry",
        },
        number="Number",
        name="Name",
        national_id="National ID",
        birth_date="Birth date",
        seniority_from="Years count from",
        met_on="Met on",
        minutes="Hours",
        counted_from="Hours from",
        from_first="the first",
        counted_until="Hours until",
        to_attest="To be attested",
        attested="Attested",
        citation="Merits",
        expires_on="Expected to expire on",
        record_book="Copy of the record book",
        photo="Photo",
        trainings="Proof of both trainings",
        first_day="Served from",
        last_day="Served until",
        applied_on="Applied on",
        due_on="To be issued by",
        month="Month",
        entered="Record book",
        credited="Credited",
        differences="Months that differ from the record book",
        agrees="Agrees with the entries of the record book.",
        differs="Differs from the entries of the record book, so it must not be issued: correct that first, or end the "
        "period with a month that is entered.",
        attested_minutes="Of these attested from before the system",
        made_by="Prepared by",
        supervisor="Supervisor",
        head="Head of the unit",
    ),
}


def find_award_document_words() -> AwardDocumentWords:
    """The words in the language in force."""
    return AWARD_DOCUMENTS[find_language()]
