"""Notices on their way: as mail through a server (SMTP), or as files of mail in a folder.

Rule: what is wrong with one notice holds back no other; what is wrong with the way ends the run. No address and no
answer of a server stands in an error: an answer may repeat the address.
"""

import smtplib
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from kiosk.errors import UserError
from kiosk.home_files import PRIVATE_FOLDER, demand_private, open_regular_file, write_atomically
from kiosk.notice_settings import MailServer
from kiosk.notices.texts import WrittenNotice
from kiosk.words.notices import NoticeText

ANSWER_SECONDS = 30.0
"""How long an answer of the server is waited for."""
PERMANENT = 500
"""Answers from here on are final (RFC 5321, 4.2.1); those from 400 on are for the moment."""
CLOSING = 421
"""The server ends the connection (RFC 5321, 4.2.3)."""
LOGIN_REQUIRED = 530
"""The server wants a login that the settings do not name (RFC 4954, 6): no fault of the notice."""
MOST_LOST = 3
"""Connections lost in one run before it ends: the server is not well."""
LONGEST_PASSWORD = 1000
"""Bytes."""


class Refused(Exception):
    """A notice is refused for good; its text is the code of the answer."""


class TryAgain(Exception):
    """A notice cannot be sent now; its text is the code of the answer, or empty where the connection was lost."""


class WayFailed(Exception):
    """No notice can be sent now; its text is a sentence for an administrator."""


class Sender(Protocol):
    """A way for notices."""

    def send(self, message: EmailMessage) -> None:
        """Send a message. Raises: Refused, TryAgain, WayFailed."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


def build_message(notice: WrittenNotice, name: str, sender: str, now: datetime) -> EmailMessage:
    """A notice as a message of plain text; its Message-ID is derived from what it is about."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = notice.address
    message["Subject"] = notice.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text, cte="base64")
    if notice.attached:
        name, content = notice.attached
        message.add_attachment(content, "text", "plain", filename=name, params={"charset": "utf-8"})
    return message


# --- Files in a folder ---


class FolderSender:
    """Writes each notice as a file of mail, named for it, so that it is written twice in vain."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write a message. Raises: WayFailed."""
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        try:
            self._folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            write_atomically(self._folder / f"{name}.eml", message.as_bytes())
        except OSError as error:
            text = NoticeText.FOLDER_FAILED.fill(folder=self._folder, reason=error.strerror)
            raise WayFailed(text) from None

    def close(self) -> None:
        """Nothing is open."""


# --- Mail ---


class SmtpSender:
    """Sends each notice by one connection, which is opened when it is needed and opened again where it was lost."""

    def __init__(self, server: MailServer, read_password: Callable[[], str] | None) -> None:
        """`read_password` is called when a connection is opened; it may raise UserError."""
        self._server, self._read_password = server, read_password
        self._connection: smtplib.SMTP | None = None
        self._lost = 0

    def send(self, message: EmailMessage) -> None:
        """Send a message. Raises: Refused, TryAgain, WayFailed."""
        connection = self._connection or self._connect()
        self._connection = connection
        try:
            connection.sendmail(str(message["From"]), [str(message["To"])], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            self._raise_answer(next(iter(error.recipients.values()))[0])
        except smtplib.SMTPSenderRefused as error:  # our own address: no notice would pass
            self.close()
            raise self._build_failure(NoticeText.ANSWERED.fill(code=error.smtp_code)) from None
        except smtplib.SMTPResponseException as error:
            self._raise_answer(error.smtp_code)
        except (smtplib.SMTPException, OSError):
            self._lost += 1
            self.close()
            raise TryAgain from None

    def _raise_answer(self, code: int) -> None:
        if code == CLOSING:
            self.close()
        if code == LOGIN_REQUIRED:
            raise self._build_failure(NoticeText.ANSWERED.fill(code=code)) from None
        raise Refused(str(code)) if code >= PERMANENT else TryAgain(str(code))

    def close(self) -> None:
        """Take leave of the server, as far as it still listens."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        """A connection, encrypted and logged in where that is set. Raises: WayFailed."""
        server = self._server
        if self._lost >= MOST_LOST:
            raise self._build_failure(NoticeText.CONNECTION_LOST.fill())
        password = self._load_password()
        with self._explain_failure():
            context = ssl.create_default_context()
            if server.security == "tls":
                connection = smtplib.SMTP_SSL(server.host, server.port_used, timeout=ANSWER_SECONDS, context=context)
            else:
                connection = smtplib.SMTP(server.host, server.port_used, timeout=ANSWER_SECONDS)
            try:
                self._greet(connection, context, password)
            except BaseException:
                connection.close()
                raise
            return connection

    def _greet(self, connection: smtplib.SMTP, context: ssl.SSLContext, password: str | None) -> None:
        connection.ehlo_or_helo_if_needed()
        if self._server.security == "starttls":
            connection.starttls(context=context)
        if self._server.user is not None and password is not None:
            connection.login(self._server.user, password)

    def _load_password(self) -> str | None:
        try:
            return self._read_password and self._read_password()
        except UserError as error:
            raise WayFailed(str(error)) from None

    @contextmanager
    def _explain_failure(self) -> Generator[None]:
        try:
            yield
        except smtplib.SMTPAuthenticationError:
            reason = NoticeText.SERVER_REFUSES_PASSWORD.fill()
        except smtplib.SMTPNotSupportedError:
            reason = (NoticeText.NO_ENCRYPTION if self._server.security == "starttls" else NoticeText.NO_LOGIN).fill()
        except smtplib.SMTPResponseException as error:
            reason = NoticeText.ANSWERED.fill(code=error.smtp_code)
        except ssl.SSLCertVerificationError:
            reason = NoticeText.NO_TRUSTED_CERTIFICATE.fill()
        except TimeoutError:
            reason = NoticeText.TIMED_OUT.fill()
        except smtplib.SMTPServerDisconnected:
            reason = NoticeText.CONNECTION_LOST.fill()
        except (smtplib.SMTPException, OSError, UnicodeError):
            reason = NoticeText.NOT_REACHED.fill()
        else:
            return
        raise self._build_failure(reason)

    def _build_failure(self, reason: str) -> WayFailed:
        return WayFailed(NoticeText.SERVER_FAILED.fill(host=self._server.host, reason=reason))


def read_password(file: Path) -> str:
    """The password on the first line of a file that only its owner can read. Raises: UserError."""
    demand_private(file)
    try:
        with open_regular_file(file) as opened:
            line = opened.readline(LONGEST_PASSWORD).rstrip(b"\r\n")
    except OSError as error:
        raise UserError(NoticeText.PASSWORD_UNREADABLE.fill(path=file, reason=error.strerror)) from None
    if not line or not line.isascii():
        raise UserError(NoticeText.PASSWORD_UNUSABLE.fill(path=file))
    return line.decode()
