"""Names of people: normalised for the people store, and masked for a public screen.

Rule: the mask is 〇 (U+3007), which terminals and fonts agree to draw two cells wide; they disagree over ○ (U+25CB).
"""

import re
import unicodedata
from typing import Literal

Style = Literal["surname-and-last", "surname-only"]
"""Taiwan's offices mask in two ways: 王〇明, or the surname's first character alone, 王〇〇."""

MASK = "〇"
SURNAME_AND_NAME = 2
"""Characters of the shortest name: to show its last one would hide nothing."""
LONGEST_NAME = 64
"""Characters. Passports take 39; what is longer is no name."""

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
"""Unicode categories that draw nothing, or differ by font: control, format, private use, unassigned."""


def normalise_name(name: str) -> str:
    """A name as the people store keeps it: composed (NFC), without invisible characters, single spaces.

    An escape sequence in a name would reach the terminal of the entrance.
    """
    spaced = " ".join(unicodedata.normalize("NFC", name).split())
    visible = "".join(letter for letter in spaced if unicodedata.category(letter) not in _INVISIBLE)
    return " ".join(visible.split())


def mask(name: str, style: Style) -> str:
    """A name for a public screen: a Chinese name is masked by character, any other by word."""
    if any(_is_chinese(letter) for letter in name):
        return _mask_characters(_split_letters("".join(name.split())), style)
    return _mask_words([_split_letters(word) for word in name.split()], style)


def _mask_characters(letters: list[str], style: Style) -> str:
    shown_last = style == "surname-and-last" and len(letters) > SURNAME_AND_NAME
    hidden = letters[1:-1] if shown_last else letters[1:]
    return letters[0] + MASK * len(hidden) + (letters[-1] if shown_last else "")


def _mask_words(words: list[list[str]], style: Style) -> str:
    initials = [f"{letters[0].upper()}." for letters in words]
    if style == "surname-only":
        initials[1:] = [MASK] * len(initials[1:])
    return " ".join(initials) or MASK


def _split_letters(text: str) -> list[str]:
    """Each character with the marks and variation selectors that belong to it."""
    return re.findall(r"(?s).(?:[\u0300-\u036f\ufe00-\ufe0f]|[\U000e0100-\U000e01ef])*", text)


def _is_chinese(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("CJK ")
