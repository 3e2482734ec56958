"""Rules in force are said in words of the reader: nothing of Python, and no English on a Chinese page."""

import re
from datetime import time

import msgspec
import pytest

from domain.policy import PARAMETERS, Policy, RewardStandard
from kiosk.statements.event_lines import format_field
from kiosk.statements.policy_values import format_policy_value
from kiosk.words.desk.policy_parameters import POLICY
from kiosk.words.event_en import EVENT as ENGLISH
from kiosk.words.event_zh_tw import EVENT as CHINESE

ZH, EN = POLICY["zh-TW"], POLICY["en"]


@pytest.mark.parametrize(
    ("name", "value", "chinese", "english"),
    [
        ("cap_to_shift", False, "否", "no"),
        ("annual_required_hours", None, "–", "–"),
        ("day_ends_at", time(5), "05:00", "05:00"),
        ("day_ends_at", "05:00:00", "05:00", "05:00"),
        ("assessment_pass", 60.0, "60", "60"),
        ("missing_checkout_credit", "none", "不計時數", "nothing is credited"),
        ("rounding", "none", "不進位", "minutes stay as they are"),
        ("reward_standard", RewardStandard(2, 100), "2 次，每次 100 分鐘", "2 of 100 min"),
        ("reward_standard", {"duties": 2, "minutes": 100}, "2 次，每次 100 分鐘", "2 of 100 min"),
        ("report_windows", ["01-01/01-10", "/02-28"], "01-01 至 01-10、02-28 以前", "01-01 to 01-10 and by 02-28"),
        ("report_windows", ["annual:01-01/01-31"], "01-01 至 01-31（全年）", "01-01 to 01-31 (of the year)"),
        ("report_windows", ["half_year:07-01/07-10"], "07-01 至 07-10（半年）", "07-01 to 07-10 (of the half-year)"),
        ("report_windows", ["half_year:/07-31"], "07-31 以前（半年）", "by 07-31 (of the half-year)"),
        ("report_windows", ["soon"], "soon", "soon"),
        ("report_windows", ["monthly:01-01/01-10"], "monthly:01-01/01-10", "monthly:01-01/01-10"),
    ],
)
def test_a_value_is_said_in_words(name: str, value: object, chinese: str, english: str) -> None:
    assert (format_policy_value(name, value, ZH), format_policy_value(name, value, EN)) == (chinese, english)


def test_what_no_policy_can_hold_is_shown_as_it_is() -> None:
    """As an event has it that was written by another program."""
    assert format_policy_value("reward_standard", {"duties": "x"}, ZH) == "{'duties': 'x'}"
    assert format_field("changes", {"unknown_rule": 5}, CHINESE) == "unknown_rule：5"


def test_the_whole_policy_is_said_in_chinese_without_an_english_word() -> None:
    changes = msgspec.to_builtins(Policy())
    assert set(changes) == set(PARAMETERS)
    said = format_field("changes", changes, CHINESE)
    assert not re.search(r"[a-z_]{4,}", said), said
    assert not re.search(r"[\[\]{}']|\b(True|False|None)\b", format_field("changes", changes, ENGLISH))
