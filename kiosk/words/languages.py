"""Which words to show to whom."""

from types import MappingProxyType

from kiosk.entrance.results import Language
from kiosk.words import (
    en,
    id,  # noqa: A004 - the module is named for the language, Indonesian
    vi,
    zh_tw,
)
from kiosk.words.words import Words

LANGUAGES: MappingProxyType[Language, Words] = MappingProxyType(
    {"zh-TW": zh_tw.WORDS, "en": en.WORDS, "vi": vi.WORDS, "id": id.WORDS}
)
"""The words of each language; Chinese, which the staff read, first."""

STAFF: Language = "zh-TW"
"""What is always shown, whoever taps."""


def words_for(language: Language) -> Words:
    """The words of one language."""
    return LANGUAGES[language]


def others_than(language: Language) -> list[Words]:
    """The languages that are shown small: neither the volunteer's own nor the staff's."""
    return [words for name, words in LANGUAGES.items() if name not in (language, STAFF)]
