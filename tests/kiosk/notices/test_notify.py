"""`kiosk notify` as an administrator and a timer run it, and what `kiosk status` says of the notices."""

import ssl
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from signal import SIGKILL

import msgspec
import pytest

from domain.clock import MachineClock
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.notice_settings import MailServer as ServerSettings
from kiosk.notice_settings import Security
from kiosk.notices.mail import SmtpSender, WayFailed, build_message, read_password
from kiosk.notices.queue import NoticeQueue
from kiosk.notices.texts import WrittenNotice
from tests.kiosk.notices.conftest import ANN, CHEN, LIN, Office
from tests.kiosk.status.conftest import run_check, set_clock_line
from tests.support.forked_process import ForkedProcess
from tests.support.kiosk_program import KIOSK, run_kiosk, write_batch
from tests.support.mail_server import MailServer, build_tls_settings, read_text, serve_mail
from tests.support.waiting import wait_until

TO_A_FOLDER = f"""
[notices]
from = "kiosk@example.org"
digest_to = ["{LIN}"]
reminders = true
folder = "outbox"
"""


@pytest.fixture
def outbox_home(home_folder: Path) -> Path:
    """The home at eight in the morning; its notices go into a folder."""
    with (home_folder / "kiosk.toml").open("a") as settings:
        settings.write(TO_A_FOLDER)
    batch = write_batch(home_folder.parent / "clock.jsonl", set_clock_line("2026-11-20T08:00"))
    assert run_kiosk("apply", batch, "--home", home_folder).status == 0
    return home_folder


@pytest.fixture
def real_home(tmp_path: Path) -> Path:
    """A home that is no simulation, in which nothing happened yet."""
    Home.make(tmp_path / "home", simulation=False).close()
    return tmp_path / "home"


