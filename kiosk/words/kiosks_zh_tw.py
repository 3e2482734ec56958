"""What the command line says of the kiosks that joined, in Chinese as written in Taiwan."""

TEXTS = {
    "KiosksHelp": {
        "SHORT_KIOSKS": "已加入的簽到機：最近連線、還沒傳完的紀錄、警示",
        "KIOSKS": (
            "列出加入這裡的簽到機：最近什麼時候連線、收到幾筆、還有幾筆沒傳完，以及暫停接收的原因。\n\n"
            "批次指令 settle_kiosk_alarm 恢復接收，revoke_kiosk 不再接收。"
        ),
        "OPTION_NOT_HELD": "列出簽到機資料夾 DIR 裡有、這裡沒有的刷卡，由人員補登",
        "SHORT_ADD_KIOSK": "產生簽到機的加入代碼",
        "ADD_KIOSK": (
            "印出新簽到機要輸入的代碼，它會以 NAME 為名加入。"
            "代碼 15 分鐘內有效，只能用一次。名稱一經使用，就不能再給別台。"
        ),
    },
    "KioskText": {
        "CODE": "請在簽到機 {kiosk} 輸入這組代碼：{code}\n{until} 以前有效，只能用一次",
        "OF_ANOTHER_UNIT": "{path} 是另一個單位的簽到機：請用 --home 指定它所屬單位的資料夾",
        "NO_KIOSKS": "沒有簽到機加入",
        "READERS_AT_KIOSKS": "這裡沒有：志工在已加入的簽到機刷卡",
        "ALL_HEARD": "最近連線：{kiosks}",
        "HEARD": "{kiosk} {at}",
        "NEVER_HEARD": "{kiosk} 從未連線",
        "NOT_HEARD": (
            "超過 {days} 天沒有連線：{kiosks}；請看它有沒有開機、連不連得到單位主機，"
            "不再使用的話以 revoke_kiosk 停用：在那之前，它沒傳完的日子都是暫定"
        ),
        "NO_ALARM": "無",
        "ALARM": "{kiosk}：{what}，{remedy}",
        "WENT_BACK": "它的紀錄只到第 {reached} 筆，但這裡已收到第 {held} 筆",
        "FORKED": "它的紀錄和先前收到的不一樣",
        "RESTORED": "它的紀錄是從備份還原的",
        "CLONE": "有兩台機器同時在寫它的紀錄",
        "NOT_YOURS": "它傳來不屬於它的紀錄（{detail}）",
        "JOIN_ANEW": "請用新名稱重新加入：先 revoke_kiosk，再 kiosk add-kiosk，然後在那台機器上 kiosk join",
        "STOP_ONE": "請先關掉其中一台，再 revoke_kiosk，讓另一台用新名稱重新加入",
        "LOOK_INTO_IT": "請查誰動過它：settle_kiosk_alarm 恢復接收，revoke_kiosk 停用",
        "UNKNOWN_SOURCE": "紀錄中有資料標示為來自 {source}，但該紀錄從未加入",
        "EVENT_WITHOUT_ROW": "第 {position} 筆屬於簽到機 {kiosk}，但記載何時收到它的那一列不見了",
        "SOURCE_FAULT": "簽到機 {kiosk} 的紀錄在它的第 {position} 筆無法驗證：{fault}",
    },
}
