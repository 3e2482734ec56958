"""Who says nothing, or a byte now and then, or reads nothing, is closed; others are served meanwhile."""

import socket
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic

import pytest

from domain.clock import MachineClock
from kiosk.desk.app import STATIC
from kiosk.desk.server import Place
from kiosk.desk.web_server import LEAST_BYTES, TimeLimits
from kiosk.home import Home
from kiosk.hub_certificate import make_certificate
from tests.support.hub_client import HubAddress, JoinedKiosk, join_kiosk, serve_hub_of
from tests.support.source_doors import SourceDoor
from tests.support.waiting import TIMEOUT_SECONDS, wait_until

SHORT = TimeLimits(handshake=1.0, headers=1.0, body=1.0, answer=1.0)
PATIENT = TimeLimits(headers=600.0)
"""A request may be cut where the hub reads no more of them until its answers are read."""
WAIT = 1.5
"""Seconds for news, longer than each limit."""
MOST = 4
SMALL = 32_768
"""Bytes that wait to be read at a peer that reads slowly."""
TIMES = 200
ESTABLISHED = "01"
MUCH = b"GET /static/desk.css HTTP/1.1\r\nHost: %b\r\n\r\n"
HEADERS = b"GET /login HTTP/1.1\r\nHost: %b\r\n"
SLOW = {
    "nothing": b"",
    "half of its headers": HEADERS,
    "half of its next headers": HEADERS + b"\r\n" + HEADERS,
    "half of a body of the desk": HEADERS.replace(b"GET", b"POST") + b"Content-Length: 100\r\n\r\n",
    "a body that nobody reads": HEADERS.replace(b"GET", b"PUT") + b"Content-Length: 100000\r\n\r\n",
}


@pytest.fixture(scope="module")
def hasty_hub(home: Home) -> Generator[HubAddress]:
    """A hub that waits for a second."""
    with serve_hub_of(home, Place(port=0, limits=SHORT)) as address:
        yield address


def connect(hub: HubAddress, sent: bytes = b"") -> socket.socket:
    """A connection over which something was sent."""
    opened = socket.create_connection((hub.host, hub.port), timeout=0.05)
    opened.sendall(sent.replace(b"%b", f"{hub.host}:{hub.port}".encode()))
    return opened


def is_closed(opened: socket.socket) -> bool:
    """Whether the other side has closed it. Answers to what was asked before are read."""
    try:
        while opened.recv(65_536):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        pass
    return True


def is_closed_to_one_more_byte(opened: socket.socket) -> bool:
    """The same, after one more byte was sent."""
    try:
        opened.sendall(b"x")
    except OSError:
        return True
    return is_closed(opened)


def test_who_does_not_say_in_time_what_it_wants_is_closed(hasty_hub: HubAddress) -> None:
    with ExitStack() as slow:
        waiting = [
            (kind, look, slow.enter_context(connect(hasty_hub, sent)))
            for kind, sent in SLOW.items()
            for look in (is_closed, is_closed_to_one_more_byte)
        ]
        for kind, look, opened in waiting:
            wait_until(lambda opened=opened, look=look: look(opened), lambda kind=kind: f"it waits for {kind}")


def test_a_handshake_that_never_ends_is_given_up(home: Home, tmp_path: Path) -> None:
    make_certificate(tmp_path, ["localhost"], MachineClock().now())
    place = Place(port=0, certificate=tmp_path / "hub.pem", key=tmp_path / "hub.key", limits=SHORT)

    with serve_hub_of(home, place) as hub, connect(hub) as nothing, connect(hub, b"\x16\x03\x01\x02") as a_beginning:
        wait_until(lambda: is_closed(nothing), lambda: "it waits for a handshake")
        wait_until(lambda: is_closed(a_beginning), lambda: "it waits for the rest of a handshake")


def test_a_body_that_keeps_coming_is_read_for_longer_than_a_limit(hasty_hub: HubAddress) -> None:
    head = HEADERS.replace(b"GET", b"PUT") + b"Content-Length: 10000000\r\n\r\n"
    ends = monotonic() + WAIT
    with connect(hasty_hub, head) as opened:
        while monotonic() < ends:
            opened.sendall(bytes(LEAST_BYTES))
            assert not is_closed(opened)


def test_who_waits_for_news_is_not_hurried(home: Home, hasty_hub: HubAddress) -> None:
    kiosk = join_kiosk(home, hasty_hub, SourceDoor("patient for news"))
    kiosk.pull_all()

    assert kiosk.pull(wait=WAIT).rows == ()


def test_where_all_places_are_taken_the_longest_silent_gives_up_its_own(home: Home, hub: HubAddress) -> None:
    kiosk = join_kiosk(home, hub, SourceDoor("one more"))
    with serve_hub_of(home, most_connections=MOST) as narrow, ExitStack() as held:
        silent = [held.enter_context(connect(narrow)) for _ in range(MOST)]
        moved = JoinedKiosk(narrow, kiosk.door)

        moved.greet()

        wait_until(lambda: is_closed(silent[0]), lambda: "who came first keeps its place")
        assert not is_closed(silent[-1])


@contextmanager
def ask_for_much(hub: HubAddress) -> Generator[socket.socket]:
    """A connection over which more was asked for than waits on the way."""
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        opened.connect((hub.host, hub.port))
        opened.settimeout(TIMEOUT_SECONDS)
        opened.sendall(MUCH.replace(b"%b", f"{hub.host}:{hub.port}".encode()) * TIMES)
        yield opened


def is_kept(hub: HubAddress, opened: socket.socket) -> bool:
    """Whether the hub keeps its end of a connection, as the kernel lists it."""
    ends = f":{hub.port:04X} 0100007F:{opened.getsockname()[1]:04X} {ESTABLISHED} "
    return ends in Path("/proc/net/tcp").read_text(encoding="ascii")


def test_a_connection_whose_answers_are_not_read_is_given_up(home: Home) -> None:
    with serve_hub_of(home, Place(port=0, limits=PATIENT._replace(answer=1.0))) as hub, ask_for_much(hub) as opened:
        assert is_kept(hub, opened)
        wait_until(lambda: not is_kept(hub, opened), lambda: "it waits until they are read")


def test_answers_that_are_read_slowly_are_sent_to_the_end(home: Home) -> None:
    limits, read = PATIENT._replace(answer=3.0), 0
    with serve_hub_of(home, Place(port=0, limits=limits)) as hub, ask_for_much(hub) as opened:
        ends = monotonic() + limits.answer + 1.0
        while monotonic() < ends:
            read += len(opened.recv(2 * LEAST_BYTES))
            time.sleep(0.05)
        while read < TIMES * (STATIC / "desk.css").stat().st_size:
            piece = opened.recv(65_536)
            assert piece, "it was given up"
            read += len(piece)
