"""The desk behind a proxy: what it believes, from whom, and what it refuses."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Generator
from http.client import HTTPSConnection
from pathlib import Path
from ssl import SSLContext, create_default_context

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from kiosk.desk.security import BehindProxy
from kiosk.desk.server import Place
from tests.kiosk.desk.conftest import PASSWORD, Browser, fill_home, serve
from tests.kiosk.desk.test_server import make_certificate
from tests.support.kiosk_program import run_kiosk
from tests.support.waiting import TIMEOUT_SECONDS

HOST = "desk.example.org"
PROXY = "127.0.0.1"
FORWARDED = {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https", "x-forwarded-host": HOST}


async def name_request(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with what a page would see of its request."""
    request = Request(scope)
    assert request.client
    hosts = ",".join(request.headers.getlist("host"))
    await PlainTextResponse(f"{request.client.host} {request.url.scheme} {hosts}")(scope, receive, send)


def ask(client: str, scheme: str = "http", **headers: str) -> str:
    """What is seen of a request from an address."""
    said = [(name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "inside", **headers}.items()]
    scope = {"type": "http", "client": (client, 1), "scheme": scheme, "method": "GET", "path": "/", "headers": said}
    answered: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answered.append(message)

    asyncio.run(BehindProxy(name_request, PROXY)({**scope, "query_string": b""}, receive, send))
    return answered[1]["body"].decode() if answered[0]["status"] == 200 else "refused"


def test_the_trusted_proxy_is_believed() -> None:
    assert ask(PROXY, **FORWARDED) == f"192.0.2.7 https {HOST}"
    assert ask(PROXY, **FORWARDED | {"x-forwarded-for": "2001:db8::7"}) == f"2001:db8::7 https {HOST}"


@pytest.mark.parametrize("client", ["127.0.0.2", "192.0.2.7", "::1"])
def test_nobody_else_is(client: str) -> None:
    assert ask(client, **FORWARDED) == "refused"
    assert ask(client, "https", **FORWARDED) == f"{client} https inside"


@pytest.mark.parametrize(
    ("said", "client"),
    [
        ("10.0.0.1, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.7, 127.0.0.1", "127.0.0.1"),
        ("192.0.2.7,", PROXY),
        ("unknown", PROXY),
        ("", PROXY),
        ("9" * 5000, PROXY),
    ],
)
def test_of_the_addresses_only_that_counts_which_the_proxy_added(said: str, client: str) -> None:
    assert ask(PROXY, **FORWARDED | {"x-forwarded-for": said}) == f"{client} https {HOST}"


@pytest.mark.parametrize("scheme", ["http", "", "ftp", "https, http", "HTTPS "])
def test_what_reached_the_proxy_without_tls_is_refused(scheme: str) -> None:
    assert ask(PROXY, **FORWARDED | {"x-forwarded-proto": scheme}) == "refused"
    assert ask(PROXY, x_forwarded_for="192.0.2.7") == "refused"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--trusted-proxy", "office", "--host", HOST), "--trusted-proxy takes the IP address"),
        (("--trusted-proxy", "127.0.0.0/8", "--host", HOST), "--trusted-proxy takes the IP address"),
        (("--trusted-proxy", PROXY), "behind a proxy the desk answers to the names"),
        (("--trusted-proxy", "192.0.2.1", "--host", HOST), "a proxy at 192.0.2.1 cannot reach 127.0.0.1"),
        (("--trusted-proxy", PROXY, "--host", HOST, "--address", "0.0.0.0"), "0.0.0.0 can be reached by other"),  # noqa: S104 - to be refused
    ],
)
def test_a_proxy_that_could_not_work_is_refused(simulation: Path, options: tuple[str, ...], sentence: str) -> None:
    ended = run_kiosk("desk", "--home", simulation, *options)
    assert ended.status == 2
    assert ended.err.startswith(f"kiosk: {sentence}")


# --- Through a real proxy ---


class ProxiedBrowser(Browser):
    """Asks over TLS, from an address of its own."""

    def __init__(self, port: int, address: str, trusting: SSLContext) -> None:
        super().__init__(port)
        self._address, self._trusting = address, trusting

    def connect(self) -> HTTPSConnection:
        source = (self._address, 0)
        return HTTPSConnection(
            "localhost", self.port, timeout=TIMEOUT_SECONDS, context=self._trusting, source_address=source
        )


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[int, SSLContext, int]]:
    """The port of a proxy, whom it trusts, and the port of the desk behind it."""
    folder = tmp_path_factory.mktemp("proxied")
    certificate, key = make_certificate(folder)
    with serve(fill_home(folder), Place(port=0, proxy=PROXY, hosts=(HOST,))) as site:
        command = [sys.executable, "-m", "tests.support.https_proxy", certificate, key, str(site.port)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as proxy:
            assert proxy.stdout
            try:
                yield int(proxy.stdout.readline()), create_default_context(cafile=certificate), site.port
            finally:
                proxy.kill()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_through_a_proxy_cookies_are_secure_and_each_client_is_throttled_by_itself(
    proxied: tuple[int, SSLContext, int],
) -> None:
    port, trusting, behind = proxied
    host = {"Host": HOST}
    forger, other = (ProxiedBrowser(port, address, trusting) for address in ("127.0.0.2", "127.0.0.3"))
    page = forger.get("/login", **host)
    assert page.status == 200
    assert "__Host-kiosk-login" in forger.cookies
    assert "; Secure" in (page.headers["Set-Cookie"] or "")
    for n in range(21):
        fields = {"token": page.token, "name": f"nobody{n}", "password": "wrong"}
        last = forger.post("/login", fields, **host, **{"X-Forwarded-For": f"192.0.2.{n}"})
    assert last.status == 429
    fields = {"token": other.get("/login", **host).token, "name": "coordinator", "password": PASSWORD}
    assert other.post("/login", fields, **host).status == 303
    assert other.get("/", **host).status == 200
    assert other.get("/", Host="evil.example").status == 400
    straight = Browser(behind)
    assert straight.get("/login", Host=HOST).status == 400
