"""The cards that are expected, read from the log while nobody taps: so the first tap of a day waits for no slow disk.

The rule: a tap waits for this for some hundredths of a second at most, and what is not read ahead is read by its tap.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from datetime import date
from time import monotonic

from domain.log.errors import LogError

LOG = logging.getLogger(__name__)

MOST_CARDS = 2_000
"""Cards that are read ahead: with those who hold them, as many as the log keeps."""
READ_SECONDS = 0.02
"""Seconds after which no further card is read, until the next call."""


class CardsAhead:
    """Reads the cards of a day, a few with each call.

    Args:
        list_expected: the tokens of the cards of a service day, those that are expected most first. May raise any
            exception.
        read_card: reads what a tap of a card asks for on a service day. Raises: LogError.
    """

    def __init__(
        self, list_expected: Callable[[date], Iterable[str]], read_card: Callable[[str, date], object]
    ) -> None:
        self._list_expected = list_expected
        self._read_card = read_card
        self._day: date | None = None
        self._unread = deque[str]()

    def read_some(self, day: date) -> None:
        """Read on for some hundredths of a second; on another day than the last time, from its first card.

        `day`: of the calendar; what is read is the service day of that date, also in the hours before it begins.
        """
        if day != self._day:
            self._day, self._unread = day, deque(self._list_cards(day))
        until = monotonic() + READ_SECONDS
        while self._unread and monotonic() < until:
            token = self._unread.popleft()
            try:
                self._read_card(token, day)
            except LogError:
                return  # a tap says what is wrong with the log

    def _list_cards(self, day: date) -> Iterable[str]:
        try:
            return self._list_expected(day)
        except Exception:
            LOG.exception("the cards that are expected cannot be listed: each is read at its tap")
            return ()
