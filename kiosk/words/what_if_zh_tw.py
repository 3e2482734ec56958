"""What `kiosk what-if` says, in Chinese as written in Taiwan."""

TEXTS = {
    "WhatIfHelp": {
        "SHORT": "改用新規則會影響誰的時數、出勤結果、退場案件和獎勵",
        "WHAT_IF": (
            "在採用之前，先看新規則會改變什麼：每位志工的分鐘數、結果不同的值勤、今晚會成立或撤回的案件、"
            "今天可以或不再可以申請的獎勵，以及總計。\n\n"
            "FILE 是 TOML 檔，一行一個規則參數，例如 `grace_minutes_in = 15`。不會寫入任何資料。"
        ),
        "OPTION_POLICY": "寫有要改的參數的檔案。",
        "OPTION_FROM": "新規則從哪一個服務日開始適用。",
    },
    "WhatIfText": {
        "SUM": (
            "{volunteers} 位志工，{minutes_before} 分鐘會變成 {minutes_after} 分鐘（{change:+}），"
            "{outcomes} 筆值勤結果不同，"
            "案件 +{cases_raised} -{cases_withdrawn}，獎勵 +{awards_gained} -{awards_lost}"
        ),
        "NOTHING": "不會有任何改變",
        "NO_CHANGE": "{path} 沒有任何參數：一行寫一個，例如 `grace_minutes_in = 15`",
        "FILED_ANEW": "移動服務日換日時間的規則會讓每筆刷卡重新歸日：無法事先知道會改變什麼",
    },
}
