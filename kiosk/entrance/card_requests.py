"""The reads that a program which issues a card has asked the entrance for: they are handed to it, and are no taps.

The rule: a read belongs to the request from the moment it is answered "ready" until its second card, its time or its
connection ends; before and after, and at every other reader, a read is a tap. None is lost between the two.
"""

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic

from devices.faults import Fault
from devices.readers.events import CardPresented, InputUnreadable, ReaderEvent, ReaderLost, ReaderReady
from devices.readers.reader_thread import SLOW
from kiosk.readers.entrance_protocol import (
    READS,
    CardRead,
    CardRequest,
    ReaderFailed,
    ReadFailed,
    Ready,
    Refused,
    Reply,
    TimeOver,
    encode,
)
from kiosk.words.devices import explain_fault


@dataclass(frozen=True, slots=True)
class Issuing:
    """A card that is being issued, for the screen."""

    reader: str
    volunteer: str
    name: str
    """Already masked; empty where none is stored."""
    reads: int = 0
    """How often the card was read."""


class Requester:
    """The program that asks, at the other end of a connection. Guarded by the lock of `CardRequests`."""

    def __init__(self, connection: socket.socket, request: CardRequest) -> None:
        self.request = request
        self.until = monotonic() + request.seconds
        """When its time is over, by `time.monotonic`; each card begins it again."""
        self.unread: CardPresented | None = None
        """A card that was handed over, and that the program has not taken yet."""
        self._connection = connection

    def send(self, reply: Reply) -> bool:
        """Send a reply at once or not at all; whether it was sent."""
        line = encode(reply)
        try:
            return self._connection.send(line, socket.MSG_DONTWAIT) == len(line)
        except OSError:
            return False

    def hand_over(self, presented: CardPresented) -> bool:
        """Send a card, and wait for the next one; whether it was sent."""
        if not self.send(CardRead(str(presented.card))):
            return False
        self.unread, self.until = presented, monotonic() + self.request.seconds
        return True

    def hang_up(self) -> None:
        """End the connection for both sides."""
        with suppress(OSError):  # it has ended by itself
            self._connection.shutdown(socket.SHUT_RDWR)


class CardRequests:
    """The request that is being answered, one at most. Any thread may call, and no call blocks.

    Args:
        readers: the names of all readers.
        report: takes what is being issued, or None when that is over.
    """

    def __init__(self, readers: Sequence[str], report: Callable[[Issuing | None], object]) -> None:
        self._report = report
        self._lock = Lock()
        self._faults: dict[str, Fault | None] = dict.fromkeys(readers, SLOW)
        """Why each reader cannot be used now; None where it can."""
        self._requester: Requester | None = None
        self._issuing: Issuing | None = None

    # --- What readers report ---

    def take(self, event: ReaderEvent) -> bool:
        """Hand an event to the program that has asked for it; False where it is the entrance's own."""
        with self._lock:
            self._note_fault(event)
            requester = self._requester
            if requester is None or event.reader != requester.request.reader:
                return False
            match event:
                case CardPresented():
                    return self._hand_over(requester, event)
                case InputUnreadable(fault=fault):
                    return requester.send(ReadFailed(explain_fault(fault)))
                case ReaderLost(fault=fault):
                    requester.send(ReaderFailed(explain_fault(fault)))
                    self._end()
            return False

    def _note_fault(self, event: ReaderEvent) -> None:
        if isinstance(event, ReaderLost | ReaderReady):
            self._faults[event.reader] = event.fault if isinstance(event, ReaderLost) else None

    def _hand_over(self, requester: Requester, presented: CardPresented) -> bool:
        is_sent = requester.hand_over(presented)
        reads = self._issuing.reads + 1 if self._issuing else READS
        if self._issuing and is_sent and reads < READS:
            self._show(replace(self._issuing, reads=reads))
        else:
            self._end()
        return is_sent

    # --- What programs ask ---

    def begin(self, requester: Requester) -> bool:
        """Answer a request, "ready" or why not; whether its reads are taken from now on."""
        request = requester.request
        with self._lock:
            refusal = self._find_refusal(request.reader)
            if not requester.send(refusal or Ready()) or refusal:
                return False
            self._requester = requester
            self._show(Issuing(request.reader, request.volunteer, request.name))
            return True

    def _find_refusal(self, reader: str) -> Reply | None:
        if reader not in self._faults:
            return Refused("unknown_reader")
        if self._requester is not None:
            return Refused("busy")
        fault = self._faults[reader]
        return ReaderFailed(explain_fault(fault)) if fault else None

    def count_seconds_left(self, requester: Requester) -> float:
        """Seconds until the time of a request is over; then, with 0, it is ended."""
        with self._lock:
            left = requester.until - monotonic()
            if left > 0:
                return left
            if requester is self._requester:
                requester.send(TimeOver())
                self._end()
            return 0.0

    def confirm(self, requester: Requester) -> None:
        """Note that the program has the card that it was handed."""
        with self._lock:
            requester.unread = None

    def end(self, requester: Requester) -> CardPresented | None:
        """End a request whose connection has ended; the card that it never took, which is a tap after all."""
        with self._lock:
            if requester is self._requester:
                self._end()
            return requester.unread

    def hang_up(self) -> None:
        """End the request that is being answered, for the entrance ends."""
        with self._lock:
            if self._requester:
                self._requester.hang_up()
                self._end()

    def _end(self) -> None:
        self._requester = None
        self._show(None)

    def _show(self, issuing: Issuing | None) -> None:
        self._issuing = issuing
        self._report(issuing)
