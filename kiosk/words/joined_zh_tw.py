"""What is said at a kiosk that belongs to a hub, in Chinese as written in Taiwan."""

TEXTS = {
    "JoinedText": {
        "HUB_BLOCK": (
            "\n# 這台簽到機所屬的單位主機，以及那裡的單位，由 `kiosk join` 寫入。\n"
            "[hub]\n"
            'address = "{address}"\n'
            'unit = "{unit}"\n'
        ),
        "NOT_A_HUB": "這不是單位主機的位址：請寫成 https://主機:連接埠",
        "HUB_NOT_ENCRYPTED": "簽到機送出的資料必須加密，除非單位主機就在同一台電腦上：請寫成 https://主機:連接埠",
        "HUB_AND_STORE": "屬於單位主機的簽到機，紀錄存在檔案裡：請刪除 [store] 那一段",
        "OTHER_KIOSK": (
            "{file}：這台簽到機以 {given!r} 的名稱加入單位主機，它的紀錄都在這個名稱下："
            '請寫成 kiosk = "{given}"；要改名稱請重新加入'
        ),
        "SETTINGS_DIFFER": (
            "{file}：單位主機給這台簽到機的名稱是 {kiosk!r}，時區是 {zone}："
            '請寫成 kiosk = "{kiosk}"、zone = "{zone}"，並刪除 `other_kiosks`'
        ),
        "JOIN_CUT_SHORT": "{path} 建立到一半就中斷了：請再執行一次 `kiosk join`",
        "ALREADY_JOINED": "{path} 的簽到機已經加入單位主機：沒有做任何更改",
        "COPY_MISSING": "原本沒有這個檔案",
        "DO_IT_THERE": "這台簽到機屬於單位主機 {address}：請在那裡執行 `kiosk {command}`",
        "ROWS_CHANGED_SINCE": "因為後來的事件，現在有 {count:,} 列不同：請在單位主機看 `kiosk difference`",
        "JOIN_ANEW": (
            "這台簽到機屬於單位主機 {address}，它的紀錄都在那裡，所以不用還原：請另選新的資料夾，執行 `kiosk join`"
        ),
        "NO_BACKUP": (
            "這台簽到機屬於單位主機，沒有備份，送出的紀錄都在主機上：請保留 {path}，"
            "再到新的資料夾重新加入；紀錄還讀得出來時，用 `kiosk join --from {path}`"
        ),
        "UNIT_HEAD_LOST": "單位的紀錄接不上主機先前送來的驗證碼（第 {position} 筆）；驗證碼保留在 {file}",
        "OTHERS_MISSING": "不含其他簽到機和單位主機自 {since} 起的紀錄",
        "NO_PAST_YET": "單位主機還沒有送來資料，無法回答當時的情形：請看 `kiosk status`",
        "PAST_AT_HUB": "{asked} 早於這台簽到機保存的資料，資料從 {begins:%Y-%m-%d} 開始：請在單位主機查詢",
        "OTHERS_UNKNOWN": "不含其他簽到機和單位主機的紀錄：還沒有資料副本",
    },
    "JoinedStatusText": {
        "HEARD": "{at} 連線正常；單位主機的時鐘減這台的時鐘：{offset} 秒",
        "CLOCKS_DIFFER": (
            "{at} 連線正常；單位主機的時鐘減這台的時鐘：{offset} 秒：請校正不準的那一個；時鐘不準期間的刷卡待人確認"
        ),
        "UNHEARD": "自 {since} 起沒有連線，刷卡仍會記錄：{why}",
        "NEVER_HEARD": "從未連線：{why}",
        "STOPPED": "自 {since} 起不接收這台簽到機的紀錄，刷卡仍會記錄：{why}",
        "CLOCK_OF_KIOSK": (
            "{fault}。批次檔要在單位主機執行：`correct_clock` 寫明這台簽到機；`confirm_clock` 只確認單位主機的時鐘，"
            "這台的時鐘與它一致時，`kiosk sync` 就視為已確認"
        ),
        "NO_SYNC": "`kiosk sync` 沒有在執行：請啟動它，或檢查它的服務為什麼沒有啟動",
        "NOT_YET": "`kiosk sync` 正在執行，還沒有收到回應",
        "ALARM": "{why}（{alarm}）",
        "ALL_SENT": "{events:,} 筆事件都已送到單位主機",
        "UNSENT": "{count:,} 筆事件還沒有送到單位主機，第一筆是 {since}",
        "NOT_KNOWN_TO_BE_HELD": (
            "單位主機已接收 {held:,} 筆事件，這裡的紀錄有 {events:,} 筆，但已倒退或內容不同："
            "主機可能缺少這裡的刷卡，也不會再接收；"
            "請複製這個資料夾，到單位主機用 `kiosk kiosks --not-held` 查看缺少哪些"
        ),
        "COPY_AS_OF": "{at} 的資料，{events:,} 筆事件",
        "COPY_EMPTY": "沒有資料：連上單位主機以前查不到任何卡片，每次刷卡都記為未受理",
        "COPY_CUT_DOWN": "自 {since} 起沒有連線，已超過 30 天：已刪除姓名和其他簽到機的刷卡",
        "UNIT_HEADS_EXTENDED": "單位的紀錄接得上主機送來過的每一個驗證碼；最近一個：第 {position} 筆，{at}",
        "NO_UNIT_HEADS": "主機還沒有送來驗證碼",
        "UNIT_HEAD_LOST": (
            "單位的紀錄接不上主機在 {at} 送來的驗證碼 {head}：紀錄曾從備份還原，或有人改過；"
            "請把 {file} 複製到別的電腦，再到主機上用 `kiosk verify --heads` 比對"
        ),
        "NOT_PROVED_SINCE": "自 {at} 起，主機送來的資料都沒有附證明：請在兩邊安裝相同版本，或查明原因",
    },
}
