"""A connection to the hub: one message there, one answer back, over TLS 1.3 to the certificate that the kiosk knows.

Rule: nothing is believed of a machine that does not show that certificate, or one that it signed for the name of the
hub. Each message may be sent again when its answer was lost: whatever it asks for is done once.
"""

import http.client
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Literal, Protocol, TypeVar
from urllib.parse import urlsplit

import msgspec
from typing_extensions import override

from kiosk.wire_protocol.encoding import MOST_BODY_BYTES, NotUnderstood, decode, encode
from kiosk.wire_protocol.messages import Refusal

A = TypeVar("A", bound=msgspec.Struct)

FailureCode = Literal[
    "not_reached",
    "cut_off",
    "no_hub",
    "not_proved",
    "other_certificate",
    "certificate_expired",
    "certificate_not_yet_valid",
    "certificate_missing",
]
"""Nobody answers there; the connection broke before the answer, so what came of the message is not known; what answers
is no hub; what it sends of the unit's log does not lead to the chain that it names; it shows another certificate than
the one that is known; that one has run out; it begins later than this machine's clock shows; the file that should hold
it does not."""

ANSWER_SECONDS = 10.0
"""How long to wait for a connection, and for the next bytes of an answer."""
BODY_TYPE = {"Content-Type": "application/vnd.kiosk+msgpack"}
_VERIFY_CODES: dict[int, FailureCode] = {9: "certificate_not_yet_valid", 10: "certificate_expired"}
"""X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED (x509_vfy.h)."""


