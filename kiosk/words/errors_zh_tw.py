"""What is wrong with settings, fields, batch files, homes and backups, in Chinese as written in Taiwan."""

TEXTS = {
    "SettingsText": {
        "TEMPLATE": (
            "# 這台簽到機的名稱。每次刷卡都會記下這個名稱，請在第一次刷卡以前決定。\n"
            'kiosk = "entrance"\n\n'
            "# 其他簽到機的名稱，它們的刷卡會併入這份紀錄。\n"
            "other_kiosks = []\n\n"
            "# 服務日所用的時區，建立時就已決定。\n"
            'zone = "{zone}"\n\n'
            '# 指令列的語言："zh-TW" 或 "en"。環境變數 LANGUAGE、LC_ALL、LC_MESSAGES、LANG 優先。\n'
            '# language = "zh-TW"\n\n'
            '# 公開畫面上姓名的寫法："surname-and-last"（王〇明）或 "surname-only"（王〇〇）。\n'
            'masking = "surname-and-last"\n\n'
            "# 簽到畫面的提示音，0 到 100，由 aplay（alsa-utils）或 pw-play（pipewire）播放。\n"
            "# [sound]\n"
            "# on = true\n"
            "# volume = 60\n\n"
            "# 寄給承辦人與志工的通知；說明見 docs/operator.md。\n"
            "# [notices]\n"
            '# from = "kiosk@example.org"\n'
            '# digest_to = ["coordinator@example.org"]   # 每天的日報寄給誰\n'
            '# heads_to = ["auditor@example.org"]        # 每天最新的已簽署驗證碼寄給誰留存\n'
            "# reminders = true           # 值勤前一天提醒志工\n"
            '# at = "07:00"\n'
            '# folder = "outbox"          # 不寄信，改成寫入資料夾\n'
            "# [notices.mail]\n"
            '# host = "smtp.example.org"\n'
            '# security = "starttls"      # 或 "tls"、"none"\n'
            '# user = "kiosk"\n'
            '# password_file = "mail.password"   # 只有擁有者可以讀取（chmod 600）\n\n'
            "# 每晚簽署的驗證碼複製到哪裡；見 docs/operator.md。\n"
            "# [heads]\n"
            '# folders = ["/mnt/office/heads"]\n'
            '# key = "/etc/kiosk/head.key"  # 只交給夜間工作\n'
            "# code_at_entrance = true      # 刷卡後顯示短碼，供日後查驗\n\n"
            "# 每台讀卡機一段；port 與 profile 的寫法見 docs/readers.md。\n"
            "# [[reader]]\n"
            '# name = "door"\n'
            '# port = "/dev/serial/by-id/usb-..."\n'
            '# profile = "rdm6300"\n'
            "# baud = 9600                # 與 profile 不同時才需要\n"
            '# direction = "in"           # 只限簽到（in）或簽退（out）的讀卡機才需要\n'
            '# place = "front entrance"   # 放在哪裡，故障時方便找\n'
        ),
        "STORE_BLOCK": (
            "\n# 事件紀錄所在的資料庫，以及其中的單位。密碼請放在 ~/.pgpass。\n"
            "[store]\n"
            'address = "{address}"\n'
            'unit = "{unit}"\n'
        ),
        "NOT_A_DATABASE": "這不是 PostgreSQL 資料庫的位址：請寫成 postgresql://角色@主機/資料庫",
        "PASSWORD_IN_ADDRESS": "這裡不能寫密碼：請放在密碼檔（~/.pgpass、PGPASSFILE）或服務檔，並設 chmod 600",
        "HAS_A_STORE": "{path} 的 [store] 已經指定了資料庫：請刪除那一段，或不要加 --store",
        "NO_POSTGRESQL_CLIENT": "這種機器沒有安裝 PostgreSQL 的用戶端：請把事件紀錄存在檔案裡",
        "UNKNOWN_ZONE": "沒有 {name!r} 這個時區：請照時區資料庫的名稱填寫，例如 Asia/Taipei",
        "PROFILE_MISSING": "缺少欄位 `profile`：這是讀卡機送出卡號的格式，可以是 {profiles}",
        "UNKNOWN_PROFILE": "沒有 {name!r} 這種讀卡格式：{advice}",
        "NOT_A_KEYBOARD_PROFILE": "鍵盤型讀卡機不會送出 {name!r} 這種格式：請選文字格式，例如 em-8h10d",
        "PCSC_PROFILE_AND_PORT": "格式 'pcsc' 與連接埠 pcsc: 只能一起使用",
        "NOT_UTF_8": "{path}：這個檔案不是 UTF-8：請存成 UTF-8",
        "CANNOT_READ": "{path}：無法讀取（{strerror}）：請檢查檔案與擁有者",
        "KIOSK_NAME_TAKEN": "每台簽到機要有自己的名稱，而且不能叫做 {desk!r}",
        "READER_NAME_TAKEN": "有兩台讀卡機都叫做 {name!r}：請取不同的名稱",
        "PORT_TAKEN": "有兩台讀卡機都接在 {port!r}：請填各自的連接埠",
        "PORT_HAS_NO_SPEED": "接在 {port!r} 的讀卡機沒有傳輸速率：請刪除 `baud`",
        "UNKNOWN_AWARD": "獎勵目錄中沒有 {award!r}：請用 kiosk awards 查看",
        "UNKNOWN_CATEGORY": "獎勵目錄中沒有獎項採計服務類別 {category!r}",
        "CATEGORIES_AND_SCOPE": 'scope 為 "category" 時必須有 `categories`，其他 scope 不能有',
        "SCOPE_NEEDS_CITY": 'scope 為 "city" 時必須寫 `city`',
        "YEARS_REVERSED": "`effective_to` 早於 `effective_from`",
        "AWARD_TWICE": "獎項 {award!r} 有兩列適用同一年：請在較早的一列寫 `effective_to`",
    },
    "JsonText": {
        "CUT_SHORT": "太早結束，少了引號、括號，或這一行後面的內容",
        "TRAILING": "結束之後還有別的內容，一行只寫一個物件",
        "TRAILING_COMMA": "多了一個逗號",
        "COMMA_EXPECTED": "少了逗號或右括號",
        "COLON_EXPECTED": "少了冒號",
        "BARE_NAME": '欄位名稱要加引號，例如 "do"',
        "BAD_NUMBER": "這個數字不是 JSON 的寫法",
        "BAD_ESCAPE": "反斜線後面不是 JSON 可用的字元",
        "TOO_DEEP": "括號一層又一層，沒有盡頭",
        "BAD_CHARACTER": "有不該出現的字元",
        "AT_BYTE": "{reason}（第 {byte:,} 個位元組）",
    },
    "BatchText": {
        "NOT_AN_OBJECT": '這一行不是 JSON 物件：請寫成 {{"do": …, …}}',
        "NOT_JSON": "這一行不是 JSON：{error}",
        "UNKNOWN_COMMAND": "沒有 {do!r} 這個指令：{advice}",
        "INSTANT_OUT_OF_RANGE": "是 {year} 年的時間：{text!r}；請寫成 2026-11-19T08:58",
        "DATE_OUT_OF_RANGE": "是 {year} 年的日期：{text!r}；請寫成 2026-11-19 或 115-11-19",
        "MUST_BE_TEXT": "必須是文字",
        "NAME_UNUSABLE": "含有不能存入姓名的字元 {code}：請刪除",
        "NOT_A_NATIONAL_ID": "不是身分證或居留證號碼：應為一個英文字母加九個數字，或兩個字母加八個數字，請確認",
        "NATIONAL_ID_MISTYPED": "檢查碼不符，這個身分證或居留證號碼打錯了：請確認",
        "NAME_WITH_SPACE": "是空白，或前後有空格：請只寫姓名",
        "NAME_TOO_LONG": "最多 {longest} 個字",
        "NOT_AN_INSTANT": "不是時間：{text!r}；請寫成 2026-11-19T08:58",
        "DATE_WITHOUT_TIME": "只有日期，沒有時間：{text!r}；請寫成 2026-11-19T08:58",
        "AMBIGUOUS_TIME": (
            "因為日光節約時間的調整，這個時間不存在，或出現兩次：{text!r}；請連同時差寫成 2026-11-19T08:58+08:00"
        ),
        "AMBIGUOUS_DATE": "年份只有兩位數：{text!r}；請寫成 2026-11-19 或 115-11-19",
        "NOT_A_DATE": "不是日期：{text!r}；請寫成 2026-11-19 或 115-11-19",
        "TRAINING_NEEDS_ONE_DATE": "訓練的 `on`（日期）與 `completed_at`（時間）請擇一填寫",
        "REVOKED_CARD_OR_EVENT": "停用卡片要寫卡號 `card`，或發卡的紀錄編號 `event`，兩者擇一",
        "CATEGORY_MISSING": "缺少欄位 `category`：特殊訓練必須寫明服務類別",
        "RETROACTIVE_SWAP_UNSIGNED": "事後補登換班，請填寫登錄人 `by` 與理由 `reason`",
        "CLOCK_IS_CONFIRMED_NOW": "`confirm_clock` 是確認這台電腦現在的時鐘：請用於正式資料夾，並刪除 `at`",
        "SIMULATION_NEEDS_AT": "缺少欄位 `at`：模擬時每一行都要寫明時間",
        "REAL_HOME_REFUSES_RECORDED_AT": "`recorded_at` 只能用於模擬：正式資料夾的登錄時間以電腦的時鐘為準",
        "LINE_TOO_LONG": "這一行超過 {longest_line:,} 位元組：請分成幾個指令",
        "BOOKED_TWICE": "請留意：{volunteer} 同一時間排了 {shift} 和 {other}",
        "SHIFT_ON_WEEKEND": "請留意：{shift} 排在週末 {day}",
        "SHIFT_ON_HOLIDAY": "請留意：{shift} 排在放假日 {day}",
        "YEAR_WITHOUT_CALENDAR": "請留意：{year} 年的辦公日曆還沒有匯入，放假日會當成上班日",
        "SHIFT_NOT_OPEN": "請留意：{shift} 排在單位不開放的日子 {day}",
        "SHIFT_WITHOUT_DESK": "請留意：{day} 的 {shift} 不在那個崗位的駐點時段內",
        "NOTHING_TO_CHANGE": "沒有要更改的欄位：請寫明要改哪些；空白文字表示清除",
        "PERSON_AS_BEFORE": "沒有更改：與目前保存的資料相同",
        "CARRIED_OUT_ALREADY": "先前已經執行過",
        "TRIED": "只是試作，沒有寫入；實際執行會顯示：{sentence}",
        "KEY_OF_ANOTHER_LINE": "這個 `key` 已經用於另一行：每一行請用不同的 key",
        "FIELD_TWICE": "這一行有兩個 `{name}`：請只留下正確的一個",
        "NO_SUCH_LINE": "{name}：沒有第 {first} 行，之後也沒有：請看批次檔停在哪一行",
        "FILE_EMPTY": '{name}：檔案是空的：一行寫一個指令，例如 {{"do": "tap", …}}',
        "CANNOT_OPEN": "{name}：無法讀取（{strerror}）：請檢查路徑",
        "CANNOT_READ": "{name}：無法讀取（{strerror}）：請檢查硬碟",
        "NOT_UTF_8": "第 {start} 個位元組（0x{byte:02x}）不是 UTF-8：請把檔案存成 UTF-8",
        "NOT_A_MONTH": "不是月份：{text!r}；請寫成 2026-11 或 115-11",
        "MONTH_STATED": "{month} 已經結清：第 {number} 次月報",
        "BOOKS_ENTERED": "{month} 的月報已登錄到 {count} 位志工的紀錄冊",
        "SPOT_CHECK_DRAWN": "第 {number} 次抽查：{holders} 本紀錄冊抽 {size} 本：{listed}",
        "INSURED_TWICE": "`volunteers` 裡有志工重複：每人只寫一次",
        "NOTHING_DESCRIBED": "沒有寫 `item` 或 `content`：請至少寫一個",
        "SHIFT_OR_EVENT": "只能指定一個：`shift` 或 `event`；登錄一天的人次則用 `on`",
        "DRILL_TWICE": "演練名單裡有志工出現兩次：每位不是到齊，就是未到",
        "UNKNOWN_AWARD": "沒有獎項 {award!r}：{advice}",
        "UNKNOWN_CONDITION": "獎項 {award!r} 沒有條件 {condition!r}：{advice}",
        "HOURS_MISSING": "缺少時數：請寫 `hours`、`minutes` 或兩者",
    },
    "InputFileText": {
        "NOT_REGULAR": "{path}：這不是一般檔案：請指定硬碟上的檔案",
        "TOO_LARGE": "{path}：檔案超過 {longest:,} 位元組：請確認檔案是否正確",
        "NO_PATH": "路徑含有不能使用的字元：請檢查",
    },
    "HomeText": {
        "VIEWS_REBUILT": "{file} 與上次結束時不同：已從紀錄重新計算，沒有遺失任何資料",
        "NOT_A_HOME": "{path} 不是 kiosk 的資料夾：請指定正確的資料夾，或執行 `kiosk init --home {path}`",
        "LOG_LOST": "{path} 的 {log_file} 不見了，或沒有建立完成：請從備份還原，或清空這個資料夾",
        "OTHER_ZONE": '{file}：時區是 {written}，但這個資料夾建立時用的是另一個：請寫成 zone = "{made_for}"',
        "TWO_LOGS": (
            "{path} 有事件紀錄 {log_file}，但 kiosk.toml 又指定了 {address}：請刪除 [store]，或把 {log_file} 移走"
        ),
        "MAKING_CUT_SHORT": "{path} 建立到一半就中斷了：請清空資料夾，再執行一次 `kiosk init`",
        "NO_PERMISSION": "這位使用者不能進入 {path}：請以擁有者的身分執行，或用 chown 更改擁有者",
        "ALREADY_A_HOME": "{path} 已經是 kiosk 的資料夾：沒有做任何更改",
        "FOLDER_NOT_EMPTY": "{path} 不是空的（有 {name}）：請另選一個新的資料夾",
        "OF_ANOTHER_USER": (
            "{path} 屬於 {owner}，沒有做任何更改：請以 {owner} 的身分執行（`sudo -u {owner} kiosk …`），或用 chown "
            "更改擁有者"
        ),
        "FOLDER_OF_ANOTHER_USER": "{path} 屬於別的使用者：請選自己的資料夾，或以擁有者的身分執行",
        "WAL_IN_BACKUP": "{path} 在備份完成後被更動過：備份裡不會有 {wal}：請改用另一份備份",
        "IS_A_BACKUP": "{path} 是備份，不能寫入：請先還原，`kiosk restore {path} --to DIR`",
        "INSIDE_A_BACKUP": "不能寫入 {path}：{folder} 是備份；請指定備份以外的資料夾",
        "OPEN_TO_OTHERS": "其他使用者可以讀取 {path}：請執行 `chmod {wanted} {path}`",
        "SITE_KEY_MISSING": "{path} 沒有金鑰：請從備份還原，沒有金鑰就認不出任何卡片",
        "OTHER_SITE_KEY": "{file} 不是這個資料夾的金鑰：請從備份放回原來的金鑰，否則認不出任何卡片",
        "PATH_IS_A_FILE": "{path} 是檔案：請指定新的資料夾",
        "CANNOT_MAKE": "無法在 {path} 建立資料夾（{strerror}）：請另選一個",
        "CANNOT_CLOSE_TO_OTHERS": "無法限制其他使用者讀取 {path}（{strerror}）：請以擁有者的身分執行",
        "CANNOT_WRITE": "無法寫入 {path}（{strerror}）：請檢查硬碟",
        "PEOPLE_STORE_MISSING": "{path} 沒有人員資料：請從同一天的備份還原",
        "PEOPLE_STORE_IN_USE": "另一個程式正在讀取 {path}：請稍後再執行一次，在那之前 WAL 裡還留有個資",
        "COPY_IN_USE": "有程式正在使用人員資料的副本 {path}：請等它結束，再執行一次",
        "NOT_A_PEOPLE_STORE": "{path} 不是本程式的人員資料：請從備份還原",
        "PEOPLE_STORE_UNUSABLE": "無法使用人員資料 {path}（{error}）：請檢查硬碟",
        "PEOPLE_STORE_ALTERED": "{path} 裡有本程式不曾寫入的內容（{error}）：請保留檔案，從備份還原",
        "SETTING_REFUSED": "SQLite 在 {path} 的 {setting} 是 {got}，不是 {wanted}：請使用本機硬碟",
        "PIN_NOT_DIGITS": "PIN 是 {fewest_digits} 到 {most_digits} 位數字：請重新選一個",
        "PIN_TOO_SIMPLE": "全部相同或連續的數字容易被猜中：請重新選一個",
        "PIN_HASH_DAMAGED": "保存的 PIN 已經損壞：請用 `kiosk coordinator` 重新設定",
        "PASSWORD_HASH_DAMAGED": "保存的密碼已經損壞：請用 `kiosk account password` 重新設定",
        "PASSWORD_LENGTH": "密碼是一行 {fewest} 到 {most} 個字：請重新選一個",
        "PASSWORD_TOO_SIMPLE": "這個密碼容易被猜中：請至少用 {distinct} 個不同的字元",
        "ACCOUNT_EXISTS": "{name} 已經有帳號：請用 `kiosk account password` 設定密碼，或先移除再新增",
        "NO_SUCH_TOKEN": "{name} 沒有存取權杖：`kiosk token list` 會列出有權杖的系統",
        "NO_SUCH_ACCOUNT": "沒有 {name} 這個帳號：`kiosk account list` 會列出所有帳號",
        "NO_PIN_SET": "{name} 沒有設定 PIN：`kiosk coordinator` 會列出已設定的人",
        "LOCK_NOT_WRITABLE": "無法寫入 {parent}（{strerror}）：請檢查資料夾",
        "CALENDAR_ENCODING": "{file}：這個檔案不是 UTF-8 也不是 Big5：請重新下載",
        "CALENDAR_INCOMPLETE": "{file}：缺少 {missing}：請使用 {year} 年完整的辦公日曆表",
        "CALENDAR_HEADER": "{file}:1：這不是辦公日曆表的標題列（{header}）：請重新下載",
        "CALENDAR_NO_TABLE": "{file}：這不是辦公日曆表：請重新下載",
        "CALENDAR_FLAG": "{where}：{day} 的註記必須是 {work}（上班）或 {holiday}（放假）",
        "CALENDAR_CANNOT_READ": "{file}：無法讀取（{strerror}）：請檢查路徑",
        "CALENDAR_DATE": "{where}：第一欄不是日期：寫法是 20261009",
        "CALENDAR_DAY_UNEXPECTED": "{file}:{line_num}：{day} 重複，或不在 {year} 年：請檢查檔案",
    },
    "BackupText": {
        "BACKUP_RUNNING": "已經有備份正在寫入 {where}：請等它完成",
        "BACKUP_EXISTS": "{target} 已經存在：這一秒已經做過備份",
        "NO_ROOM": "{where} 只剩 {free} MiB，備份需要 {needed} MiB：請清出空間",
        "COPY_NOT_WHOLE": "沒有備份：紀錄的副本有問題，{verdict}：請用 `kiosk verify` 驗證",
        "COPY_ENDS_ELSEWHERE": "沒有備份：副本的結尾與紀錄不同：請用 `kiosk verify` 驗證",
        "FOLDER_NOT_WRITABLE": "備份無法寫入 {where}（{strerror}）：請另選資料夾",
        "BACKUP_CUT_SHORT": "寫入 {where} 的備份中斷了（{strerror}）：請檢查那顆硬碟",
        "TIDYING_FAILED": "{folder} 已經備份完成，但之後的整理失敗（{strerror}）：請檢查硬碟",
        "NO_BACKUP_FOUND": "找不到 {home} 的備份：請執行 `kiosk backup`，或指定備份",
        "BACKUP_OF_ANOTHER_HOME": "{backup} 是另一個資料夾的備份：請指定 {home} 的備份",
        "DRILL_FAILED": "還原演練失敗：{trouble}",
        "UNIT_FILES_UNUSABLE": "單位自己的檔案不能用，其他都完整：{faults}",
        "SEPARATOR": "；",
        "DRILL_NOT_RECORDED": "無法在 {home} 記下還原演練（{strerror}）：請檢查硬碟",
        "IS_UNFINISHED": "不是完成的備份",
        "IS_MISSING": "不存在",
        "NOT_A_BACKUP": "{folder} {state}（沒有 {description}）：請指定 `kiosk backup` 寫出的資料夾",
        "DESCRIPTION_UNREADABLE": "無法讀取 {folder}（{strerror}）：請檢查路徑與擁有者",
        "DESCRIPTION_ALTERED": "{folder} 被更動過：請改用另一份備份",
        "OTHERS_CAN_WRITE": ("其他使用者可以寫入 {folder}：請先看看裡面多了什麼，再執行 `chmod go-w {folder}`"),
        "NOT_SEALED": "{folder} 沒有封印：可能被更動過，或是 0.1 版做的；確定可信時，請加上 --unsealed",
        "WRONG_SEAL": "{folder} 被更動過：說明檔沒有原資料夾的封印：請改用另一份備份",
        "OTHER_SITE_KEY": "{backup} 與 {lost} 的金鑰不同：可能被調換，或是另一個資料夾的備份",
        "LINE_NOT_AUTHENTIC": "{ledger} 中關於 {volunteer} 的一行被更動過：請改用另一份備份裡的刪除清單",
        "LINE_NOT_SEALED": (
            "{ledger} 中關於 {volunteer} 的一行沒有封印：可能是別人加的，或是 0.1 版寫的；確定可信時，請加上 --unsealed"
        ),
        "FILE_ALTERED": "{folder} 在備份完成後被更動過：請改用另一份備份",
        "FILE_UNREADABLE": "無法讀取 {folder}（{strerror}）：請改用另一份備份",
        "LAST_DRILL_FAILED": "上次還原演練失敗：{why}",
        "NEVER_DRILLED": "備份從來沒有試著還原過：請執行 `kiosk restore --drill`",
        "DRILL_LATER_THAN_NOW": ("上次成功的還原演練是 {at}，比現在還晚：時鐘曾經不準，請執行 `kiosk restore --drill`"),
        "DRILL_TOO_OLD": "上次成功的還原演練是 {at}，超過一天：請執行 `kiosk restore --drill`",
        "ENTRANCE_OPEN": "{folder} 的簽到畫面還開著：請先關閉，否則刷卡會遺失",
        "TARGET_IS_A_HOME": "{into} 已經是 kiosk 的資料夾：沒有做任何更改；請先把它移開，或用 --to 指定新的資料夾",
        "TARGET_HAS_SETTINGS": "{into} 不是空的（有 {settings_file}）：請另選一個新的資料夾",
        "LOST_HOME_MISSING": "沒有資料夾 {lost}：請指定遺失的資料夾，或不要加 --from-home",
        "RESTORE_CUT_SHORT": "沒有還原（{strerror}）：請檢查 {beside} 的硬碟",
        "LOST_HOME_IS_ANOTHER": "這份備份不是 {lost} 的：請指定遺失的資料夾",
        "LOG_ENDS_ELSEWHERE": "紀錄的結尾與備份說明不同",
        "RESTORED_LOG_NOT_WHOLE": "沒有還原：{trouble}：請改用另一份備份",
        "REBUILD_DIFFERS": "沒有還原：從事件計算兩次，結果不同：請回報這個問題",
        "LEDGER_UNREADABLE": "無法讀取 {folder}（{strerror}）：請檢查硬碟與擁有者",
        "LEDGER_ALTERED": "{folder} 被更動過：請從備份裡，或備份旁邊，取回原來的檔案",
        "LEDGER_NOT_WRITABLE": "無法寫入 {folder}（{strerror}）：請檢查硬碟",
    },
    "HeadText": {
        "NOT_A_HEAD": "{source} 不是驗證碼：請寫成 403:05133f95...（64 位數）、403:7K3M-Q2WX-9HTB，或只寫那 64 位數",
        "NO_HEAD_IN_FILE": "{path} 裡沒有驗證碼：一行寫一個，例如 403:05133f95...",
        "NOT_A_FILE_OF_HEADS": "{path} 不是驗證碼的檔案：請指定文字檔，一行一個，例如 403:05133f95...",
        "CANNOT_READ": "無法讀取 {path}（{strerror}）：請指定文字檔，一行一個驗證碼",
        "NOT_EXTENDED": "紀錄接不上 {source} 的驗證碼：{fault}",
        "NOT_EXTENDED_SINCE_RESTORE": "{objection}（事件 {position} 記載：曾從結束於 {backup} 的備份還原）",
        "FALSE_SETTLEMENT": "事件 {position} 結算時所寫的驗證碼，之前的紀錄從來沒有過",
        "NOTHING_SETTLED": "沒有結算：{objection}：請保留檔案，查明是誰還原或更動了紀錄",
        "NO_BACKUP": "沒有備份：{objection}：請保留檔案，查明是誰還原或更動了紀錄",
        "NO_DRILL": "{objection}：請保留檔案，查明是誰還原或更動了紀錄",
    },
}
