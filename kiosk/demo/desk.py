"""The desk of a demonstration: served for a browser until it is closed, or walked through once, a page of each section.

Rule: it is the desk of `kiosk desk`, on a free port of this machine alone; its account is made for the demonstration.
"""

import re
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPMessage
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.demo.office import COORDINATOR, PEOPLE, BatchLine
from kiosk.demo.play_day import ROSTER_PAUSE, TIMEOUT_SECONDS, send_taps
from kiosk.desk.roles import list_menu
from kiosk.desk.server import Place, serve_in_thread
from kiosk.desk.templates import LANGUAGE_COOKIE
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.words.language import find_language
from kiosk.words.reports import DemoText

LETTERS, LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 12
"""Of a password that is typed from a screen: nothing that looks like something else; 59 bits."""
ROLE = "coordinator"
PERSON = f"/people/person?volunteer={PEOPLE[0].number}"
PLACE = Place(port=0)


class DemoAccount(NamedTuple):
    """What is typed to log in."""

    name: str
    password: str


def add_account(home: Home) -> DemoAccount:
    """Add an account of the coordinator, with a password that is made up. Raises: UserError, LogError."""
    account = DemoAccount(COORDINATOR, "".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
    system = home.people.ensure_actor(SYSTEM_ACTOR)
    Accounts(home).add(account.name, ROLE, Password(account.password), system)
    return account


# --- In a browser ---


def serve_until_closed(
    home: Home,
    lines: Iterator[BatchLine],
    report: Callable[[str], object],
    wait: Callable[[], object],
    pause: float = ROSTER_PAUSE,
) -> None:
    """Serve the desk until `wait` returns or Ctrl+C comes, and send the rest of the day's taps. Raises: UserError."""
    account, closed = add_account(home), threading.Event()
    with serve_in_thread(home, PLACE) as url:
        report(DemoText.DESK_SERVED.fill(url=url, name=account.name, password=account.password))
        sender = threading.Thread(target=send_taps, args=(home, lines, pause, closed), daemon=True)
        sender.start()
        with suppress(KeyboardInterrupt):
            wait()
        closed.set()
        sender.join(TIMEOUT_SECONDS)


# --- Without one ---


class VisitedPage(NamedTuple):
    """A page as the walk found it."""

    path: str
    status: int
    title: str
    rows: int
    """Of its tables, without their headings."""
    size: int
    """Bytes."""
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """The page was shown, and says what it is."""
        return self.status == 200 and bool(self.title)


def walk_desk(home: Home) -> Iterator[VisitedPage]:
    """Log in at the desk and open a page of each section of the menu, and one person. Raises: UserError."""
    account = add_account(home)
    with serve_in_thread(home, PLACE) as url:
        client = _Client(urlsplit(url).netloc)
        yield client.open("/login")
        client.log_in(account)
        for path in list_paths():
            yield client.open(path)


def list_paths() -> Sequence[str]:
    """The pages of the walk, in the order of the menu."""
    return [*(entry.path for entry in list_menu(ROLE)), PERSON]


class _Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes


class _Client:
    """Asks for pages, with the cookies that it was given."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._cookies = {LANGUAGE_COOKIE: find_language()}
        self._token = ""

    def open(self, path: str) -> VisitedPage:
        """Get a page. Raises: UserError where the desk does not answer."""
        began = perf_counter()
        answer = self._send("GET", path)
        taken, text = (perf_counter() - began) * 1e3, answer.body.decode()
        self._token = _find(r'name="token" value="(\w+)"', text)
        title = unescape(re.sub(r"<[^>]*>", "", _find(r"(?s)<h1[^>]*>(.*?)</h1>", text))).strip()
        rows = text.count("<tr") - text.count("<thead")
        return VisitedPage(path, answer.status, title, rows, len(answer.body), taken)

    def log_in(self, account: DemoAccount) -> None:
        """Send the form that was opened last. Raises: UserError."""
        fields = {"token": self._token, **account._asdict()}
        answer = self._send("POST", "/login", urlencode(fields))
        if answer.status != 303:
            raise UserError(DemoText.LOGIN_REFUSED.fill(status=answer.status), 1)

    def _send(self, method: str, path: str, body: str | None = None) -> _Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(self._host, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = _Answer(response.status, response.headers, response.read())
        except (OSError, HTTPException) as error:
            raise UserError(DemoText.DESK_SILENT.fill(path=path, reason=type(error).__name__), 1) from None
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value.strip('"')
        return answer


def _find(pattern: str, text: str) -> str:
    """What the first group matches first; empty where nothing does."""
    found = re.search(pattern, text)
    return found[1] if found else ""
