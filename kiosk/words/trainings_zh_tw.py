"""The Chinese of `kiosk.words.trainings`, as written in Taiwan."""

TEXTS = {
    "TrainingsText": {
        "CATEGORIES_ARE_OF_SPECIAL": "欄位 `categories` 是特殊訓練的類別：特殊訓練一定要填，其他種類的訓練沒有這一欄",
        "ROW_TWICE": "{name!r} 有兩列，請留一列",
        "BASIC_NEEDS_MODULES": "基礎訓練以課程單元計算，請為每門課程填寫 `module`",
        "MODULES_ARE_OF_BASIC": "只有基礎訓練的課程有 `module`，請刪除；所需時數請填 `hours`",
        "NOTHING_NEEDED": "缺少欄位 `hours`，也就是各場次合計要達到的時數",
        "MODULES_OF_BASIC_ONLY": "只有基礎訓練有課程單元，請刪除 `modules`，改填 `hours`",
        "TRAINING_OF_SESSION": "`training` 是場次的訓練種類：場次種類是 training 時一定要填，其他場次不填",
        "SESSION_TRAINING_RECORDED": "已為 {count} 位志工登錄訓練",
        "NOT_COMPLETE": "已登錄；各場次合計達 {needed} 小時，訓練才算完成",
        "MODULES_MISSING": "已登錄；以下單元都上完，訓練才算完成：{modules}",
    }
}
