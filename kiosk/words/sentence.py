"""A sentence for people, by a name that code can use. One enumeration a subject, one file a subject.

The rule: code says which sentence and gives its fields; the text stands here and nowhere else. `errors.py` holds the
English texts of its enumerations, `errors_zh_tw.py` the Chinese ones under the same names; the Chinese file is loaded
when it is first needed. Volunteers appear by their number, instants are local, no name appears.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from importlib import import_module
from types import ModuleType

from kiosk.words.language import find_language, find_replacement


class Sentence(StrEnum):
    """Base of the enumerations: a member's value is its text in English, braces are fields."""

    def fill(self, **fields: object) -> str:
        """The text with its fields, in the language of the one that reads it."""
        if replacement := find_replacement(self.value):
            return replacement.format(**fields)
        if find_language() == "en":
            return self.format(**fields)
        said: Mapping[str, str] = load_chinese("kiosk.words.system_errors").SYSTEM_ERRORS
        words = {name: said.get(field, field) if isinstance(field, str) else field for name, field in fields.items()}
        return self.find_chinese_text().format(**words)

    def find_text(self) -> str:
        """The text in the language of the one that reads it, its fields in braces."""
        return self.value if find_language() == "en" else self.find_chinese_text()

    def find_chinese_text(self) -> str:
        """The Chinese text, its fields in braces."""
        texts: Mapping[str, Mapping[str, str]] = load_chinese(type(self).__module__).TEXTS
        return texts.get(type(self).__name__, {}).get(self.name, self.value)


class ProgramSentence(Sentence):
    """Base of the enumerations that other programs read: English in every language."""

    def fill(self, **fields: object) -> str:
        """The English text with its fields."""
        return self.format(**fields)


def load_chinese(module: str) -> ModuleType:
    """The Chinese file beside an English one; beside a table of words (`desk_words`), the file of that table."""
    return import_module(f"{module.removesuffix('_words')}_zh_tw")


def format_instant(at: datetime, zone: tzinfo, precision: str = "minutes") -> str:
    """An instant as a person reads it: local, with the offset, to the minute or to the second."""
    return at.astimezone(zone).isoformat(" ", precision)
