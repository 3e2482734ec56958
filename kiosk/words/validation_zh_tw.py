"""What is wrong with a field of a file or of a batch line, in Chinese as written in Taiwan."""

TEXTS = {
    "FieldSentence": {
        "MISSING": "缺少欄位 `{name}`",
        "UNKNOWN": "沒有欄位 `{name}`：{choices}",
        "WRONG_KIND": "`{name}` 必須是{kinds}，不是{kind}",
        "WRONG_FORM": "`{name}` 必須是{form}",
        "OUT_OF_RANGE": "`{name}` 必須{limit} {value}",
        "WRONG_LENGTH": "`{name}` 的字數必須{limit} {value}",
        "WRONG_COUNT": "`{name}` 的項數必須{limit} {value}",
        "NOT_A_CHOICE": "`{name}` 不能是 {value}：{choices}",
        "REFUSED": "`{name}` {reason}",
    },
    "FieldFormat": {
        "NEAREST": "是不是要寫 `{nearest}`？",
        "CHOICES": "可以是 {choices}",
        "OTHER_FORM": "docs/policy.md 所寫的形式",
        "OR": "或",
        "COMMA": "、",
    },
    "KindText": {
        "TEXT": "文字",
        "WHOLE": "整數",
        "NUMBER": "數字",
        "FRACTION": "小數",
        "FLAG": " true 或 false",
        "LIST": "清單",
        "TABLE": "物件",
        "NULL": " null",
        "DATE": "日期",
        "TIME": "時間",
        "DATETIME": "日期與時間",
    },
    "LimitText": {
        "AT_LEAST": "大於或等於",
        "AT_MOST": "小於或等於",
        "MORE_THAN": "大於",
        "LESS_THAN": "小於",
    },
    "FormText": {
        "IDENTIFIER": " 1 到 128 個字，不含看不見的字元，前後沒有空格",
        "FREE_TEXT": "有內容的文字，不含看不見的字元",
        "CLOCK_TIME": "時間，例如 08:00",
        "HEXADECIMAL": "兩兩成對的十六進位數字",
        "PROFILE_NAME": "小寫字母、數字與單一連字號",
        "YEARLY_DATE": "月與日，例如 12-31",
    },
}
