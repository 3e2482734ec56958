"""The words of what is tried at the roster, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.language import StaffLanguage

TrialKind = Literal["void", "move", "cancel"]
"""What can be tried: a visit that is void, a shift that has other times or is cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWords:
    """The words of one language."""

    title: str
    """With {who} and {day}."""
    kinds: Mapping[TrialKind, str]
    """With {what}."""
    nothing_to_try: str
    no_volunteer_chosen: str
    """Where the cursor is on no volunteer."""
    new_start: str
    new_end: str
    calculating: str
    changes: str
    """With {volunteers}, {outcomes} and {late_or_early}."""
    no_change: str
    minutes: str
    """With {before}, {after} and {change}: of all days."""
    not_written: str
    keys_wait: str


TRIALS: Mapping[StaffLanguage, TrialWords] = {
    "zh-TW": TrialWords(
        title="{who}　{day}　試算：如果不一樣",
        kinds={
            "void": "如果到班紀錄 {what} 作廢",
            "move": "如果班次 {what} 改時間",
            "cancel": "如果班次 {what} 取消",
        },
        nothing_to_try="這一天沒有到班，也沒有班次可以試算",
        no_volunteer_chosen="請先用上下鍵選一位志工，再按 w 試算",
        new_start="開始時間改為，例如 09:30 或 2026-11-19 09:30",
        new_end="結束時間改為，例如 12:30 或 2026-11-19 12:30",
        calculating="試算中，請稍候",
        changes="會影響 {volunteers} 位志工，{outcomes} 筆值勤的結果、{late_or_early} 筆的遲到早退會不同",
        no_change="每個人的總時數、值勤結果、遲到早退、退場審查和獎勵都不會改變",
        minutes="累計採計分鐘：{before} -> {after}（{change:+}）",
        not_written="這只是試算，沒有寫入任何資料",
        keys_wait="Esc 取消",
    ),
    "en": TrialWords(
        title="{who}  {day}  What if",
        kinds={
            "void": "if the visit {what} were void",
            "move": "if the shift {what} had other times",
            "cancel": "if the shift {what} were cancelled",
        },
        nothing_to_try="This day has no visit and no shift to try",
        no_volunteer_chosen="Choose a volunteer with up and down first, then press w",
        new_start="New start, such as 09:30 or 2026-11-19 09:30",
        new_end="New end, such as 12:30 or 2026-11-19 12:30",
        calculating="Calculating",
        changes="Volunteers affected: {volunteers}. Duties with another outcome: {outcomes}, with other minutes late "
        "or early: {late_or_early}",
        no_change="Nobody's total minutes, outcomes, minutes late or early, cases or awards would change",
        minutes="credited minutes, of all days: {before} -> {after} ({change:+})",
        not_written="This was only calculated: nothing was written",
        keys_wait="Esc stops waiting",
    ),
}
