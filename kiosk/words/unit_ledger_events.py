"""The words of events about what the unit writes down beside attendance; those of all events compose them."""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.words.language import StaffLanguage


class LedgerTexts(NamedTuple):
    """What events mean, what their streams, fields and values are called, and the commands that write them."""

    meanings: Mapping[str, str]
    streams: Mapping[str, str]
    fields: Mapping[str, str]
    codes: Mapping[str, str]
    commands: Mapping[str, str]


UNIT_LEDGERS: Mapping[StaffLanguage, LedgerTexts] = {
    "zh-TW": LedgerTexts(
        meanings={
            "duty-description.created": "開始服務項目與內容的紀錄。",
            "duty-description.changed": "登錄班次或活動的服務項目與內容。",
            "served-counts.created": "開始受服務人次的紀錄。",
            "served-counts.recorded": "登錄受服務人次。",
            "tour-booking.booked": "登錄導覽預約。",
            "service-plans.created": "開始服務計畫的紀錄。",
            "service-plans.filed": "服務計畫備案。",
            "service-plans.results-reported": "提報服務成果。",
            "service-plans.terminated": "服務計畫終止。",
            "leader-terms.created": "開始隊長任期的紀錄。",
            "leader-terms.elected": "選出隊長或副隊長。",
            "leader-terms.election-withdrawn": "撤回誤登的選舉。",
        },
        streams={
            "duty-description": "服務項目與內容",
            "served-counts": "受服務人次",
            "tour-booking": "導覽預約",
            "service-plans": "服務計畫",
            "leader-terms": "隊長任期",
        },
        fields={
            "content": "服務內容",
            "service_type": "服務種類",
            "desk": "櫃檯或場次",
            "booking": "預約編號",
            "language": "語言",
            "group_size": "團體人數",
            "plan": "計畫",
            "authority": "主管機關",
            "valid_from": "有效期間起",
            "valid_to": "有效期間訖",
            "until": "至",
            "by_election": "補選",
        },
        codes={
            "leader": "隊長",
            "deputy": "副隊長",
            "shift": "班次",
            "counter": "計數器",
            "tickets": "票務或叫號系統",
            "head_count": "人工計數",
            "estimate": "估計",
            "other": "其他",
        },
        commands={
            "describe_duty": "登錄服務項目與內容",
            "record_served_count": "登錄受服務人次",
            "book_tour": "登錄導覽預約",
            "file_plan": "登錄計畫備案",
            "report_results": "登錄成果提報",
            "terminate_plan": "登錄計畫終止",
            "elect_leader": "登錄隊長選舉",
            "withdraw_election": "撤回隊長選舉",
        },
    ),
    "en": LedgerTexts(
        meanings={
            "duty-description.created": "The record of what is done in a shift or an event began.",
            "duty-description.changed": "It was said what is done in a shift or an event.",
            "served-counts.created": "The counts of people served in a day, shift or event began.",
            "served-counts.recorded": "How many people were served was written down.",
            "tour-booking.booked": "A group booked a guided tour.",
            "service-plans.created": "The record of the unit's service plans began.",
            "service-plans.filed": "A service plan was filed with the authority.",
            "service-plans.results-reported": "The results of a period were handed in.",
            "service-plans.terminated": "A service plan was ended.",
            "leader-terms.created": "The record of the team's leaders began.",
            "leader-terms.elected": "The team elected a leader or a deputy.",
            "leader-terms.election-withdrawn": "An election that was entered by mistake was taken back.",
        },
        streams={
            "duty-description": "what is done in a duty",
            "served-counts": "people served",
            "tour-booking": "a guided tour",
            "service-plans": "service plans",
            "leader-terms": "leaders of the team",
        },
        fields={
            "content": "content",
            "service_type": "kind of service",
            "desk": "desk or session",
            "booking": "booking",
            "language": "language",
            "group_size": "size of the group",
            "plan": "plan",
            "authority": "authority",
            "valid_from": "valid from",
            "valid_to": "valid to",
            "until": "to",
            "by_election": "by-election",
        },
        codes={
            "deputy": "deputy",
            "shift": "shift",
            "counter": "counter",
            "tickets": "tickets",
            "head_count": "heads counted",
            "estimate": "estimate",
            "other": "other",
        },
        commands={},
    ),
}
