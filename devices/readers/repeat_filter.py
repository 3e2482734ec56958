"""A card that lies on a reader is read twenty times a second, and is one presentation.

The rule: a thing is new when it was not seen for a second; every reading of it begins that second again.
One memory for each card, not the last card only: two cards that alternate are two presentations, and a
weak coupling that fails for 0.9 seconds is still one. (What a repeated tap means is not decided here.)
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

HOLD_SECONDS = 1.0
"""How long a thing must be gone to be new again. Bridges gaps of 0.9 s in the coupling."""

Item = TypeVar("Item", bound=Hashable)


class RepeatFilter(Generic[Item]):
    """Remembers what was seen within the hold, and forgets the rest, so that it stays small."""

    def __init__(self, seconds: float = HOLD_SECONDS) -> None:
        self._seconds = seconds
        self._last_seen: OrderedDict[Item, float] = OrderedDict()
        """Those seen longest ago come first."""

    def is_new(self, item: Item, at: float) -> bool:
        """Whether `item` begins a presentation at `at`, in seconds of a clock that never goes back."""
        self._forget(at)
        new = self._last_seen.pop(item, None) is None
        self._last_seen[item] = at
        return new

    def _forget(self, at: float) -> None:
        while self._last_seen and at - next(iter(self._last_seen.values())) >= self._seconds:
            self._last_seen.popitem(last=False)
