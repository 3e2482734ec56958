"""A connection to a hub: to the certificate that is known and no other; what is no answer of a hub is none."""

import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from kiosk.sync.hub_connection import (
    ConnectionClosed,
    HttpConnection,
    HubNotReached,
    HubRefused,
    fetch_certificate,
    read_certificates,
)
from kiosk.wire_protocol.encoding import encode
from kiosk.wire_protocol.messages import CHALLENGE, ChallengeAnswer, ChallengeRequest, Refusal
from tests.support.people import ANN
from tests.support.tls_certificates import A_DAY, MadeCertificate, make_certificate

REQUEST = ChallengeRequest((ANN,))
ANSWER = ChallengeAnswer(b"n" * 16, 7)


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers each message with what its server has."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        server: AnsweringServer = self.server  # pyright: ignore[reportAssignmentType]
        server.requests += 1
        status, body = server.find_answer(server.requests)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if server.says_so:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = server.closes

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class AnsweringServer(http.server.ThreadingHTTPServer):
    """A server in a thread."""

    daemon_threads = True
    requests = 0
    closes = says_so = False

    def find_answer(self, _number: int) -> tuple[int, bytes]:
        return 200, encode(ANSWER)

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: clients that do not trust it go away."""


@contextmanager
def serve(shown: MadeCertificate | None = None) -> Generator[AnsweringServer]:
    with AnsweringServer(("127.0.0.1", 0), Answers) as server:
        if shown:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(shown.file, shown.key_file)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(server: AnsweringServer, known: Path | None, host: str = "localhost") -> ChallengeAnswer:
    scheme = "https" if known else "http"
    connection = HttpConnection(f"{scheme}://{host}:{server.server_port}", known)
    try:
        return connection.send(CHALLENGE, REQUEST, ChallengeAnswer)
    finally:
        connection.close()


def find_code(act: Callable[[], object]) -> str:
    with pytest.raises(HubNotReached) as failed:
        act()
    return failed.value.code


# --- Whom it believes ---


def test_a_certificate_that_is_known_is_believed_whatever_the_address_is_called(tmp_path: Path) -> None:
    shown = make_certificate(tmp_path, "hub.example.org")

    with serve(shown) as server:
        assert ask(server, shown.file) == ANSWER
        assert read_certificates(shown.file) == [fetch_certificate(f"https://localhost:{server.server_port}")]


def test_one_of_a_known_authority_is_believed_for_its_name_only(tmp_path: Path) -> None:
    authority = make_certificate(tmp_path, "authority")
    shown, of_another = (make_certificate(tmp_path, host, by=authority) for host in ("localhost", "elsewhere"))

    with serve(shown) as server:
        assert ask(server, authority.file) == ANSWER
    with serve(of_another) as server:
        assert find_code(lambda: ask(server, authority.file)) == "other_certificate"
        assert ask(server, of_another.file) == ANSWER


def test_another_certificate_is_told_nothing(tmp_path: Path) -> None:
    shown, known = make_certificate(tmp_path), make_certificate(tmp_path)

    with serve(shown) as server:
        assert find_code(lambda: ask(server, known.file)) == "other_certificate"
        assert server.requests == 0


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (-A_DAY, timedelta(minutes=-1), "certificate_expired"),
        (timedelta(minutes=1), A_DAY, "certificate_not_yet_valid"),
    ],
)
def test_one_out_of_its_time_is_named_so(tmp_path: Path, begins: timedelta, ends: timedelta, code: str) -> None:
    shown = make_certificate(tmp_path, begins=begins, ends=ends)

    with serve(shown) as server:
        assert find_code(lambda: ask(server, shown.file)) == code


def test_without_the_file_of_the_certificate_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("no certificate")

    with serve(make_certificate(tmp_path)) as server:
        for name in ("missing.pem", "empty.pem"):
            assert find_code(lambda name=name: ask(server, tmp_path / name)) == "certificate_missing"
        assert server.requests == 0


def test_no_tls_where_it_is_expected_is_no_answer(tmp_path: Path) -> None:
    with serve() as server:
        assert find_code(lambda: ask(server, make_certificate(tmp_path).file)) == "not_reached"


# --- What it takes for an answer ---


def test_a_refusal_is_raised_with_what_it_says() -> None:
    with serve() as server:
        server.find_answer = lambda _: (503, encode(Refusal("busy", wait_seconds=2.0)))
        with pytest.raises(HubRefused) as refused:
            ask(server, None)

    assert refused.value.refusal == Refusal("busy", wait_seconds=2.0)


@pytest.mark.parametrize("answer", [(200, b"<html>Log in to the network</html>"), (502, b""), (200, encode(REQUEST))])
def test_what_another_program_answers_is_not_taken_for_a_hub(answer: tuple[int, bytes]) -> None:
    with serve() as server:
        server.find_answer = lambda _: answer
        assert find_code(lambda: ask(server, None)) == "no_hub"


def test_nobody_there_is_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert find_code(
        lambda: HttpConnection(f"http://127.0.0.1:{port}", None).send(CHALLENGE, REQUEST, ChallengeAnswer)
    ) == ("not_reached")


def test_a_connection_that_breaks_in_the_middle_of_an_answer_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_half() -> None:
            with listening.accept()[0] as asked:
                asked.recv(65_536)
                asked.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf")

        threading.Thread(target=answer_half, daemon=True).start()
        connection = HttpConnection(f"http://127.0.0.1:{listening.getsockname()[1]}", None)
        assert find_code(lambda: connection.send(CHALLENGE, REQUEST, ChallengeAnswer)) == "cut_off"


# --- Kept open ---


@pytest.mark.parametrize("says_so", [True, False])
def test_a_connection_that_the_hub_closed_meanwhile_is_made_again(says_so: bool) -> None:
    with serve() as server:
        server.closes, server.says_so = True, says_so
        connection = HttpConnection(f"http://127.0.0.1:{server.server_port}", None)
        for _ in range(3):
            assert connection.send(CHALLENGE, REQUEST, ChallengeAnswer) == ANSWER
        connection.close()


def test_closing_ends_a_wait_for_an_answer_at_once() -> None:
    with serve() as server:
        waits = threading.Event()
        ends = threading.Event()

        def wait_for_ever(_number: int) -> tuple[int, bytes]:
            waits.set()
            ends.wait(10)
            return 200, encode(ANSWER)

        server.find_answer = wait_for_ever
        connection = HttpConnection(f"http://127.0.0.1:{server.server_port}", None)
        closer = threading.Thread(target=lambda: (waits.wait(10), connection.close()))
        closer.start()
        for _ in range(2):
            with pytest.raises(ConnectionClosed):
                connection.send(CHALLENGE, REQUEST, ChallengeAnswer, 25.0)
        ends.set()
        closer.join()
