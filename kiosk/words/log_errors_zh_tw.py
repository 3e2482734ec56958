"""What went wrong with the log or the views, in Chinese as written in Taiwan."""

TEXTS = {
    "LogErrorSentence": {
        "LOG_MISSING": "{path} 沒有事件紀錄：請指定正確的資料夾，或建立新的資料夾",
        "LOG_EXISTS": "{path} 已經存在：請開啟它，或另選資料夾建立新的紀錄",
        "NOT_A_LOG": "{path} 不是本程式的事件紀錄：請移開，或從備份還原",
        "NOT_PRIVATE": "其他使用者可以讀取 {path}（權限 {mode:04o}）：請用 chmod 600",
        "CANNOT_OPEN": "無法開啟事件紀錄 {path}（{reason}）：請檢查擁有者與權限",
        "LOG_DAMAGED": "事件紀錄 {place} 已經損壞（{reason}）：請保留檔案，從備份還原",
        "CHAIN_BROKEN": "事件紀錄 {place} 無法提出證明：第 {position} 筆事件{objection}；請驗證紀錄",
        "LOG_WENT_BACK": "事件紀錄 {path} 倒退了：{objection}；請保留檔案，還原最新的備份",
        "DATABASE_WENT_BACK": (
            "資料庫 {place} 倒退了：事件紀錄原本已經到第 {position} 筆；"
            "請關閉使用這個資料庫的所有程式，再執行 `kiosk restore --database`"
        ),
        "SCHEMA_ALTERED": "事件紀錄 {place} 被更動過：{objection}；請保留檔案，還原最新的備份",
        "SETTING_REFUSED": (
            "SQLite 在 {path} 的 {setting} 是 {got}，不是 {wanted}：請使用本機硬碟，以及 Python 內附的 SQLite"
        ),
        "SERVER_SETTING_REFUSED": (
            "{place} 的伺服器把 {setting} 設為 {got}，不是 {wanted}，確認過的事件可能遺失："
            "請在伺服器上更正，再重新啟動本程式"
        ),
        "ROLE_TOO_POWERFUL": (
            "角色 {role} 可以更改或刪除 {place} 的事件：請改用 kiosk_writer 的成員連線，它不得擁有任何資料表"
        ),
        "NO_SUCH_TABLES": "資料庫 {place} 還沒有事件紀錄的資料表：請由資料庫的擁有者執行 schema.sql",
        "OTHER_TABLES": (
            "{place} 的資料表是第 {found} 版，這個程式需要第 {wanted} 版："
            "請由資料庫的擁有者執行 upgrade_{found}_to_{wanted}.sql"
        ),
        "NEWER_TABLES": "{place} 的資料表是第 {found} 版，這個程式只認得第 {wanted} 版：請更新這個程式",
        "NO_SUCH_UNIT": (
            "資料庫 {place} 沒有這個角色可用的單位 {unit}：請更正 kiosk.toml 的 [store]、還原資料庫，"
            "或請資料庫的擁有者把單位交給這個角色"
        ),
        "UNIT_GOES_ANOTHER_WAY": ("{place} 裡的單位內容不同（到位置 {position}）：沒有搬移；請查明哪一份紀錄才是真的"),
        "LOG_BUSY": "另一個程式占用 {place} 已經 {waited:g} 秒：請再試一次，或看它在做什麼",
        "LOG_BUSY_BY": "另一個程式占用 {place} 已經 {waited:g} 秒（行程 {holder}）：請再試一次，或看它在做什麼",
        "LOG_BUSY_ELSEWHERE": "另一個程式占用 {place} 已經 {waited:g} 秒（{program}）：請再試一次，或看它在做什麼",
        "LOG_BUSY_STOPPED": (
            "行程 {holder} 已暫停，仍占用 {place}：請讓它繼續（kill -CONT {holder}），或結束它（kill -KILL {holder}）"
        ),
        "LOG_REPLACED": (
            "{path} 在使用中被刪除、調換或截斷：不會再寫入；請把資料夾放回原處，或從備份還原，再重新啟動本程式"
        ),
        "LOG_IS_READ_ONLY": "{place} 只能讀取：不會寫入備份，或不能寫入的媒體",
        "NOT_WRITING": "只有在寫入時才能確定 {place} 的下一個位置：請在 writing() 裡面查詢",
        "WRITTEN_AT_HUB": "沒有寫入 {place}：這台簽到機屬於單位主機，{topic} 請到單位主機上記錄",
        "CONFLICT": "{stream} 的第 {version} 版已經由別人寫入：請重新讀取後再決定",
        "CANNOT_WRITE": "無法寫入事件紀錄 {place}（{reason}）：請清出空間或修理硬碟，再試一次",
        "SERVER_FAILED": "{place} 的伺服器沒有寫入任何內容（{reason}）：請查看伺服器的訊息，再試一次",
        "OUTCOME_UNKNOWN": (
            "{place} 的伺服器沒有回應（{reason}）：輸入的內容可能已經儲存，也可能沒有；請先查看，再決定是否重新輸入"
        ),
        "ROWS_NOT_KEPT": "事件紀錄 {place} 沒有保留寫入的內容：請保留檔案，還原最新的備份",
        "NOT_STORABLE": "無法儲存 {event}，{where} {reason}：請改用一般的值",
        "CANNOT_READ": "無法讀取事件紀錄 {place}（{reason}）：請檢查硬碟或伺服器，再試一次；這不表示紀錄已經損壞",
        "CANNOT_READ_HEAD": (
            "無法讀取 {place}（{reason}），其中記下事件紀錄已經到哪裡：請檢查硬碟與檔案的擁有者，再試一次；"
            "缺少它就無法發現紀錄倒退"
        ),
        "CANNOT_READ_KEY": "無法讀取簽署用的金鑰 {place}（{reason}）：請檢查檔案與擁有者",
        "CANNOT_WRITE_KEY": "無法寫入簽署用的新金鑰 {place}（{reason}）：請清出空間，或檢查資料夾的擁有者",
        "NOT_A_SIGNING_KEY": (
            "{place} 不是簽署驗證碼用的私密金鑰（Ed25519）：請從副本拿回來；換新金鑰要通知所有核對簽章的人"
        ),
        "CANNOT_CONNECT": "無法連上事件紀錄 {place}（{reason}）：請確認伺服器已啟動，角色與密碼正確",
        "UNKNOWN_NAME": "沒有叫做 {name!r} 的事件：請用寫下它的程式版本，並驗證紀錄",
        "UNKNOWN_NAME_IN_LOG": "位置 {position} 的事件叫做 {name!r}，本程式沒有：請用寫下它的程式版本，並驗證紀錄",
        "UNREADABLE": "無法讀取事件 {position}（{name}）（{reason}）：請驗證紀錄",
        "WRONG_STREAM": "{stream} 的事件前後不符（{reason}）：請驗證紀錄，再回報這個問題",
        "BAD_STORED_NAME": "{event} {reason}",
        "VIEWS_DAMAGED": "{path} 已經損壞（{reason}）：請刪除，會從紀錄重新產生",
    },
    "LogFaultSentence": {
        "GAP": "不見了：原位是位置 {position}",
        "WRONG_TYPE": "含有從來不會寫入的資料型態",
        "ALTERED": "接不上紀錄鏈：被更動、調換或插入",
        "END_MISSING": "不見了：紀錄曾經到位置 {reached}",
        "UNREADABLE": "無法讀取（{error}）",
        "FILE_DAMAGED": "{detail}",
        "WENT_BACK": "有疑問：紀錄倒退了，{fault}",
        "OTHER_LOG": "是另一份紀錄，或是還原以前的副本",
        "ENDS_EARLY": "結束於位置 {position}，但曾經到 {reached}",
        "EVENT_REPLACED": "其中的事件 {position} 不是當時確認的那一筆",
        "RENAMED": "紀錄換了名稱，像是還原過，但這裡沒有做過還原",
        "HEAD_MOVED": "單位記錄的結尾不是最後一筆事件的結尾",
        "HEAD_MISSING": "{position} 筆事件裡都沒有這個驗證碼",
        "NAME_UNPROVED": "紀錄的名稱不是紀錄鏈裡任何一次還原所取的",
        "SCHEMA_ADDED": "多了 {kind} {name!r}，本程式從來沒有建立",
        "SCHEMA_MISSING": "缺少 {kind} {name!r}",
        "SCHEMA_CHANGED": "{kind} {name!r} 與本程式建立的不同",
        "NOT_SIGNED": "沒有來源簽到機的有效簽章",
    },
    "UndecodableText": {
        "EVENT": "事件 {position}（{name!r}）：{why}",
        "WITHOUT_EVENT": "不含事件 {position}（{name!r}）：{why}",
        "IN_QUARANTINE": "已隔離：事件 {position}（{name!r}）：{why}",
        "MORE": "另外還有 {count} 筆無法讀取的事件",
    },
    "VerdictSentence": {
        "EVENT": "事件 {position} {fault}",
        "FILE": "每筆事件都接得上，但檔案的其他部分已經損壞（{fault}）",
    },
}
