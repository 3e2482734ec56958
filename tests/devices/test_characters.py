"""What is drawn is allowed, what draws nothing is refused: held against Python's own table of categories."""

import re
import unicodedata
from collections.abc import Iterator

import pytest

from devices.characters import SEEN, find_unusable_character, is_invisible
from devices.faults import TextForm

DRAW_NOTHING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories: control, format, surrogate, separators of lines and paragraphs."""
BLANK_LETTERS = {*"\u115f\u1160\u3164\uffa0\u2800"}
"""Fillers of Hangul and the empty Braille cell: letters and a symbol by category, and nothing to be seen."""
IGNORED_MARKS = {*"\u034f\u17b4\u17b5"}
"""Marks without a shape (Default_Ignorable_Code_Point)."""


def every_character() -> Iterator[str]:
    return map(chr, range(0x110000))


def is_selector(char: str) -> bool:
    return "VARIATION SELECTOR" in unicodedata.name(char, "")


def test_a_number_holds_no_character_of_a_category_that_draws_nothing() -> None:
    admitted = [char for char in every_character() if re.match(SEEN, char)]
    assert not [char for char in admitted if unicodedata.category(char) in DRAW_NOTHING]


def test_a_number_may_hold_every_letter_mark_digit_and_sign_that_is_drawn() -> None:
    refused = {char for char in every_character() if not re.match(SEEN, char)}
    drawn = {char for char in refused if unicodedata.category(char)[0] in "LMNPS" and not is_selector(char)}
    assert drawn == BLANK_LETTERS | IGNORED_MARKS


def test_a_name_may_hold_every_character_of_private_use() -> None:
    private = [char for char in every_character() if unicodedata.category(char) == "Co"]
    assert not [char for char in private if find_unusable_character(char)]


@pytest.mark.parametrize(
    "name",
    [
        "王\U00031350",
        "林\U0002ebf0明",
        "\U00033480",
        "陳\ue863華",
        "\U000f0000",
        "神谷\ufa19",
        "葛\U000e0101城",
        "辻\ufe00",
        "ශ්\u200dරී",
        "می\u200cخواهم",
        "ജോണ്\u200d",
        "ᠮᠣᠩ\u180bᠭᠣᠯ",
        "王　小　明",
        "Nguye\u0302\u0303n",
        "Zoë–Anne d’Arc",
    ],
)
def test_a_name_is_usable_whatever_its_script(name: str) -> None:
    assert find_unusable_character(name) is None
    assert re.search(TextForm.SHORT_TEXT, name)
    assert re.search(TextForm.FREE_TEXT, name)


@pytest.mark.parametrize(
    ("name", "unusable"),
    [
        ("王\u061c明", "\u061c"),
        ("王\u00ad明", "\u00ad"),
        ("王\u3164", "\u3164"),
        ("\u2800王", "\u2800"),
        ("王\U000e0041明", "\U000e0041"),
        ("王\ufff9明", "\ufff9"),
        ("王\u200b明", "\u200b"),
        ("王\u200d明", "\u200d"),
        ("An\u200cna", "\u200c"),
        ("\u200dශ", "\u200d"),
        ("An\ufe0fna", "\ufe0f"),
        ("\U000e0101城", "\U000e0101"),
        ("王\u202e明", "\u202e"),
        ("王\x1b[2J明", "\x1b"),
        ("王\n明", "\n"),
        ("王\ufdd0", "\ufdd0"),
        ("王\U0001fffe", "\U0001fffe"),
        ("王\ud800", "\ud800"),
    ],
)
def test_the_character_that_a_name_cannot_hold_is_found(name: str, unusable: str) -> None:
    assert find_unusable_character(name) == unusable
    assert not re.search(TextForm.SHORT_TEXT, name)
    assert not re.search(TextForm.IDENTIFIER, name)


@pytest.mark.parametrize("number", ["葛\U000e0101", "ශ්\u200dරී", "V\u00a01", "V\u20031"])
def test_a_number_has_no_selector_joiner_or_other_space_though_a_name_may(number: str) -> None:
    assert re.search(TextForm.SHORT_TEXT, number)
    assert not re.search(TextForm.IDENTIFIER, number)


def test_what_draws_nothing_stays_off_the_screen_and_a_joiner_on_it() -> None:
    assert [is_invisible(char) for char in "\u00ad\u3164\ufff9\x1b\u200d\ue863\U00031350王"] == [True] * 4 + [False] * 4
