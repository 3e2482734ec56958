"""A public screen shows enough of a name for its bearer, and not enough for anybody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.text.masking import MASK, mask


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王〇明"),
        ("王明", "王〇"),
        ("王", "王"),
        ("歐陽小明", "歐〇〇明"),
        ("王 小 明", "王〇明"),
        ("陳𠮷明", "陳〇明"),
        ("葛\U000e0101城明", "葛\U000e0101〇明"),
        ("\U00031350\U00031351明", "\U00031350〇明"),
        ("\ue863小\ue864", "\ue863〇\ue864"),
        ("ශ්\u200dරී ලතා", "ශ්\u200d. ල."),
        ("Nguye\u0302\u0303n An", "N. A."),
        ("Nguyen Van An", "N. V. A."),
        ("Nguyễn Văn Ánh", "N. V. Á."),
        ("siti", "S."),
        ("", "〇"),
    ],
)
def test_a_name_is_masked_in_the_middle(name: str, shown: str) -> None:
    assert mask(name, "surname-and-last") == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("王小明", "王〇〇"), ("王明", "王〇"), ("歐陽小明", "歐〇〇〇"), ("Nguyen Van An", "N. 〇 〇")]
)
def test_an_office_may_show_the_surname_alone(name: str, shown: str) -> None:
    assert mask(name, "surname-only") == shown


@given(
    st.text(alphabet="王小明歐陽陳林", min_size=2, max_size=8), st.sampled_from(["surname-and-last", "surname-only"])
)
def test_a_chinese_name_keeps_its_length_and_at_most_two_of_its_characters(name: str, style) -> None:
    shown = mask(name, style)
    assert len(shown) == len(name)
    assert shown.count(MASK) >= len(name) - 2 >= 0
    assert MASK in shown
    assert "○" not in shown
