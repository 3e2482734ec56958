"""The socket of an open entrance: for its user alone, at any path, and whatever is sent to it the entrance goes on."""

import os
import socket
import stat
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from tempfile import gettempdir

import pytest

from devices.readers.events import CardPresented, ReaderReady
from kiosk.entrance import issuing_server
from kiosk.entrance.card_requests import CardRequests, Issuing
from kiosk.entrance.issuing_server import serve_issuing
from kiosk.readers.entrance_protocol import (
    LONGEST_LINE,
    REPLIES,
    SOCKET_FILE,
    AnyReply,
    CardRead,
    CardRequest,
    CardTaken,
    LineReceiver,
    Ready,
    Refused,
    TimeOver,
    connect_to_entrance,
    encode,
)
from tests.kiosk.entrance.app_harness import ANNS_CARD, AT
from tests.support.waiting import TIMEOUT_SECONDS, wait_until

TAP = CardPresented(ANNS_CARD, "door", AT)
REQUEST = CardRequest("door", "V001", "王〇明", 30.0)


class OpenEntrance:
    """An entrance that listens in a home, without its screen."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.shown: SimpleQueue[Issuing | None] = SimpleQueue()
        self.put_back: list[CardPresented] = []
        self.requests = CardRequests(["door"], self.shown.put)
        self.requests.take(ReaderReady("door"))

    def next_shown(self) -> Issuing | None:
        return self.shown.get(timeout=TIMEOUT_SECONDS)


@contextmanager
def open_entrance(home: Path) -> Generator[OpenEntrance]:
    entrance = OpenEntrance(home)
    with serve_issuing(home, entrance.requests, entrance.put_back.append):
        yield entrance


@pytest.fixture
def entrance(tmp_path: Path) -> Generator[OpenEntrance]:
    with open_entrance(tmp_path) as entrance:
        yield entrance


class Client:
    """A program that connects to an entrance."""

    def __init__(self, home: Path, sent: bytes = b"") -> None:
        self.socket = connect_to_entrance(home, TIMEOUT_SECONDS)
        self._receiver = LineReceiver(self.socket)
        self.socket.sendall(sent)

    def receive(self) -> AnyReply | None:
        return self._receiver.receive(REPLIES)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def is_answered(home: Path) -> bool:
    """Whether a request is answered, and ended with its connection."""
    with Client(home, encode(REQUEST)) as client:
        return client.receive() == Ready()


def test_a_request_is_answered_with_the_cards_that_come(entrance: OpenEntrance) -> None:
    with Client(entrance.home, encode(REQUEST)) as client:
        assert client.receive() == Ready()
        for _ in range(2):
            assert entrance.requests.take(TAP)
            assert client.receive() == CardRead("A:26DEFAE7")
            client.socket.sendall(encode(CardTaken()))
    assert [entrance.next_shown() for _ in range(3)] == [
        Issuing("door", "V001", "王〇明"),
        Issuing("door", "V001", "王〇明", 1),
        None,
    ]
    assert entrance.put_back == []


def test_a_program_that_ends_gives_the_reader_back_at_once(entrance: OpenEntrance) -> None:
    with Client(entrance.home, encode(REQUEST)) as client:
        assert client.receive() == Ready()
        assert entrance.next_shown() is not None
    assert entrance.next_shown() is None
    assert not entrance.requests.take(TAP)


def test_a_card_that_a_killed_program_never_took_is_a_tap(entrance: OpenEntrance) -> None:
    with Client(entrance.home, encode(REQUEST)) as client:
        assert client.receive() == Ready()
        assert entrance.requests.take(TAP)
    wait_until(lambda: entrance.put_back == [TAP], lambda: "the card is lost")


def test_a_program_that_asks_for_a_moment_gets_no_longer(entrance: OpenEntrance) -> None:
    with Client(entrance.home, encode(CardRequest("door", "V001", "", 0.05))) as client:
        assert [client.receive(), client.receive(), client.receive()] == [Ready(), TimeOver(), None]
    assert not entrance.requests.take(TAP)


GARBAGE = {
    "no JSON": b"hello\n",
    "another thing": b'{"reader": 5}\n',
    "no time": encode(REQUEST).replace(b"30.0", b"0"),
    "a time without end": encode(REQUEST).replace(b"30.0", b"1e99"),
    "a field too many": encode(REQUEST).replace(b"{", b'{"x": 1, ', 1),
    "no UTF-8": b"\xff\xfe\n",
    "nested without end": b"[" * 3000 + b"\n",
    "a line without end": b"x" * (2 * LONGEST_LINE),
}


@pytest.mark.parametrize("sent", GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_request_is_refused_and_the_next_one_is_answered(entrance: OpenEntrance, sent: bytes) -> None:
    with Client(entrance.home, sent) as client:
        assert client.receive() == Refused("not_understood")
    assert is_answered(entrance.home)


def test_garbage_within_a_request_ends_it(entrance: OpenEntrance) -> None:
    with Client(entrance.home, encode(REQUEST)) as client:
        assert client.receive() == Ready()
        client.socket.sendall(b"garbage\n")
        assert client.receive() is None
        assert not entrance.requests.take(TAP)


def test_a_program_that_says_nothing_is_let_go_and_many_keep_nobody_out(
    entrance: OpenEntrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing_server, "REQUEST_SECONDS", 0.05)
    idle = [Client(entrance.home) for _ in range(3 * issuing_server.MOST_CONNECTIONS)]
    assert is_answered(entrance.home)
    for client in idle:
        client.socket.close()


def test_the_end_of_the_entrance_ends_the_request(tmp_path: Path) -> None:
    with open_entrance(tmp_path) as entrance:
        client = Client(tmp_path, encode(REQUEST))
        assert client.receive() == Ready()
        assert entrance.next_shown() is not None
    assert client.receive() is None
    client.socket.close()
    with pytest.raises(OSError, match="No such file"):
        Client(tmp_path)


# --- The file ---


def test_only_the_user_of_the_home_may_connect_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with open_entrance(tmp_path):
            mode = (tmp_path / SOCKET_FILE).stat().st_mode
    finally:
        os.umask(before)
    assert (stat.S_ISSOCK(mode), stat.S_IMODE(mode)) == (True, 0o600)
    assert not (tmp_path / SOCKET_FILE).exists()


PYTHON = Path("/usr/bin/python3")
"""One that every user may run."""
ASK = """
import socket, sys
with socket.socket(socket.AF_UNIX) as connection:
    connection.settimeout(9)
    connection.connect(sys.argv[1])
    try:
        connection.sendall(sys.argv[2].encode())
        print(connection.recv(99))
    except ConnectionError:
        print("hung up")