class HubNotReached(Exception):
    """There is no answer of the hub."""

    def __init__(self, code: FailureCode, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code: FailureCode = code
        self.reason = reason
        """What the system said, for an administrator."""


class ConnectionClosed(Exception):
    """This program has closed the connection for good."""


class HubRefused(Exception):
    """The hub took nothing of a message, and said why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class HubConnection(Protocol):
    """What the conversation with a hub needs of the network."""

    def send(self, place: str, message: msgspec.Struct, answer: type[A], wait_seconds: float = 0.0) -> A:
        """Send a message to its place at the hub; the answer, for which the hub may wait so long.

        Raises: HubRefused, HubNotReached, ConnectionClosed.
        """
        ...

    def close(self) -> None:
        """Let go for good. Any thread may do that, and a wait for an answer ends."""
        ...


class HttpConnection:
    """A connection over HTTPS, or without TLS on this machine alone. One thread sends at a time."""

    def __init__(self, address: str, certificate: Path | None) -> None:
        """`certificate`: the file with the hub's own, or with that of its authority; None without TLS."""
        self._address = address
        self._certificate = certificate
        self._http: http.client.HTTPConnection | None = None
        self._is_closed = False
        self._sending = Lock()

    def send(self, place: str, message: msgspec.Struct, answer: type[A], wait_seconds: float = 0.0) -> A:
        """Send a message, over a new connection where the hub has closed the one that was kept."""
        with self._sending:
            status, body = self._post(place, encode(message), ANSWER_SECONDS + wait_seconds)
            try:
                if status == http.client.OK:
                    return decode(answer, body)
                refusal = decode(Refusal, body)
            except NotUnderstood as refused:
                self._drop()
                raise HubNotReached("no_hub", f"{status}, {refused}") from None
            raise HubRefused(refusal)

    def close(self) -> None:
        """Close it for good; who waits for an answer in another thread learns that there is none."""
        self._is_closed = True
        kept = self._http
        if kept is not None and kept.sock:
            with suppress(OSError):
                kept.sock.shutdown(socket.SHUT_RDWR)
        if self._sending.acquire(blocking=False):  # who sends just now gives the socket back itself
            self._drop()
            self._sending.release()

    def _drop(self) -> None:
        kept, self._http = self._http, None
        if kept is not None:
            kept.close()

    def _post(self, place: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        kept = self._http
        if kept is not None and kept.sock:
            try:
                return _post_over(kept, place, body, seconds)
            except TimeoutError as late:
                raise self._give_up(late) from late
            except (OSError, http.client.HTTPException):  # the hub had closed it
                pass
        self._drop()
        self._http = fresh = self._connect()
        try:
            return _post_over(fresh, place, body, seconds)
        except (OSError, http.client.HTTPException) as broken:
            raise self._give_up(broken) from broken

    def _give_up(self, broken: Exception) -> Exception:
        self._drop()
        return ConnectionClosed() if self._is_closed else HubNotReached("cut_off", str(broken))

    def _connect(self) -> http.client.HTTPConnection:
        if self._is_closed:
            raise ConnectionClosed
        if self._certificate and not read_certificates(self._certificate):
            raise HubNotReached("certificate_missing", str(self._certificate))
        http_connection = connect(self._address, self._certificate)
        try:
            http_connection.connect()
        except ssl.SSLCertVerificationError as refused:
            code = _VERIFY_CODES.get(refused.verify_code, "other_certificate")
            raise HubNotReached(code, refused.verify_message) from refused
        except OSError as refused:  # also ssl.SSLError
            raise HubNotReached("not_reached", refused.strerror or str(refused)) from refused
        return http_connection


def connect(address: str, certificate: Path | None) -> http.client.HTTPConnection:
    """A connection to the address of a hub, not made yet."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if certificate is None:
        return http.client.HTTPConnection(host, parts.port, timeout=ANSWER_SECONDS)
    return _TlsConnection(host, parts.port, certificate)


def _post_over(connection: http.client.HTTPConnection, place: str, body: bytes, seconds: float) -> tuple[int, bytes]:
    connection.sock.settimeout(seconds)
    connection.request("POST", place, body, BODY_TYPE)
    answer = connection.getresponse()
    body = answer.read(MOST_BODY_BYTES + 1)
    if answer.length and len(body) <= MOST_BODY_BYTES:
        raise http.client.IncompleteRead(body, answer.length)
    return answer.status, body


class _TlsConnection(http.client.HTTPConnection):
    """A connection over TLS to a certificate that is known: the hub's own whatever its name, or its authority's."""

    default_port = http.client.HTTPS_PORT

    def __init__(self, host: str, port: int | None, certificate: Path) -> None:
        super().__init__(host, port, timeout=ANSWER_SECONDS)
        self._certificate = certificate

    @override
    def connect(self) -> None:
        try:
            shown = self._wrap(check_name=False)
            if shown not in read_certificates(self._certificate):
                self.close()
                self._wrap(check_name=True)
        except BaseException:
            self.close()
            raise

    def _wrap(self, *, check_name: bool) -> bytes:
        """Connect; the certificate that was shown."""
        super().connect()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = check_name
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # one that an authority signed may be known by itself
        context.load_verify_locations(self._certificate)
        self.sock = wrapped = context.wrap_socket(self.sock, server_hostname=self.host)
        return wrapped.getpeercert(binary_form=True) or b""


_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


def read_certificates(file: Path) -> list[bytes]:
    """The certificates in a file (PEM), each as its bytes (DER); none where it cannot be read or holds none."""
    try:
        text = file.read_text(encoding="ascii")
        blocks = [block.partition(_BEGIN)[2] for block in text.split(_END)[:-1]]
        found = [ssl.PEM_cert_to_DER_cert(f"{_BEGIN}{block}{_END}\n") for block in blocks]
        ssl.create_default_context(cadata=text)
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        return []
    return found


def fetch_certificate(address: str) -> bytes:
    """The certificate (DER) that a machine shows, not yet checked. Raises: HubNotReached."""
    parts = urlsplit(address)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    place = (parts.hostname or "", parts.port or http.client.HTTPS_PORT)
    try:
        with (
            socket.create_connection(place, ANSWER_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname) as wrapped,
        ):
            return wrapped.getpeercert(binary_form=True) or b""
    except OSError as refused:
        raise HubNotReached("not_reached", refused.strerror or str(refused)) from refused
