"""The help of the command line, in Chinese as written in Taiwan."""

TEXTS = {
    "HelpText": {
        "EXAMPLE": "範例：",
        "COMMANDS": "指令",
        "SHORT_INIT": "建立資料夾",
        "SHORT_MONTH": "一個月的時數：結清、月報",
        "SHORT_HOURS": "採計的時數",
        "SHORT_AWARDS": "誰符合哪個獎項，還差什麼",
        "SHORT_VOLUNTEERS": "所有志工：狀態、訓練、卡片、時數",
        "SHORT_EXITS": "退場審查",
        "OPTION_FORMAT_LIST": "清單的格式；預設依 FILE 的副檔名，否則是表格。xlsx 和 ods 需要 --output。",
        "OPTION_OUTPUT": "把清單寫到新的檔案，只有擁有者可以讀取。",
        "SHORT_IMPORT": "從試算表匯入志工、卡片、訓練、班次",
        "IMPORT": (
            "從 FILE（XLSX、XLS、ODS 或 CSV）讀取志工與其卡片、訓練，或班次。\n\n"
            "先列出每一欄當作什麼，再逐列檢查並試做；有一列不對，就全部不儲存。"
            "系統裡已經有的不會變動，所以同一份檔案可以再匯入。"
        ),
        "OPTION_CHECK_IMPORT": "逐列檢查並試做，不儲存。",
        "OPTION_SKIP_WRONG": "儲存正確的列，並說明略過哪幾列。",
        "OPTION_COLUMN": "某一欄是什麼，用標題或欄名（A、B…）指定；不讀取的欄寫 -。",
        "OPTION_SET": "沒有欄位而每列相同的資料（如mode=rostered）。",
        "OPTION_SESSION": "時段從幾點到幾點。",
        "OPTION_SHEET": "試算表有好幾張時，是哪一張工作表。",
        "OPTION_HEADER_ROW": "標題在第幾列；預設自動尋找。",
        "OPTION_UPDATE": "已登錄的志工資料不同時，改成檔案上的。",
        "OPTION_IMPORT_BY": "由誰匯入；預設是系統。",
        "OPTION_SAME": "同上。",
        "OPTION_KEEP_GOING": "列出每一行錯誤，繼續執行。",
        "OPTION_CHECK_BATCH": "在資料夾的副本上試做整個批次檔，列出每一行錯誤。",
        "OPTION_FROM_LINE": "從第 N 行開始：批次檔中斷時會說明是哪一行。",
        "OPTION_BACKUPS_KEPT": "保留的備份份數，預設 {backups_to_keep}。",
        "OPTION_ROLE": "帳號的角色，決定可以看哪些頁面。",
        "OPTION_ADDRESS": "在哪個位址提供網頁，預設 {address}。不是本機位址時需要憑證。",
        "OPTION_PORT": "TCP 連接埠，預設 {port}；0 表示任選一個可用的。",
        "OPTION_CERTIFICATE": "https 的憑證，PEM 檔。",
        "OPTION_KEY": "憑證的金鑰，PEM 檔。",
        "OPTION_TRUSTED_PROXY": "提供 https 的代理伺服器連過來的位址。只相信它送來的標頭。",
        "OPTION_HOST": "瀏覽器用來連線的名稱，位址以外的。可以寫好幾次。",
        "OPTION_REMOVE_PIN": "移除 PIN。",
        "OPTION_KEEP_DEMO": "把示範的資料留在新的資料夾。",
        "OPTION_DEMO_MONTH": "示範哪個月，寫其中一天；預設今天。",
        "OPTION_DEMO_DESK": "最後開啟這個單位的櫃台網頁。",
        "OPTION_DEMO_DAYS": "到那天為止的 N 天，以及那天的班表。",
        "OPTION_TWO_INSTANTS": "寫兩次：從何時，到何時。",
        "OPTION_BASIS": "依據：本人要求、目的已經消失，或主管機關命令。",
        "OPTION_ERASED_BY": "由誰刪除，與批次檔的寫法相同；預設 system。",
        "OPTION_YES": "不再詢問；沒有終端機時必須加上。",
        "OPTION_SIMULATION": "時間跟著批次檔走。只能在建立時決定，以後不能更改。",
        "OPTION_ZONE": "服務日所用的時區，預設 Asia/Taipei。",
        "OPTION_STORE": "存放事件紀錄的 PostgreSQL 資料庫，postgresql://角色@主機/資料庫（KIOSK_STORE）。",
        "OPTION_DRY_RUN": "只印出檔案，不寫入。",
        "OPTION_USER": "由哪位使用者執行；預設是資料夾的擁有者。",
        "OPTION_UNIT_FOLDER": "檔案放在哪個資料夾。",
        "OPTION_BACKUP_FOLDER": "備份放在哪裡；放在另一顆硬碟比較好。",
        "OPTION_ISSUE_READER": "kiosk.toml 裡的讀卡機；有好幾台時必須寫明。",
        "OPTION_ISSUED_BY": "由誰發卡，與批次檔的寫法相同；預設 system。",
        "OPTION_LOSSY_OK": "不要提醒「只有同類的讀卡機認得這張卡」。",
        "OPTION_ISSUE_SECONDS": "兩次刷卡各等幾秒，預設 30。",
        "OPTION_HOME_AFTER": "資料夾（KIOSK_HOME；預設 ./kiosk-home）。",
        "OPTION_FORMAT": "結果的輸出方式。",
        "SHORT_RUN": "簽到畫面，全螢幕",
        "SHORT_DEMO": "戶政事務所的一天",
        "SHORT_APPLY": "執行批次檔",
        "SHORT_TAP": "由指令刷一次卡",
        "SHORT_READERS": "讀卡機：列出、觀察、辨識、測試",
        "SHORT_ISSUE": "刷卡發給志工",
        "SHORT_RECONCILE": "夜間結算：結算已經過完的日子",
        "SHORT_ERASE": "刪除一個人的個資；時數保留",
        "SHORT_VISITS": "到班紀錄，以及各採計多少",
        "SHORT_DUTIES": "值勤，以及每一班的結果",
        "SHORT_ABSENCES": "缺席：無故與請假",
        "SHORT_PENDING": "所有日子的待處理事項",
        "SHORT_ACCESSES": "誰看過哪些志工的姓名與資料，為什麼",
        "SHORT_DOCUMENT": "製發文件（PDF、試算表或網頁），附可以查驗的代碼",
        "SHORT_BUNDLE": "一整年的文件，做成一個 ZIP 檔供評鑑",
        "SHORT_MINISTRY": "一個月的時數，做成衛福部系統的匯入檔",
        "OPTION_COLUMNS": "檔案的欄數。",
        "OPTION_MINISTRY_FILE": "寫到新的 XLSX 檔案，只有擁有者可以讀取。",
        "OPTION_LEAVE_OUT": "有無法寫入的項目時，略過它們，寫入其餘的。",
        "OPTION_PREPARE": "把 codes.toml 與 ministry.toml 放到 kiosk.toml 旁邊，供單位修改。",
        "MINISTRY": (
            "把 MONTH（例如 2026-11）的時數做成衛福部系統的匯入檔：每位志工、每個項目與內容一列。"
            "代碼與欄位是資料檔，單位可以修改；沒有代碼的值勤、沒有有效身分證字號的志工，會在寫入之前全部列出。"
            "寫入誰的個資，會先記錄下來。"
        ),
        "SHORT_PRESENCE": "誰在場",
        "SHORT_EVENT": "一筆紀錄的內容、登錄人，以及影響到什麼",
        "SHORT_EXPLAIN": "某一天的每一分鐘：是否採計，為什麼",
        "SHORT_ROSTER": "承辦人的班表畫面",
        "SHORT_COORDINATOR": "誰可以在班表畫面更正，以及他們的 PIN",
        "SHORT_DESK": "承辦人的櫃台網頁",
        "SHORT_NOTIFY": "寄送當天的日報與值勤提醒",
        "SHORT_ACCOUNT": "誰可以登入櫃台網頁，角色是什麼",
        "SHORT_REPLAY": "從事件重新計算，並比對結果",
        "SHORT_DIFFERENCE": "兩個時間之間改變了什麼，為什麼",
        "SHORT_STATUS": "有什麼待處理、什麼不正常，該怎麼做",
        "SHORT_INSTALL_SERVICE": "讓 systemd 執行簽到畫面與夜間作業",
        "SHORT_BACKUP": "使用中備份資料夾，並驗證副本",
        "SHORT_RESTORE": "從備份還原並驗證；也可以只做演練",
        "SHORT_VERIFY": "驗證事件紀錄完整、未被更動",
        "OPTION_HOME": "kiosk.toml 與資料庫所在的資料夾（KIOSK_HOME；預設 ./kiosk-home）。也可以寫在指令後面。",
        "SHORT_LIST_READERS": "這台電腦的連接埠，以及各有什麼問題",
        "SHORT_WATCH": "逐位元組看讀卡機送出什麼",
        "OPTION_PROFILE": "卡號的讀取格式；預設照 kiosk.toml。",
        "SHORT_IDENTIFY": "用三張卡找出讀卡機的格式",
        "OPTION_NUMBERS": "三張卡的號碼，依順序。",
        "OPTION_KNOWN_BY": "不用輸入號碼，改用 kiosk.toml 裡認得這些卡的讀卡機。",
        "OPTION_READER_NAME": "讀卡機在 kiosk.toml 裡的名稱。",
        "OPTION_WRITE": "把 [[reader]] 一段加入 kiosk.toml。",
        "SHORT_TEST_READER": "用已知的卡測試讀卡機：通過或失敗",
        "OPTION_EXPECTED_CARD": "應該讀到的號碼，任何寫法都可以。",
        "OPTION_NO_CARD": "服務中或即將服務，但沒有卡的人。",
        "OPTION_TRAINING_MISSING": "服務中或即將服務，但還沒完成應有訓練的人。",
        "OPTION_ENDS_WITHIN": "服務協議在這麼多天內期滿的人；0 是今天。",
        "OPTION_CHANGES": "改列個人資料的更改：哪些欄位、何時、誰改的、為什麼；不列內容。",
        "OPTION_AS_OF": "截至某個時間，紀錄的內容。",
        "OPTION_SUM_BY": "依什麼加總。",
        "OPTION_PRESENT_AT": "那個時間誰在場；預設現在。",
        "OPTION_NAMES": "列出完整姓名，供資料的管理者使用；會先留下紀錄。",
        "OPTION_NAMES_REASON": "為什麼要看姓名：{purposes}，或自己寫。",
        "OPTION_SHOWN_TO": "給誰看（寫法同 `by`）；預設 system。",
        "OPTION_MUSTER": "緊急疏散點名單，供列印勾選。",
        "OPTION_VOLUNTEER": "只列這位志工。",
        "OPTION_TO": "到這個服務日為止。",
        "OPTION_FROM": "從這個服務日開始。",
        "OPTION_RECONCILE_UNTIL": "結算到這個服務日；預設昨天。",
        "OPTION_AGAINST": "先前存成 JSON 的資料。",
        "OPTION_SAVED_VIEW": "FILE 是哪一種資料；預設從欄位判斷。",
        "OPTION_SAVED_FILTER": "FILE 保存時的篩選條件。",
        "OPTION_RESTORE_TO": "新的或空的資料夾；預設是 --home 的。",
        "OPTION_LOST_HOME": "遺失的資料夾：看少了什麼、在那裡刪除了誰的個資。",
        "OPTION_UNSEALED": "相信沒有封印的備份與刪除清單（0.1 版所做）。",
        "OPTION_DRILL": "試著還原最新的備份，驗證，並記下結果。",
        "OPTION_CHECK_DRILL": "與 --drill 一起用：不還原，一天內沒有成功的演練就以 1 結束。",
        "OPTION_REPLAY": "從紀錄重播那個服務日。",
        "OPTION_SPEED": "重播一秒相當於當天幾秒，{slowest} 到 {fastest}；預設 {usual}。",
        "OPTION_TAP_READER": "在哪台讀卡機刷的；預設 script。",
        "OPTION_DIRECTION": "預設由系統判斷。",
        "OPTION_HAPPENED_AT": "發生時間：模擬時必填，其他時候不能填。",
        "SHORT_TOKEN": "哪些系統可以使用櫃台的介面，範圍是什麼",
        "TOKEN": "櫃台介面的存取權杖。一個系統一個，只顯示一次，不會保存。",
        "ISSUE_TOKEN": "發給系統一個權杖；原有的權杖立即失效。",
        "REVOKE_TOKEN": "收回系統的權杖，立即失效。",
        "LIST_TOKENS": "列出有權杖的系統與範圍。",
        "OPTION_SCOPE": "權杖的範圍：讀取，或某一類指令；可以給多次。",
        "ACCOUNT": "櫃台網頁的帳號。密碼要輸入兩次，或從標準輸入讀取。",
        "ADD_ACCOUNT": "新增帳號。已經有 PIN 的同名人員視為同一人。",
        "CHANGE_PASSWORD": "重新設定密碼；用這個帳號登入的都會登出。",
        "REMOVE_ACCOUNT": "移除帳號。PIN 會保留：請用 `kiosk coordinator NAME --remove` 移除。",
        "LIST_ACCOUNTS": "列出帳號與角色。",
        "DESK": "提供櫃台網頁：登入後可以看今天的班表，隨時更新。\n\n除非另外指定，只有這台電腦連得到。",
        "NOTIFY": (
            "依 kiosk.toml 的 [notices] 寄送當天的通知：給承辦人的日報，以及給明天有排班的志工的提醒。\n\n"
            "寄不出去的會等一段時間再試；計時器每十五分鐘執行一次。"
        ),
        "OPTION_NOTIFY_DRY_RUN": "只印出今天要寄的內容（姓名隱碼），不寄出。",
        "APPLY": (
            "執行批次檔：JSON Lines 格式，一行一個指令；- 表示從標準輸入讀取。\n\n"
            "遇到無法執行的一行就停止；之前的仍然有效，並會說明如何繼續。\n\n"
            "有 key 的一行，不論執行幾次都只算一次。"
        ),
        "BACKUP": (
            "使用中把資料夾備份到 TO 底下的新資料夾；預設是資料夾裡的 `backups`。\n\n"
            "備份含有個人資料，只有擁有者可以讀取。放在另一顆硬碟，這顆壞了也不怕。"
        ),
        "COORDINATOR": (
            "設定承辦人 NAME 的 PIN，從終端機或標準輸入；不寫 NAME 就列出誰有 PIN。\n\n"
            "PIN 是 6 到 12 位數字，不能全部相同，也不能連續遞增或遞減。"
        ),
        "DEMO": (
            "示範戶政事務所的一天，連同前面一個月：在簽到畫面上播放，沒有終端機時印成文字。\n\n"
            "加上 --days 就是到那天為止的許多天，每天夜間結算，再打開當天早上的班表，承辦人的 PIN 寫在畫面上；"
            "沒有終端機時印出摘要。\n\n"
            "加上 --desk，最後會開啟櫃台網頁，並印出登入的帳號，按 Enter 結束；"
            "沒有終端機時，每個單元各開一次，印出看到的內容。"
        ),
        "ERASE": (
            "刪除 VOLUNTEER 的個人資料與所有備註；服務協議必須已經期滿。刪除之後無法復原。\n\n"
            "時數會以代號保留。中斷的話，再執行一次就會完成；之後又出現的資料，再執行一次也會刪除。"
        ),
        "EVENT": "紀錄檔第 N 筆的內容、登錄人與理由、在紀錄鏈中的位置，以及影響到誰的哪一天。",
        "EXPLAIN": "說明志工某個服務日的時數。",
        "HOURS": "採計的分鐘數，以及值勤次數。",
        "READERS_IDENTIFY": (
            "找出讀卡機的格式：刷三張卡，並輸入每張卡上印的號碼。\n\n"
            "號碼照卡上的寫法輸入即可：十進位、有逗號、十六進位都可以（空格與冒號不影響）。不寫 PORT 時，"
            "會聽取 kiosk.toml 沒有寫到的每個連接埠。"
        ),
        "INIT": "建立新的資料夾，含設定、空白的事件紀錄與人員資料。",
        "INSTALL_SERVICE": (
            "寫入簽到畫面、夜間結算、備份與還原演練的服務檔。\n\n"
            "會先以該使用者試著執行程式；服務無法運作時什麼都不寫。缺少什麼、接著該做什麼，都會說明。"
        ),
        "ISSUE": (
            "把卡片刷兩次，就發給 VOLUNTEER。簽到畫面開著時，會顯示正在製作誰的卡，這兩次不算刷卡；之後照常使用。\n\n"
            "不能辨識個人的卡（手機、號碼不完整），或已經是別人的卡，不會受理，並說明原因，以 1 結束。"
        ),
        "PROGRAM": "志工簽到：時數正確、可以驗證、說得清楚。",
        "READERS_LIST": "這台電腦的連接埠、已知的資訊，以及有什麼問題。不會開啟任何一個。",
        "PRESENCE": "誰在場。",
        "DIFFERENCE": "逐項比較兩個時間的紀錄。",
        "READERS": "讀卡機：接了什麼、送出什麼、是什麼格式、能不能用。",
        "RECONCILE": "驗證紀錄，結算每個已經過完、還沒結算的服務日，並各寫一份報告。",
        "REPLAY": (
            "在暫存檔重新計算，並比對結果。不同時列出最先不同的，以 1 結束。\n\n"
            "加上 --as-of，就計算截至那個時間的紀錄：除了後來的事件所改變的，目前的結果必須相同。再加上 --against，"
            "就與先前保存的資料比對。"
        ),
        "RESTORE": (
            "把 BACKUP 還原到新的或空的資料夾，並驗證。不會覆寫現有的資料夾。\n\n"
            "要還原到現有資料夾的位置，請先把它移開。"
        ),
        "ROSTER": "承辦人的班表畫面，或以前某一天當時的畫面。按 q 離開。",
        "RUN": (
            "開啟簽到畫面。由 systemd 等程式啟動時，只有收到它的通知（SIGTERM）才結束。在終端機上，"
            "兩秒內按兩次 Ctrl+C 也會結束。"
        ),
        "STATUS": "檢查管理員要留意的一切。有事項需要處理時，以 1 結束。",
        "TAP": "刷一次卡，寫成 TECH:HEX；只有十六進位數字時，視為 ISO 14443-A 卡。未受理時以 1 結束。",
        "READERS_TEST": (
            "用一張卡測試 READER：通過，或失敗並說明原因，以 1 結束。通過之後會播放簽到畫面的提示音；"
            "無法播放時會說明原因。"
        ),
        "VERIFY": (
            "檢查整條紀錄鏈，並比對留存的驗證碼：備份裡的、報告裡的，以及您指定的。有不符時，指出第一筆接不上的事件，"
            "或第一個接不上的驗證碼，以 1 結束。"
        ),
        "OPTION_HEAD": "留存在別處的驗證碼，或只寫雜湊值；可以寫好幾次。",
        "DOCUMENT": (
            "把文件寫到新的檔案，依副檔名是 PDF、XLSX、ODS、CSV 或 HTML。條件寫成「名稱=內容」，例如 month=115-11；"
            "不寫文件名稱就列出所有文件。\n\n"
            "製發會留下紀錄，內容相同只記一次。文件上的查驗碼可以用 `kiosk verify --document` 查驗。"
            "沒有 --names 時姓名會遮蔽。"
        ),
        "OPTION_DOCUMENT_FILE": "新的檔案，只有擁有者可以讀取。",
        "OPTION_TABLE": "文件有好幾個表時，CSV 檔要放哪一個。",
        "OPTION_VERIFY_DOCUMENT": "文件上的查驗碼：依紀錄重新製作並比對。",
        "OPTION_HEADS": "驗證碼的檔案，一行一個，或本程式輸出的 JSON。",
        "READERS_WATCH": (
            "逐位元組顯示讀卡機送出的內容與其中的卡片，直到按 Ctrl+C。\n\n"
            "只有這裡會顯示完整卡號；不會寫入任何檔案或紀錄。請用自己的卡。READER 是 kiosk.toml 裡的名稱，"
            "PORT 是連接埠，不必寫在 kiosk.toml。"
        ),
        "OPTION_WATCH_SECONDS": "這麼多秒後結束；預設不結束。",
        "OPTION_IDENTIFY_SECONDS": "每張卡等幾秒，預設 60。",
        "OPTION_TEST_SECONDS": "等卡片幾秒，預設 30。",
        "VISITS": "到班紀錄：各採計多少，其餘為什麼不採計。",
        "DUTIES": "值勤，每一班只有一個結果。",
        "ABSENCES": "缺席：無故與請假。",
        "VOLUNTEERS": "所有志工，姓名遮蔽：狀態、服務協議、訓練、卡片、本月與今年的分鐘數。",
        "ACCESSES": (
            "誰看過哪些志工的姓名與個人資料，為什麼：網頁上打開一個人的完整資料，或用 --names 列出名單。"
            "都是先留下紀錄才顯示。"
        ),
        "EXITS": "退場審查：提出、撤回、已決定。",
        "PENDING": (
            "今天和以前所有日子的待處理事項，處理完才消掉：未簽退、無簽到紀錄、補登與刷卡不符、不該受理而受理、"
            "該受理而未受理、退場審查、時鐘未校正、紀錄無法讀取、未投保、無故缺席、事後請假、非排班時間到班、"
            "刷卡未受理與查無此卡，各列出相關的事件。"
        ),
    },
}