"""


@pytest.mark.skipif(os.geteuid() != 0 or not PYTHON.exists(), reason="only root can be another user")
@pytest.mark.parametrize(("user", "answered"), [(0, True), (65_534, False)])
def test_another_user_is_not_answered_even_where_the_file_lets_it_in(tmp_path: Path, user: int, answered: bool) -> None:
    with open_entrance(tmp_path):
        (tmp_path / SOCKET_FILE).chmod(0o666)
        public = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT") or gettempdir())  # folders of pytest are closed to others
        link = public / f"{os.getpid()}-{SOCKET_FILE}"
        os.link(tmp_path / SOCKET_FILE, link)
        try:
            command = [PYTHON, "-c", ASK, link, encode(REQUEST).decode()]
            ended = subprocess.run(command, user=user, capture_output=True, text=True, check=True)
        finally:
            link.unlink()
    assert ("Ready" in ended.stdout) is answered


def test_a_file_that_a_killed_entrance_left_is_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / SOCKET_FILE))
    with open_entrance(tmp_path):
        assert is_answered(tmp_path)


def test_a_home_with_a_path_longer_than_a_socket_may_have_is_served_too(tmp_path: Path) -> None:
    home = tmp_path / ("家" * 60)
    home.mkdir()
    assert len(os.fsencode(home / SOCKET_FILE)) > 108
    with open_entrance(home):
        assert is_answered(home)


def test_where_the_file_cannot_be_made_the_entrance_opens_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / SOCKET_FILE).mkdir()
    with open_entrance(tmp_path) as entrance:
        assert not entrance.requests.take(TAP)
    (message,) = caplog.messages
    assert message.startswith(f"{SOCKET_FILE} cannot be made (Is a directory)")
