"""What `kiosk restore --database` says, in Chinese as written in Taiwan."""

TEXTS = {
    "DatabaseHelp": {
        "OPTION_DATABASE": "不還原備份：資料庫已經還原過。驗證其中的事件紀錄，並給它新的名稱。",
    },
    "DatabaseText": {
        "RESUMED": (
            "{path} 的事件紀錄在資料庫裡繼續\n"
            "紀錄  {position:,} 筆事件，完整\n"
            "驗證  {chain}\n"
            "名稱  紀錄的新名稱是 {log_id}\n"
            "最新  登錄於 {last_recorded}：之後在櫃台登錄的內容已經遺失，請重新登錄；簽到機會自行補送刷卡紀錄\n"
            "刪除  遺失刪除紀錄的 {erased_again:,} 人，已再次刪除"
        ),
        "PEOPLE_DIFFER": (
            "人員資料沒有跟著倒退，與 {faults:,} 筆事件不符：請重新登錄最後的變更，`kiosk verify` 會列出是哪些事件"
        ),
        "IN_A_FILE": "{path} 的事件紀錄在檔案裡，不在資料庫：請從備份還原",
        "NOT_WHOLE": "{verdict}：沒有變更任何東西；請把資料庫還原到別的時間點，或還原備份",
        "ALONE": "--database 不能與備份或其他選項一起用",
    },
}
