"""The words of the pages of the unit, in both languages."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from kiosk.words.desk.policy_parameters import POLICY, PolicyWords


class UnitWords(msgspec.Struct, frozen=True, kw_only=True):
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
    changed_meanwhile: str
    """Of a rule; with {value}."""
    adopt: str
    adopted: str
    back: str
    yes: str
    no: str
    plans: str
    leaders: str
    accounts: str
    kiosks: str
    state: str
    state_hint: str
    all_well: str
    needs_care: str
    not_a_date: str
    not_a_number: str
    policy_words: PolicyWords


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
        calendar_hint="每年匯入一次。假日不排班，也不算缺席。",
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
        changed_meanwhile="這一項剛剛有別人改過，現在是 {value}。請確認後再改。",
        adopt="確定採用",
        adopted="新規則已經記下，從 {since} 起生效。",
        back="回去修改",
        yes="是",
        no="否",
        plans="志願服務計畫",
        leaders="隊長與副隊長",
        accounts="帳號",
        kiosks="簽到機",
        state="系統狀況",
        state_hint="簽到機、讀卡機、時鐘、備份等。",
        all_well="正常",
        needs_care="要處理",
        not_a_date="看不懂這個日期，請寫成 2026-12-01 或 115/12/01。",
        not_a_number="請填數字。",
        policy_words=POLICY["zh-TW"],
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
        changed_meanwhile="Meanwhile another person changed this rule: it is {value}. Check it, then change it again.",
        adopt="Adopt it",
        adopted="The new rules are recorded, in force from {since}.",
        back="Back to the form",
        yes="yes",
        no="no",
        plans="Service plans",
        leaders="Leaders and deputies",
        accounts="Accounts",
        kiosks="Kiosks",
        state="State",
        state_hint="Kiosks, readers, clock, backups and more.",
        all_well="in order",
        needs_care="needs care",
        not_a_date="This is no date: write 2026-12-01.",
        not_a_number="Write a number.",
        policy_words=POLICY["en"],
    ),
}
