"""The sentences of refusals and tap outcomes in Chinese as written in Taiwan, for every face."""

SENTENCES = {
    "UnitAlreadyOpen": "單位 {name} 已經建立過：只能建立一次",
    "UnitNotOpen": "還沒有建立單位：請先用 open_unit",
    "UnknownParameter": "計算規定沒有 {name} 這個參數：請檢查拼字（最接近的是 {nearest}）",
    "UnusableParameter": "計算規定的參數 {name} 不能用這個值：{reason}",
    "AlreadyEnrolled": "志工 {volunteer_id} 已經登錄：要續訂服務協議請用 renew_agreement",
    "NotEnrolled": "志工 {volunteer_id} 尚未登錄：請先登錄",
    "UnknownNumber": "查無志工編號 {number}：請確認編號",
    "UnknownNumberLike": "查無志工編號 {number}：與已登錄的 {known} 很像，是不是要寫那一個？",
    "SimilarNumber": "編號 {number} 與已登錄的 {known} 很像：請另選一個不會看錯的編號",
    "SimilarName": "名稱 {name} 與已有的帳號 {known} 很像：請寫成同一個，或另選一個",
    "NamesVolunteer": "{word} 含有志工的姓名，寫進紀錄就永遠無法刪除：請改用別的字，並用編號寫明是誰",
    "AgreementNotLater": "志工 {volunteer_id} 目前的服務協議從 {current_from} 開始：新的協議必須在那天以後開始",
    "NoAgreementInForce": "志工 {volunteer_id} 在 {on} 不在服務期間：請確認日期",
    "AgreementInForce": (
        "志工 {volunteer_id} 的服務協議在 {on} 仍然有效，或之後才開始：請先結束協議（end_agreement），"
        "最後一天的隔天起才能刪除個資"
    ),
    "PersonErased": "志工 {volunteer_id} 的個資已經刪除：再來服務請重新登錄",
    "AlreadySuspended": "志工 {volunteer_id} 在 {on} 已經暫停值勤：請先恢復值勤，或確認日期",
    "NotSuspended": "志工 {volunteer_id} 在 {on} 沒有暫停值勤：不需要恢復",
    "ServiceSuspended": "志工 {volunteer_id} 在 {on} 暫停值勤：請先恢復值勤，或確認日期",
    "CardHeld": "這張卡是志工 {holder} 的：請先停用，或改發另一張",
    "NoSuchCard": "這張卡沒有發給任何人，或已經停用：請確認卡號",
    "CardNotUsable": "不能發卡 {card}：{reason}",
    "AlreadyScheduled": "{name} 已經在班表上：請另選代號，或更改原來的班次",
    "NotScheduled": "查無班次 {name}：請確認代號",
    "EndsBeforeStart": "開始 {start}、結束 {end}：結束必須晚於開始",
    "ShiftTooLong": "班次 {name} 從 {start} 到 {end}，超過 24 小時：請更正時間，確定無誤請加上 `long`: true",
    "EventTooLong": "活動 {name} 從 {start} 到 {end}，超過 31 天：請更正時間，確定無誤請加上 `long`: true",
    "ShiftCancelled": "班次 {name} 已經取消：請另外排班",
    "ShiftStarted": "班次 {name} 在 {start} 已經開始：之後只能以更正處理，並寫明理由",
    "AlreadyResponsible": "志工 {volunteer_id} 已經排了班次 {name}：請確認由誰接班",
    "NotResponsible": "志工 {volunteer_id} 沒有排班次 {name}：請查班表",
    "AlreadyOnLeave": "志工 {volunteer_id} 的班次 {name} 已經請假：不需再處理",
    "NotOnLeave": "志工 {volunteer_id} 的班次 {name} 沒有請假：不需要取消",
    "NoSuchVisit": "志工 {volunteer_id} 沒有 {check_in} 開始的到班紀錄：請確認時間",
    "VisitClosedAlready": "志工 {volunteer_id} {check_in} 的到班紀錄已於 {check_out} 簽退：請先作廢再補登",
    "VisitVoidAlready": "志工 {volunteer_id} {check_in} 的到班紀錄已經作廢：如有缺漏請補登",
    "VisitTooLong": "志工 {volunteer_id} 從 {check_in} 到 {check_out} 的到班紀錄超過 24 小時：請確認日期",
    "VisitsOverlap": (
        "志工 {volunteer_id} {check_in} 的到班紀錄與 {other_check_in} 的重疊：請更正時間，或先作廢另一筆"
    ),
    "NoSuchCorrection": "事件 {position} 不是可以撤回的更正：`kiosk explain` 會列出某一天的更正",
    "AlreadyRetracted": "事件 {position} 已經不算數：先前已撤回，或已被後來的更正取代",
    "NoOpenCase": "志工 {volunteer_id} 沒有待決定的 {rule} 退場審查：請看 `kiosk exits`",
    "DayNotOver": "服務日 {day} 到 {ends} 才結束：請在那之後結算",
    "InTheFuture": "{at} 晚於登錄時間 {now}：請更正時間，或校正時鐘",
    "NothingToPutRight": (
        "簽到機 {kiosk} 開機代號 {boot} 沒有待更正時間的刷卡：夜間報告會列出待更正的，`kiosk status` 會列出晚於現在的"
    ),
    "ClockBeforeRelease": "時鐘是 {at}，而本程式是在 {earliest} 以後做的：請先校正時鐘",
    "AssignedInTime": "志工 {volunteer_id} 在班次 {name} 開始前就已排入：只有事後補排的才能撤回；"
    "請改為請假，或登錄事後換班",
    "LaterCase": "志工 {volunteer_id} 後來又有一件 {rule} 的退場審查（{raised_on} 提出），已納入同一批依據："
    "請就那一件作決定，或先撤回那一件的決定",
    "NotPending": "待處理清單裡沒有這些事件的 {kind}：可能已經處理，或又有新的事件；請再看一次 `kiosk pending`",
    "AlreadyAcknowledged": "這一項 {kind} 已經確認過（事件 {position}）：不必再處理",
    "NeedsOwnCommand": "{kind} 不能只做確認：請用 {command} 處理",
    "NoApiToken": "這個系統沒有存取權杖：`kiosk token list` 會列出有權杖的系統",
    "NoPin": "這位承辦人尚未設定 PIN：請用 `kiosk coordinator` 設定",
    "NoAccount": "沒有這個帳號：`kiosk account list` 會列出所有帳號",
    "AccountExists": "已經有這個帳號：請用 `kiosk account password` 設定密碼；移除之後可以用另一個角色重新新增",
    "PasswordTooSoon": "密碼錯誤次數太多：{until} 之後才能再試",
    "TooSoon": "PIN 錯誤次數太多：{until} 之後才能再試",
}
"""By the class of the refusal; its fields stand in braces."""

TEXTS = {
    "TapText": {
        "CHECKED_IN": "簽到",
        "CHECKED_OUT": "簽退",
        "DUPLICATE": "已經記錄：短時間內重複刷卡，不影響紀錄",
        "UNMATCHED": "簽退，但沒有簽到紀錄：已記下，由承辦人處理",
        "NOTED": "已經記錄；之前有讀不出的紀錄，是簽到或簽退由承辦人確認",
        "UNKNOWN_CARD": "查無此卡",
        "REVOKED_CARD": "卡片停用",
        "SUSPENDED": "志工暫停值勤",
        "AGREEMENT_ENDED": "志工服務期滿",
        "BEFORE_AGREEMENT": "志工的服務尚未開始",
        "UNREADABLE": "讀不到卡",
        "UNREADABLE_RECORD": "無法讀取這張卡的紀錄：請看 `kiosk replay`",
        "REFUSED": "未受理，已記下：{reason}",
        "WITHOUT_NUMBER": "（沒有編號）",
        "NO_VALUE": "無",
    },
}
