"""What `kiosk move-log` says, in Chinese as written in Taiwan."""

TEXTS = {
    "MoveHelp": {
        "SHORT": "把事件紀錄搬到資料庫，或搬回檔案",
        "MOVE_LOG": (
            "把事件紀錄搬到 PostgreSQL 資料庫、從一個資料庫搬到另一個，或搬回檔案：事件和紀錄鏈都不變。\n\n"
            "搬移時，簽到畫面、網頁、班表畫面、夜間結算都不能開著。會先做一份備份。"
            "舊的紀錄留在原處，或改名保留；中斷的搬移再執行一次就會繼續。"
        ),
        "OPTION_TO": "搬到哪裡：`file`，或資料庫 postgresql://角色@主機/資料庫。",
        "OPTION_BACKUPS": "備份放在哪裡；預設是資料夾裡的 `backups`。",
    },
    "MoveText": {
        "MOVED": "{path} 的事件紀錄現在位於{place}：共 {position:,} 筆事件，完整並已驗證\n驗證碼 {chain}",
        "BACKUP": "備份 {folder}",
        "FILE_KEPT": "舊的紀錄保留在 {file}",
        "UNIT_KEPT": "舊的紀錄保留在 {address}，單位 {unit}；不會再寫入",
        "UNIT_CONTINUED": "那個單位原本就在：補上了 {added:,} 筆事件",
        "A_FILE": "檔案 {file}",
        "IN_A_FILE": "{path} 的事件紀錄原本就在檔案裡：沒有搬移",
        "IN_THIS_DATABASE": "{path} 的事件紀錄原本就在這個資料庫：沒有搬移",
        "NOT_WHOLE": "{verdict}：沒有搬移；請先從備份還原，詳情見 `kiosk verify`",
        "WRITTEN_MEANWHILE": "另一個程式同時寫入了 {path}：沒有搬移；請關閉它，再搬一次",
        "COPY_DIFFERS": "新檔案裡的事件不一樣：沒有搬移；請檢查磁碟",
        "CANNOT_FINISH": "{path} 的搬移停住了（{strerror}）：請清出空間或修好磁碟，再搬一次",
        "IS_OPEN": "{path} 正由另一個程式開著（簽到畫面、網頁、班表畫面或夜間結算）：請關閉它，再搬一次",
        "IS_BEING_MOVED": "{path} 的事件紀錄正在搬移：請等它完成",
        "CUT_SHORT": "{path} 的事件紀錄搬到一半就中斷了：請以擁有者的身分執行 `kiosk status`，就會完成",
        "CANNOT_COMPLETE": "{path}：事件紀錄搬到一半就中斷了，{plan} 無法執行（{error}）",
    },
}
