"""A kiosk as a hub meets it over HTTP: the doors of the tests, which send their batches and greetings as messages."""

import http.client
from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import monotonic
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

import msgspec

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.source_messages import SourceBatch, build_greeting
from domain.log.sqlite_copy import CopyCursor
from kiosk.accounts.join_codes import issue_join_code
from kiosk.desk.server import Place, serve_in_thread
from kiosk.home import Home
from kiosk.hub.bodies import BodyGate
from kiosk.hub.server import MOST_CONNECTIONS, build_neighbour
from kiosk.sync.unit_heads import prove_copied
from kiosk.wire_protocol.encoding import decode, encode
from kiosk.wire_protocol.messages import (
    CHALLENGE,
    EXCHANGE,
    JOIN,
    NAMES,
    SESSION,
    STATUS_OF_REFUSAL,
    ChallengeAnswer,
    ChallengeRequest,
    Copied,
    CopiedRow,
    ExchangeAnswer,
    ExchangeRequest,
    JoinAnswer,
    JoinRequest,
    NamesAnswer,
    NamesRequest,
    Pull,
    Push,
    Refusal,
    SessionAnswer,
    SessionRequest,
)
from tests.support.source_doors import SourceDoor
from tests.support.waiting import TIMEOUT_SECONDS

A = TypeVar("A", bound=msgspec.Struct)


class Refused(Exception):
    """The hub took nothing."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class HubAddress(NamedTuple):
    """Where a hub answers."""

    host: str
    port: int
    name: str = ""
    """By which a unit is called, where the hub has several."""
    seconds: float = TIMEOUT_SECONDS
    """To wait for the next bytes of an answer."""

    def post(self, path: str, body: bytes, **headers: str) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=self.seconds)
        try:
            connection.request("POST", path, body, {"Host": self.name, **headers} if self.name else headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def ask(self, path: str, message: msgspec.Struct, kind: type[A]) -> A:
        """The answer to a message. Raises: Refused."""
        return read_answer(*self.post(path, encode(message)), kind)


def read_answer(status: int, body: bytes, kind: type[A]) -> A:
    """The message of an answer. Raises: Refused, of which the status is that of its code."""
    if status == 200:
        return decode(kind, body)
    refusal = decode(Refusal, body)
    assert status == STATUS_OF_REFUSAL[refusal.code]
    raise Refused(refusal)


class JoinedKiosk:
    """A door that talks to a hub."""

    def __init__(self, hub: HubAddress, door: SourceDoor) -> None:
        self.hub, self.door = hub, door
        self.token = ""
        self.copied: list[CopiedRow] = []
        self.cursor = Pull(None, *EMPTY_HEAD)

    def join(self, code: str) -> JoinAnswer:
        """Join with a code."""
        door = self.door
        return self.hub.ask(JOIN, JoinRequest(code, door.kiosk, door.log_id, door.key.public), JoinAnswer)

    def challenge(self) -> ChallengeAnswer:
        """What is to be signed."""
        return self.hub.ask(CHALLENGE, ChallengeRequest(tuple(self.door.names)), ChallengeAnswer)

    def build_greeting(self, asked: ChallengeAnswer) -> SessionRequest:
        """The greeting that answers it."""
        door, known = self.door, min(asked.held, len(self.door.rows))
        held = Head(known, door.chains[known])
        return SessionRequest.of(build_greeting(door.key, asked.nonce, door.names, held, door.head))

    def greet(self) -> SessionAnswer:
        """Be heard; the token is kept."""
        answer = self.hub.ask(SESSION, self.build_greeting(self.challenge()), SessionAnswer)
        self.token = answer.token
        return answer

    def exchange(self, batch: SourceBatch | None = None, pull: Pull | None = None) -> ExchangeAnswer:
        """Send, be sent, or both."""
        push = Push.of(batch) if batch else None
        return self.hub.ask(EXCHANGE, ExchangeRequest(self.token, push, pull), ExchangeAnswer)

    def push(self, after: int = 0, end: int | None = None) -> int | None:
        """Send events; how far they are held then."""
        return self.exchange(self.door.build_batch(after, end)).held

    def build_pull(self, *, wait: float) -> bytes:
        """The body of a pull."""
        return encode(ExchangeRequest(self.token, pull=msgspec.structs.replace(self.cursor, wait_seconds=wait)))

    def pull(self, *, wait: float = 0.0, limit: int = 2_000) -> Copied:
        """The next events, which are added to the copy."""
        pull = msgspec.structs.replace(self.cursor, wait_seconds=wait, limit=limit)
        copied = self.exchange(pull=pull).copied
        assert copied
        prove_copied(CopyCursor(pull.unit, pull.after, pull.chain_after), copied)
        if copied.begins_anew:
            self.copied.clear()
        self.copied += copied.rows
        self.cursor = Pull(copied.unit, copied.upto, copied.chain_upto, since=copied.since)
        return copied

    def pull_all(self, limit: int = 2_000) -> list[CopiedRow]:
        """The whole copy, up to where the log ends now."""
        while (before := self.cursor.after) != self.pull(limit=limit).upto:
            assert self.cursor.after > before
        return self.copied

    def ask_names(self, known: bytes = b"") -> NamesAnswer:
        """The masked names."""
        return self.hub.ask(NAMES, NamesRequest(self.token, known), NamesAnswer)


def join_kiosk(home: Home, hub: HubAddress, door: SourceDoor) -> JoinedKiosk:
    """A kiosk that has joined and is heard."""
    kiosk = JoinedKiosk(hub, door)
    kiosk.join(issue_join_code(home, door.kiosk).code)
    kiosk.greet()
    return kiosk


@contextmanager
def serve_hub_of(
    home: Home,
    place: Place | None = None,
    now: Callable[[], float] = monotonic,
    gate: BodyGate | None = None,
    most_connections: int = MOST_CONNECTIONS,
) -> Generator[HubAddress]:
    """The hub of a home, on a free port, until the test is done."""
    neighbour = build_neighbour(home, now, gate)._replace(most_connections=most_connections)
    with serve_in_thread(home, place or Place(port=0), neighbour) as url:
        address = urlsplit(url)
        assert address.hostname
        assert address.port
        yield HubAddress(address.hostname, address.port)
