"""The words of record books, badges and insurance, as events, lists and pages name them, in both languages."""

from collections.abc import Mapping

import msgspec

from kiosk.words.language import StaffLanguage
from kiosk.words.subject_texts import SubjectTexts


class PaperWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    meanings: Mapping[str, str]
    """What happened, by the stored name of an event."""
    streams: Mapping[str, str]
    fields: Mapping[str, str]
    codes: Mapping[str, str]
    """Values of events, and fields of a person that one says were changed."""
    details: Mapping[str, str]
    """Fields of a person that papers need."""
    commands: Mapping[str, str]
    acts: Mapping[str, str]
    """What was done, as a cell of a table."""


CHINESE_DETAILS = {"national_id": "身分證字號", "education": "學歷", "occupation": "職業"}
ENGLISH_DETAILS = {"national_id": "national ID", "education": "education", "occupation": "occupation"}
CHINESE = PaperWords(
    meanings={
        "record-book.created": "開始登記一位志工的紀錄冊。",
        "record-book.registered": "登記志工的志願服務紀錄冊。",
        "record-book.reissued": "紀錄冊毀損或遺失，補發一本；時數不變。",
        "record-book.applied": "單位已經為志工申請紀錄冊。",
        "record-book.custody-stated": "註明紀錄冊由誰保管。",
        "record-book.retracted": "取消一筆紀錄冊登記。",
        "book-number.created": "開始登記一個紀錄冊冊號。",
        "book-number.taken": "這個冊號登記為一位志工的紀錄冊。",
        "book-number.freed": "這個冊號的登記取消了。",
        "service-certificate.created": "開始登記一位志工的服務證。",
        "service-certificate.issued": "發給志工服務證。",
        "service-certificate.taken-back": "收回志工的服務證，或註銷證號。",
        "service-certificate.retracted": "取消一筆服務證登記。",
        "insurance.created": "開始登記一位志工的保險。",
        "insurance.enrolled": "單位為志工投保意外事故保險。",
        "insurance.ended": "志工的保險在這一天以後結束。",
        "insurance.retracted": "取消一筆保險登記。",
    },
    streams={
        "record-book": "紀錄冊",
        "book-number": "紀錄冊冊號",
        "service-certificate": "服務證",
        "insurance": "保險",
    },
    fields={
        "issued_on": "發冊日期",
        "authority": "發冊機關",
        "why": "補發原因",
        "is_with_volunteer": "由志工本人保管",
        "expires_on": "有效期限",
        "is_number_cancelled": "註銷證號",
        "until": "到",
        "reason_code": "離職原因",
    },
    codes={
        "damaged": "毀損",
        "lost": "遺失",
        "health": "健康因素",
        "moved": "搬家",
        "work": "工作因素",
        "study": "就學",
        "family": "家庭因素",
        "term_over": "服務期滿不續",
        "dismissed": "單位終止服務",
        "died": "過世",
        "other": "其他",
        **CHINESE_DETAILS,
    },
    details=CHINESE_DETAILS,
    commands={
        "register_record_book": "登記紀錄冊",
        "reissue_record_book": "補發紀錄冊",
        "apply_for_record_book": "申請紀錄冊",
        "state_book_custody": "註明紀錄冊保管人",
        "issue_badge": "發給服務證",
        "take_back_badge": "收回服務證",
        "enrol_insurance": "登記保險",
        "end_insurance": "結束保險",
    },
    acts={
        "record-book.registered": "登記紀錄冊",
        "record-book.reissued": "補發紀錄冊",
        "record-book.applied": "申請紀錄冊",
        "record-book.custody-stated": "註明紀錄冊保管人",
        "record-book.retracted": "取消紀錄冊登記",
        "book-number.taken": "登記冊號",
        "book-number.freed": "取消冊號登記",
        "service-certificate.issued": "發給服務證",
        "service-certificate.taken-back": "收回服務證",
        "service-certificate.retracted": "取消服務證登記",
        "insurance.enrolled": "登記保險",
        "insurance.ended": "結束保險",
        "insurance.retracted": "取消保險登記",
    },
)
ENGLISH = PaperWords(
    meanings={
        "record-book.created": "The record of a volunteer's record book began.",
        "record-book.registered": "A volunteer's record book was entered.",
        "record-book.reissued": "Another record book replaces one that is damaged or lost; the hours stay.",
        "record-book.applied": "The unit applied for a volunteer's record book.",
        "record-book.custody-stated": "Who keeps the record book was stated.",
        "record-book.retracted": "An entry about a record book was taken back.",
        "book-number.created": "The record of a record book's number began.",
        "book-number.taken": "The number is that of a volunteer's record book.",
        "book-number.freed": "The number is no volunteer's any more: the entry was taken back.",
        "service-certificate.created": "The record of a volunteer's badges began.",
        "service-certificate.issued": "A badge was issued.",
        "service-certificate.taken-back": "A badge was taken back, or its number cancelled.",
        "service-certificate.retracted": "An entry about a badge was taken back.",
        "insurance.created": "The record of a volunteer's insurance began.",
        "insurance.enrolled": "The unit insured a volunteer.",
        "insurance.ended": "A volunteer's insurance ends after a day.",
        "insurance.retracted": "An entry about insurance was taken back.",
    },
    streams={
        "record-book": "a record book",
        "book-number": "the number of a record book",
        "service-certificate": "badges of a volunteer",
        "insurance": "insurance of a volunteer",
    },
    fields={
        "issued_on": "issued on",
        "authority": "issued by",
        "why": "because it was",
        "is_with_volunteer": "kept by the volunteer",
        "expires_on": "valid until",
        "is_number_cancelled": "number cancelled",
        "until": "until",
        "reason_code": "reason for leaving",
    },
    codes={
        "damaged": "damaged",
        "lost": "lost",
        "health": "health",
        "moved": "moved away",
        "work": "work",
        "study": "studies",
        "family": "family",
        "term_over": "term over, not renewed",
        "dismissed": "ended by the unit",
        "died": "died",
        "other": "another reason",
        **ENGLISH_DETAILS,
    },
    details=ENGLISH_DETAILS,
    commands={},
    acts={},
)
PAPERS: Mapping[StaffLanguage, PaperWords] = {"zh-TW": CHINESE, "en": ENGLISH}
PAPER_EVENTS: Mapping[StaffLanguage, SubjectTexts] = {
    language: SubjectTexts(
        words.meanings, words.streams, words.fields, {**words.codes, **words.details}, words.commands, words.acts
    )
    for language, words in PAPERS.items()
}
