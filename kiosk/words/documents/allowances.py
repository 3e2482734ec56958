"""The words of the list of allowances, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceWords:
    """The words of one language."""

    title: str
    title_of_part: str
    """Of the part of a monthly statement."""
    number: str
    name: str
    national_id: str
    times: str
    by_status: str
    minutes: str
    meal: str
    transport: str
    amount: str
    receipt: str
    rule: str
    """With {minutes}."""
    no_amount: str
    none: str
    coordinator: str
    accountant: str
    head: str


ALLOWANCES: Mapping[StaffLanguage, AllowanceWords] = {
    "zh-TW": AllowanceWords(
        title="誤餐費及交通費清冊",
        title_of_part="誤餐費及交通費",
        number="編號",
        name="姓名",
        national_id="身分證字號",
        times="符合次數",
        by_status="其中依準時",
        minutes="時數",
        meal="誤餐費",
        transport="交通費",
        amount="合計",
        receipt="簽收",
        rule="每次服務滿 {minutes} 分鐘計一次；兩次服務不合併計算。補助不是報酬。",
        no_amount="單位還沒有訂金額：金額欄是未記錄，不是零。",
        none="這個月沒有符合的服務。",
        coordinator="承辦人",
        accountant="主計",
        head="單位主管",
    ),
    "en": AllowanceWords(
        title="Allowances for meals and transport",
        title_of_part="Allowances",
        number="Number",
        name="Name",
        national_id="National ID",
        times="Duties",
        by_status="of those by status",
        minutes="Hours",
        meal="Meals",
        transport="Transport",
        amount="Amount",
        receipt="Received",
        rule=CountedText(
            "One for each service of {minutes} {minutes:minute|minutes} or more; services are not added up. An "
            "allowance is no pay."
        ),
        no_amount="The unit has set no amount: it is not known, not zero.",
        none="No service of the month earns one.",
        coordinator="Coordinator",
        accountant="Accountant",
        head="Head of the unit",
    ),
}


def find_allowance_words() -> AllowanceWords:
    """The words in the language of the one that reads them."""
    return ALLOWANCES[find_language()]
