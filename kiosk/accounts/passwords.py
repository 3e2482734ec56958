"""The password of an account for the desk: which texts are allowed."""

from kiosk.accounts.hashed_secrets import InvalidSecret, Secret
from kiosk.words.errors import HomeText

FEWEST_CHARACTERS, MOST_CHARACTERS = 10, 128
"""Of a password. Long ones are safer than odd ones, so that nothing else is asked of them but some variety."""
FEWEST_DISTINCT = 5


class InvalidPassword(InvalidSecret):
    """This text cannot be a password; the sentence does not repeat it."""


class Password(Secret):
    """What a person types to log in at the desk."""

    __slots__ = ()
    PURPOSE = b"vms-account-password-v1\0"
    DAMAGED = HomeText.PASSWORD_HASH_DAMAGED

    def demand_usable(self) -> None:
        """Check that it may be set. Raises: InvalidPassword."""
        if not FEWEST_CHARACTERS <= len(self._text) <= MOST_CHARACTERS or not self._text.isprintable():
            raise InvalidPassword(HomeText.PASSWORD_LENGTH.fill(fewest=FEWEST_CHARACTERS, most=MOST_CHARACTERS))
        if len(set(self._text)) < FEWEST_DISTINCT:
            raise InvalidPassword(HomeText.PASSWORD_TOO_SIMPLE.fill(distinct=FEWEST_DISTINCT))
