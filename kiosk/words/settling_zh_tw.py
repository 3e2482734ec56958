"""Settlements at the roster in Chinese as written in Taiwan, with the refusals that they can meet."""

from kiosk.words.refusals import SENTENCES
from kiosk.words.settling_words import CorrectionWords

REFUSALS = {
    "NotEnrolled": "志工 {volunteer_id} 沒有登錄：請先登錄",
    "NotScheduled": "沒有班次 {name}：請查明代號",
    "NotResponsible": "志工 {volunteer_id} 不負責班次 {name}：請查班表",
    "AlreadyOnLeave": "志工 {volunteer_id} 在班次 {name} 已經請假：不用再處理",
    "NoSuchVisit": "志工 {volunteer_id} 沒有 {check_in} 開始的到場：請查到場紀錄",
    "VisitClosedAlready": "志工 {volunteer_id} 在 {check_in} 的到場已於 {check_out} 簽退：請作廢後補登",
    "VisitVoidAlready": "志工 {volunteer_id} 在 {check_in} 的到場已經作廢：如有缺漏請補登",
    "VisitsOverlap": "志工 {volunteer_id} 在 {check_in} 的到場與 {other_check_in} 的重疊：請更正時間，或先作廢另一筆",
    "EndsBeforeStart": "開始 {start}、結束 {end}：結束必須晚於開始",
    "InTheFuture": "{at} 晚於登錄時間 {now}：請更正時間",
    "NoPin": "這位承辦人沒有 PIN：請用 `kiosk coordinator` 設定",
    "TooSoon": "PIN 錯誤次數太多：{until} 之後才能再試",
}
"""By the name of the refusal; its fields stand in braces."""

WORDS = CorrectionWords(
    titles={"close": "補登簽退", "excuse": "缺席改為請假", "void": "到場作廢"},
    nothing={
        "close": "這一天沒有未簽退的到場",
        "excuse": "這一天沒有缺席",
        "void": "這一天沒有可以作廢的到場",
    },
    which="哪一筆？",
    not_in_the_past="這是過去的畫面，不能更改任何紀錄",
    authenticated="{who} (x)",
    who="您是哪一位？",
    nobody="還沒有人設定 PIN：請用 `kiosk coordinator 姓名` 設定",
    pin="{who} 的 PIN",
    wrong="PIN 不正確",
    check_out="簽退時間，例如 11:30 或 2026-11-19 11:30",
    no_time="這不是時間：請寫成 11:30，或連同日期 2026-11-19 11:30",
    reason="理由（必填，與更正一起保存）",
    no_reason="必須填寫理由，最多 2000 字",
    minutes="採計分鐘：{before} -> {after}",
    outcome="{shift}：{before} -> {after}",
    raises="{rule}：夜間作業將提出檢討案（{dates} 次）",
    withdraws="{rule}：檢討案將失去依據（原有 {dates} 次）",
    no_change="分鐘數與結果都不會改變",
    confirm="將有以上改變，確定嗎？",
    changed="這一天的紀錄剛剛有變動，請再看一次",
    done="完成",
    refused="未受理：{why}",
    failed="無法完成：資料無法讀寫，請查看 kiosk.log",
    keys_text="Enter 下一步   Esc 不更改",
    keys_choice="上下鍵選擇   Enter 確定   Esc 不更改",
    keys_confirm="y 確定   Esc 不更改",
    keys_message="Enter 返回",
    refusals={**SENTENCES, **REFUSALS},
)
