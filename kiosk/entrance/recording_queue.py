"""What is on its way into the log: cards one after the other, and presentations that gave none; each for a second.

The rule: a card that is not recorded in its second is given up, and with it all that wait behind it: the screen says so
to their owners, who sign on paper.
"""

from collections.abc import Callable, Mapping
from functools import partial

from devices.readers.events import CardPresented
from devices.readers.pending_cards import PendingCards
from kiosk.entrance.display import SetTimer
from kiosk.entrance.service import TapResult
from kiosk.entrance.storage_worker import RECORD_SECONDS, Recording, StorageWorker


class RecordingQueue:
    """The cards that wait, and the recordings that the storage worker has.

    Every method but `put` and `take_unanswered`, which any thread may call, is called by the screen's thread.

    Args:
        worker: writes.
        wake: called, from any thread, when a card waits: then `record_next` is to be called.
        set_timer: calls back in the screen's thread.
        give_up: takes a recording that had no answer within its second.
    """

    def __init__(
        self,
        worker: StorageWorker,
        wake: Callable[[], object],
        set_timer: SetTimer,
        give_up: Callable[[Recording], object],
    ) -> None:
        self._worker = worker
        self._wake = wake
        self._set_timer = set_timer
        self._give_up = give_up
        self._pending_cards = PendingCards(wake)
        self._newest: Recording | None = None
        self._card_recording: Recording | None = None
        """The card that is on its way into the log; the others wait for it, and are given up with it."""

    @property
    def is_empty(self) -> bool:
        """Whether no card waits or is on its way into the log."""
        return self._card_recording is None and self._pending_cards.is_empty

    def put(self, presented: CardPresented) -> None:
        """Add a card that was presented."""
        self._pending_cards.put(presented)

    def give_up_all(self) -> None:
        """Give up all cards that wait, now that the readers have stopped: nobody will answer them."""
        self._pending_cards.give_up_all()

    def take_unanswered(self) -> Mapping[str, int]:
        """How many cards of each reader were too many since the last call."""
        return self._pending_cards.take_given_up()

    def record_next(self, record_card: Callable[[CardPresented], TapResult]) -> bool:
        """Have the next card recorded, unless one is on its way: then it follows that one. Whether one was taken."""
        if self._card_recording is not None or not (presented := self._pending_cards.take()):
            return False
        self._card_recording = self.record(partial(record_card, presented))
        return True

    def record(self, record: Callable[[], TapResult], *, quiet: bool = False) -> Recording:
        """Have the worker write; without an answer it is given up after a second."""
        self._newest = recording = self._worker.record(record)
        recording.quiet = quiet
        self._set_timer(RECORD_SECONDS, partial(self._end_unanswered, recording))
        return recording

    def end(self, recording: Recording) -> None:
        """Go on to the next card when this one is answered."""
        recording.ended = True
        self._follow_up(recording)

    def is_shown(self, recording: Recording) -> bool:
        """Whether the result of a recording is shown: not where the screen has said that it failed, and went on."""
        return not recording.quiet and (recording is self._newest or not recording.given_up)

    def _end_unanswered(self, recording: Recording) -> None:
        if not recording.ended:
            recording.given_up = True
            self._pending_cards.discard_all()
            self._give_up(recording)
            self._follow_up(recording)

    def _follow_up(self, recording: Recording) -> None:
        if recording is self._card_recording:
            self._card_recording = None
            self._wake()
