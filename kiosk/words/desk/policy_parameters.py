"""What the parameters of the policy are called, and their values, in both languages."""

from collections.abc import Mapping

import msgspec

from kiosk.words.language import StaffLanguage


class PolicyWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    parameters: Mapping[str, str]
    values: Mapping[str, str]
    """Of parameters with a choice; `PARAMETER.VALUE` where a value means something else there."""
    yes: str
    no: str
    no_value: str
    reward_standard: str
    """With {duties} and {minutes}: of a month."""
    window: str
    """With {first} and {last}, each a month and a day."""
    last_day: str
    """With {last}."""
    annual: str
    """With {window}: for the year before it."""
    half_year: str
    """With {window}: for the half-year before it."""
    separator: str
    """Between the values of a list."""


CHINESE: Mapping[str, str] = {
    "cap_to_shift": "只算班表時間內的時數",
    "credit_from_scheduled_start_within_grace": "寬限內遲到，從表定時間起算",
    "missing_checkout_credit": "忘記簽退時",
    "require_training": "完成基礎與特殊訓練後才計時數",
    "training_day_counts": "受訓當天的服務也計時數",
    "day_ends_at": "一天到幾點為止（隔日清晨）",
    "debounce_seconds": "幾秒內重複刷卡不算",
    "flexible_requires_notice": "彈性出勤須事先約定",
    "grace_minutes_in": "遲到寬限（分鐘）",
    "grace_minutes_out": "早退寬限（分鐘）",
    "checkin_window_before_start_min": "最早可提前幾分鐘簽到",
    "absence_window": "缺席次數的計算期間",
    "absence_threshold": "無故缺席幾次提出退場審查",
    "leave_window": "請假次數的計算期間",
    "leave_threshold": "請假幾次提出退場審查",
    "suspension_trigger_days": "暫停服務滿幾天提出退場審查（空白：不提出）",
    "assessment_period": "考核期間",
    "assessment_pass": "考核及格分數",
    "weekly_target_minutes": "每週服務分鐘數",
    "leave_notice_days": "請假應提前的天數",
    "correction_window_days": "登錄人可補登的天數",
    "show_own_hours": "再刷一次卡時顯示本人的本月與今年時數，以及距離下一個獎勵還差多少",
    "allowance_min_minutes": "一次值勤滿幾分鐘可領代金",
    "allowance_per_day_max": "每人每天最多領幾次代金",
    "allowance_uses_status": "準時到退的值勤，未滿分鐘數也可領代金",
    "meal_allowance": "誤餐費（元，空白：未定）",
    "transport_allowance": "交通費（元，空白：未定）",
    "leader_term_years": "隊長任期（年）",
    "leader_terms_max": "隊長最多連任到第幾屆",
    "by_election_term": "補選隊長的任期",
    "annual_required_hours": "每年應服務時數（空白：未定）",
    "honor_card_policy": "下一張榮譽卡從哪裡起算",
    "max_gap_months": "中斷幾個月以上不算連續服務",
    "insurance_target": "保險投保率目標",
    "insurance_age_limit": "共同契約投保年齡上限",
    "book_target": "領冊率目標",
    "rounding": "時數進位",
    "min_group_size_in_reports": "報表中可列出的最少人數",
    "senior_target": "高齡志工比例目標",
    "reward_standard": "每月值勤標準（獎勵）",
    "report_windows": "服務成果填報期間",
    "growth_target": "志工人數成長率目標",
}
ENGLISH: Mapping[str, str] = {
    "cap_to_shift": "Only time within the shift counts",
    "credit_from_scheduled_start_within_grace": "Late within the grace: credit from the scheduled start",
    "missing_checkout_credit": "When a check-out is missing",
    "require_training": "Hours count only after basic and special training",
    "training_day_counts": "Service on the day of a training counts",
    "day_ends_at": "When a day ends (next morning)",
    "debounce_seconds": "A tap repeated within so many seconds changes nothing",
    "flexible_requires_notice": "Flexible volunteers need an arrangement",
    "grace_minutes_in": "Grace for late arrivals (min)",
    "grace_minutes_out": "Grace for early departures (min)",
    "checkin_window_before_start_min": "Earliest check-in before the start (min)",
    "absence_window": "Period in which absences count",
    "absence_threshold": "Unexcused absences that raise a case",
    "leave_window": "Period in which leaves count",
    "leave_threshold": "Leaves that raise a case",
    "suspension_trigger_days": "Days of suspension that raise a case (empty: never)",
    "assessment_period": "Period of an assessment",
    "assessment_pass": "Score from which an assessment is passed",
    "weekly_target_minutes": "Minutes to be served in a week",
    "leave_notice_days": "Days of notice for leave",
    "correction_window_days": "Days in which a registrar may correct",
    "show_own_hours": "A second tap shows the own hours of month and year, and what lacks to the next award",
    "allowance_min_minutes": "Minutes of one duty that earn an allowance",
    "allowance_per_day_max": "Allowances of a volunteer a day, at most",
    "allowance_uses_status": "A duty on time earns one even with fewer minutes",
    "meal_allowance": "Meal allowance (NT$; empty: not known)",
    "transport_allowance": "Transport allowance (NT$; empty: not known)",
    "leader_term_years": "Term of a leader (years)",
    "leader_terms_max": "Terms of a leader in a row, at most",
    "by_election_term": "Term after a by-election",
    "annual_required_hours": "Hours to be served in a year (empty: not set)",
    "honor_card_policy": "From where service counts for the next honor card",
    "max_gap_months": "Months without service that end continuous service",
    "insurance_target": "Wanted share of insured volunteers",
    "insurance_age_limit": "Age up to which the shared contract insures",
    "book_target": "Wanted share of volunteers with a record book",
    "rounding": "Rounding of hours",
    "min_group_size_in_reports": "Smallest group shown in reports",
    "senior_target": "Wanted share of volunteers of 65 or older",
    "reward_standard": "Duties of a month that the reward asks for",
    "report_windows": "When results are handed in",
    "growth_target": "Wanted growth of the number of volunteers",
}
POLICY: Mapping[StaffLanguage, PolicyWords] = {
    "zh-TW": PolicyWords(
        parameters=CHINESE,
        values={
            "rounding.none": "不進位",
            "none": "不計時數",
            "shift_end": "計到值勤結束",
            "agreement": "本次聘期",
            "calendar_year": "曆年",
            "rolling_12m": "最近十二個月",
            "ever": "不限期間",
            "day_after_counted_through": "上次採計截止的次日",
            "hualien_system": "核發的次日",
            "ntpc_rolling": "到期前三年",
            "year": "一年",
            "half_year": "半年",
            "remaining": "原任期剩下的時間",
            "full": "完整一任",
        },
        yes="是",
        no="否",
        no_value="–",
        reward_standard="{duties} 次，每次 {minutes} 分鐘",
        window="{first} 至 {last}",
        last_day="{last} 以前",
        annual="{window}（全年）",
        half_year="{window}（半年）",
        separator="、",
    ),
    "en": PolicyWords(
        parameters=ENGLISH,
        values={
            "rounding.none": "minutes stay as they are",
            "none": "nothing is credited",
            "shift_end": "credit until the end of the shift",
            "agreement": "the current agreement",
            "calendar_year": "calendar year",
            "rolling_12m": "the last twelve months",
            "ever": "without limit",
            "day_after_counted_through": "the day after what was counted",
            "hualien_system": "the day after the approval",
            "ntpc_rolling": "the three years before the expiry",
            "year": "a year",
            "half_year": "half a year",
            "remaining": "the rest of the term",
            "full": "a whole term",
        },
        yes="yes",
        no="no",
        no_value="–",
        reward_standard="{duties} of {minutes} min",
        window="{first} to {last}",
        last_day="by {last}",
        annual="{window} (of the year)",
        half_year="{window} (of the half-year)",
        separator=" and ",
    ),
}
