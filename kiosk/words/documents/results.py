"""The words of the results of a half-year or a year, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsWords:
    """The words of one language. Braces stand for figures."""

    half_year: str
    annual: str
    year: str
    half: str
    halves: Mapping[str, str]
    tables: Mapping[str, str]
    """By the names of the tables."""
    headings: Mapping[str, str]
    """By the names of the columns."""
    figures: Mapping[str, str]
    rates: Mapping[str, str]
    groups: Mapping[str, str]
    """The tables of who the volunteers are."""
    trainings: Mapping[str, str]
    labels: Mapping[str, str]
    """What a gender is called; any other label stands for itself."""
    no_category: str
    not_known: str
    withheld: str
    """A group too small to be shown."""
    no_target: str
    """Where the unit has set none."""
    no_share: Mapping[str, str]
    """Why there is no share: nobody to be a share of, or nobody served when the period began (R-103)."""
    units: Mapping[str, str]
    """What the tables in bands count."""
    under: str
    """A band below {next} of a {unit}."""
    from_years: str
    """A band from {first} on, of a {unit}."""
    years: str
    """A band from {first} to {last}, of a {unit}."""
    chart: str
    month_label: str
    """With {month}, a number."""
    small_groups: str
    """With {smallest}."""
    served_unknown: str
    not_recorded: str
    """Under the table of people served, where there is no row."""
    not_absent: str
    """Under the table of events (R-123)."""
    first_year: str
    """In place of a growth since the first year, in its own row."""
    growth_since: str
    layout: str
    rounding: str
    roundings: Mapping[str, str]
    """By the values of the policy's `rounding` (R-034)."""
    sums: str
    head_count: str
    signatures: tuple[str, ...]


