"""A secret that a person types, a PIN or a password, and what is kept of it.

Rule: the text leaves this module as an argon2id hash of its HMAC under the site key, or not at all. A stolen people
store alone cannot be searched: without the key nothing can be tried.
"""

import hmac
from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import Type

from kiosk.errors import UserError
from kiosk.words.errors import HomeText

KeyedHash = Callable[[bytes], bytes]
"""The HMAC of a message under the site key of a home."""
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, type=Type.ID)
"""argon2id with 64 MiB and 3 passes over 4 lanes, the second choice of RFC 9106: some 130 ms on two cores."""


class InvalidSecret(ValueError):
    """This text may not be set as a secret; the sentence does not repeat it."""


class Secret:
    """A text that is never shown, not even in a traceback."""

    __slots__ = ("_text",)
    PURPOSE: ClassVar[bytes]
    """Separates the HMAC from every other use of the site key."""
    DAMAGED: ClassVar[HomeText]
    """The sentence where what is kept is no hash."""

    def __init__(self, text: str) -> None:
        """Any text that was typed; whether it may be set is checked by the kind of secret."""
        self._text = text

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(type(self))

    def demand_usable(self) -> None:
        """Check that it may be set. Raises: InvalidSecret."""
        raise NotImplementedError

    def compute_hash(self, keyed_hash: KeyedHash, actor: UUID) -> str:
        """The hash for the people store."""
        return HASHER.hash(self._compute_hmac(keyed_hash, actor))

    def matches(self, hashed: str, keyed_hash: KeyedHash, actor: UUID) -> bool:
        """Whether it is the secret of a hash; takes as long either way. Raises: UserError where `hashed` is no hash."""
        try:
            return HASHER.verify(hashed, self._compute_hmac(keyed_hash, actor))
        except VerifyMismatchError:
            return False
        except (InvalidHashError, VerificationError):
            raise UserError(self.DAMAGED.fill()) from None

    def _compute_hmac(self, keyed_hash: KeyedHash, actor: UUID) -> bytes:
        return keyed_hash(self.PURPOSE + actor.bytes + self._text.encode())
