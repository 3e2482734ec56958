"""The words of record book, badge and insurance on the pages about people, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.papers import CHINESE, ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPaperWords:
    """The words of one language."""

    lacks: Mapping[str, str]
    insure_many: str
    training_list: str
    awards: str
    """A link: the awards of the volunteer, hours and years that documents prove."""
    modules: str
    """Above the boxes of the modules of a basic training."""
    titles: Mapping[str, str]
    """Of each paper."""
    books: Mapping[str, str]
    """By the status of a record book."""
    badges: Mapping[str, str]
    """By the status of a badge; with {day}, its last day."""
    no_end: str
    """In place of a last day."""
    cover: str
    """With {since} and {until}."""
    not_insured: str
    shares: Mapping[str, str]
    """With {covered}, {counted}, {share} and {target}."""
    entries: Mapping[str, str]
    """An entry that can be taken back; with {day} and {until}."""
    choices: Mapping[str, Mapping[str, str]]
    """What can be chosen in a field, by its name."""
    labels: Mapping[str, str]
    acts: Mapping[str, str]
    effects: Mapping[str, str]
    done: Mapping[str, str]


PERSON_PAPERS: Mapping[StaffLanguage, PersonPaperWords] = {
    "zh-TW": PersonPaperWords(
        lacks={"insurance": "沒有保險", "book": "沒有紀錄冊"},
        insure_many="登記多人保險",
        training_list="訓練清冊",
        awards="獎勵、其他單位的時數與年資",
        modules="基礎訓練只上了部分單元時，勾選上過的",
        titles={"book": "紀錄冊", "badge": "服務證", "insurance": "保險"},
        books={
            "none": "還沒有登記",
            "applied": "已申請，還沒領到",
            "number_unknown": "有，還不知道冊號",
            "held": "有",
        },
        badges={
            "none": "還沒有發",
            "held": "有效，到 {day}",
            "expired": "{day} 已經到期",
            "taken_back": "已經收回",
        },
        no_end="不限期",
        cover="{since} 到 {until}",
        not_insured="今天沒有登記保險",
        shares={
            "insurance": "投保 {covered}／{counted} 位（{share}，目標 {target}）",
            "book": "領冊 {covered}／{counted} 位（{share}，目標 {target}）",
        },
        entries={
            "book_registered": "紀錄冊：{day} 登記",
            "book_reissued": "紀錄冊：{day} 補發",
            "book_applied": "紀錄冊：{day} 申請",
            "book_custody": "{day} 確認由本人保管",
            "book_elsewhere": "{day} 確認不在本人手上",
            "badge_issued": "服務證：{day} 發給",
            "badge_taken_back": "服務證：{day} 收回",
            "cover_enrolled": "保險：{day} 到 {until}",
            "cover_ended": "保險：{until} 結束",
            "book_entered": "紀錄冊：{text} 的登錄",
            "training_basic": "基礎訓練：{day}",
            "training_special": "特殊訓練 {text}：{day}",
            "training_growth": "成長訓練：{day}",
            "training_leadership": "領導訓練：{day}",
            "training_in_service": "在職訓練：{day}",
        },
        choices={
            "reissue_why": CHINESE.codes,
            "end_code": CHINESE.codes,
            "custody": {"with_volunteer": "志工本人", "elsewhere": "不在本人手上"},
        },
        labels={
            "book_number": "冊號（還不知道可以不填）",
            "book_issued_on": "發冊日期",
            "book_authority": "發冊機關",
            "reissue_why": "為什麼補發",
            "reissue_number": "新的冊號",
            "reissue_on": "補發日期",
            "applied_on": "申請日期",
            "custody": "紀錄冊在誰手上",
            "custody_on": "哪一天確認",
            "custody_reason": "不在本人手上的原因（可以不填）",
            "badge_number": "證號",
            "badge_on": "發給日期",
            "badge_expires_on": "有效到哪一天",
            "badge_back_on": "收回日期",
            "badge_back_reason": "原因",
            "insured_from": "從哪一天起",
            "insured_to": "到哪一天（含當天）",
            "insured_policy": "保單或契約",
            "insurance_end_on": "保險到哪一天（含當天）",
            "insurance_end_reason": "原因（可以不填）",
            "paper_entry": "登記錯的是哪一筆",
            "paper_reason": "哪裡錯了",
            "end_code": "離職原因（年度統計用）",
            "training_ethics": "志願服務的內涵及倫理",
            "training_regulations": "志願服務法規之認識",
            "training_experience": "志願服務經驗分享",
        },
        acts={
            "book": "登記紀錄冊",
            "reissue": "紀錄冊毀損或遺失，補發",
            "applied": "已經申請紀錄冊",
            "custody": "註明紀錄冊由誰保管",
            "badge": "發給服務證",
            "badge_back": "收回服務證",
            "insure": "登記保險",
            "insurance_end": "結束保險",
            "paper": "取消登記錯的一筆",
        },
        effects={
            "book": "一人一冊，終身使用，換單位也用同一本。同一個冊號不能登記給兩個人。",
            "reissue": "換成新的冊號；時數不會變。",
            "applied": "從待申請名單移除；領到以後請登記冊號。",
            "custody": "紀錄冊應由志工本人保管；抽查時的結果記在這裡。",
            "badge": "基礎訓練與特殊訓練都登錄了才能發。日期不填就是今天。",
            "badge_back": "服務證收回，證號註銷。刷卡用的卡片請另外停用。",
            "insure": "第一天和最後一天都有保險。沒有填最後一天，就一直到「結束保險」為止。",
            "insurance_end": "這一天以後，已經登記的保險都不算。",
            "paper": "這一筆就當作沒有登記過；紀錄裡仍看得到誰取消、為什麼。取消訓練以後，訓練和時數會重新計算。",
        },
        done={
            "book": "紀錄冊已登記。",
            "reissue": "補發已登記，時數不變。",
            "applied": "已登記申請。",
            "custody": "已註明保管人。",
            "badge": "服務證已登記。",
            "badge_back": "服務證已登記收回。",
            "insure": "保險已登記。",
            "insurance_end": "已登記保險到哪一天。",
            "paper": "那一筆已取消。",
        },
    ),
    "en": PersonPaperWords(
        lacks={"insurance": "not insured", "book": "without a record book"},
        insure_many="Insurance for many",
        training_list="List of trainings",
        awards="Awards; hours and years at other units",
        modules="Of a basic training, where it was not all of it: what was attended",
        titles={"book": "Record book", "badge": "Badge", "insurance": "Insurance"},
        books={
            "none": "none on file",
            "applied": "applied for, not here yet",
            "number_unknown": "yes, the number is not known",
            "held": "yes",
        },
        badges={
            "none": "not issued",
            "held": "valid until {day}",
            "expired": "expired on {day}",
            "taken_back": "taken back",
        },
        no_end="no end",
        cover="{since} to {until}",
        not_insured="no insurance on file today",
        shares={
            "insurance": "Insured: {covered} of {counted} ({share}, target {target})",
            "book": "Record books: {covered} of {counted} ({share}, target {target})",
        },
        entries={
            "book_registered": "record book: {day}",
            "book_reissued": "record book: replaced {day}",
            "book_applied": "record book: applied for {day}",
            "book_custody": "kept by the volunteer on {day}",
            "book_elsewhere": "not kept by the volunteer on {day}",
            "badge_issued": "badge: issued {day}",
            "badge_taken_back": "badge: taken back {day}",
            "cover_enrolled": "insurance: {day} to {until}",
            "cover_ended": "insurance: ended {until}",
            "book_entered": "record book: entry of {text}",
            "training_basic": "basic training: {day}",
            "training_special": "special training {text}: {day}",
            "training_growth": "growth training: {day}",
            "training_leadership": "leadership training: {day}",
            "training_in_service": "in-service training: {day}",
        },
        choices={
            "reissue_why": ENGLISH.codes,
            "end_code": ENGLISH.codes,
            "custody": {"with_volunteer": "the volunteer", "elsewhere": "not the volunteer"},
        },
        labels={
            "book_number": "Number (empty where it is not known)",
            "book_issued_on": "Issued on",
            "book_authority": "Issued by",
            "reissue_why": "Why",
            "reissue_number": "The new number",
            "reissue_on": "Replaced on",
            "applied_on": "Applied for on",
            "custody": "Who keeps the book",
            "custody_on": "Seen on",
            "custody_reason": "Why it is elsewhere (may be empty)",
            "badge_number": "Number",
            "badge_on": "Issued on",
            "badge_expires_on": "Valid until",
            "badge_back_on": "Taken back on",
            "badge_back_reason": "Reason",
            "insured_from": "From",
            "insured_to": "To, that day included",
            "insured_policy": "Policy or contract",
            "insurance_end_on": "Last day of insurance",
            "insurance_end_reason": "Reason (may be empty)",
            "paper_entry": "The wrong entry",
            "paper_reason": "What is wrong",
            "end_code": "Why they leave (counted by the year)",
            "training_ethics": "meaning and ethics of voluntary service",
            "training_regulations": "its regulations",
            "training_experience": "sharing of experience",
        },
        acts={
            "book": "Enter the record book",
            "reissue": "Record book damaged or lost",
            "applied": "Record book is applied for",
            "custody": "State who keeps the record book",
            "badge": "Issue a badge",
            "badge_back": "Take the badge back",
            "insure": "Enter insurance",
            "insurance_end": "End the insurance",
            "paper": "Take a wrong entry back",
        },
        effects={
            "book": "There is one for life, at all units. A number can be that of one person only.",
            "reissue": "The new number takes the place of the old one; the hours stay.",
            "applied": "The volunteer leaves the list of those for whom one is to be applied for.",
            "custody": "Volunteers keep their own books; what a spot check found is entered here.",
            "badge": "Possible once basic and special training are entered. Without a date it is today.",
            "badge_back": "The number is cancelled. The card for the door is revoked separately.",
            "insure": "The first and the last day are insured. Without a last day it goes on until it is ended.",
            "insurance_end": "After this day nothing that is entered so far counts.",
            "paper": "It counts as if it had not been entered; who took it back and why stays on record. Without a "
            "training, hours are reckoned anew.",
        },
        done={
            "book": "The record book is entered.",
            "reissue": "The new record book is entered; the hours stay.",
            "applied": "The application is entered.",
            "custody": "Who keeps it is entered.",
            "badge": "The badge is entered.",
            "badge_back": "The badge is taken back.",
            "insure": "The insurance is entered.",
            "insurance_end": "The end of the insurance is entered.",
            "paper": "The entry is taken back.",
        },
    ),
}
