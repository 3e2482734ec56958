"""What the interface of the desk answers to other systems, in Chinese as written in Taiwan."""

TEXTS = {
    "ApiText": {
        "NO_TOKEN": "請提供有效的權杖：Authorization: Bearer TOKEN（`kiosk token issue`）",
        "NO_SCOPE": "這個權杖的範圍不含 {scope}：請重新發給",
        "NO_COMMAND": "沒有 {do} 這個指令：/api/openapi.json 列出所有指令",
        "NO_ADDRESS": "這個位址沒有內容：/api/openapi.json 列出所有位址",
        "NOT_AN_OBJECT": "請用一個 JSON 物件送出指令的欄位，每個欄位一次",
        "NOT_TAKEN": "請不要送 {name}：由位址、權杖或標頭 Idempotency-Key 決定，或不開放",
        "TOO_LARGE": "一個指令最多 {most} 位元組",
        "PARAMETER_TWICE": "每個參數請只給一次",
        "UNKNOWN_PARAMETER": "{name} 的參數是 {parameters}，沒有 {unknown}",
        "BAD_MEASURE": "by：month、category，或兩者以逗號分開",
        "UNREADABLE": "目前無法讀寫資料：請稍後再試，或看 `kiosk status`",
    },
    "ApiDescription": {
        "TITLE": "志工櫃台",
        "ABOUT": (
            "以 JSON 提供批次檔的指令與查詢指令的資料。指令的登錄者是持有權杖的系統；"
            "有標頭 Idempotency-Key 的指令，不論送幾次都只執行一次。"
        ),
        "INSTANT": "ISO 8601 時刻，精確到秒；沒有時差時視為當地時間。",
        "DAY": "日期，2026-11-19，或民國 115-11-19。",
        "BIRTH_DATE": "出生日期，1949-05-01，或民國 38-05-01。",
        "NAME": "全名。",
        "CARD": "卡號，任何印在卡片上的寫法。",
        "SCOPE": "權杖的範圍：{scope}。",
        "DONE": "已執行；或先前已用同一個鍵執行過。",
        "ROWS": "資料列。",
        "BAD_PARAMETER": "參數無法使用。",
        "NO_TOKEN": "沒有權杖，或權杖無效。",
        "NO_SCOPE": "權杖的範圍不含這一項。",
        "TOO_LARGE": "內容太大。",
        "REFUSED": "依規則未受理，已記下。",
        "UNUSABLE": "寫法有誤，沒有記下任何東西。",
        "UNAVAILABLE": "目前無法讀寫資料。",
        "VISITS": "到離紀錄與採計時數。",
        "DUTIES": "值勤與結果。",
        "HOURS": "採計分鐘；`by` 可以是 month 與 category。",
        "ABSENCES": "缺席，含改為請假的。",
        "EXITS": "退場審查。",
        "PENDING": "待處理事項，今天與以前的。",
        "PRESENCE": "在場的志工。",
        "VOLUNTEERS": "所有登錄過的志工，姓名遮蔽。",
    },
}
