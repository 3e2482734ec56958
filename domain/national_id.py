"""The number of a national or resident ID of Taiwan: letter, nine digits, the last of them a check digit (R-014).

Rule: a number that does not fit is refused and never repaired. Three forms are in use: citizens' (second character 1 or
2), residents' since 2021 (8 or 9), and residents' before that (a second letter, A to D).
"""

import re
import unicodedata

NATIONAL_ID = re.compile(r"[A-Z][12][0-9]{8}")
RESIDENT_ID = re.compile(r"[A-Z](?:[89]|[A-D])[0-9]{8}")
LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""The letters of the places of registration, in the order of their codes: A is 10, O is 35 (P42)."""
FIRST_CODE = 10
WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
"""Of the two digits of the letter and the nine that follow (P42)."""


class NotANationalId(ValueError):
    """The text has not the form of a national ID."""


class WrongCheckDigit(NotANationalId):
    """The form is right and the check digit does not fit: a digit was mistyped."""


def parse_national_id(text: str) -> str:
    """The number in capital letters and plain digits. Raises: NotANationalId, WrongCheckDigit."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number = plain.upper()
    if not plain.isascii() or not (NATIONAL_ID.fullmatch(number) or RESIDENT_ID.fullmatch(number)):
        raise NotANationalId
    if sum(weight * digit for weight, digit in zip(WEIGHTS, _list_digits(number), strict=True)) % 10:
        raise WrongCheckDigit
    return number


def _list_digits(number: str) -> list[int]:
    """The eleven digits that are weighed; of a second letter only the last digit of its code counts."""
    first = _find_code(number[0])
    second = _find_code(number[1]) % 10 if number[1].isalpha() else int(number[1])
    return [first // 10, first % 10, second, *map(int, number[2:])]


def _find_code(letter: str) -> int:
    return FIRST_CODE + LETTERS.index(letter)
