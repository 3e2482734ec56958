"""What a kiosk says of its hub, in Chinese as written in Taiwan."""

TEXTS = {
    "SyncHelp": {
        "SHORT_JOIN": "把這台機器變成單位的簽到機，網頁和主機在別處",
        "JOIN": (
            "建立一台簽到機的資料夾：它自己記錄刷卡，再把紀錄送到單位主機。\n\n"
            "ADDRESS 是主機的位址，https://主機:連接埠；CODE 是網頁上顯示的八位數字，十五分鐘內有效。"
            "簽到機會記住主機的憑證，只跟它連線。不加 --certificate 也不加 --fingerprint 時，只會列出看到的指紋，"
            "不做任何更改：請和主機的指紋核對。中斷的指令照原樣再執行一次即可。"
        ),
        "OPTION_CERTIFICATE": "主機的憑證，或簽發它的機構的憑證（PEM 檔案）。",
        "OPTION_FINGERPRINT": "主機憑證的指紋（SHA-256），至少前 32 位。",
        "OPTION_SIMULATION": "加入模擬的單位；其他單位會被拒絕。",
        "OPTION_FROM": "這台要取代的簽到機的資料夾：還沒送出的紀錄會先送出（主機仍接收時）。",
        "SHORT_SYNC": "把簽到機的紀錄送到主機，並取回需要的資料",
        "SYNC": (
            "讓簽到機的資料夾和單位主機保持一致，直到程式結束：新的紀錄立刻送出，卡片、志工、班表從主機取回。"
            "沒有網路時會一直重試。簽到畫面不需要它；install-service 會讓 systemd 同時執行兩者。"
        ),
    },
    "JoinText": {
        "JOINED": "{path} 現在是單位的簽到機 {kiosk!r}；主機是 {address}",
        "NEXT": (
            "接下來：把讀卡機寫進 {settings}，再交給 systemd 執行：\n"
            "  kiosk install-service --home {path} --user 使用者"
        ),
        "SENT_FROM": "{old} 還沒送出的紀錄已先送出：{events:,} 筆",
        "BAD_ADDRESS": "{address!r}：{complaint}",
        "BAD_CODE": "{code!r} 不是加入代碼：代碼是網頁上顯示的八位數字",
        "BAD_FINGERPRINT": "{text!r} 不是指紋：請至少輸入前 32 位，0 到 9 和 a 到 f",
        "BOTH_CERTIFICATES": "--certificate 和 --fingerprint 請只用一個",
        "NO_CERTIFICATE": "{path}：檔案裡沒有憑證（PEM），請檢查",
        "COMPARE_FINGERPRINT": (
            "{address} 的憑證指紋是：\n  {fingerprint}\n"
            "沒有做任何更改。如果和主機上 `kiosk hub-certificate` 列出的、或瀏覽器看到的一樣，請再執行一次，並加上\n"
            "  --fingerprint {short}"
        ),
        "OTHER_FINGERPRINT": (
            "{address} 的憑證不同，它的指紋是\n  {fingerprint}\n"
            "沒有送出任何資料。請再核對一次；如果不同，就是別的機器在冒充主機"
        ),
        "WRONG_CODE": "主機不接受這個代碼：打錯、用過，或已超過十五分鐘；請在網頁上取得新的代碼",
        "NAME_TAKEN": "單位已有（或曾有）同名的簽到機：請在網頁上用另一個名稱取得代碼",
        "REFUSED": "主機拒絕了（{code}）：{trouble}",
        "NOT_REACHED": "{trouble}（{address}：{reason}）；然後照原樣再執行一次",
        "IS_SIMULATION": (
            "這台主機的單位是模擬的：那裡的紀錄都不算數。請檢查位址；要試用時，請加上 --simulation 再執行一次"
        ),
        "NO_SIMULATION": "這台主機的單位不是模擬的：請去掉 --simulation 再執行一次",
        "NOT_A_KIOSK": "{path} 不是有主機的簽到機資料夾：--from 請指定 `kiosk join` 建立的資料夾",
        "OLD_NOT_SENT": ("{old} 還沒送出的紀錄送不出去：{trouble}\n沒有做任何更改。請保留 {old}；去掉 --from 仍可加入"),
    },
    "SyncText": {
        "NO_HUB": "{path} 沒有加入任何主機：`kiosk join` 會建立有主機的簽到機資料夾",
        "RUNS_ALREADY": "{path} 已有另一個 `kiosk sync` 在執行",
        "RUNS": "{path}：紀錄送往 {address}，資料從那裡取回",
    },
    "TroubleText": {
        "NOT_REACHED": "連不到主機：請檢查位址、網路線和網路",
        "CUT_OFF": "和主機的連線中斷了：請檢查網路",
        "NO_HUB": "那個位址上的不是主機：請檢查位址，以及網路是否要求登入",
        "NOT_PROVED": "主機送來的單位紀錄無法自我證明，所以沒有複製：請到主機上執行 `kiosk verify`；刷卡仍會記錄",
        "OTHER_CERTIFICATE": (
            "看到的憑證和簽到機記住的不同：主機換了憑證時，請把新的放進資料夾的 hub.pem；沒有換，就是別的機器在冒充主機"
        ),
        "CERTIFICATE_EXPIRED": "主機的憑證已過期：請為主機換上新憑證，並放進 hub.pem",
        "CERTIFICATE_NOT_YET_VALID": "主機的憑證還沒生效，比這台機器的時鐘晚：請校正時鐘",
        "CERTIFICATE_MISSING": "簽到機資料夾的 hub.pem 裡沒有憑證：請把主機的憑證放進去",
        "BUSY": "主機現在忙不過來：稍後會自動重試",
        "OWN_FILES": "簽到機資料夾裡有檔案無法使用：`kiosk status` 會指出是哪一個",
        "OWN_LOG_ALTERED": "簽到機的紀錄損壞或被更動過：請保留檔案，並用 `kiosk verify` 檢查",
        "STOPPED": "主機已停止接收這台簽到機的紀錄：請到網頁上處理它的警示",
        "KEY_NOT_VALID": "這台簽到機的金鑰已在網頁上撤銷：請在新的資料夾重新加入",
        "UNKNOWN_SOURCE": "主機不認得（或已不認得）這台簽到機：請在新的資料夾重新加入",
        "NOT_SIGNED": "送到主機的資料和簽到機簽署的不同：中途被更動了",
        "NOT_UNDERSTOOD": "主機看不懂這台簽到機：兩邊請安裝相同的版本",
        "TOO_MUCH": "主機不收這台簽到機的任何一批紀錄：兩邊請安裝相同的版本",
    },
}
