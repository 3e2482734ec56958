"""The words of kiosks that join and of their alarms, in both languages; the tables of all events compose them."""

from collections.abc import Mapping

from kiosk.words.language import StaffLanguage
from kiosk.words.subject_texts import SubjectTexts

SOURCE_EVENTS: Mapping[StaffLanguage, SubjectTexts] = {
    "zh-TW": SubjectTexts(
        meanings={
            "kiosk-register.created": "開始簽到機的登記。",
            "kiosk-register.kiosk-joined": "一個簽到機加入，開始接收它的紀錄。",
            "kiosk-register.key-revoked": "撤銷一個簽到機的金鑰，不再接收它的紀錄。",
            "kiosk-register.alarm-raised": "一個簽到機的紀錄有問題，暫停接收。",
            "kiosk-register.alarm-settled": "已處理簽到機的警示，恢復接收。",
        },
        streams={"kiosk-register": "簽到機的登記"},
        fields={
            "log_id": "紀錄檔",
            "public_key": "公開金鑰",
            "held": "已接收至",
            "reached": "對方到達",
            "detail": "細節",
        },
        codes={
            "went_back": "紀錄倒退",
            "forked": "紀錄分岔",
            "restored": "從備份還原",
            "clone": "兩台機器在用同一份紀錄",
            "not_yours": "寫入不屬於它的紀錄",
        },
        acts={
            "kiosk-register.kiosk-joined": "簽到機加入",
            "kiosk-register.key-revoked": "撤銷簽到機金鑰",
            "kiosk-register.alarm-raised": "簽到機警示",
            "kiosk-register.alarm-settled": "處理簽到機警示",
        },
    ),
    "en": SubjectTexts(
        meanings={
            "kiosk-register.created": "The register of kiosks began.",
            "kiosk-register.kiosk-joined": "A kiosk joined: its log is taken from then on.",
            "kiosk-register.key-revoked": "The key of a kiosk was revoked: nothing is taken from it any more.",
            "kiosk-register.alarm-raised": "The log of a kiosk contradicts what was taken of it: it was stopped.",
            "kiosk-register.alarm-settled": "A person settled the alarm of a kiosk: its log is taken again.",
        },
        streams={"kiosk-register": "register of kiosks"},
        fields={
            "log_id": "log",
            "public_key": "public key",
            "held": "held up to",
            "reached": "reached",
            "detail": "detail",
        },
        codes={
            "went_back": "its log went back",
            "forked": "its log holds other events than before",
            "restored": "its log was restored from a backup",
            "clone": "two machines use one log",
            "not_yours": "it wrote what is not its own",
        },
    ),
}

SOURCE_REFUSALS_EN = {
    "KioskNameTaken": "a kiosk was called {kiosk} before: choose a name that none has had",
    "LogJoined": "the log {log_id} has joined already, as {kiosk}: nothing needs to be done",
    "NoSuchSource": "no log {log_id} has joined: check its name",
    "NoSuchKiosk": "no kiosk called {kiosk} has joined: `kiosk kiosks` lists those that have",
    "NoOpenAlarm": "the kiosk {kiosk} has no alarm to settle: nothing needs to be done",
}
SOURCE_REFUSALS_ZH_TW = {
    "KioskNameTaken": "已經有簽到機叫做 {kiosk}：請換一個沒有用過的名稱",
    "LogJoined": "紀錄檔 {log_id} 已經以 {kiosk} 的名稱加入：不需要再做",
    "NoSuchSource": "沒有紀錄檔 {log_id} 加入：請確認名稱",
    "NoSuchKiosk": "沒有叫做 {kiosk} 的簽到機加入：請以 kiosk kiosks 查看名稱",
    "NoOpenAlarm": "簽到機 {kiosk} 沒有待處理的警示：不需要再做",
}
