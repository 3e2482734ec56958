"""A sentence for people, by a name that code can use. One enumeration a subject, one file a subject.

The rule: code says which sentence and gives its fields; the text stands here and nowhere else. `errors.py` holds the
English texts of its enumerations, `errors_zh_tw.py` the Chinese ones under the same names; the Chinese file is loaded
when it is first needed. Volunteers appear by their number, instants are local, no name appears. A word that follows a
number is written in both its forms, `{count} {count:row|rows}`: English has a plural, Chinese has none.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from importlib import import_module
from types import ModuleType

from typing_extensions import override

from kiosk.words.language import find_language, find_replacement

COUNTED_WORD = re.compile(r"\{(\w+):([^{}|]+)\|([^{}|]+)\}")
"""A word by a number: the field of the number, the word for one, the word for any other count."""

REPEATED_INPUT = re.compile(r"\{(\w+)!r\}")
"""A field that repeats what was typed, in quotation marks."""
LONGEST_INPUT = 100
"""Characters of it that are repeated: a sentence stays one that can be read."""


def fill_text(text: str, fields: Mapping[str, object]) -> str:
    """A text with its fields, and each of its words that follow a number in the form for one or for several."""
    if "|" in text:
        text = COUNTED_WORD.sub(lambda found: found[2 if fields[found[1]] in (1, "1") else 3], text)
    if "!r" in text:
        text = REPEATED_INPUT.sub(lambda found: _escape_braces(repr(shorten(fields[found[1]]))), text)
    return text.format_map(fields)


def shorten(value: object) -> object:
    """What was typed, without the rest where it is a long text."""
    return f"{value[:LONGEST_INPUT]}…" if isinstance(value, str) and len(value) > LONGEST_INPUT else value


def _escape_braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


class CountedText(str):
    """A text of a table of words that is filled with `format` and has words that follow a number."""

    __slots__ = ()

    @override
    def format(self, *args: object, **fields: object) -> str:
        """The text with its fields, all of them by name."""
        return fill_text(self, fields)


class Sentence(StrEnum):
    """Base of the enumerations: a member's value is its text in English, braces are fields."""

    def fill(self, **fields: object) -> str:
        """The text with its fields, in the language of the one that reads it."""
        if replacement := find_replacement(self.value):
            return fill_text(replacement, fields)
        if find_language() == "en":
            return fill_text(self.value, fields)
        said: Mapping[str, str] = load_chinese("kiosk.words.system_errors").SYSTEM_ERRORS
        words = {name: said.get(field, field) if isinstance(field, str) else field for name, field in fields.items()}
        return fill_text(self.find_chinese_text(), words)

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
        return fill_text(self.value, fields)


def load_chinese(module: str) -> ModuleType:
    """The Chinese file beside an English one; beside a table of words (`desk_words`), the file of that table."""
    return import_module(f"{module.removesuffix('_words')}_zh_tw")


def format_instant(at: datetime, zone: tzinfo, precision: str = "minutes") -> str:
    """An instant as a person reads it: local, with the offset, to the minute or to the second."""
    return at.astimezone(zone).isoformat(" ", precision)
