"""Names of people, masked for a public screen.

Rule: the mask is 〇 (U+3007), which terminals and fonts agree to draw two cells wide; they disagree over ○ (U+25CB).
"""

import unicodedata
from typing import Literal

from devices.characters import is_ideograph

Style = Literal["surname-and-last", "surname-only"]
"""Taiwan's offices mask in two ways: 王〇明, or the surname's first character alone, 王〇〇."""

MASK = "〇"
SURNAME_AND_NAME = 2
"""Characters of the shortest name: to show its last one would hide nothing."""
LONGEST_NAME = 64
"""Characters. Passports take 39; what is longer is no name."""
_JOINERS = "\u200c\u200d"
"""Spelling in some scripts: they shape the characters beside them."""


def mask(name: str, style: Style) -> str:
    """A name for a public screen: a Chinese name is masked by character, any other by word.

    One that has the mask in it is masked already, as a kiosk gets it from its hub.
    """
    if MASK in name:
        return name
    if any(map(is_ideograph, name)):
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
    """Each character with the marks, variation selectors and joiners that belong to it."""
    letters: list[str] = []
    for char in text:
        if letters and (unicodedata.category(char).startswith("M") or char in _JOINERS):
            letters[-1] += char
        else:
            letters.append(char)
    return letters