RESULTS: Mapping[StaffLanguage, ResultsWords] = {
    "zh-TW": ResultsWords(
        half_year="志願服務成果半年報",
        annual="志願服務年度成果報表",
        year="年度",
        half="上下半年",
        halves={"first": "上半年", "second": "下半年"},
        tables={
            "figures": "志工人數",
            "rates": "比率與目標",
            "senior_rate": "高齡志工",
            "demographics": "志工組成",
            "service": "服務成果",
            "served": "受服務人次",
            "trainings": "教育訓練",
            "events": "活動出席",
            "yearly_growth": "歷年志工人數成長",
            "leaving": "離職原因",
        },
        headings={
            "figure": "項目",
            "people": "人數",
            "rate": "項目",
            "part": "人數",
            "whole": "母數",
            "share": "比率",
            "target": "目標",
            "met": "達成",
            "group": "分類",
            "label": "組別",
            "category": "服務類別",
            "duties": "服務次數",
            "minutes": "服務時數",
            "month": "月份",
            "service_type": "服務項目",
            "served": "人次",
            "event": "活動",
            "date": "日期",
            "invited": "邀請人數",
            "came": "到場人數",
            "turnout": "出席率",
            "reason": "原因",
            "last_day": "截至",
            "joined": "新加入",
            "left": "離隊",
            "growth": "當年成長率",
            "cumulative": "累計成長率",
            "training": "訓練",
            "persons": "參訓人數",
            "person_times": "參訓人次",
        },
        figures={
            "volunteers": "志工人數（期末）",
            "joined": "期間新加入",
            "left": "期間離隊",
            "books": "領有紀錄冊",
            "honor_cards": "領有志願服務榮譽卡（有效）",
            "insured": "參加志工保險",
        },
        rates={
            "insurance": "投保率",
            "books": "領冊率",
            "seniors": "高齡志工參與率",
            "growth": "志工人數成長率",
        },
        groups={
            "gender": "性別",
            "age": "年齡",
            "education": "學歷",
            "occupation": "職業",
            "seniority": "在隊年資",
        },
        trainings={
            "basic": "基礎訓練",
            "special": "特殊訓練",
            "growth": "成長訓練",
            "leadership": "領導訓練",
            "in_service": "在職訓練",
        },
        labels={"female": "女", "male": "男", "other": "其他"},
        no_category="未分類",
        not_known="未填",
        withheld="不列出",
        no_target="未訂",
        no_share={"nobody": "沒有志工，無法計算", "no_base": "期初沒有志工，無法計算"},
        units={"age": "歲", "seniority": "年"},
        under="未滿 {next} {unit}",
        from_years="{first} {unit}以上",
        years="{first} 至 {last} {unit}",
        chart="各月服務時數（時：分）",
        month_label="{month} 月",
        small_groups="未滿 {smallest} 人的組別不列出；只有一組未滿時，次小的一組也不列出，以免推算得知。",
        not_recorded="這段期間沒有人登錄受服務人次，不是零。",
        not_absent="活動不排班：沒有到場的人不算缺席。",
        first_year="起算年",
        growth_since="累計成長率：與本系統第一個有志工的年底相比。",
        served_unknown="受服務人次由單位登錄；未登錄的類別不以 0 計。",
        layout="本表為服務成果數字；主管機關的正式表格請依其格式填寫。年齡分組為本系統預設。",
        rounding="時數進位",
        roundings={"none": "不進位"},
        sums="時數以分鐘計算後加總，不進位。平均每人服務時數 = 總時數 ÷ 期末志工人數。",
        head_count="平均每位志工服務時數（小時）",
        signatures=("承辦人", "單位主管"),
    ),
    "en": ResultsWords(
        half_year="Results of a half-year",
        annual="Results of a year",
        year="Year",
        half="Half",
        halves={"first": "January to June", "second": "July to December"},
        tables={
            "figures": "Volunteers",
            "rates": "Shares and targets",
            "senior_rate": "Senior volunteers",
            "demographics": "Who the volunteers are",
            "service": "Service",
            "served": "People served",
            "trainings": "Trainings",
            "events": "Attendance at events",
            "yearly_growth": "Growth by year",
            "leaving": "Why volunteers left",
        },
        headings={
            "figure": "Figure",
            "people": "People",
            "rate": "Share",
            "part": "People",
            "whole": "Of",
            "share": "Share",
            "target": "Target",
            "met": "Met",
            "group": "By",
            "label": "Group",
            "category": "Category",
            "duties": "Duties",
            "minutes": "Hours",
            "month": "Month",
            "service_type": "Service",
            "served": "People served",
            "event": "Event",
            "date": "Date",
            "invited": "Called",
            "came": "Came",
            "turnout": "Turnout",
            "reason": "Reason",
            "last_day": "On",
            "joined": "Joined",
            "left": "Left",
            "growth": "Growth of the year",
            "cumulative": "Growth so far",
            "training": "Training",
            "persons": "Persons",
            "person_times": "Person-times",
        },
        figures={
            "volunteers": "Volunteers at the end",
            "joined": "Joined",
            "left": "Left",
            "books": "With a record book",
            "honor_cards": "With a valid honor card",
            "insured": "Insured",
        },
        rates={"insurance": "Insured", "books": "Record books", "seniors": "65 or older", "growth": "Growth"},
        groups={
            "gender": "Gender",
            "age": "Age",
            "education": "Education",
            "occupation": "Occupation",
            "seniority": "Years in the team",
        },
        trainings={
            "basic": "Basic",
            "special": "Special",
            "growth": "Growth",
            "leadership": "Leadership",
            "in_service": "In-service",
        },
        labels={"female": "female", "male": "male", "other": "other"},
        no_category="no category",
        not_known="not known",
        withheld="withheld",
        no_target="none",
        no_share={"nobody": "no volunteers: no share", "no_base": "no volunteers at the start: no rate"},
        units={"age": "years", "seniority": "years"},
        under="under {next} {unit}",
        from_years="{first} {unit} and more",
        years="{first} to {last} {unit}",
        chart="Hours by month (h:min)",
        month_label="{month}",
        small_groups="Groups of fewer than {smallest} are withheld; of a single one the next smallest is too, "
        "so that it cannot be reckoned.",
        not_recorded="Nobody recorded how many people were served: that is not zero.",
        not_absent="Nobody is on the roster of an event: who did not come is not absent.",
        first_year="first year",
        growth_since="Growth since the end of the first year in which anybody served.",
        served_unknown="People served are entered by the unit; what was not entered is not 0.",
        layout="These are the figures; the authority's form is filled in from them. The bands of ages are ours.",
        rounding="Rounding of hours",
        roundings={"none": "none"},
        sums="Minutes are summed and not rounded. The average divides all hours by the volunteers at the end.",
        head_count="Average hours of a volunteer",
        signatures=("Coordinator", "Head of the unit"),
    ),
}


def find_results_words() -> ResultsWords:
    """The words in the language of the one that reads them."""
    return RESULTS[find_language()]
