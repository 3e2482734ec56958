"""Joining a hub: a new folder becomes the home of a kiosk.

Rule: key and log are made before the hub is asked. What the hub may have taken is asked again with the same key and
log; what it surely has not is cleared away. The hub is sent nothing before it has shown the certificate that is meant.
"""

import hmac
import platform
import re
import ssl
import unicodedata
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import LOG_FILE, SIGNING_KEY_FILE, write_atomically
from kiosk.joined_home.hub_settings import HubSettings, find_wrong_hub
from kiosk.sync.hub_connection import (
    FailureCode,
    HttpConnection,
    HubNotReached,
    HubRefused,
    fetch_certificate,
    read_certificates,
)
from kiosk.sync.kiosk_home import CERTIFICATE_FILE, make_kiosk_home, prepare_kiosk_home
from kiosk.wire_protocol.messages import JOIN, JoinAnswer, JoinRequest, RefusalCode
from kiosk.words.errors import HomeText
from kiosk.words.sync import JoinText, explain_trouble

CODE_DIGITS = 8
LEAST_FINGERPRINT = 32
"""Hexadecimal digits that must be typed: 128 bits, for which nobody makes another certificate."""
LONGEST_NAME = 60
_OUTCOME_UNKNOWN: frozenset[FailureCode] = frozenset({"cut_off", "no_hub"})
"""The hub may have heard what was sent."""
_NOT_TAKEN: frozenset[RefusalCode] = frozenset({"wrong_code", "name_taken", "not_understood"})
"""The hub knows nothing of the log that was named."""
_MADE = (SIGNING_KEY_FILE, CERTIFICATE_FILE, LOG_FILE, "log.head", f"{LOG_FILE}.lock", f"{LOG_FILE}.turn")
"""What joining makes before the hub has answered."""


class JoinWish(NamedTuple):
    """What a person typed."""

    address: str
    code: str
    certificate: Path | None = None
    fingerprint: str | None = None
    simulation: bool = False


def join_hub(folder: Path, wish: JoinWish) -> JoinAnswer:
    """Make the folder, new or empty, the home of a kiosk of a hub. Raises: UserError, LogError."""
    address, code = parse_address(wish.address), parse_code(wish.code)
    certificate = _find_certificate(address, wish)
    is_new, is_folder_new = not (folder / SIGNING_KEY_FILE).exists(), not folder.exists()
    prepared = prepare_kiosk_home(folder)
    try:
        _write_certificate(folder, certificate)
        request = JoinRequest(code, platform.node()[:LONGEST_NAME] or "-", prepared.log_id, prepared.key.public)
        answer = _ask(address, folder / CERTIFICATE_FILE if certificate else None, request)
    except _NothingSent as failed:
        if is_new:
            _clear(folder, is_folder_new=is_folder_new)
        raise failed.error from None
    _demand_kind(answer, simulation=wish.simulation)
    make_kiosk_home(folder, HubSettings(address, answer.unit), answer)
    return answer


class _NothingSent(Exception):
    """The hub knows nothing of the kiosk that asked."""

    def __init__(self, error: UserError) -> None:
        super().__init__()
        self.error = error


def _ask(address: str, certificate: Path | None, request: JoinRequest) -> JoinAnswer:
    connection = HttpConnection(address, certificate)
    try:
        return connection.send(JOIN, request, JoinAnswer)
    except HubRefused as refused:
        error = UserError(_explain_refusal(refused.refusal.code), EXIT_NO)
        raise (_NothingSent(error) if refused.refusal.code in _NOT_TAKEN else error) from None
    except HubNotReached as failed:
        error = UserError(explain_failure(address, failed), EXIT_NO)
        raise (error if failed.code in _OUTCOME_UNKNOWN else _NothingSent(error)) from None
    finally:
        connection.close()


