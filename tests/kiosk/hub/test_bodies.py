"""Bodies that are too large, too slow or too many: refused, while kiosks that behave are heard."""

import socket
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from kiosk.home import Home
from kiosk.hub.bodies import BodyGate
from kiosk.hub.turns import Turns
from kiosk.wire_protocol.encoding import MOST_BODY_BYTES, decode
from kiosk.wire_protocol.messages import Refusal, RefusalCode
from tests.support.hub_client import HubAddress, JoinedKiosk, Refused, join_kiosk, serve_hub_of
from tests.support.source_doors import SourceDoor
from tests.support.waiting import TIMEOUT_SECONDS, wait_until

MOST = 3
CHUNK = b"%x\r\n%b\r\n" % (1 << 20, bytes(1 << 20))
"""One MiB of a body that does not say its length."""


@pytest.fixture(scope="module")
def narrow_hub(home: Home) -> Generator[HubAddress]:
    """A hub that takes three bodies at once, each within a fifth of a second."""
    with serve_hub_of(home, gate=BodyGate(Turns(MOST, 0.1), 0.2)) as address:
        yield address


def open_body(hub: HubAddress, *headers: str) -> socket.socket:
    """A request that has said what it will send, and sends nothing yet."""
    opened = socket.create_connection((hub.host, hub.port), timeout=TIMEOUT_SECONDS)
    lines = ("POST /v1/exchange HTTP/1.1", f"Host: {hub.host}:{hub.port}", *headers, "", "")
    opened.sendall("\r\n".join(lines).encode())
    return opened


def read_refusal(opened: socket.socket) -> tuple[int, Refusal]:
    """The status, and why the hub took nothing; it closes the connection."""
    answer = b""
    while chunk := opened.recv(65_536):
        answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), decode(Refusal, body)


def test_a_hundred_megabytes_are_refused_before_they_come(hub: HubAddress) -> None:
    with open_body(hub, "Content-Length: 100000000") as opened:
        assert read_refusal(opened) == (413, Refusal("too_much"))


def test_a_body_that_does_not_say_its_length_is_refused_once_it_came(hub: HubAddress) -> None:
    with open_body(hub, "Transfer-Encoding: chunked") as opened:
        opened.sendall(CHUNK * (MOST_BODY_BYTES // (1 << 20) + 1) + b"0\r\n\r\n")
        assert read_refusal(opened) == (413, Refusal("too_much"))


def test_a_body_without_end_is_cut_off(hub: HubAddress) -> None:
    with open_body(hub, "Transfer-Encoding: chunked") as opened, pytest.raises((BrokenPipeError, ConnectionResetError)):
        opened.sendall(CHUNK * 100)


@pytest.mark.parametrize("length", ["-1", "one", "²"])
def test_a_length_that_is_none_is_refused(hub: HubAddress, length: str) -> None:
    with open_body(hub, f"Content-Length: {length}") as opened:
        assert opened.recv(12) == b"HTTP/1.1 400"


def test_a_body_that_does_not_come_is_waited_for_so_long(narrow_hub: HubAddress) -> None:
    with open_body(narrow_hub, "Content-Length: 100") as opened:
        opened.sendall(b"slow")
        assert read_refusal(opened) == (400, Refusal("not_understood"))


def test_behind_the_most_bodies_a_kiosk_is_asked_to_come_back(home: Home, narrow_hub: HubAddress) -> None:
    kiosk = join_kiosk(home, narrow_hub, SourceDoor("patient"))
    with ExitStack() as slow:
        for _ in range(MOST):
            slow.enter_context(open_body(narrow_hub, "Content-Length: 100"))
        wait_until(lambda: find_code(kiosk) == "busy", lambda: "too many are read at once")
    wait_until(lambda: find_code(kiosk) is None, lambda: "the places are not given back")


def find_code(kiosk: JoinedKiosk) -> RefusalCode | None:
    """Why a kiosk is not heard now."""
    try:
        kiosk.push()
    except Refused as refused:
        return refused.refusal.code
    return None


def test_a_wait_for_news_holds_no_place(home: Home, narrow_hub: HubAddress) -> None:
    kiosk = join_kiosk(home, narrow_hub, SourceDoor("many lines"))
    kiosk.pull_all()
    body = kiosk.build_pull(wait=0.5)
    with ExitStack() as waiting:
        for _ in range(MOST + 1):
            opened = waiting.enter_context(open_body(narrow_hub, f"Content-Length: {len(body)}"))
            opened.sendall(body)
        wait_until(lambda: find_code(kiosk) is None, lambda: "who waits holds a place")
