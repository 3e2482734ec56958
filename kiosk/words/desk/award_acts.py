"""The words of the forms about documents for awards, in both languages: hours, years, conditions, families, team."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardActWords:
    """The words of one language."""

    title: str
    """Above the forms about a volunteer."""
    groups: str
    groups_hint: str
    acts: Mapping[str, str]
    effects: Mapping[str, str]
    """What stands above the fields of a form."""
    labels: Mapping[str, str]
    proofs: Mapping[str, str]
    done: Mapping[str, str]
    entries: Mapping[str, str]
    """Of families and the team; with {text} and {day}."""


AWARD_ACTS: Mapping[StaffLanguage, AwardActWords] = {
    "zh-TW": AwardActWords(
        title="依文件登錄",
        groups="志工家庭與團隊",
        groups_hint="家庭獎項與團隊獎項要看的資料。志工之間的親屬關係、團隊成立日期，請看過文件再登錄。",
        acts={
            "hours": "登錄其他單位或以前的時數",
            "seniority": "登錄以前的服務年資",
            "condition": "認定獎項的條件",
            "family": "登錄志工家庭",
            "team": "登錄團隊成立日期",
            "team_award": "登錄團隊獲獎",
        },
        effects={
            "hours": "只算獎勵與榮譽卡，不算進每月時數；本單位的績效證明書不採計其他單位的時數。"
            "起訖日期與時數請照文件上寫的填。",
            "seniority": "使用本系統以前的服務，不論在本單位或其他單位；年資從這裡的起日算起。",
            "condition": "系統算不出來的條件（例如無刑事案件紀錄），由您看過文件後認定。",
            "family": "同一個家庭再登錄一次，就以最後一次為準。家庭請取代稱，不要寫姓名。",
            "team": "再登錄一次，就以最後一次為準。",
            "team_award": "收到主管機關核定以後再登錄。",
        },
        labels={
            "hours_from": "服務起日",
            "hours_to": "服務訖日",
            "hours_whole": "幾小時",
            "hours_minutes": "又幾分鐘（沒有可以不填）",
            "hours_unit": "服務單位（本單位以前的時數不用填）",
            "hours_category": "服務類別（沒有分類不用填）",
            "hours_city": "單位所在縣市（例如 臺北市）",
            "hours_proof": "依據哪一種文件",
            "hours_document": "文件的名稱、字號",
            "seniority_from": "服務起日",
            "seniority_to": "文件證明到哪一天",
            "seniority_unit": "服務單位（本單位不用填）",
            "seniority_category": "服務類別（各類都算就不用填）",
            "seniority_document": "文件的名稱、字號",
            "condition": "認定哪一項",
            "condition_document": "看過什麼文件",
            "family_name": "家庭代稱（例如 家庭1）",
            "family_members": "成員的志工編號（用空白或頓號隔開）",
            "family_document": "看過什麼文件（例如 戶口名簿）",
            "team_on": "成立日期",
            "team_document": "依據的文件",
            "grant_award": "獎項",
            "grant_on": "獲獎日",
            "grant_document": "公文或證書字號",
        },
        proofs={"certificate": "服務績效證明書", "record_book": "志願服務紀錄冊", "other": "其他文件"},
        done={
            "hours": "時數已登錄。",
            "seniority": "年資已登錄。",
            "condition": "條件已認定。",
            "family": "志工家庭已登錄。",
            "team": "團隊成立日期已登錄。",
            "team_award": "團隊獲獎已登錄。",
        },
        entries={"family": "志工家庭 {text}", "team": "團隊於 {day} 成立", "team_award": "團隊獲獎：{text}，{day}"},
    ),
    "en": AwardActWords(
        title="Enter what a document says",
        groups="Families and the team",
        groups_hint="What awards for families and for the team look at. See the document before you enter who is "
        "related, or when the team was established.",
        acts={
            "hours": "Hours of another unit, or of former years",
            "seniority": "Years of service before this system",
            "condition": "Attest a condition of an award",
            "family": "Enter a family",
            "team": "Enter when the team was established",
            "team_award": "Enter an award of the team",
        },
        effects={
            "hours": "They count for awards and the honor card, not for the hours of a month; the certificate of this "
            "unit leaves out those of other units. Enter dates and hours as the document has them.",
            "seniority": "Service in this unit or another; years count from the first day given here.",
            "condition": "What no figure shows, such as no criminal record: attest it once you have seen the document.",
            "family": "Entered again, the latest entry of the family counts. Give it a name that is nobody's.",
            "team": "Entered again, the latest entry counts.",
            "team_award": "Enter it once the authority has confirmed it.",
        },
        labels={
            "hours_from": "Served from",
            "hours_to": "Served until",
            "hours_whole": "Hours",
            "hours_minutes": "and minutes (empty: none)",
            "hours_unit": "Unit (empty: this one, in former years)",
            "hours_category": "Category (empty: none)",
            "hours_city": "City of the unit (such as 臺北市)",
            "hours_proof": "Kind of document",
            "hours_document": "Name and number of the document",
            "seniority_from": "Served from",
            "seniority_to": "Proved until",
            "seniority_unit": "Unit (empty: this one)",
            "seniority_category": "Category (empty: counts for all)",
            "seniority_document": "Name and number of the document",
            "condition": "Condition",
            "condition_document": "Document that you saw",
            "family_name": "What to call the family (such as family-1)",
            "family_members": "Numbers of its members, with spaces between them",
            "family_document": "Document that you saw",
            "team_on": "Established on",
            "team_document": "Document",
            "grant_award": "Award",
            "grant_on": "Received on",
            "grant_document": "Document or number",
        },
        proofs={"certificate": "performance certificate", "record_book": "record book", "other": "another document"},
        done={
            "hours": "The hours were entered.",
            "seniority": "The years were entered.",
            "condition": "The condition was attested.",
            "family": "The family was entered.",
            "team": "It was entered when the team was established.",
            "team_award": "The award of the team was entered.",
        },
        entries={
            "family": "family {text}",
            "team": "team established on {day}",
            "team_award": "the team received {text} on {day}",
        },
    ),
}
