"""Why a document is not handed out, in Chinese as written in Taiwan."""

TEXTS = {
    "DocumentText": {
        "UNKNOWN_DOCUMENT": "沒有文件 `{name}`：可用的文件有 {names}",
        "UNKNOWN_ARGUMENT": "文件 {document} 沒有 `{name}` 這個條件：可用的有 {names}",
        "NO_ARGUMENTS": "（無）",
        "NOT_AN_ARGUMENT": "`{text}` 的寫法不對，請寫成「名稱=內容」，例如 month=115-11",
        "ARGUMENT_TWICE": "`{name}` 給了兩次",
        "MISSING_ARGUMENT": "文件 {document} 需要 {name}，例如 {name}={example}",
        "BAD_MONTH": "{name} 要寫月份，例如 115-11 或 2026-11，不是 `{text}`",
        "BAD_DATE": "{name} 要寫日期，例如 115-11-19 或 2026-11-19，不是 `{text}`",
        "BAD_YEAR": "{name} 要寫年度，例如 115 或 2026，不是 `{text}`",
        "BAD_COUNT": "{name} 要寫整數，不是 `{text}`",
        "BAD_CHOICE": "{name} 只能是 {choices} 其中之一，不是 `{text}`",
        "BAD_FORM": "文件可以寫成 {forms}：請用這些副檔名",
        "WHICH_TABLE": "這份文件有好幾個表，CSV 檔只能放一個：請用 --table 選擇：{tables}",
        "NO_TABLE": "文件裡沒有 `{name}` 這個表：有 {tables}",
        "TABLE_IS_FOR_CSV": "--table 只用於 CSV 檔：其他格式會放進所有的表",
        "MATCHES": "文件 {code}「{title}」（{period}），{at} 由 {by} 製發，內容與紀錄相符：紀錄位置 {position}。",
        "DIFFERS": "文件 {code}「{title}」（{period}），{at} 由 {by} 製發，與紀錄位置 {position} 以前的紀錄不符："
        "不同的是 {tables}。可能是紀錄被更動，或程式的計算方式不同：請執行 `kiosk verify`",
        "CATALOGUE_CHANGED": "文件 {code}「{title}」（{period}），{at} 由 {by} 製發，所依據的獎勵條件後來有變更："
        "本單位的 awards.toml 或程式附的獎勵目錄已經不同。請用當時的目錄查驗",
        "CATALOGUE_LACKS": "文件 {code}（{name}），{at} 由 {by} 製發，無法重做：獎勵目錄現在沒有這個獎項，"
        "或看不懂本單位的 awards.toml。請用當時的目錄查驗",
        "REVERSED": "{name} 早於 {first}",
        "NO_AWARD": "{year} 年的獎勵目錄沒有 `{award}`：有 {awards}",
        "ARGUMENTS_DIFFER": "條件",
        "UNKNOWN_CODE": "這裡沒有製發過查驗碼 {code} 的文件：請逐字核對",
        "NOT_BUILT": "文件 {code}（{name}），{at} 由 {by} 製發，這個版本的程式不製作這種文件：請用當時的版本查驗",
        "PDF_FAILED": "PDF 製作失敗：{reason}。其他格式的內容相同",
        "WRITTEN": "{path}：{title}，查驗碼 {code}",
    },
}
