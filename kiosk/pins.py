"""A coordinator's PIN: which digits are allowed, and its hash in the people store.

Rule: the digits leave this module as an argon2id hash of their HMAC under the site key, or not at all. A stolen people
store alone cannot be searched for them: without the key no PIN can be tried.
"""

import hmac
import re
from collections.abc import Callable
from itertools import pairwise
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import Type

from kiosk.errors import UserError
from kiosk.words.errors import HomeText

FEWEST_DIGITS, MOST_DIGITS = 6, 12
"""Digits of a PIN."""
PURPOSE = b"vms-coordinator-pin-v1\0"
"""Separates the HMAC of a PIN from every other use of the site key."""
KeyedHash = Callable[[bytes], bytes]
"""The HMAC of a message under the site key of a home."""
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, type=Type.ID)
"""argon2id with 64 MiB and 3 passes over 4 lanes, the second choice of RFC 9106: some 130 ms on two cores."""


class InvalidPin(ValueError):
    """These characters cannot be a PIN; the sentence does not repeat them."""


class Pin:
    """The digits that a coordinator types; they are never shown, not even in a traceback."""

    __slots__ = ("_digits",)

    def __init__(self, text: str) -> None:
        """Any text that was typed; `demand_usable` checks it."""
        self._digits = text

    def __repr__(self) -> str:
        return "Pin(hidden)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pin) and hmac.compare_digest(self._digits.encode(), other._digits.encode())

    def __hash__(self) -> int:
        return hash(type(self))

    def demand_usable(self) -> None:
        """Check that it may be set. Raises: InvalidPin."""
        if not re.fullmatch(f"[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}", self._digits):
            raise InvalidPin(HomeText.PIN_NOT_DIGITS.fill(fewest_digits=FEWEST_DIGITS, most_digits=MOST_DIGITS))
        if len(_compute_steps(self._digits)) == 1 and _compute_steps(self._digits) <= _STRAIGHT:
            raise InvalidPin(HomeText.PIN_TOO_SIMPLE.fill())

    def compute_hash(self, keyed_hash: KeyedHash, actor: UUID) -> str:
        """The hash for the people store."""
        return HASHER.hash(self._compute_hmac(keyed_hash, actor))

    def matches(self, hashed: str, keyed_hash: KeyedHash, actor: UUID) -> bool:
        """Whether it is the PIN of a hash; takes as long either way. Raises: UserError where `hashed` is no hash."""
        try:
            return HASHER.verify(hashed, self._compute_hmac(keyed_hash, actor))
        except VerifyMismatchError:
            return False
        except (InvalidHashError, VerificationError):
            raise UserError(HomeText.PIN_HASH_DAMAGED.fill()) from None

    def _compute_hmac(self, keyed_hash: KeyedHash, actor: UUID) -> bytes:
        return keyed_hash(PURPOSE + actor.bytes + self._digits.encode())


_STRAIGHT = {0, 1, 9}
"""From one digit to the next: the same, the next, or the one before."""


def _compute_steps(digits: str) -> set[int]:
    return {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
