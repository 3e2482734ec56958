"""Signed heads, proofs and witnesses, in Chinese as written in Taiwan."""

TEXTS = {
    "SignedHeadText": {
        "CANNOT_READ": "無法讀取 {path}（{reason}）：請指定檔案，或存放已簽署驗證碼的資料夾",
        "CANNOT_READ_KEYS": "無法讀取 {path}（{reason}）：請指定與驗證碼放在一起的檔案 keys.txt",
        "NOT_A_NOTE": "{path} 不是已簽署的驗證碼：請照 `kiosk reconcile` 寫出的原樣，一行都不能少",
        "NOT_A_KEY": "{path} 裡沒有金鑰：請寫入與驗證碼放在一起的 keys.txt 裡的那一行",
        "ROW": "{source}（第 {row} 列）",
        "NO_HEADS": "{path} 裡沒有已簽署的驗證碼",
        "LEFT_OUT": "{path} 不是已簽署的驗證碼，所以略過；裡面若有其他形式的驗證碼，請直接指定這個檔案",
        "MORE_LEFT_OUT": "另有 {files} 個檔案不是已簽署的驗證碼，所以略過",
        "NOT_SIGNED": "紀錄的驗證碼沒有簽署：{reason}",
        "NOT_SIGNED_ANOTHER_WAY": (
            "紀錄的驗證碼沒有簽署：接不上 {path} 裡最後一個驗證碼；請保留檔案，查明是誰還原或更動了紀錄"
        ),
        "NOT_COPIED": "已簽署的驗證碼沒有複製到 {path}（{reason}）：請確認資料夾存在而且可以寫入",
        "WITNESS_CLOSED": "無法讀取 {path}（{reason}），見證者在那裡連署的驗證碼沒有核對：請讓這個資料夾的帳號可以讀取",
        "ANOTHER_HEAD": "{path} 是資料夾，或放著另一個驗證碼，不是該在那裡的那一個：請移到別處留存，並查明是誰寫的",
        "NOT_SIGNED_BY": "{source} 的驗證碼不是用 {path} 裡的金鑰簽署的（如果單位換過金鑰，請當面索取新的那一把）",
        "OTHER_TREE": "{source} 的驗證碼所記的雜湊樹，不是前 {position} 筆事件的樹",
    },
    "HeadStatusText": {
        "NONE_SIGNED": "還沒有：每晚結算後簽署一個",
        "NONE_BY_ITS_KEYS": (
            "{path} 裡有驗證碼，但沒有一個是用那裡 keys.txt 的金鑰簽署的：請照夜間工作的方式執行 `kiosk reconcile`，"
            "並看它說什麼"
        ),
        "NEVER_SIGNED": (
            "這份紀錄還沒有簽署過驗證碼，但位置 {settled} 已有結算：請照夜間工作的方式執行 `kiosk reconcile`，"
            "並看它說什麼"
        ),
        "REMOVED": "{folder} 有簽署到位置 {position} 的驗證碼，{path} 卻沒有：請查誰移走了它；下次夜間結算會再簽署一個",
        "NOT_SIGNED_SINCE": (
            "最後簽署的驗證碼在位置 {position}，但位置 {settled} 已有結算：請照夜間工作的方式執行 `kiosk reconcile`，"
            "並看它說什麼"
        ),
        "NOT_COPIED_TO": "位置 {position} 的已簽署驗證碼不在 {folders}：請確認可以寫入",
        "WITNESS_AWAY": (
            "見證者 {name} 在 {folder} 只連署到位置 {position}，之後又有 {heads} 個驗證碼："
            "請查看它有沒有在執行、說了什麼"
        ),
        "ONLY_HERE": "簽署到位置 {position}；只放在這台機器上，請在 [heads] 指定別處的資料夾",
        "COPIED": "簽署到位置 {position}；也放在 {folders}",
        "KEY_REPLACED": "；金鑰換過，目前用的是 keys.txt 裡的 {key}：核對驗證碼的人與見證者都要拿到這把金鑰",
    },
    "ProofHelp": {
        "SHORT_PROVE": "證明某筆事件在紀錄裡，或紀錄接得上某個驗證碼",
        "PROVE": (
            "給沒有紀錄的人一份證明：事件 N 確實在紀錄裡，並附上該事件儲存的內容（C2SP tlog-proof）；"
            "用 --from 則證明紀錄接得上較早的驗證碼（C2SP tlog-witness）。"
            "證明的最後是最近一夜已簽署、包含它的驗證碼；還沒有的話，就是目前尚未簽署的驗證碼。\n\n"
            "證明裡沒有姓名：事件只有編號與加鑰雜湊值。"
        ),
        "OPTION_FROM": "已簽署驗證碼的檔案或資料夾，或像 403:05133f95... 的一個驗證碼：證明紀錄接得上它。",
        "OPTION_SIGNED_BY": "金鑰檔，如 keys.txt：指定的每個驗證碼都必須用其中的金鑰簽署。",
    },
    "ProofText": {
        "EVENTS_SINCE_HEADS": "最新的驗證碼之後還有 {events:,} 筆事件：要有更新的驗證碼才管得到",
        "MORE_NOT_EXTENDED": "另外還有 {heads:,} 個驗證碼，紀錄也接不上",
        "N_OR_FROM": "請指定事件的號碼，或用 --from 指定驗證碼",
        "NOTHING_SIGNED": "--signed-by 只用於另外留存的驗證碼：請用 --heads 或 --head 指定",
        "NO_SUCH_EVENT": "紀錄裡沒有事件 {position}：最後一筆是 {end}",
        "PEOPLE_NOT_COMPARED": "找不到人員資料 {path}：只驗證了紀錄",
        "NOT_SIGNED_YET": "這份證明的驗證碼還沒有簽署：下一次夜間結算會簽署，屆時請再證明一次",
        "NO_POSITION": "{source} 只有雜湊值：要證明還需要它的位置",
    },
    "WitnessHelp": {
        "SHORT_WITNESS": "在第二台機器上連署接得上前一個的驗證碼",
        "WITNESS": (
            "給另一位管理者的第二台機器用：檢查 HEADS（已簽署驗證碼的檔案或資料夾），每份紀錄只在最新的驗證碼能證明"
            "接得上先前連署的那一個時，才予以連署。連署過的留在 DIR，並複製到驗證碼旁的資料夾。\n\n"
            "有驗證碼沒有連署時說明原因，以 1 結束。不必有服務單位的資料夾；請用 cron 每天執行一次。"
        ),
        "OPTION_STATE": "見證者的資料夾：自己的金鑰、信任的金鑰、連署過的驗證碼。",
        "OPTION_TRUST": "金鑰檔，如 keys.txt：由人核對後，從此信任這些金鑰。",
        "OPTION_NAME": "見證者的名稱，用來簽署：一個資料夾只有一個，不寫就是 witness。",
    },
    "WitnessText": {
        "COSIGNED": "{log}：連署到位置 {position}",
        "BAD_NAME": "見證者的名稱用小寫英文字母、數字與連字號，最多 32 個字",
        "KEY_LOST": (
            "找不到 {path}，但這個見證者連署過：請從副本拿回來，或在新資料夾另立名稱不同的見證者，並公布它的金鑰"
        ),
        "OWN_HEAD_DAMAGED": "{path} 已損毀或遭更動：這個見證者已無法得知自己連署過什麼，請從副本拿回它的資料夾",
        "OWN_KEYS_DAMAGED": ("{path} 已損毀或遭更動，或無法讀取：這個見證者已無法得知它的金鑰，請從副本拿回它的資料夾"),
        "NOT_ITS_FOLDER": "{path} 是服務單位的資料夾，或存放紀錄的驗證碼：請給見證者另一個專用的資料夾",
        "ANOTHER_NAME": ("{path} 是見證者 {name} 的資料夾：請寫 `--name {name}`，或給另一個名稱的見證者專用的資料夾"),
        "RUNNING": "另一個 `kiosk witness` 正在使用 {path}：請等它結束",
        "CANNOT_KEEP": "無法寫入 {path}（{reason}）：見證者必須留存連署過的驗證碼",
        "NONE_SHOWN": "{path} 裡沒有已簽署的驗證碼：請查看共用資料夾有沒有掛載、每晚有沒有簽署",
        "UNKNOWN_LOG": (
            "{path}：沒有人要這個見證者信任 {name} 這份紀錄，可能是還原過的紀錄：請查明、核對金鑰，再用 --trust 指定"
        ),
        "NOT_SIGNED": "{path}：這個驗證碼不是用見證者信任的金鑰簽署的",
        "NO_PROOF": (
            "{path}：這個驗證碼沒有附上接得上位置 {position} 的證明，只有從 {old} 起的：請對方對那個驗證碼執行 "
            "`kiosk prove --from`，再指定產生的檔案"
        ),
        "ANOTHER_WAY": (
            "{path}：這個驗證碼接不上在位置 {position} 連署過的那一個：紀錄走了另一條路；"
            "請保留雙方的檔案，查明是誰更動了紀錄"
        ),
        "WENT_BACK": (
            "{path}：這份紀錄最新的驗證碼只到這裡，但位置 {position} 已連署過："
            "請查看較新的驗證碼是否被刪除，或放在未指定的資料夾；"
            "若都不是，紀錄已經倒退，可能走了另一條路：請保留雙方的檔案，查明是誰還原或更動了紀錄"
        ),
        "WAS_RESTORED": (
            "{path}：這個見證者連署過位置 {position}，卻只記得 {known}：它的資料夾是從較舊的副本還原的；從該處繼續"
        ),
        "NAME_TAKEN": (
            "{path} 屬於另一個同樣叫做 {name} 的見證者：請替這一個另取名稱，並使用新的資料夾；"
            "如果另一個已經不再使用，請移開 {path}"
        ),
        "NOT_HANDED_BACK": "無法寫入 {path}（{reason}）：連署結果只留在見證者的資料夾",
    },
}
