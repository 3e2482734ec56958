"""What `kiosk what-if` says, in Chinese as written in Taiwan."""

TEXTS = {
    "WhatIfHelp": {
        "SHORT": "改用新規則或更正紀錄，會影響誰的時數、出勤結果、退場審查和獎勵",
        "WHAT_IF": (
            "在採用之前，先看新規則或一批指令會改變什麼：每位志工的分鐘數、結果或遲到早退不同的值勤、今晚會因此成立、撤回或不再成立的"
            "退場審查、今天可以或不再可以申請的獎勵（包括志工家庭和團隊），以及總計。"
            "已經決定的退場審查不會變；出現當時沒有的依據，才會另外成立一件。其他數字（例如報表和津貼）不比較。\n\n"
            "使用 --policy 時，FILE 是 TOML 檔，一行一個規則參數，例如 `grace_minutes_in = 15`。使用 --batch 時，"
            "FILE 是 `kiosk apply` 用的批次檔，也可以用 - 從標準輸入讀取：作廢一筆到班、調整班次時間，"
            "批次指令能寫的都可以試。指令只在資料夾的複本上執行；會被拒絕的指令，會說明原因。不會寫入任何資料。"
        ),
        "OPTION_POLICY": "寫有要改的參數的檔案。",
        "OPTION_BATCH": "寫有要試的指令的批次檔，視為現在執行。",
        "OPTION_FROM": "新規則從哪一個服務日開始適用。",
    },
    "WhatIfText": {
        "SUM": (
            "{volunteers} 位志工，{minutes_before} 分鐘會變成 {minutes_after} 分鐘（{change:+}），"
            "{outcomes} 筆值勤結果不同，{late_or_early} 筆遲到早退不同，"
            "退場審查 +{cases_raised} -{cases_withdrawn}，獎勵 +{awards_gained} -{awards_lost}"
        ),
        "NOTHING": "每個人的總時數、值勤結果、遲到早退、退場審查和獎勵都不會改變；其他數字不比較",
        "NO_CHANGE": "{path} 沒有任何參數：一行寫一個，例如 `grace_minutes_in = 15`",
        "ONE_OF_TWO": "請用 --policy FILE 加上 --from DATE，或只用 --batch FILE，二擇一",
        "REFUSED": "{file} 有指令不會執行，無法試算",
        "FAMILY": "家庭 {name}",
        "TEAM": "團隊",
    },
}
