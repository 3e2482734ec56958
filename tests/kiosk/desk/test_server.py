"""`kiosk desk` as a program: where it listens, what it refuses, and how it ends. `kiosk account` at the console."""

import http.client
import io
import shutil
import signal
import ssl
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.cli.program import run
from kiosk.home import Home
from tests.kiosk.conftest import list_topics
from tests.kiosk.desk.conftest import PASSWORD, Browser, DeskSite
from tests.kiosk.readers.test_issue_while_open import OpenEntrance
from tests.kiosk.test_privacy import read_home_bytes
from tests.support.kiosk_program import KIOSK, ProgramResult, add_reader, run_kiosk
from tests.support.waiting import TIMEOUT_SECONDS, wait_until


@contextmanager
def start(home: Path, *options: str) -> Generator[tuple[subprocess.Popen[str], int]]:
    """The installed program on a free port, once it listens."""
    command = [str(KIOSK), "desk", "--home", str(home), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        try:
            line = desk.stdout.readline()
            yield desk, int(line.rpartition(":")[2].partition("/")[0])
        finally:
            desk.kill()


def make_certificate(folder: Path) -> tuple[str, str]:
    """A certificate for localhost that is signed by itself, and its key."""
    certificate, key = str(folder / "desk.pem"), str(folder / "desk.key")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    name = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    made = ["openssl", "req", "-x509", *curve, *name, "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True)
    return certificate, key


def send_in_vain(browser: Browser, fields: dict[str, str]) -> None:
    """Wait for a card, until the desk ends."""
    with suppress(OSError, http.client.HTTPException):
        browser.post("/people/reader", fields)


def test_a_signal_ends_it_at_once_though_a_browser_looks_and_a_card_is_waited_for(site: DeskSite) -> None:
    add_reader(site.home, "/dev/ttyUSB77")
    entrance = OpenEntrance(site.home, [])
    with entrance.run(), start(site.home) as (desk, port):
        browser = Browser(port)
        assert browser.log_in("coordinator").status == 303
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        connection.request("GET", "/today/events", headers={"Cookie": cookies})
        answer = connection.getresponse()
        assert answer.status == 200
        card = {"token": browser.get("/people/new").token, "form": "card", "volunteer": "V001", "reader": "door"}
        waiting = threading.Thread(target=send_in_vain, args=(browser, card))
        waiting.start()
        wait_until(lambda: bool(entrance.shown), lambda: "no card is waited for")
        desk.send_signal(signal.SIGTERM)
        assert desk.wait(TIMEOUT_SECONDS) == 0
        answer.close()
        connection.close()
        waiting.join()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_with_a_certificate_it_speaks_tls_and_its_cookies_are_secure(site: DeskSite, tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=certificate)
    options = ("--certificate", certificate, "--key", key, "--host", "desk.example")
    with start(site.home, *options) as (desk, port):
        for host, status in ((f"localhost:{port}", 200), (f"desk.example:{port}", 200), ("desk.example", 400)):
            connection = http.client.HTTPSConnection("localhost", port, timeout=TIMEOUT_SECONDS, context=trusting)
            connection.request("GET", "/login", headers={"Host": host})
            answer = connection.getresponse()
            assert answer.status == status
            cookie = answer.headers["Set-Cookie"] or ""
            assert status == 400 or (cookie.startswith("__Host-kiosk-login=") and "; Secure" in cookie)
            connection.close()
        desk.send_signal(signal.SIGINT)
        assert desk.wait(TIMEOUT_SECONDS) == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--address", "0.0.0.0"), "0.0.0.0 can be reached by other machines: "),  # noqa: S104 - to be refused
        (("--address", "::"), ":: can be reached by other machines: "),
        (("--address", "office"), "--address takes an IP address of this machine, such as 127.0.0.1"),
        (("--certificate", "desk.pem"), "--certificate and --key go together"),
        (("--certificate", "no.pem", "--key", "no.key"), "no.pem and no.key cannot be used (No such file"),
        (("--address", "192.0.2.1", "--certificate", "no.pem", "--key", "no.key"), "no.pem and no.key cannot be used"),
        (("--port", "65536"), "Invalid value for '--port'"),
    ],
)
def test_what_cannot_be_served_safely_is_refused(site: DeskSite, options: tuple[str, ...], sentence: str) -> None:
    ended = run_kiosk("desk", "--home", site.home, *options)
    assert ended.status == 2
    assert ended.err.startswith(f"kiosk: {sentence}")


def test_a_port_that_is_taken_is_named(site: DeskSite) -> None:
    ended = run_kiosk("desk", "--home", site.home, "--port", str(site.port))
    assert (ended.status, ended.err) == (
        2,
        f"kiosk: cannot listen at 127.0.0.1, port {site.port} (Address already in use): choose another --port\n",
    )


# --- Accounts at the console ---


def run_with_input(text: str, *arguments: str | Path) -> ProgramResult:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(f"{text}\n"))
        return run_kiosk("account", *arguments)


def test_accounts_are_added_listed_and_removed(simulation: Path) -> None:
    home = ("--home", simulation)
    assert run_kiosk("account", "list", *home).err.startswith("nobody has an account")
    added = run_with_input(PASSWORD, "add", "林主任", "--role", "coordinator", *home)
    assert (added.status, added.out) == (0, "林主任 may log in at `kiosk desk` as coordinator\n")
    assert run_kiosk("account", "list", *home).out == "林主任  coordinator\n"
    again = run_with_input(PASSWORD, "add", "林主任", "--role", "auditor", *home)
    assert (again.status, again.err.partition(":")[2].partition(":")[0]) == (1, " 林主任 has an account")
    assert run_with_input("battery staple", "password", "林主任", *home).status == 0
    assert run_kiosk("account", "remove", "林主任", *home).out.startswith("林主任 can no longer log in")
    assert run_kiosk("account", "remove", "林主任", *home).status == 1
    assert run_with_input(PASSWORD, "password", "林主任", *home).status == 1
    events = ["added", "password-changed", "removed"]
    assert list_topics(simulation) == [f"desk-account.{event}" for event in events]
    assert run_kiosk("verify", *home).status == 0
    everything = read_home_bytes(simulation, "")
    assert PASSWORD.encode() not in everything
    assert "林主任".encode() not in read_home_bytes(simulation, "log.db")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("123456789", "10 to 128 characters"),
        ("x" * 129, "10 to 128 characters"),
        ("", "10 to 128 characters"),
        ("aaaaabbbbbccccc", "at least 5 different"),
        ("correct\x1bhorse", "10 to 128 characters"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(simulation: Path, password: str, sentence: str) -> None:
    ended = run_with_input(password, "add", "lin", "--role", "leader", "--home", simulation)
    assert ended.status == 2
    assert sentence in ended.err
    assert list_topics(simulation) == []


def test_an_unknown_role_is_refused() -> None:
    assert run(["account", "add", "lin", "--role", "boss"]) == 2


def test_a_password_that_was_exchanged_in_the_people_store_is_found(simulation: Path) -> None:
    run_with_input(PASSWORD, "add", "lin", "--role", "leader", "--home", simulation)
    with Home.open(simulation) as home:
        (actor,) = home.people.list_account_names()
        home.people.keep_password_hash(actor, "another")
    ended = run_kiosk("verify", "--home", simulation)
    assert ended.status == 1
    assert "a password of the desk is not the one that was set" in ended.out + ended.err
