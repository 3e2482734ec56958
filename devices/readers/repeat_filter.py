"""A card that lies on a reader is read again and again, and is one presentation.

The rule: a thing is new when it was not seen for the hold; every reading of it begins the hold again. The hold is a
second, or half as long again as the reader's own interval between two readings, where that is longer. A thing that
has been seen for ten seconds lies there: it must be gone for longer to be new again, because a hand that reaches
over it with another card interrupts its readings.

One memory for each card, not the last card only: two cards that alternate are two presentations, and a
weak coupling that fails for 0.9 seconds is still one. (What a repeated tap means is not decided here.)
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

HOLD_SECONDS = 1.0
"""How long a thing must be gone to be new again. Bridges gaps of 0.9 s in the coupling."""

INTERVALS_HELD = 1.5
"""Hold, in intervals of the reader: it bridges a reading that comes half an interval late."""

LIES_AFTER_SECONDS = 10.0
"""How long a thing must be seen to count as left on the reader: no person holds a card for so long."""

LYING_HOLD_SECONDS, LYING_HOLDS = 5.0, 2.0
"""How long, and how many times its hold, a thing that lies there must be gone: as long as another card covers it."""

LONGEST_MEMORY = 1_000
"""Things that are remembered: many times what people can present within a hold, and a bound for what noise can."""

Item = TypeVar("Item", bound=Hashable)


def compute_hold(interval: float) -> float:
    """The hold for a reader that reads a card that lies there again after `interval` seconds."""
    return max(HOLD_SECONDS, INTERVALS_HELD * interval)


@dataclass(slots=True)
class Presence:
    """From when to when a thing was seen without a break, in seconds."""

    since: float
    until: float


class RepeatFilter(Generic[Item]):
    """Remembers what was seen within the hold, and forgets the rest, so that it stays small."""

    def __init__(self, seconds: float = HOLD_SECONDS) -> None:
        self.set_hold(seconds)
        self._last_seen: OrderedDict[Item, Presence] = OrderedDict()
        """Those seen longest ago come first; without those that lie there."""
        self._lying: dict[Item, Presence] = {}

    def set_hold(self, seconds: float) -> None:
        """Hold things for so long from now on. From any thread."""
        self._seconds = seconds
        self._lying_seconds = max(LYING_HOLD_SECONDS, LYING_HOLDS * seconds)

    def is_new(self, item: Item, at: float) -> bool:
        """Whether `item` begins a presentation at `at`, in seconds of a clock that never goes back."""
        self._forget(at)
        if lying := self._lying.get(item):
            lying.until = at
            return False
        seen = self._last_seen.pop(item, None)
        self._remember(item, Presence(seen.since if seen else at, at))
        return seen is None

    def find_lying_since(self, at: float) -> float | None:
        """Since when the thing is there that lies there longest; None while nothing does."""
        self._forget(at)
        return min((presence.since for presence in self._lying.values()), default=None)

    def skip(self, seconds: float) -> None:
        """Take it that what lay there went on to lie there for a time in which nothing could be read."""
        for presence in self._lying.values():
            presence.until += seconds

    def _remember(self, item: Item, presence: Presence) -> None:
        if presence.until - presence.since >= LIES_AFTER_SECONDS:
            self._lying[item] = presence
            return
        self._last_seen[item] = presence
        if len(self._last_seen) > LONGEST_MEMORY:
            self._last_seen.popitem(last=False)

    def _forget(self, at: float) -> None:
        while self._last_seen and at - next(iter(self._last_seen.values())).until >= self._seconds:
            self._last_seen.popitem(last=False)
        for item in [item for item, presence in self._lying.items() if at - presence.until >= self._lying_seconds]:
            del self._lying[item]
