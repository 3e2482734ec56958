"""What `kiosk bundle` says, in Chinese as written in Taiwan."""

TEXTS = {
    "BundleHelp": {
        "BUNDLE": (
            "把 YEAR 一整年的評鑑佐證資料寫成 ZIP 檔：各月、半年、全年的文件，以及紀錄冊抽查表，"
            "每份都有 PDF，每張表另有 CSV，姓名遮蔽，並附查驗碼目錄。\n\n"
            "不寫 YEAR，改用 --from 與 --to，就是這段期間給外部查核人員的證據：各項報表、每筆更正的登錄人與原因、"
            "背後的事件與證明，以及只要有 Python 就能全部查驗的程式。\n\n"
            "同一個資料時間做出來的檔案完全相同，除非人員資料（姓名、生日等）或姓名顯示方式的設定改過。還沒開始的期間不列入。"
        ),
        "OPTION_FILE": "新的 ZIP 檔，只有擁有者可以讀取。",
        "OPTION_ONLY": "只要這份文件；可以重複指定。",
        "OPTION_SINCE": "證據的第一個服務日。",
        "OPTION_UNTIL": "證據的最後一個服務日。",
        "OPTION_BY": "由誰製發。",
    },
    "BundleText": {
        "YEAR_OR_PERIOD": "請指定 YEAR，或只用 --from 與 --to，不加 YEAR、--only、--by",
        "NOT_A_YEAR": "YEAR 是年份，例如 2026 或 115，不是 `{text}`",
        "NOT_BEGUN": "{period} 在 {today} 時還沒開始：沒有可以佐證的資料",
        "NOT_A_ZIP": "佐證資料寫成 .zip：檔名請用這個結尾",
        "NOT_IN_BUNDLE": "`{name}` 不是月、半年或全年的文件：可用的有 {names}",
        "WRITTEN": "{path}：{year} 年共 {count} 份文件，截至紀錄位置 {position}",
    },
}
