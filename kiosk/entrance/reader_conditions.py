"""What lasts at the readers: one that does not answer, one that sends nonsense, one on which a card was left.

The rule: the bar has one row, so it says the worst, in Chinese and English; the supervisor gets all of it.
"""

from collections.abc import Callable, Sequence

from devices.readers.events import CardLeft, ReaderLost, ReaderReady
from kiosk.entrance.notice import format_bar
from kiosk.text.sanitise import sanitise
from kiosk.words.reports import ScreenText
from kiosk.words.volunteer_words import EntranceWords

LONGEST_READERS = 12
"""Cells of the names of readers in a bar."""


class ReaderConditions:
    """The conditions of the readers of one entrance, by the names of the readers, in the order of the settings."""

    def __init__(self, readers: Sequence[str]) -> None:
        self._readers = readers
        self._lost: set[str] = set()
        self._card_left: set[str] = set()
        self.nonsense: tuple[str, ...] = ()
        """Those that send more than people can present, and none of it a card of ours."""

    def record(self, event: ReaderLost | ReaderReady | CardLeft) -> None:
        """Note what a reader reports of itself."""
        match event:
            case ReaderLost(reader=reader):
                self._lost.add(reader)
            case ReaderReady(reader=reader):
                self._lost.discard(reader)
            case CardLeft(reader=reader, lies=lies):
                (self._card_left.add if lies else self._card_left.discard)(reader)

    @property
    def lost(self) -> tuple[str, ...]:
        """The readers that do not answer."""
        return tuple(reader for reader in self._readers if reader in self._lost)

    @property
    def all_lost(self) -> bool:
        """Whether there are readers and none answers."""
        return bool(self._readers) and len(self.lost) == len(self._readers)

    def list_troubles(self) -> list[str]:
        """A sentence for an administrator for each reader that is lost or sends nonsense."""
        lost = [ScreenText.READER_LOST.fill(name=name) for name in self.lost]
        return [*lost, *(ScreenText.READER_NONSENSE.fill(name=name) for name in self.nonsense)]

    def build_bar(self) -> str:
        """The bar about the readers; empty where nothing is wrong, or where the whole screen says so."""
        if self.lost and not self.all_lost:
            return _name_readers(self.lost, lambda words: words.one_reader_lost)
        if self.nonsense:
            return _name_readers(self.nonsense, lambda words: words.reader_nonsense)
        left = [reader for reader in self._readers if reader in self._card_left]
        return _name_readers(left, lambda words: words.card_left) if left else ""


def _name_readers(readers: Sequence[str], find_sentence: Callable[[EntranceWords], str]) -> str:
    names = sanitise("、".join(readers), LONGEST_READERS)
    return format_bar(lambda words: find_sentence(words).format(reader=names))
