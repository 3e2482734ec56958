"""A mail server in a thread (aiosmtpd), which keeps what it takes and answers as a test wants it to."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TAKEN = "250 OK"


class MailServer:
    """The handler of aiosmtpd, and what it took."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        """Of each mail that was taken, and of each that was refused."""
        self.answers: dict[str, str] = {}
        """To `RCPT TO` of an address, where it is another than 250."""
        self.data_answer = TAKEN
        self.lost = 0
        """Connections to cut off, after the mail was taken or before."""
        self.is_lost_after_taking = False
        self.is_slow = False
        """Whether the answer to a message that was taken never comes."""
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.recipients.append(address)
        answer = self.answers.get(address, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        is_lost = self.lost > 0
        self.lost -= is_lost
        if self.data_answer == TAKEN and (self.is_lost_after_taking or not is_lost):
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content, policy=default))
        if is_lost:
            server.transport.abort()
        if self.is_slow:
            await asyncio.sleep(60)  # the client goes away before
        return self.data_answer

    def list_mails_to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]


def read_text(mail: EmailMessage) -> str:
    """The text of a mail, whose lines end as on this machine."""
    return mail.get_content().replace("\r\n", "\n")


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Take one user with one password."""
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"kiosk", b"secret")
    return AuthResult(success=right, handled=False)


@contextmanager
def serve_mail(handler: MailServer, **settings: Any) -> Generator[MailServer]:
    """Serve on a free port of this machine until the block ends."""
    loop = asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", 0))
    handler.port = listening.getsockname()[1]
    thread = Thread(
        target=_serve, args=(loop, listening, lambda: SMTP(handler, loop=loop, hostname="sink", **settings))
    )
    thread.start()
    try:
        yield handler
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


@contextmanager
def serve_silence() -> Generator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def _serve(loop: asyncio.AbstractEventLoop, listening: socket.socket, build: Callable[[], SMTP]) -> None:
    asyncio.set_event_loop(loop)
    server = loop.run_until_complete(loop.create_server(build, sock=listening))
    loop.run_forever()
    server.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0.01))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


def build_tls_settings(context: ssl.SSLContext) -> Mapping[str, Any]:
    """The settings of a server that logs in by STARTTLS only."""
    return {"tls_context": context, "require_starttls": True, "authenticator": authenticate, "auth_required": True}
