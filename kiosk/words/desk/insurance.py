"""The words of the page of an insurance for many, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurancePageWords:
    """The words of one language. Braces stand for values."""

    title: str
    hint: str
    insured_list: str
    labels: Mapping[str, str]
    whom: Mapping[str, str]
    no_end_hint: str
    look: str
    """The button that leads to who it is about."""
    look_again: str
    people: str
    """With {count}."""
    active_on: str
    """With {day}."""
    uncheck: str
    person: str
    shared_contract: str
    takes: str
    obstacles: Mapping[str, str]
    """With {limit}."""
    covered: str
    """With {count}: who has exactly this cover already."""
    left: str
    """With {count}."""
    nobody: str
    nobody_chosen: str
    save: str
    saved: str
    """With {count}."""
    nothing_new: str


INSURANCE: Mapping[StaffLanguage, InsurancePageWords] = {
    "zh-TW": InsurancePageWords(
        title="登記多人保險",
        hint="單位每年為志工投保意外事故保險。選好對象和期間，看過名單再儲存；全部存好，或一個都不存。",
        insured_list="志工保險名冊",
        labels={"whom": "為誰登記", "from": "從哪一天起", "to": "到哪一天（含當天）", "policy": "保單或契約"},
        whom={
            "uninsured": "沒有保險的志工",
            "shared": "沒有保險、共同供應契約可承保的志工",
            "all": "全部服務中的志工（續保）",
        },
        no_end_hint="不填就一直到「結束保險」為止",
        look="看名單",
        look_again="重新看名單",
        people="要登記的志工（{count} 位）",
        active_on="{day} 服務中的志工。",
        uncheck="不登記的，取消勾選。",
        person="志工",
        shared_contract="共同供應契約",
        takes="可承保",
        obstacles={
            "no_book": "還沒領紀錄冊",
            "birth_date_unknown": "沒有出生日期",
            "too_old": "超過 {limit} 歲",
        },
        covered="另有 {count} 位已經登記過同一段期間，不會重複登記。",
        left="還有 {count} 位列不下，這些存好以後，再做一次。",
        nobody="沒有需要登記的志工。",
        nobody_chosen="還沒儲存：請至少勾選一位志工。",
        save="全部登記",
        saved="已登記 {count} 位志工的保險。",
        nothing_new="這些志工的保險已經登記過，沒有更動。",
    ),
    "en": InsurancePageWords(
        title="Insurance for many",
        hint="Choose whom and which period, look at the list, then save: all of them are insured, or none.",
        insured_list="List of insured volunteers",
        labels={"whom": "For whom", "from": "From", "to": "To, that day included", "policy": "Policy or contract"},
        whom={
            "uninsured": "volunteers without insurance",
            "shared": "those of them whom the shared contract takes",
            "all": "all active volunteers (renewal)",
        },
        no_end_hint="Empty: until it is ended",
        look="Show the list",
        look_again="Show the list again",
        people="To be insured ({count})",
        active_on="Volunteers who serve on {day}.",
        uncheck="Untick whom it is not about.",
        person="Volunteer",
        shared_contract="Shared contract",
        takes="takes them",
        obstacles={
            "no_book": "no record book",
            "birth_date_unknown": "no date of birth",
            "too_old": "older than {limit}",
        },
        covered=CountedText("{count} more {count:has|have} exactly this cover already and {count:is|are} left out."),
        left="{count} more do not fit: do it once more when these are saved.",
        nobody="There is nobody to insure.",
        nobody_chosen="Nothing is saved: tick at least one volunteer.",
        save="Insure them all",
        saved=CountedText("The insurance of {count} {count:volunteer|volunteers} is entered."),
        nothing_new="Their insurance was entered before: nothing has changed.",
    ),
}
