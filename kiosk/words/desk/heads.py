"""The words of the page of heads, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadWords:
    """The words of one language."""

    title: str
    what: str
    """What a head is."""
    now: str
    since: str
    receipt: str
    nothing_signed: str
    other: str
    """Where the log does not extend one."""
    position: str
    code: str
    signed: str
    extended: str
    is_extended: str
    is_not_extended: str
    copies: str
    only_here: str
    missing: str
    witness: str


HEADS: Mapping[StaffLanguage, HeadWords] = {
    "zh-TW": HeadWords(
        title="紀錄驗證碼",
        what=(
            "驗證碼像是整本紀錄到某一筆為止的指紋：之後只要有人更改、刪除或補進其中一筆，就對不上了。"
            "系統每晚簽署一個。請留存在管理這台機器的人動不到的地方：別人的電腦、信箱，或印成收執聯。"
        ),
        now="目前的驗證碼",
        since="最近一次簽署之後的事件筆數",
        receipt="列印收執聯",
        nothing_signed="還沒有簽署過：每晚結算之後會簽署一個。",
        other="紀錄接不上下列驗證碼：紀錄曾從備份還原，或有人改過。請保留所有檔案，查明原因，先不要更動任何東西。",
        position="事件筆數",
        code="短碼",
        signed="簽署時間",
        extended="紀錄",
        is_extended="接得上",
        is_not_extended="接不上",
        copies="複製到",
        only_here="只存在這台機器",
        missing="沒有複製到",
        witness="見證者",
    ),
    "en": HeadWords(
        title="Heads of the log",
        what=(
            "A head is like a fingerprint of the whole log up to one event: if anybody changes, removes or adds an "
            "event before it, it does not fit any more. Each night signs one. Keep them where the administrator "
            "of this machine cannot change them: on another machine, in a mailbox, or on paper as a receipt."
        ),
        now="The head of now",
        since="Events since the last one was signed",
        receipt="Print the receipt",
        nothing_signed="None was signed yet: each night signs one, behind the settlement.",
        other=(
            "The log does not extend the heads that are marked below: it was restored from a backup, or "
            "changed. Keep all files, find out why, and change nothing meanwhile."
        ),
        position="Events",
        code="Short code",
        signed="Signed",
        extended="The log",
        is_extended="extends it",
        is_not_extended="does not extend it",
        copies="Copied to",
        only_here="on this machine only",
        missing="not in",
        witness="witness",
    ),
}
