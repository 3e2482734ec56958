"""A home with one account a role, its desk served on a free port, and browsers without a screen."""

import http.client
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, get_args
from urllib.parse import urlencode, urlsplit

import pytest

from domain.model.desk_account import Role
from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.desk.server import Place, serve_in_thread
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from tests.support.kiosk_program import ANNS_UNIT_LINES, run_kiosk, write_batch
from tests.support.waiting import TIMEOUT_SECONDS

ROLES: tuple[Role, ...] = get_args(Role)
PASSWORD = "correct horse 9"
MARKUP = "<b>王</b>小明"
"""A name that would be markup; it is shown masked."""


BOUNDARY = "----boundary"


def encode_upload(fields: dict[str, str], name: str, content: bytes) -> bytes:
    """A form with a file, as browsers send it: fields first."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return "".join(parts).encode() + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


class Page(NamedTuple):
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def token(self) -> str:
        """The token of the first form."""
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.text)
        assert found, self.text
        return found[1]


class Browser:
    """Keeps cookies and follows nothing."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)

    def get(self, path: str, **headers: str) -> Page:
        return self.send("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Page:
        return self.post_pairs(path, [*fields.items()], **headers)

    def post_pairs(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Page:
        """Send a form in which a name may stand several times."""
        form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.send("POST", path, urlencode(fields), form)

    def send(self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> Page:
        connection = self.connect()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, {"Cookie": cookies, **headers} if cookies else headers)
        answer = connection.getresponse()
        page = Page(answer.status, answer.headers, answer.read().decode(errors="replace"))  # or a file
        connection.close()
        for cookie in page.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return page

    def get_bytes(self, path: str) -> bytes:
        """A file, as a browser keeps it."""
        connection = self.connect()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", path, headers={"Cookie": cookies})
        content = connection.getresponse().read()
        connection.close()
        return content

    def post_bytes(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        """The status, and the file that answers a form."""
        connection = self.connect()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def send_upload(self, path: str, body: bytes) -> Page:
        """Send what `encode_upload` made."""
        return self.send("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})

    def log_in(self, name: str, password: str = PASSWORD) -> Page:
        token = self.get("/login").token
        return self.post("/login", {"token": token, "name": name, "password": password})


_SHARED: dict[tuple[int, str], dict[str, str]] = {}
"""The cookies of a session by port and account, for tests that only need to be logged in."""


class DeskSite(NamedTuple):
    """A desk that is served."""

    home: Path
    port: int

    def open_browser(self, name: str | None = None) -> Browser:
        """A browser, logged in with an account where one is named."""
        browser = Browser(self.port)
        if name:
            assert browser.log_in(name).status == 303
        return browser

    def share_browser(self, name: str) -> Browser:
        """A browser of a session that other tests of this desk use too, as long as it goes on."""
        browser = Browser(self.port)
        browser.cookies = {**_SHARED.get((self.port, name), {})}
        if not browser.cookies or browser.get("/account").status != 200:
            browser = self.open_browser(name)
            _SHARED[self.port, name] = {**browser.cookies}
        return browser


def open_stream(site: DeskSite, cookies: dict[str, str]) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    """The events of today, as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=TIMEOUT_SECONDS)
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    connection.request("GET", "/today/events", headers={"Cookie": header})
    return connection, connection.getresponse()


def read_event(answer: http.client.HTTPResponse) -> str:
    """The lines of the next event that is no comment."""
    lines: list[str] = []
    while True:
        line = answer.readline().decode().rstrip("\n")
        if line:
            lines.append(line)
        elif lines and not lines[0].startswith(":"):
            return "\n".join(lines)
        else:
            lines = []


def fill_home(folder: Path) -> Path:
    """The home of a unit in which Ann has a card and a duty, with one account a role, named for it."""
    Home.make(folder / "home", simulation=True).close()
    enrol, rest = {**ANNS_UNIT_LINES[1], "name": MARKUP}, ANNS_UNIT_LINES[2:]
    batch = write_batch(folder / "unit.jsonl", ANNS_UNIT_LINES[0], enrol, *rest)
    assert run_kiosk("apply", batch, "--home", folder / "home").err == ""
    add_accounts(folder / "home")
    return folder / "home"


def add_accounts(home_folder: Path) -> None:
    """One account a role, named for it."""
    with Home.open(home_folder) as home:
        accounts, system = Accounts(home), home.people.ensure_actor(SYSTEM_ACTOR)
        for role in ROLES:
            accounts.add(role, role, Password(PASSWORD), system)


@contextmanager
def serve(home_folder: Path, place: Place | None = None) -> Generator[DeskSite]:
    """The desk of a home, on a free port, until the test is done."""
    with Home.open(home_folder) as home, serve_in_thread(home, place or Place(port=0)) as url:
        port = urlsplit(url).port
        assert port
        yield DeskSite(home_folder, port)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """One desk for the tests of a module."""
    with serve(fill_home(tmp_path_factory.mktemp("desk"))) as served:
        yield served
