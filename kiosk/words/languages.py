"""Which words to show to whom."""

from types import MappingProxyType

from kiosk.entrance.results import Language
from kiosk.words import (
    en,
    id,  # noqa: A004 - the module is named for the language, Indonesian
    vi,
    zh_tw,
)
from kiosk.words.words import EntranceWords

LANGUAGES: MappingProxyType[Language, EntranceWords] = MappingProxyType(
    {"zh-TW": zh_tw.WORDS, "en": en.WORDS, "vi": vi.WORDS, "id": id.WORDS}
)
"""The words of each language; Chinese, which the staff read, first."""

STAFF: Language = "zh-TW"
"""What is always shown, whoever taps."""


def find_words(language: Language) -> EntranceWords:
    """The words of one language."""
    return LANGUAGES[language]


def list_other_words(language: Language) -> list[EntranceWords]:
    """The languages that are shown small: neither the volunteer's own nor the staff's."""
    return [words for name, words in LANGUAGES.items() if name not in (language, STAFF)]
