"""What the programs for card readers print and ask, in Chinese as written in Taiwan."""

TEXTS = {
    "ReaderText": {
        "PCSC_NEEDS_NO_PROFILE": '{text} 不需要讀卡格式：請在 [[reader]] 寫 port = "{text}"，不要寫 `profile`',
        "NO_PERMISSION": "{user} 不能使用：請執行 `sudo usermod -aG {group} {user}`，再重新登入",
        "HELD_BY_ENTRANCE": "簽到畫面正在使用",
        "HELD_BY_PROGRAMS": "{holders} 正在使用：請結束那個程式",
        "BRLTTY_INSTALLED": "已安裝 brltty，執行時會占用這種轉接器：請移除（apt purge brltty）",
        "HELD_BY_ANOTHER_PROGRAM": "另一個程式正在使用：請結束那個程式",
        "HOLD_CARD_TO_IDENTIFY": "第 {card} 張，共 {cards} 張：請刷卡",
        "CARD_READ": "讀到了：請拿開卡片",
        "NO_PROFILE_READS_PORT": (
            "沒有格式讀得懂 {port} 送出的資料：請用 `kiosk readers watch {port}` 看內容，"
            "再自己寫一個格式（docs/readers.md）"
        ),
        "LISTENING": "正在聽取 {ports}：請等到畫面請您刷卡",
        "POLLED_READER_FOUND": "有讀卡機回應 {name} 的查詢",
        "NO_TAP": (
            "{seconds:g} 秒內，{ports} 沒有送出任何資料：請檢查讀卡機的線材與電源，以及卡片種類；"
            "`kiosk readers list` 會列出連接埠的問題"
        ),
        "NO_CARD_AT_THIS_SPEED": "這個傳輸速率讀不出卡號：請拿開，再用同一張卡刷一次",
        "SAME_CARD_AGAIN": "這張卡已經刷過：請換一張",
        "ANOTHER_CARD_IS_ISSUED": "簽到畫面正在發另一張卡：請等它完成再開始",
        "UNKNOWN_TO_ENTRANCE": "簽到畫面開啟以後，{name} 才寫入 kiosk.toml：請重新開啟簽到畫面",
        "ENTRANCE_ENDED": "簽到畫面已經結束：請重新開始",
        "CLOSE_THE_ENTRANCE": (
            "{address}：簽到畫面正在使用；請關閉簽到畫面（systemctl stop kiosk-entrance），再試一次"
        ),
        "MISSING": "沒有接上：請接上，或更正 kiosk.toml 的連接埠",
        "CARD_OF_ANOTHER_VOLUNTEER": ("這張卡是志工 {number}{masked} 的：請換一張，或先停用原來的（revoke_card）"),
        "HOLD_CARD_TO_ISSUE": "請刷要發給 {volunteer} 的卡：{name}",
        "HOLD_ONCE_MORE": "讀到 {masked}：請拿開卡片，數到二，再刷一次",
        "CARD_HELD_ALREADY": "{number} 已經有這張卡：沒有做任何更改",
        "LOSSY_PROFILE": (
            "注意：格式 {name} 讀到的號碼不完整（{loses}）。卡片沒有問題，但在這種讀卡機發的卡，只有同類的讀卡機認得"
        ),
        "SECOND_READ_DIFFERS": "第二次讀到另一個號碼 {masked}：沒有發卡，請重新開始",
        "READER_ANSWERS": "讀卡機有回應",
        "READER_DOES_NOT_ANSWER": "讀卡機沒有回應",
        "TEST_PASSED": "通過：讀到 {masked}",
        "TEST_READ_ANOTHER_NUMBER": "失敗：讀到另一個號碼 {masked}：請用正確的卡，或重新辨識讀卡機",
        "TEST_READ_UNUSABLE_NUMBER": "失敗：讀到 {masked}。{reason}",
        "SETTINGS_NOT_CHANGED": "沒有更改 {file}，因為改了會讀不懂：{error}",
        "NO_CARD": "{name}：{seconds:g} 秒內沒有讀到卡：請檢查卡片種類、線材與電源",
        "CARD_UNREADABLE": "{name}：讀不出收到的資料：{reason}",
        "NO_READER_CONFIGURED": "kiosk.toml 沒有設定讀卡機：`kiosk readers identify` 會找出該怎麼寫",
        "CHOOSE_A_READER": "有好幾台讀卡機：請寫明是哪一台，{readers}",
        "UNKNOWN_READER": "kiosk.toml 沒有讀卡機 {name!r}：可以是 {readers}",
        "SERIAL_ADAPTER": "{chip}，序列轉接器：請辨識上面接的讀卡機",
        "WEDGE_125_KHZ": "125 kHz 鍵盤型讀卡機，常見格式 em-8h10d",
        "WEDGE_ANY": "125 kHz 或 13.56 MHz 鍵盤型讀卡機，常見格式 em-8h10d 或 decimal-uid-reversed",
        "ACR122U": "ACR122U，PC/SC",
        "ACR1252U": "ACR1252U，PC/SC",
        "ADVANCED_CARD_SYSTEMS": "Advanced Card Systems 的讀卡機，通常是 PC/SC",
        "ARDUINO": "Arduino：請辨識它送出的資料",
        "HONEYWELL": "Honeywell 條碼掃描器，qr",
        "ZEBRA": "Zebra 條碼掃描器，qr",
        "NUMBERS_DIFFER": ("讀得懂讀卡機的格式（{profiles}），但號碼與輸入的不同：請確認刷卡的順序與輸入的數字"),
        "NO_PROFILE_READS_CARDS": "沒有格式讀得出這三張卡：請用 `kiosk readers watch` 看送出的位元組",
        "NEEDS_CARD_KIND": (
            "卡片的種類：請照 125 kHz 感應扣上有逗號的寫法輸入一個號碼（623,27706），或照手機顯示 13.56 MHz 卡的寫法"
            "輸入十六進位（手機讀不到 125 kHz）"
        ),
        "NEEDS_BYTE_ORDER": "位元組的順序：請照有 NFC 的手機所顯示，輸入一個十六進位號碼（26:DE:FA:E7）",
        "NEEDS_NUMBER": "號碼：請輸入一個十六進位號碼，或刷別的卡",
        "OTHER_READS_CARDS_ALIKE": (
            "{two} 讀這三張卡的結果相同；讀卡機送出 {sent} 的卡屬於 {one}，送出 {sent_to_other} 的屬於 {two}"
        ),
        "UNDECIDED": "三張卡符合 {groups}。還不知道的是{needed}",
        "TYPE_AGAIN": "不用再刷卡：可以的話請重新輸入號碼；直接按 Enter 就不變",
        "IDENTIFY_AGAIN": "{undecided}。然後再辨識一次",
        "CARDS_READ": "三張卡是 {cards}",
        "OTHER_READS_ANOTHER_KIND": "{two} 把同樣的位元組讀成 {tech} 種類的卡：請選定一個，以後都用它",
        "OTHER_READS_THE_SAME": "{two} 讀每張卡的結果都和 {one} 相同：用哪一個都可以",
        "LESSER_PROFILES": "這些格式也讀得出來，但取得的號碼較少：{names}",
        "READER_LOSES": "這台讀卡機讀到的號碼不完整（{loses}）：它讀的卡只有同類的讀卡機認得",
        "A_PROGRAM": "某個程式",
        "OR": " 或 ",
        "AND": "；以及",
        "WATCHED_CARD": "  卡片 {card}",
        "WATCHED_NO_CARD": "  不是卡片：{reason}",
    },
}
