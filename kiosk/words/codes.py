"""Words for what programs know by a code: keys of rows, outcomes, reasons, checks, kinds of events.

Rule: English shows the code itself where it is given no other word; JSON and CSV hold the code in every language.
"""

from typing import Literal

from kiosk.words.language import find_language
from kiosk.words.sentence import load_chinese

CodeKind = Literal["column", "view", "value", "training", "check", "act", "remark", "result"]


def find_word(kind: CodeKind, code: str, english: str = "") -> str:
    """The word for a code in the language of the one that reads it; one without a word as English has it."""
    if find_language() == "en":
        return english or code
    words: dict[str, str] = load_chinese(__name__).WORDS[kind]
    return words.get(code, english or code)


def find_check_name(check: str) -> str:
    """What a check of `kiosk status` is called by those who read what it found."""
    return find_word("check", check, check.replace("_", " "))
