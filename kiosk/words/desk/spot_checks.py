"""The words of the page of the spot checks of record books, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheckPageWords:
    """The words of one language. Braces stand for values."""

    title: str
    hint: str
    done_this_year: str
    """With {year}."""
    not_yet: str
    """With {year}."""
    draw: str
    draw_hint: str
    """With {holders}."""
    no_holder: str
    size: str
    draw_button: str
    drawn: str
    checks: str
    none: str
    check: str
    """With {number}, {day}, {size} and {holders}."""
    result: str
    result_of: str
    """With {matching} and {size}."""
    not_recorded: str
    sample: str
    sheet: str
    record: str
    record_again: str
    matching: str
    """With {size}."""
    note: str
    record_button: str
    recorded: str
    take_back: str
    take_back_hint: str
    take_result_back: str
    take_check_back: str
    reason: str
    taken_back: str
    not_a_count: str
    back: str


SPOT_CHECKS: Mapping[StaffLanguage, SpotCheckPageWords] = {
    "zh-TW": SpotCheckPageWords(
        title="紀錄冊抽查",
        hint="每年至少一次，隨機抽幾本紀錄冊，核對冊上寫的和系統登錄的是否相符。",
        done_this_year="{year} 年已經抽查過。",
        not_yet="{year} 年還沒有抽查結果。",
        draw="抽一次",
        draw_hint="從今天服務中、登記過冊號的 {holders} 本裡抽。抽出來的名單不會再變。",
        no_holder="今天沒有登記過冊號的紀錄冊，還不能抽。",
        size="抽幾本",
        draw_button="抽樣",
        drawn="已抽出。請印核對表，和志工的紀錄冊核對。",
        checks="歷次抽查",
        none="還沒有抽查過。",
        check="第 {number} 次，{day}，{holders} 本中抽 {size} 本",
        result="結果",
        result_of="{matching}／{size} 本相符",
        not_recorded="未記錄",
        sample="抽中的志工",
        sheet="核對表",
        record="登錄結果",
        record_again="更正結果",
        matching="幾本相符（共 {size} 本）",
        note="備註（不符的是什麼）",
        record_button="登錄",
        recorded="抽查結果已登錄。",
        take_back="登錄錯了",
        take_back_hint="撤回後就當作沒有登錄過；紀錄裡仍看得到誰撤回、為什麼。",
        take_result_back="撤回結果",
        take_check_back="撤回這次抽查",
        reason="理由",
        taken_back="已撤回。",
        not_a_count="請填數字，例如 5",
        back="回月結",
    ),
    "en": SpotCheckPageWords(
        title="Spot checks of record books",
        hint="At least once a year a few record books are drawn by chance and compared with what is on file.",
        done_this_year="There is a result of {year}.",
        not_yet="There is no result of {year} yet.",
        draw="Draw a sample",
        draw_hint=CountedText(
            "From the {holders} {holders:book|books} with a number that active volunteers hold today. A sample does "
            "not change."
        ),
        no_holder="No active volunteer holds a book with a number today: there is nothing to draw from.",
        size="How many books",
        draw_button="Draw",
        drawn="It is drawn: print the sheet and compare it with the books.",
        checks="Spot checks",
        none="There was none yet.",
        check=CountedText("Check {number}, {day}, {size} of {holders} {holders:book|books}"),
        result="Result",
        result_of="{matching} of {size} agree",
        not_recorded="not recorded",
        sample="Whose books were drawn",
        sheet="Sheet",
        record="Enter the result",
        record_again="Correct the result",
        matching="How many agree (of {size})",
        note="Note: what does not agree",
        record_button="Enter",
        recorded="The result is entered.",
        take_back="It is wrong",
        take_back_hint="It counts as if it had not been entered; who took it back and why stays on record.",
        take_result_back="Take the result back",
        take_check_back="Take this check back",
        reason="Reason",
        taken_back="It was taken back.",
        not_a_count="Write a number, such as 5",
        back="Back to the month",
    ),
}
