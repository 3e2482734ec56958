"""The night's report in Chinese as written in Taiwan."""

from kiosk.words.report_words import ReportWords

WORDS = ReportWords(
    title="服務日 {date}（{roc}）結算",
    needed="請處理：",
    nothing_needed="沒有需要處理的事項。",
    sections={
        "no_check_out": "未簽退（志工、簽到時間）",
        "absent": "無故缺席（志工、班次）",
        "uncovered": "無人值勤的班次",
        "unscheduled": "非排班時間到場",
        "clocks": "時鐘未校正時的刷卡，請以 correct_clock 更正（刷卡處、開機代號、次數、當時顯示的首末時間）",
        "unreadable": "本程式讀不出的紀錄（編號、種類、原因）",
        "cases": "退場審查（志工、規則、次數、日期）",
    },
    totals="合計：",
    figures={
        "duties": "值勤",
        "attended": "出勤",
        "no_check_out": "未簽退",
        "leave": "請假",
        "swapped_away": "已換班",
        "cancelled": "取消",
        "absent": "無故缺席",
        "unscheduled_visits": "非排班到場",
        "refused_taps": "拒絕的刷卡",
        "late_facts": "事後變動的日期",
        "exits_raised": "新增退場審查",
        "exits_withdrawn": "撤回退場審查",
    },
    quiet="這一天沒有值勤。",
    head="紀錄鏈結：{head}",
)
