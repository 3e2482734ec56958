"""What a program that issues a card and an open entrance say to each other, as lines of JSON over a socket in the home.

The rule: the program asks once, the entrance answers with a line for each thing that happens at the reader, and the
end of the connection is the end of the request, whichever side ends it. No card number leaves the entrance in
another way.
"""

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from domain.typed_decoding import build_json_decoder
from kiosk.home_files import PRIVATE_FILE

SOCKET_FILE = "entrance.sock"
"""Where an open entrance listens, in its home."""
READS = 2
"""How often a card is read before it is issued: a bad read that happens twice alike is none."""
LONGEST_LINE = 4096
"""Bytes of a line at most."""
LONGEST_SECONDS = 86_400
"""The longest time that may be asked for."""

Name = Annotated[str, Meta(max_length=200)]


class CardRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The next two reads of a reader are for a card that is being issued, and are no taps."""

    reader: Name
    volunteer: Name
    """The number, for the screen."""
    name: Name
    """Already masked, for the screen; empty where none is stored."""
    seconds: Annotated[float, Meta(gt=0, le=LONGEST_SECONDS)]
    """To wait for each of the two."""


class CardTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The program has the card that it was handed last."""


class Reply(msgspec.Struct, frozen=True, tag=True):
    """What the entrance answers."""


class Ready(Reply, frozen=True, tag=True):
    """The reads are taken from now on."""


class CardRead(Reply, frozen=True, tag=True):
    """A card was presented."""

    card: Annotated[str, Meta(max_length=600)]
    """Its number, as `CardNumber` writes it."""


class ReadFailed(Reply, frozen=True, tag=True):
    """Something came that is no card; the reads are still waited for."""

    reason: str


class ReaderFailed(Reply, frozen=True, tag=True):
    """The reader does not answer, and nothing is waited for any more."""

    reason: str


class TimeOver(Reply, frozen=True, tag=True):
    """No card came in time."""


class Refused(Reply, frozen=True, tag=True):
    """Nothing is read for this request."""

    reason: Literal["busy", "unknown_reader", "not_understood"]


AnyReply = Ready | CardRead | ReadFailed | ReaderFailed | TimeOver | Refused

REQUESTS, TAKEN = build_json_decoder(CardRequest), build_json_decoder(CardTaken)
REPLIES: msgspec.json.Decoder[AnyReply] = build_json_decoder(AnyReply)

Message = TypeVar("Message")


def encode(message: CardRequest | CardTaken | Reply) -> bytes:
    """A message as a line."""
    return msgspec.json.encode(message) + b"\n"


class LineReceiver:
    """Receives lines from a socket that has a timeout."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._received = b""

    def receive(self, decoder: msgspec.json.Decoder[Message]) -> Message | None:
        """The next message; None at the end of the connection.

        Raises:
            msgspec.DecodeError: the line is too long, or none for the decoder.
            OSError: the connection broke, or its timeout was over.
        """
        while b"\n" not in self._received:
            if len(self._received) > LONGEST_LINE:
                raise msgspec.DecodeError
            data = self._connection.recv(LONGEST_LINE)
            if not data:
                return None
            self._received += data
        line, _, self._received = self._received.partition(b"\n")
        return decoder.decode(line)


# --- The socket ---


@contextmanager
def open_socket_path(home: Path) -> Generator[str]:
    """A path to the socket that is short enough, however long the path of the home is (unix(7): 107 bytes)."""
    folder = os.open(home, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{SOCKET_FILE}"
    finally:
        os.close(folder)


def listen_in_home(home: Path) -> socket.socket:
    """A socket that listens in a home, for its user alone; one that was left there is replaced. Raises: OSError."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        (home / SOCKET_FILE).unlink(missing_ok=True)
        os.fchmod(listener.fileno(), PRIVATE_FILE)  # before it has a name, which it then gets with this mode
        with open_socket_path(home) as path:
            listener.bind(path)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def connect_to_entrance(home: Path, timeout: float) -> socket.socket:
    """A connection to the entrance that is open on a home. Raises: OSError where none listens."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(timeout)
        with open_socket_path(home) as path:
            connection.connect(path)
    except BaseException:
        connection.close()
        raise
    return connection
