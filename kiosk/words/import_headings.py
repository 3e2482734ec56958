"""How offices head the columns of their lists and what they write in them, in Chinese and English.

Rule: these are words that are recognised, compared without spaces, marks and what stands in parentheses.
"""

from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "volunteer": (
        "編號",
        "志工編號",
        "志工號",
        "人員編號",
        "隊員編號",
        "volunteer",
        "volunteer number",
        "number",
        "id",
    ),
    "name": ("姓名", "志工姓名", "中文姓名", "name", "full name"),
    "birth_date": ("生日", "出生年月日", "出生日期", "birth date", "date of birth", "birthday"),
    "gender": ("性別", "gender", "sex"),
    "telephone": ("電話", "聯絡電話", "連絡電話", "手機", "手機號碼", "行動電話", "telephone", "phone", "mobile"),
    "email": ("電子郵件", "電子信箱", "電郵", "email", "e-mail", "email address"),
    "address": ("地址", "住址", "通訊地址", "聯絡地址", "居住地址", "戶籍地址", "address"),
    "emergency_contact": ("緊急聯絡人", "緊急連絡人", "緊急聯絡", "emergency contact"),
    "emergency_telephone": ("緊急聯絡人電話", "緊急聯絡電話", "緊急連絡人電話", "emergency telephone"),
    "group": ("組別", "組", "隊別", "小組", "group", "team"),
    "language": ("語言", "使用語言", "language"),
    "notes": ("備註", "備考", "notes", "remarks"),
    "national_id": (
        "身分證字號",
        "身分證統一編號",
        "國民身分證統一編號",
        "身分證號",
        "身分證",
        "居留證號",
        "national id",
        "id number",
    ),
    "education": ("學歷", "教育程度", "education"),
    "occupation": ("職業", "職業類別", "occupation"),
    "mode": ("服務型態", "志工類型", "服務類型", "出勤型態", "mode"),
    "agreement_from": (
        "起聘日",
        "起聘日期",
        "聘期起日",
        "到職日",
        "服務起日",
        "加入日期",
        "agreement from",
        "agreement_from",
    ),
    "card": ("卡號", "感應卡號", "悠遊卡卡號", "悠遊卡號", "志工證卡號", "card", "card number"),
    "basic_on": ("基礎訓練日期", "基礎訓練", "基礎教育訓練日期", "基礎訓練完成日期", "basic training"),
    "special_on": ("特殊訓練日期", "特殊訓練", "特殊教育訓練日期", "特殊訓練完成日期", "special training"),
    "category": ("服務類別", "訓練類別", "特殊訓練類別", "類別", "category"),
    "book_number": ("冊號", "紀錄冊號", "紀錄冊冊號", "志願服務紀錄冊號", "志願服務紀錄冊冊號", "record book"),
    "insured_from": ("保險起日", "投保起日", "保險起始日", "保險生效日", "insured from"),
    "insured_to": ("保險迄日", "保險訖日", "投保迄日", "保險終止日", "保險到期日", "insured to"),
    "training_kind": ("訓練種類", "訓練名稱", "課程種類", "training", "training kind"),
    "hours": ("訓練時數", "時數", "hours"),
    "certificate": ("證書字號", "證書號碼", "結業證書", "certificate"),
    "shift": ("班次編號", "班號", "班次", "shift"),
    "date": ("日期", "值勤日期", "服務日期", "排班日期", "date"),
    "session": ("班別", "時段", "值勤時段", "服務時段", "起迄時間", "起訖時間", "session", "time"),
    "start": ("起", "開始", "開始時間", "起始時間", "start", "from"),
    "end": ("迄", "訖", "結束", "結束時間", "迄止時間", "end", "to"),
    "post": ("崗位", "服務地點", "服務台", "地點", "post"),
    "item": ("服務項目", "工作項目", "item"),
}
"""The headings of each field; the first is how the field is called in Chinese."""

NOT_USED = ("-", "不用")
"""What `--column HEADING=…` says of a column that is not to be read."""

TOTALS = ("合計", "小計", "總計", "共計", "總數")
"""How the first cell of a row of sums begins."""
TOTAL_WORDS = frozenset({"total", "subtotal", "grandtotal", "sum"})
"""What it says in English, and nothing else: a name may begin so."""

MODES: Mapping[str, str] = {
    "排班": "rostered", "排班型": "rostered", "固定排班": "rostered", "一般": "rostered", "rostered": "rostered",
    "活動": "event", "活動型": "event", "event": "event",
    "彈性": "flexible", "彈性出勤": "flexible", "flexible": "flexible",
    "導覽": "guide", "導覽型": "guide", "guide": "guide",
}  # fmt: skip
TRAINING_KINDS: Mapping[str, str] = {
    "基礎": "basic", "基礎訓練": "basic", "basic": "basic",
    "特殊": "special", "特殊訓練": "special", "special": "special",
    "成長": "growth", "成長訓練": "growth", "growth": "growth",
    "領導": "leadership", "領導訓練": "leadership", "leadership": "leadership",
    "在職": "in_service", "在職訓練": "in_service", "in_service": "in_service",
}  # fmt: skip
LANGUAGES: Mapping[str, str] = {
    "中文": "zh-TW", "國語": "zh-TW", "華語": "zh-TW", "zh-tw": "zh-TW",
    "英文": "en", "英語": "en", "en": "en",
    "越南文": "vi", "越南語": "vi", "越語": "vi", "vi": "vi",
    "印尼文": "id", "印尼語": "id", "id": "id",
}  # fmt: skip

ROC_MARKS = ("中華民國", "民國")
"""What may stand before a year of the Republic."""
DATE_MARKS = str.maketrans("年月日", "-- ")
"""115年3月1日 is written with marks that stand for dashes."""
MORNING, AFTERNOON = ("上午", "早上"), ("下午", "晚上")
TIME_MARKS = str.maketrans({"時": ":", "點": ":", "分": "", "：": ":", "∶": ":"})
RANGE_MARKS = ("~", "〜", "至", "到", "–", "—")
"""What stands between two times, beside a dash."""
NAME_SEPARATORS = "、,;\n/"
"""Between several volunteers in one cell."""