def test_notices_are_written_into_a_folder_as_mail_that_a_program_opens(outbox_home: Path) -> None:
    ended = run_kiosk("notify", "--home", outbox_home)
    assert (ended.status, ended.out, ended.err) == (0, "sent: 3; waiting: 0; given up: 0\n", "")
    files = sorted((outbox_home / "outbox").iterdir())
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    assert {mail["To"] for mail in mails} == {LIN, ANN, "ben@example.org"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert [mail["Message-ID"] for mail in mails] == [f"<{file.stem}@example.org>" for file in files]
    (digest,) = [mail for mail in mails if mail["To"] == LIN]
    assert "★ 備份" not in read_text(digest)  # a simulation needs none
    assert "★ 結算：還沒有結算過" in read_text(digest)
    again = run_kiosk("notify", "--home", outbox_home)
    assert (again.status, again.out) == (0, "sent: 0; waiting: 0; given up: 0\n")


def test_a_dry_run_prints_what_would_be_sent_and_changes_nothing(outbox_home: Path) -> None:
    ended = run_kiosk("notify", "--dry-run", "--home", outbox_home)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.count("To: ") == 3
    assert "王〇明 您好：" in ended.out
    assert not any(text in ended.out for text in (ANN, "王小明", "Benjamin"))
    assert not {file.name for file in outbox_home.iterdir()} & {"notices", "notices.lock", "outbox"}
    run_kiosk("notify", "--home", outbox_home)
    assert run_kiosk("notify", "--dry-run", "--home", outbox_home).out == "nothing would be sent\n"


def test_a_home_without_notices_says_how_to_get_them(home_folder: Path) -> None:
    ended = run_kiosk("notify", "--home", home_folder)
    assert (ended.status, ended.first_error_line.partition(":")[0]) == (1, "kiosk")
    assert "[notices]" in ended.err
    assert run_check(home_folder, "notices").ok


def test_a_simulation_sends_no_mail(home_folder: Path) -> None:
    with (home_folder / "kiosk.toml").open("a") as settings:
        settings.write(TO_A_FOLDER.replace('folder = "outbox"', '[notices.mail]\nhost = "127.0.0.1"'))
    ended = run_kiosk("notify", "--home", home_folder)
    assert (ended.status, "is a simulation" in ended.err) == (1, True)


def test_two_programs_do_not_send_at_once(outbox_home: Path) -> None:
    with NoticeQueue(outbox_home).hold():
        ended = run_kiosk("notify", "--home", outbox_home)
    assert (ended.status, "another program" in ended.err) == (1, True)


def test_a_folder_that_cannot_be_written_keeps_the_notices(outbox_home: Path) -> None:
    (outbox_home / "outbox").write_text("a file")
    ended = run_kiosk("notify", "--home", outbox_home)
    assert (ended.status, "outbox" in ended.err) == (1, True)
    (outbox_home / "outbox").unlink()
    assert run_kiosk("notify", "--home", outbox_home).out.startswith("sent: 3;")


def test_a_program_that_is_killed_in_the_middle_of_a_mail_loses_none(real_home: Path, server: MailServer) -> None:
    with (real_home / "kiosk.toml").open("a") as settings:
        mail = f'[notices.mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
        settings.write(TO_A_FOLDER.replace('folder = "outbox"\n', 'at = "00:00"\n' + mail))
    server.is_slow = True
    with (real_home.parent / "printed").open("wb") as printed:
        streams = printed.fileno(), printed.fileno(), printed.fileno()
        program = ForkedProcess([str(KIOSK), "notify", "--home", str(real_home)], streams, {})
        wait_until(lambda: len(server.mails) == 1, lambda: "the mail never came")
        program.kill()
        assert program.wait(10) == -SIGKILL
    server.is_slow = False
    assert run_kiosk("notify", "--home", real_home).out == "sent: 0; waiting: 1; given up: 0\n"
    queue = NoticeQueue(real_home)
    (notice,) = queue.load()
    queue.save(msgspec.structs.replace(notice, next_at=notice.queued_at))
    assert run_kiosk("notify", "--home", real_home).out == "sent: 1; waiting: 0; given up: 0\n"
    assert len({mail["Message-ID"] for mail in server.mails}) == 1


def test_a_password_that_cannot_be_read_keeps_the_notices(real_home: Path, server: MailServer) -> None:
    with (real_home / "kiosk.toml").open("a") as settings:
        mail = f'[notices.mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "tls"\n'
        mail += 'user = "kiosk"\npassword_file = "mail.password"\n'
        settings.write(TO_A_FOLDER.replace('folder = "outbox"\n', 'at = "00:00"\n' + mail))
    ended = run_kiosk("notify", "--home", real_home)
    assert (ended.status, ended.out) == (1, "sent: 0; waiting: 1; given up: 0\n")
    assert "mail.password cannot be read" in ended.err
    assert [one.attempts for one in NoticeQueue(real_home).load()] == [0]


# --- Status ---


def test_status_reports_notices_that_could_not_be_sent_without_an_address(outbox_home: Path, office: Office) -> None:
    office.server.answers = {CHEN: "550 chen@example.org unknown", LIN: "451 later"}
    office.run("20 08:00")
    office.home.people._connection.execute("UPDATE contacts SET email = 'nonsense'")
    office.run("20 08:00")
    check = run_check(outbox_home, "notices")
    assert (check.ok, check.detail) == (
        False,
        "2 could not be sent since 2026-11-20 08:00 (refused with 550: 1; no usable address: 1): correct the addresses",
    )
    (outbox_home / "notices" / "x.json").write_text("{}")
    assert "1 file in" in run_check(outbox_home, "notices").detail


@pytest.mark.parametrize(("at", "ok"), [("20 13:59", True), ("20 14:02", False)])
def test_status_reports_notices_that_wait_for_long(outbox_home: Path, office: Office, at: str, ok: bool) -> None:
    office.server.answers = {LIN: "451 later"}
    office.run("20 08:00")
    office.apply_lines(set_clock_line(f"2026-11-{at.replace(' ', 'T')}"))
    assert run_check(outbox_home, "notices").ok is ok


def test_a_real_home_without_digests_is_reported_until_one_is_made(real_home: Path) -> None:
    with (real_home / "kiosk.toml").open("a") as settings:
        settings.write(TO_A_FOLDER + 'at = "00:00"\n')
    assert "none was made yet" in run_check(real_home, "notices").detail
    printed = run_kiosk("notify", "--dry-run", "--home", real_home).out
    assert "★ 讀卡機：" in printed
    assert "★ 還原演練：" in printed
    assert run_kiosk("notify", "--home", real_home).out.startswith("sent: 1;")
    assert run_check(real_home, "notices").ok


# --- Encrypted ---


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine, with its key in the same file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    try:
        subprocess.run([*command, "-keyout", file, "-out", f"{file}.crt"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no openssl to make a certificate")
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[MailServer]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    handler = MailServer()
    with serve_mail(handler, **build_tls_settings(context)):
        yield handler


def send(server: MailServer, password: str, security: Security = "starttls") -> None:
    sender = SmtpSender(ServerSettings("localhost", server.port, security, "kiosk", "password"), lambda: password)
    message = build_message(WrittenNotice(LIN, "主旨", "內容\n"), "0f", "kiosk@example.org", MachineClock().now())
    try:
        sender.send(message)
    finally:
        sender.close()


def test_mail_is_encrypted_and_logged_in(
    encrypted: MailServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    send(encrypted, "secret")
    assert read_text(encrypted.mails[0]) == "內容\n"
    with pytest.raises(WayFailed, match="refuses user and password"):
        send(encrypted, "wrong")


def test_a_certificate_that_is_not_trusted_gets_no_password(encrypted: MailServer) -> None:
    with pytest.raises(WayFailed, match="not trusted"):
        send(encrypted, "secret")
    assert encrypted.mails == []


def test_a_server_without_encryption_gets_no_password(server: MailServer) -> None:
    with pytest.raises(WayFailed, match="no STARTTLS"):
        send(server, "secret")


@pytest.mark.parametrize(
    ("content", "mode", "complaint"),
    [
        (None, 0o600, "cannot be read"),
        (b"", 0o600, "holds no password"),
        ("密碼".encode(), 0o600, "holds no password"),
        (b"secret\n", 0o640, "chmod 600"),
    ],
)
def test_a_password_is_read_from_a_file_of_its_owner_alone(
    home_folder: Path, content: bytes | None, mode: int, complaint: str
) -> None:

    file = home_folder / "password"
    if content is not None:
        file.write_bytes(content)
        file.chmod(mode)
    with pytest.raises(UserError, match=complaint):
        read_password(file)
    file.write_bytes(b"secret\r\nmore\n")
    file.chmod(0o600)
    assert read_password(file) == "secret"