def _explain_refusal(code: RefusalCode) -> str:
    if code == "wrong_code":
        return JoinText.WRONG_CODE.fill()
    if code == "name_taken":
        return JoinText.NAME_TAKEN.fill()
    return JoinText.REFUSED.fill(code=code, trouble=explain_trouble(code))


def explain_failure(address: str, failed: HubNotReached) -> str:
    """The sentence for a hub that is not reached."""
    reason = failed.reason or failed.code
    return JoinText.NOT_REACHED.fill(trouble=explain_trouble(failed.code), address=address, reason=reason)


def _demand_kind(answer: JoinAnswer, *, simulation: bool) -> None:
    if answer.simulation != simulation:
        text = JoinText.IS_SIMULATION if answer.simulation else JoinText.NO_SIMULATION
        raise UserError(text.fill(), EXIT_NO)


def _clear(folder: Path, *, is_folder_new: bool) -> None:
    """Take away what was made in vain."""
    for name in _MADE:
        (folder / name).unlink(missing_ok=True)
    if is_folder_new:
        with suppress(OSError):
            folder.rmdir()


# --- What was typed ---


def parse_address(text: str) -> str:
    """The address of a hub; HOST:PORT means https. Raises: UserError."""
    address = (text if "://" in text else f"https://{text}").rstrip("/")
    if complaint := find_wrong_hub(address):
        raise UserError(JoinText.BAD_ADDRESS.fill(address=text, complaint=complaint))
    return address


def parse_code(text: str) -> str:
    """The digits of a code, in whatever groups and width they were typed. Raises: UserError."""
    digits = re.sub(r"[\s.-]", "", unicodedata.normalize("NFKC", text))
    if len(digits) != CODE_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise UserError(JoinText.BAD_CODE.fill(code=text))
    return digits


def parse_fingerprint(text: str) -> str:
    """The hexadecimal digits of a fingerprint, or of its beginning. Raises: UserError."""
    digits = re.sub(r"[\s:-]", "", unicodedata.normalize("NFKC", text)).lower()
    if not LEAST_FINGERPRINT <= len(digits) <= 2 * LEAST_FINGERPRINT or re.search("[^0-9a-f]", digits):
        raise UserError(JoinText.BAD_FINGERPRINT.fill(text=text))
    return digits


# --- The certificate of the hub ---


def _find_certificate(address: str, wish: JoinWish) -> str:
    """The certificate that the kiosk is to know, as text (PEM); empty without TLS. Raises: UserError."""
    if wish.certificate and wish.fingerprint:
        raise UserError(JoinText.BOTH_CERTIFICATES.fill())
    if address.startswith("http:"):
        return ""
    if wish.certificate:
        return _read_certificate(wish.certificate)
    typed = parse_fingerprint(wish.fingerprint) if wish.fingerprint else None
    try:
        shown = fetch_certificate(address)
    except HubNotReached as failed:
        raise UserError(explain_failure(address, failed), EXIT_NO) from None
    found = sha256(shown).hexdigest()
    if typed is None or not hmac.compare_digest(found[: len(typed)], typed):
        text = JoinText.OTHER_FINGERPRINT if typed else JoinText.COMPARE_FINGERPRINT
        short = format_fingerprint(found[:LEAST_FINGERPRINT])
        raise UserError(text.fill(address=address, fingerprint=format_fingerprint(found), short=short), EXIT_NO)
    return ssl.DER_cert_to_PEM_cert(shown)


def format_fingerprint(digits: str) -> str:
    """In pairs, as browsers and openssl show it."""
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2)).upper()


def _read_certificate(path: Path) -> str:
    if not read_certificates(path):
        raise UserError(JoinText.NO_CERTIFICATE.fill(path=path))
    return path.read_text(encoding="ascii")


def _write_certificate(folder: Path, text: str) -> None:
    if not text:
        return
    path = folder / CERTIFICATE_FILE
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise UserError(HomeText.CANNOT_WRITE.fill(path=path, strerror=error.strerror)) from None
