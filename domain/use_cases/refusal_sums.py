"""Refusals of unknown or unreadable cards, counted where one reader sends more of them than people can present.

The rule: of each reader the first ten in a minute are recorded one by one. What more come are counted, also in the next
minute; the caller records their sum within a second, and at the end of each minute. So a reader that sends nonsense
fills neither the log nor the time of the door. What is counted and not yet recorded is lost when the program is killed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain.model.attendance import CardReadAtKiosk

FIRST_REFUSALS = 10
"""Refusals of a reader in a minute that are recorded one by one: more than there are people with unknown cards."""

MINUTE_NS = 60 * 10**9
"""Nanoseconds. Minutes are those since the machine was booted: no setting of the clock makes one longer."""

CountableReason = Literal["unknown_card", "unreadable", "unanswered"]
"""`unanswered`: cards that the door did not look at, because more came than it can answer."""

NONSENSE_MINUTES = 1
"""A reader sends nonsense until it has been quiet for a whole minute."""


@dataclass(slots=True)
class ReaderMinute:
    """The last minute in which a reader's cards were refused."""

    minute: int
    refusals: int = 0
    goes_on: bool = False
    """The minute before had too many already."""
    recorded: bool = False
    """A sum of this minute is in the log."""

    @property
    def is_nonsense(self) -> bool:
        """Whether these are more than people can present."""
        return self.goes_on or self.refusals > FIRST_REFUSALS


@dataclass(slots=True)
class RefusalSum:
    """Refusals of one reader in one minute for one reason."""

    reason: CountableReason
    minute: int
    first: CardReadAtKiosk
    last: CardReadAtKiosk
    count: int = 0


class RefusalSums:
    """What was refused at each reader of a kiosk lately, and what waits to be recorded as sums."""

    def __init__(self) -> None:
        self._minutes: dict[str, ReaderMinute] = {}
        self._waiting: dict[tuple[str, int, CountableReason], RefusalSum] = {}

    def count(self, reason: CountableReason, card_read: CardReadAtKiosk, refusals: int = 1) -> bool:
        """Count refusals; whether they wait to be summed, and are not to be recorded one by one."""
        minute = self._turn_minute(card_read)
        minute.refusals += refusals
        if reason != "unanswered" and not minute.is_nonsense:
            return False
        key = (card_read.reader, minute.minute, reason)
        total = self._waiting.setdefault(key, RefusalSum(reason, minute.minute, card_read, card_read))
        total.last, total.count = card_read, total.count + refusals
        return True

    def list_due(self, boot_ns: int) -> Iterator[RefusalSum]:
        """The sums to record now: the first of a reader's minute at once, then what came until its end."""
        for (reader, minute, _), total in list(self._waiting.items()):
            last = self._minutes[reader]
            if minute < boot_ns // MINUTE_NS or not (last.minute == minute and last.recorded):
                yield total

    def list_all(self) -> list[RefusalSum]:
        """Every sum that waits: for the end of the program."""
        return list(self._waiting.values())

    def forget(self, total: RefusalSum) -> None:
        """Forget a sum that is recorded."""
        reader = total.last.reader
        del self._waiting[reader, total.minute, total.reason]
        if self._minutes[reader].minute == total.minute:
            self._minutes[reader].recorded = True

    def list_nonsense_readers(self, boot_ns: int) -> tuple[str, ...]:
        """The readers that send nonsense now, by name."""
        quiet_since = boot_ns // MINUTE_NS - NONSENSE_MINUTES
        return tuple(
            reader for reader, last in list(self._minutes.items()) if last.is_nonsense and last.minute >= quiet_since
        )

    def _turn_minute(self, card_read: CardReadAtKiosk) -> ReaderMinute:
        minute, last = card_read.reading.boot_ns // MINUTE_NS, self._minutes.get(card_read.reader)
        if last is None or last.minute != minute:
            goes_on = last is not None and last.minute == minute - 1 and last.refusals > FIRST_REFUSALS
            last = self._minutes[card_read.reader] = ReaderMinute(minute, goes_on=goes_on)
        return last
