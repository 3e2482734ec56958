"""Cards that wait for their answer: a short queue for each reader, between its thread and the program.

The rule: a full queue gives up its oldest card, because the person who stands there holds the newest. Readers take
turns, so that one which sends without end delays the others by one card. What was given up is counted.
"""

from collections import Counter, deque
from collections.abc import Callable
from threading import Lock

from devices.readers.events import CardPresented

LONGEST_QUEUE = 256
"""Cards of a reader that wait: more than a crowd, and two seconds of answers at most."""


class PendingCards:
    """The queues of all readers. `wake` is called, from the reader's thread, when there is something to take."""

    def __init__(self, wake: Callable[[], object], longest: int = LONGEST_QUEUE) -> None:
        self._wake = wake
        self._longest = longest
        self._lock = Lock()
        self._queues: dict[str, deque[CardPresented]] = {}
        """By reader, the reader whose turn it is first; none is empty."""
        self._given_up: Counter[str] = Counter()
        self._awake = False
        """The program was woken, and has not found the queues empty since."""

    def put(self, presented: CardPresented) -> None:
        """Add a card that was presented, from any thread."""
        with self._lock:
            queue = self._queues.setdefault(presented.reader, deque())
            queue.append(presented)
            if len(queue) > self._longest:
                queue.popleft()
                self._given_up[presented.reader] += 1
            woken, self._awake = self._awake, True
        if not woken:
            self._wake()

    def take(self) -> CardPresented | None:
        """The next card to answer; None when there is none, and then `put` wakes again."""
        with self._lock:
            if not self._queues:
                self._awake = False
                return None
            reader = next(iter(self._queues))
            queue = self._queues.pop(reader)
            presented = queue.popleft()
            if queue:
                self._queues[reader] = queue
            return presented

    def discard_all(self) -> None:
        """Give up all cards that wait, without counting them: the screen says so to their owners."""
        with self._lock:
            self._queues.clear()

    def give_up_all(self) -> None:
        """Give up all cards that wait, and count them: the program ends."""
        with self._lock:
            self._given_up.update({reader: len(queue) for reader, queue in self._queues.items()})
            self._queues.clear()

    @property
    def is_empty(self) -> bool:
        """Whether no card waits."""
        return not self._queues

    def take_given_up(self) -> dict[str, int]:
        """How many cards of each reader were given up since the last call."""
        with self._lock:
            given_up, self._given_up = dict(self._given_up), Counter()
        return given_up
