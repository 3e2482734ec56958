"""The help of `kiosk month`, in Chinese as written in Taiwan."""

TEXTS = {
    "MonthHelp": {
        "MONTH": (
            "一個月的服務時數：看還有什麼沒處理、結清、發給文件。\n\n"
            "結清不會鎖住：之後的更正會列為差異，寫明理由就可以重新結清。"
        ),
        "LIST": "所有結清過的月份，以及當時的月報。\n\n最後一次月報會說明目前有幾位志工的時數不同。",
        "CHECK": "MONTH 還有什麼沒處理。\n\n沒處理完也可以結清。",
        "CLOSE": "結清 MONTH，或寫明理由重新結清。\n\n由登錄人或承辦人處理（R-122）。",
        "ENTER": "MONTH 的月報已登錄到紀錄冊。",
        "LINES": "月報：每位志工、類別、服務項目一列。",
        "SLIPS": "MONTH 的時數條：每位志工一張，每場活動一張。",
        "DIFFERENCE": "MONTH 與最後一次月報的差異。",
        "OPTION_BY": "由誰結清。",
        "OPTION_REASON": "為什麼重新結清。",
        "THIS_MONTH": "{text!r} 不是月份：請寫成 2026-11 或 115-11",
    }
}
