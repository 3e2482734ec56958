"""The words of the desk's pages in Chinese, as written in Taiwan."""

from msgspec.structs import replace

from kiosk.words.desk.shared_words import DeskWords
from kiosk.words.staff_zh_tw import ROSTER

DESK = DeskWords(
    language="zh-TW",
    title="志工櫃台",
    log_in="登入",
    name="帳號",
    password="密碼",
    log_out="登出",
    wrong="帳號或密碼不對，請再試一次。",
    wait="錯誤次數太多，請 {minutes} 分鐘後再試。",
    roles={
        "leader": "志工隊長",
        "coordinator": "承辦人",
        "registrar": "登錄人員",
        "unit_head": "單位主管",
        "auditor": "稽核人員",
    },
    today="今日值勤",
    needs_attention="今天要留意",
    duties="班表",
    updated="{time} 更新",
    connection_lost="連線中斷，畫面不再更新。請重新整理。",
    stalled="目前讀不到紀錄，畫面可能不是最新的，系統會自動再試。",
    back="回今日值勤",
    problem_title="無法顯示",
    problems={
        "forbidden": "這個帳號的角色不能看這一頁。",
        "not_found": "沒有這一頁。",
        "form_expired": "這個表單已經失效，沒有做任何更改。請回上一頁重新整理後再試。",
        "too_large": "送出的資料太大，沒有做任何更改。",
        "not_a_form": "這裡只接受本頁的表單，沒有做任何更改。",
        "unreadable": "目前讀不到紀錄，請稍後再試，或請管理員看 kiosk status。",
        "failed": "程式發生錯誤，已記在 kiosk.log，請通知管理員。",
    },
    menu={
        "today": "今日值勤",
        "sessions": "會議與訓練",
        "people": "志工",
        "plan": "排班",
        "muster": "在場名單",
        "month": "月結",
        "assessment": "考核",
        "cases": "退場審查",
        "awards": "獎勵",
        "audit": "稽核",
        "documents": "文件",
        "unit": "單位設定",
    },
    menu_label="主選單",
    other_language="en",
    other_language_name="English",
    session_ended="閒置超過半小時，已自動登出。剛才填的內容還在，登入後就能送出。",
    kept_title="還沒送出",
    kept_text="登入前填的內容還在，目前沒有做任何更改。",
    send_kept="現在送出",
    discard_kept="不送了",
    quarantine="紀錄裡有無法讀取的事件，以下內容並未計入：",
    sent_already="這個表單已經送出過，只會執行一次。",
    own_password="您的密碼",
    own_password_hint="重要的更改要再輸入一次自己的密碼。",
    wrong_password="密碼不對，沒有做任何更改。",
    colon="：",
    separator="、",
    gap="　",
    roster=replace(ROSTER, no_alerts="今天目前沒有無人值勤、遲到或未簽退"),
)

TEXTS = {
    "DeskText": {
        "PROXY_WITHOUT_TLS": "櫃台網頁只能經由代理伺服器用 https 連線：代理伺服器要送出 X-Forwarded-Proto。",
        "OTHER_HOST": "櫃台網頁的名稱不是這個：請用 `kiosk desk` 印出的網址，或用 --host 加上這個名稱。",
    },
}
