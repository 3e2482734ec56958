"""Traditional Chinese, for people over 65: short sentences, always 您; what was recorded, then whom to see."""

from kiosk.words.volunteer_words import EntranceWords, Message

WORDS = EntranceWords(
    tap_your_card="請刷卡",
    results={
        "checked_in": Message("簽到成功", "離開時請再刷卡"),
        "checked_out": Message("簽退完成", "謝謝您，請慢走"),
        "already": Message("已經記錄", "不用再刷卡，謝謝您"),
        "unmatched": Message("找不到簽到紀錄", "您目前未簽到，請到櫃台補登"),
        "noted": Message("記錄完成", "請到櫃台，確認是簽到或簽退"),
        "unknown_card": Message("查無此卡", "這次未計入時數，請找櫃台人員"),
        "revoked_card": Message("卡片停用", "這次未計入時數，請到櫃台換卡"),
        "suspended": Message("暫停值勤", "這次未計入時數，請找櫃台人員"),
        "agreement_ended": Message("服務期滿", "這次未計入時數，請找櫃台人員"),
        "before_agreement": Message("服務未開始", "這次未計入時數，請找櫃台人員"),
        "unreadable": Message("請再刷卡", "剛才沒有讀到，請把卡片平放在讀卡機上"),
        "phone_card": Message("請用卡片", "手機無法簽到，請改刷志工卡"),
    },
    at_session=Message("已報到", "離開時請再刷卡"),
    conditions={
        "reader_lost": Message("讀卡機故障", "請在紙本簽到，並告訴櫃台人員"),
        "storage_trouble": Message("系統暫停", "請在紙本簽到，並告訴櫃台人員"),
    },
    issuing={
        "hold_card": Message("製作卡片", "請刷要發給這位志工的卡片，其他人請稍候"),
        "hold_again": Message("再刷一次", "請拿開卡片，數到二，再刷一次"),
    },
    remarks={
        "early": "早到 {minutes} 分鐘",
        "late": "遲到 {minutes} 分鐘，已照實記錄",
        "off_roster": "今天沒有排班，承辦人員會再確認",
        "forgot_last_time": "上次沒有簽退，請到櫃台補登",
    },
    not_signed_in="您目前未簽到",
    repeated={
        "checked_in": Message("您已簽到", "{time} 已簽到，要簽退請 {again} 以後再刷"),
        "checked_out": Message("您已簽退", "{time} 已簽退，要再簽到請 {again} 以後再刷"),
    },
    today="今天 {duration}",
    month="本月 {duration}",
    year="今年 {duration}",
    award_after_hours="再服務 {duration}，可申請{award}",
    award_from_day="{day} 起可申請{award}",
    award_after_both="再服務 {duration}，{day} 起可申請{award}",
    hours_and_minutes="{hours} 小時 {minutes} 分",
    only_minutes="{minutes} 分鐘",
    separator="　",
    clock_not_set="時間未校正　仍會記錄，由承辦人員確認",
    hub={
        "empty": "尚無單位資料　卡片可能查不到　請告知櫃台",
        "stopped": "單位主機未接收紀錄　請告知承辦人員",
        "unheard": "與其他簽到機的資料自 {since} 起未更新",
        "call": "{since} 起未連線　請告知承辦人員",
        "forgotten": "離線逾 30 天，姓名已刪　請告知承辦人員",
    },
    without_others="{total}（{since} 後不含其他簽到機）",
    one_reader_lost="讀卡機「{reader}」故障　請改刷另一台",
    reader_nonsense="讀卡機「{reader}」讀取異常　請告知櫃台",
    terminal_too_small="終端機太小　需要 {columns}x{rows}",
    press_again="再按一次 Ctrl+C 結束",
    card_left="讀卡機「{reader}」上有卡片　請取走",
)
