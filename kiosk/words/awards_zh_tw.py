"""Awards in words, in Chinese as written in Taiwan."""

TEXTS = {
    "LackText": {
        "HOURS": "還差 {hours} 小時 {minutes} 分",
        "SENIORITY": "年資 {until} 屆滿",
        "CONTINUITY": "服務中斷，不算連續",
        "AGE": "{until} 才滿年齡",
        "TRAINING": "沒有完成訓練的紀錄",
        "CERTIFICATE": "沒有績效證明書",
        "RECORD_BOOK": "沒有紀錄冊",
        "BADGE": "沒有志願服務證",
        "SERVICE": "沒有這個類別的服務",
        "ASSESSMENT": "這段期間沒有考核",
        "MEMBERS": "還差 {people} 人",
        "ESTABLISHED": "團隊成立年數 {until} 屆滿",
        "INSURED": "投保人數還差 {people} 人",
        "RECORD_BOOKS": "領冊人數還差 {people} 人",
        "SENIORS": "65 歲以上還差 {people} 人",
        "OF_MEMBER": "{volunteer}：{lack}",
    },
    "GapText": {
        "BIRTH_DATE": "出生日期未記錄，請查證年齡",
        "RECORD_BOOK": "持有紀錄冊（未記錄）",
        "BADGE": "持有志願服務證（未記錄）",
        "CITY": "本單位位於{city}",
        "ESTABLISHED": "團隊成立日期（未記錄）",
        "INSURED": "投保人數（未記錄）",
        "RECORD_BOOKS": "領冊人數（未記錄）",
        "SENIORS": "65 歲以上人數（有出生日期未記錄）",
        "INSTEAD": "或以此代替：{words}",
    },
    "BlockText": {
        "NOT_IN_SERVICE": "未在服務中",
        "RECEIVED": "已獲獎，限一次",
        "RECEIVED_LATELY": "近年已獲獎，{until} 起可再列入",
    },
}
