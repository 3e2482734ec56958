"""Listens in the home of an open entrance for programs that issue a card, and answers each in a thread of its own.

The rule: only the user of the home, or root, is answered; whatever is sent, in whatever way a program ends, the
entrance goes on, and so it does where it cannot listen.
"""

import errno
import logging
import os
import socket
import struct
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Thread
from time import sleep

import msgspec

from devices.readers.events import CardPresented
from kiosk.entrance.card_requests import CardRequests, Requester
from kiosk.readers.entrance_protocol import (
    REQUESTS,
    SOCKET_FILE,
    TAKEN,
    LineReceiver,
    Refused,
    encode,
    listen_in_home,
)
from kiosk.words.reports import ScreenText

LOG = logging.getLogger(__name__)

MOST_CONNECTIONS = 8
"""Programs that are answered at once; one of them issues, the others are refused."""
REQUEST_SECONDS = 2.0
"""Seconds within which a program has to say what it wants."""
RETRY_SECONDS = 1.0
"""Until connections are accepted again where the machine has none to give."""
ROOT = 0
_CREDENTIALS = struct.Struct("3i")
"""Process, user and group at the other end (unix(7), SO_PEERCRED)."""


@contextmanager
def serve_issuing(home: Path, requests: CardRequests, put_back: Callable[[CardPresented], object]) -> Generator[None]:
    """Answer programs that issue a card, until the end of the block.

    Args:
        home: the folder of the home; its entrance is this one.
        requests: decides which reads are handed over.
        put_back: takes a card that was handed to a program which ended before it took it.
    """
    try:
        listener = listen_in_home(home)
    except OSError as error:
        LOG.warning("%s", ScreenText.CANNOT_LISTEN.fill(file=SOCKET_FILE, strerror=error.strerror or error))
        yield
        return
    server = IssuingServer(listener, requests, put_back)
    Thread(target=server.serve, name="issuing", daemon=True).start()
    try:
        yield
    finally:
        with suppress(OSError):
            (home / SOCKET_FILE).unlink()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        requests.hang_up()


class IssuingServer:
    """Accepts connections and answers them. See `serve_issuing` for the arguments."""

    def __init__(
        self, listener: socket.socket, requests: CardRequests, put_back: Callable[[CardPresented], object]
    ) -> None:
        self._listener = listener
        self._requests = requests
        self._put_back = put_back
        self._free = BoundedSemaphore(MOST_CONNECTIONS)

    def serve(self) -> None:
        """Answer each connection in a thread, until the listener is closed."""
        while self._free.acquire():
            try:
                connection, _ = self._listener.accept()
            except OSError as error:
                self._free.release()
                if error.errno == errno.EINVAL:  # the listener was shut down
                    return
                sleep(RETRY_SECONDS)
                continue
            Thread(target=self._answer, args=(connection,), name="issuing", daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            with connection:
                if _is_of_this_user(connection):
                    self._serve_request(connection)
        except (OSError, msgspec.DecodeError):  # it ended, or sends what it should not
            pass
        finally:
            self._free.release()

    def _serve_request(self, connection: socket.socket) -> None:
        connection.settimeout(REQUEST_SECONDS)
        receiver = LineReceiver(connection)
        try:
            request = receiver.receive(REQUESTS)
        except msgspec.DecodeError:
            connection.sendall(encode(Refused("not_understood")))
            return
        if request is None:
            return
        requester = Requester(connection, request)
        if not self._requests.begin(requester):
            return
        try:
            self._wait_for_end(connection, receiver, requester)
        finally:
            if card := self._requests.end(requester):
                self._put_back(card)

    def _wait_for_end(self, connection: socket.socket, receiver: LineReceiver, requester: Requester) -> None:
        """Until the program closes the connection, or its time is over."""
        while (left := self._requests.count_seconds_left(requester)) > 0:
            connection.settimeout(left)
            with suppress(TimeoutError):
                if receiver.receive(TAKEN) is None:
                    return
                self._requests.confirm(requester)


def _is_of_this_user(connection: socket.socket) -> bool:
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, user, _ = _CREDENTIALS.unpack(credentials)
    return user in (ROOT, os.geteuid())
