"""The words of the pages of the unit, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWords:
    """The words of one language."""

    title: str
    facts: str
    not_open: str
    """What to do where the unit is not open yet."""
    open_unit: str
    opened: str
    name: str
    name_hint: str
    kind: str
    kinds: Mapping[str, str]
    category: str
    category_hint: str
    opening_hours: str
    all_day: str
    never: str
    weekdays: Mapping[int, str]
    opens: str
    closes: str
    calendar: str
    calendar_hint: str
    no_calendar: str
    year: str
    closed_days: str
    source: str
    import_calendar: str
    calendar_imported: str
    calendar_file: str
    calendar_file_hint: str
    calendar_too_large: str
    policy: str
    policy_hint: str
    change_policy: str
    parameter: str
    value: str
    since: str
    always: str
    coming: str
    """With {value} and {since}."""
    effective_from: str
    effective_hint: str
    preview: str
    preview_title: str
    no_change_of_policy: str
    nobody_changes: str
    somebody_changes: str
    """With {count}."""
    cannot_foresee: str
    volunteer: str
    minutes_before: str
    minutes_after: str
    difference: str
    outcomes: str
    adopt: str
    adopted: str
    back: str
    yes: str
    no: str
    accounts: str
    state: str
    state_hint: str
    all_well: str
    needs_care: str
    not_a_date: str
    not_a_number: str
    parameters: Mapping[str, str]
    values: Mapping[str, str]
    """Of parameters with a choice."""


UNIT: Mapping[Literal["zh-TW", "en"], UnitWords] = {
    "zh-TW": UnitWords(
        title="單位設定",
        facts="單位",
        not_open="單位還沒啟用。填好下面幾項，就能開始登錄志工。",
        open_unit="啟用",
        opened="單位已經啟用，接著請匯入辦公日曆、登錄志工。",
        name="單位名稱",
        name_hint="例如：清水戶政事務所",
        kind="單位性質",
        kinds={"public": "政府機關", "private": "民間團體"},
        category="主要服務類別",
        category_hint="例如：戶政。沒有另外註明類別的值勤都算這一類。",
        opening_hours="開放時間",
        all_day="每天全天",
        never="不開放",
        weekdays={1: "一", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "日"},
        opens="從",
        closes="到",
        calendar="辦公日曆",
        calendar_hint="每年匯入一次。假日不排班，也不算缺勤。",
        no_calendar="還沒有任何一年的辦公日曆。",
        year="年（西元）",
        closed_days="放假天數",
        source="來源",
        import_calendar="匯入這一年",
        calendar_file="行事曆檔案（可以不選）",
        calendar_file_hint="人事行政總處公布的 CSV 檔。不選檔案，就由系統依國定假日推算。",
        calendar_too_large="這個檔案超過 1 MB，不是一年的辦公日曆，沒有匯入。",
        calendar_imported="{year} 年的辦公日曆已經匯入。",
        policy="規則",
        policy_hint="改了規則，只影響生效日以後的值勤；之前的時數不變。",
        change_policy="修改規則",
        parameter="項目",
        value="現在",
        since="從何時起",
        always="一直如此",
        coming="{since} 起改為 {value}",
        effective_from="從哪一天起生效",
        effective_hint="例如 2026-12-01 或 115/12/01",
        preview="先看會改變什麼",
        preview_title="這樣改會改變什麼",
        no_change_of_policy="沒有任何項目和現在不同，請先修改。",
        nobody_changes="到今天為止，沒有人的時數或出缺勤會改變。",
        somebody_changes="到今天為止，有 {count} 位志工的時數或出缺勤會改變：",
        cannot_foresee="改變一天的結束時間，過去的刷卡可能會算到另一天，所以無法事先算出影響。",
        volunteer="志工",
        minutes_before="現在（分鐘）",
        minutes_after="改後（分鐘）",
        difference="差",
        outcomes="出缺勤改變",
        adopt="確定採用",
        adopted="新規則已經記下，從 {since} 起生效。",
        back="回去修改",
        yes="是",
        no="否",
        accounts="帳號",
        state="系統狀況",
        state_hint="簽到機、讀卡機、時鐘、備份等。",
        all_well="正常",
        needs_care="要處理",
        not_a_date="看不懂這個日期，請寫成 2026-12-01 或 115/12/01。",
        not_a_number="請填數字。",
        parameters={
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
            "absence_window": "缺勤次數的計算期間",
            "absence_threshold": "無故缺勤幾次提出退場審查",
            "leave_window": "請假次數的計算期間",
            "leave_threshold": "請假幾次提出退場審查",
            "suspension_trigger_days": "暫停服務滿幾天提出退場審查（空白：不提出）",
            "assessment_pass": "考核及格分數",
            "weekly_target_minutes": "每週服務分鐘數",
            "leave_notice_days": "請假應提前的天數",
            "correction_window_days": "登錄人可補登的天數",
            "rounding": "時數進位",
            "show_own_hours": "再刷一次卡時顯示本人的本月與今年時數",
            "report_windows": "成果回報的期間",
            "min_group_size_in_reports": "報表中可列出的最少人數",
            "senior_target": "高齡志工比例目標",
            "growth_target": "志工人數成長率目標",
            "allowance_min_minutes": "一次值勤滿幾分鐘可領代金",
            "allowance_per_day_max": "每人每天最多領幾次代金",
            "allowance_uses_status": "準時到退的值勤，未滿分鐘數也可領代金",
            "meal_allowance": "誤餐費（元，空白：未定）",
            "transport_allowance": "交通費（元，空白：未定）",
            "leader_term_years": "隊長任期（年）",
            "leader_terms_max": "隊長最多連任到第幾屆",
            "by_election_term": "補選隊長的任期",
        },
        values={
            "none": "不計時數",
            "shift_end": "計到值勤結束",
            "agreement": "本次聘期",
            "calendar_year": "曆年",
            "rolling_12m": "最近十二個月",
            "ever": "不限期間",
            "remaining": "原任期剩下的時間",
            "full": "完整一任",
        },
    ),
    "en": UnitWords(
        title="Unit",
        facts="Unit",
        not_open="The unit is not open yet. Fill this in, and volunteers can be enrolled.",
        open_unit="Open the unit",
        opened="The unit is open. Next: import the office calendar and enrol volunteers.",
        name="Name of the unit",
        name_hint="For example: Qingshui Household Registration Office",
        kind="Kind",
        kinds={"public": "public", "private": "private"},
        category="Main service category",
        category_hint="For example: household registration. Duties without a category count for this one.",
        opening_hours="Opening hours",
        all_day="every day, all day",
        never="never",
        weekdays={1: "Mon", 2: "Tue", 3: "Wed", 4: "Thu", 5: "Fri", 6: "Sat", 7: "Sun"},
        opens="From",
        closes="To",
        calendar="Office calendar",
        calendar_hint="Imported once a year. On holidays nobody is planned and nobody is absent.",
        no_calendar="There is no office calendar of any year yet.",
        year="Year",
        closed_days="Closed days",
        source="Source",
        import_calendar="Import this year",
        calendar_file="File of the calendar (optional)",
        calendar_file_hint="The CSV file of the Directorate-General of Personnel Administration. Without it, the days "
        "are computed.",
        calendar_too_large="This file is larger than 1 MB: no calendar of a year, so it was not imported.",
        calendar_imported="The office calendar of {year} is imported.",
        policy="Rules",
        policy_hint="A change counts for duties from its first day on; hours before it stay as they are.",
        change_policy="Change the rules",
        parameter="Rule",
        value="Now",
        since="Since",
        always="always",
        coming="{value} from {since}",
        effective_from="In force from",
        effective_hint="For example 2026-12-01",
        preview="Show what would change",
        preview_title="What this would change",
        no_change_of_policy="No rule differs from what is in force: change one first.",
        nobody_changes="Up to today no hours and no outcome would change.",
        somebody_changes="Up to today, hours or outcomes of {count} volunteers would change:",
        cannot_foresee="When a day ends at another time, taps of the past may count for another day: what that "
        "changes cannot be foreseen.",
        volunteer="Volunteer",
        minutes_before="Now (min)",
        minutes_after="Then (min)",
        difference="Difference",
        outcomes="Changed outcomes",
        adopt="Adopt it",
        adopted="The new rules are recorded, in force from {since}.",
        back="Back to the form",
        yes="yes",
        no="no",
        accounts="Accounts",
        state="State",
        state_hint="Kiosks, readers, clock, backups and more.",
        all_well="in order",
        needs_care="needs care",
        not_a_date="This is no date: write 2026-12-01.",
        not_a_number="Write a number.",
        parameters={
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
            "assessment_pass": "Score from which an assessment is passed",
            "weekly_target_minutes": "Minutes to be served in a week",
            "leave_notice_days": "Days of notice for leave",
            "correction_window_days": "Days in which a registrar may correct",
            "rounding": "Rounding of hours",
            "show_own_hours": "A second tap shows the own hours of month and year",
            "report_windows": "When results are reported",
            "min_group_size_in_reports": "Smallest group told in reports",
            "senior_target": "Wanted share of volunteers of 65 or older",
            "growth_target": "Wanted growth of the number of volunteers",
            "allowance_min_minutes": "Minutes of one duty that earn an allowance",
            "allowance_per_day_max": "Allowances of a volunteer a day, at most",
            "allowance_uses_status": "A duty on time earns one even with fewer minutes",
            "meal_allowance": "Meal allowance (NT$; empty: not known)",
            "transport_allowance": "Transport allowance (NT$; empty: not known)",
            "leader_term_years": "Term of a leader (years)",
            "leader_terms_max": "Terms of a leader in a row, at most",
            "by_election_term": "Term after a by-election",
        },
        values={
            "none": "nothing is credited",
            "shift_end": "credit until the end of the shift",
            "agreement": "the current agreement",
            "calendar_year": "calendar year",
            "rolling_12m": "the last twelve months",
            "ever": "without limit",
            "remaining": "the rest of the term",
            "full": "a whole term",
        },
    ),
}
