"""Reading a card with the reader of an open entrance, which is asked for its next two reads.

Rule: for the person who issues the card it is as if the program had opened the reader itself: the same sentences, the
same waits. Where the entrance cannot be asked, the advice is to close it.
"""

import time
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from devices.protocols.decoder import CardNumber
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import is_entrance_open
from kiosk.reader_settings import Reader
from kiosk.readers.configured import CardSource, ReaderSession
from kiosk.readers.entrance_protocol import (
    REPLIES,
    AnyReply,
    CardRead,
    CardRequest,
    CardTaken,
    LineReceiver,
    ReaderFailed,
    ReadFailed,
    Ready,
    Refused,
    TimeOver,
    connect_to_entrance,
    encode,
)
from kiosk.text.masking import mask
from kiosk.words.readers import ReaderText

ANSWER_SECONDS = 5.0
"""Seconds within which an entrance that is well has answered; a stopped one does not."""


def open_card_source(reader: Reader, home: Home, volunteer: str, seconds: float) -> CardSource:
    """What reads the card of a volunteer: the reader itself, or the entrance where that is open.

    Args:
        reader: a reader of kiosk.toml.
        home: its home.
        volunteer: the number of the volunteer, who is in the people store.
        seconds: to wait for each of two reads.

    Raises:
        UserError: an entrance is open and cannot be asked.
    """
    if not is_entrance_open(home.path):
        return ReaderSession(reader, home)
    volunteer_id = home.people.find_id(volunteer)
    name = home.people.find_name(volunteer_id) if volunteer_id else None
    masked = mask(name, home.settings.masking) if name else ""
    return EntranceSession(reader, home.path, CardRequest(reader.name, volunteer, masked, seconds))


class EntranceSession(CardSource):
    """Asks the entrance within a `with`. Raises: UserError, at the `with` too, where it does not answer or refuses."""

    def __init__(self, reader: Reader, home: Path, request: CardRequest) -> None:
        self.name = reader.name
        self._request = request
        self._unanswered = UserError(ReaderText.CLOSE_THE_ENTRANCE.fill(address=reader.port), EXIT_NO)
        try:
            self._connection = connect_to_entrance(home, ANSWER_SECONDS)
        except OSError:
            raise self._unanswered from None
        self._receiver = LineReceiver(self._connection)

    def read_card(self, seconds: float) -> CardNumber:
        """The next card that is presented at the entrance. Raises: UserError as `ReaderSession` does."""
        failure, until = "", time.monotonic() + seconds + ANSWER_SECONDS
        while True:
            match self._receive(until - time.monotonic()):
                case CardRead(card=card):
                    self._send(CardTaken())
                    return CardNumber.parse(card)
                case ReadFailed(reason=reason):
                    failure = reason
                case TimeOver() if failure:
                    raise UserError(ReaderText.CARD_UNREADABLE.fill(name=self.name, reason=failure), EXIT_NO)
                case TimeOver():
                    raise UserError(ReaderText.NO_CARD.fill(name=self.name, seconds=seconds), EXIT_NO)
                case reply:
                    raise self._explain(reply)

    def _explain(self, reply: AnyReply | None) -> UserError:
        match reply:
            case ReaderFailed(reason=reason):
                return UserError(f"{self.name}: {reason}", EXIT_NO)
            case Refused(reason="busy"):
                return UserError(ReaderText.ANOTHER_CARD_IS_ISSUED.fill(), EXIT_NO)
            case Refused(reason="unknown_reader"):
                return UserError(ReaderText.UNKNOWN_TO_ENTRANCE.fill(name=self.name), EXIT_NO)
            case None:
                return UserError(ReaderText.ENTRANCE_ENDED.fill(), EXIT_NO)
            case _:
                return self._unanswered

    def _receive(self, seconds: float) -> AnyReply | None:
        """The next reply; None where the entrance has ended. Raises: UserError where it answers no more."""
        self._connection.settimeout(max(seconds, 0.001))
        try:
            return self._receiver.receive(REPLIES)
        except (TimeoutError, msgspec.DecodeError):  # it is stopped; it is of another version
            raise self._unanswered from None
        except OSError:
            return None

    def _send(self, message: CardRequest | CardTaken) -> None:
        try:
            self._connection.sendall(encode(message))
        except OSError:
            raise UserError(ReaderText.ENTRANCE_ENDED.fill(), EXIT_NO) from None

    def _ask(self) -> None:
        self._send(self._request)
        reply = self._receive(ANSWER_SECONDS)
        if not isinstance(reply, Ready):
            raise self._explain(reply)

    def __enter__(self) -> Self:
        try:
            self._ask()
        except BaseException:
            self._connection.close()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._connection.close()
