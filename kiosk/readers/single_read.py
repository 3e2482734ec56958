"""A reader of kiosk.toml in somebody's hand: one card at a time, read the way in which the entrance will read it.

Rule: whatever does not come says why within the time that was given. Nothing is written anywhere.
"""

import time
from queue import Empty, Queue
from types import TracebackType
from typing import Self

from devices.protocols.decoder import CardNumber
from devices.readers.events import CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from devices.readers.reader_thread import SLOW, SLOW_OPEN_SECONDS
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.readers.factory import build_maker
from kiosk.readers.in_use import demand_port_free
from kiosk.settings import Reader
from kiosk.words.readers import ReaderText

OPENING_SECONDS = 2 * SLOW_OPEN_SECONDS
"""A reader that takes longer to open has said so itself."""

_NO_CARD = ReaderText.NOTHING_CAME_SECONDS_CHECK_CARD
_UNREADABLE = ReaderText.CAME_COULD_NOT_READ
_LOST = "{name}: {reason}"


class ReaderSession:
    """Reads one configured reader within a `with`.

    Raises:
        Mistake: the entrance has it open; or, at the `with`, it is not there or does not answer.
    """

    def __init__(self, reader: Reader, home: Home) -> None:
        demand_port_free(home.path, home.settings.readers, reader.port)
        self.name = reader.name
        self._events: Queue[ReaderEvent] = Queue()
        self._reader = build_maker(reader, home)(self._events.put)

    def read_card(self, seconds: float) -> CardNumber:
        """The next card that is presented.

        Raises:
            Mistake: none was within the time, it could not be read, or the reader is not there; with what to do.
        """
        unread, until = "", time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            match self._wait_for_event(left):
                case CardPresented(card=card):
                    return card
                case InputUnreadable(reason=reason):
                    unread = reason
                case ReaderLost(reason=reason):
                    raise UserError(_LOST.format(name=self.name, reason=reason), EXIT_NO)
                case _:
                    continue
        raise UserError(
            (_UNREADABLE if unread else _NO_CARD).format(name=self.name, reason=unread, seconds=seconds), EXIT_NO
        )

    def _wait_for_event(self, seconds: float) -> ReaderEvent | None:
        try:
            return self._events.get(timeout=seconds)
        except Empty:
            return None

    def _wait_until_ready(self) -> None:
        """A card that is held before the port is open is lost: nobody is asked for one until then."""
        while not isinstance(event := self._wait_for_event(OPENING_SECONDS), ReaderReady):
            if event is None or isinstance(event, ReaderLost):
                reason = event.reason if event else SLOW
                raise UserError(_LOST.format(name=self.name, reason=reason), EXIT_NO)

    def __enter__(self) -> Self:
        self._reader.start()
        try:
            self._wait_until_ready()
        except BaseException:
            self._reader.stop()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._reader.stop()


def find_reader(home: Home, name: str | None) -> Reader:
    """The reader of kiosk.toml with this name; the only one where there is no name. Raises: Mistake."""
    readers = {reader.name: reader for reader in home.settings.readers}
    if not readers:
        raise UserError(ReaderText.KIOSK_TOML_NAMES_NO_CARD)
    if name is None and len(readers) > 1:
        raise UserError(ReaderText.SEVERAL_READERS.fill(readers=", ".join(readers)))
    if name is not None and name not in readers:
        raise UserError(ReaderText.NO_READER_KIOSK_TOML.fill(name=name, readers=", ".join(readers)))
    return readers[name] if name is not None else next(iter(readers.values()))
