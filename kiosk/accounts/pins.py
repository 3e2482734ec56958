"""A coordinator's PIN: which digits are allowed, and its hash in the people store.

Rule: the digits leave this module as an argon2id hash of their HMAC under the site key, or not at all. A stolen people
store alone cannot be searched for them: without the key no PIN can be tried.
"""

import re
from itertools import pairwise

from kiosk.accounts.hashed_secrets import InvalidSecret, Secret
from kiosk.words.errors import HomeText

FEWEST_DIGITS, MOST_DIGITS = 6, 12
"""Digits of a PIN."""


class InvalidPin(InvalidSecret):
    """These characters cannot be a PIN; the sentence does not repeat them."""


class Pin(Secret):
    """The digits that a coordinator types."""

    __slots__ = ()
    PURPOSE = b"vms-coordinator-pin-v1\0"
    DAMAGED = HomeText.PIN_HASH_DAMAGED

    def demand_usable(self) -> None:
        """Check that it may be set. Raises: InvalidPin."""
        if not re.fullmatch(f"[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}", self._text):
            raise InvalidPin(HomeText.PIN_NOT_DIGITS.fill(fewest_digits=FEWEST_DIGITS, most_digits=MOST_DIGITS))
        if len(_compute_steps(self._text)) == 1 and _compute_steps(self._text) <= _STRAIGHT:
            raise InvalidPin(HomeText.PIN_TOO_SIMPLE.fill())


_STRAIGHT = {0, 1, 9}
"""From one digit to the next: the same, the next, or the one before."""


def _compute_steps(digits: str) -> set[int]:
    return {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
