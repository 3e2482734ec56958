"""Heads of logs, signed by the machine that writes the log: an Ed25519 key, and the one text that is signed.

Rule: what is signed is text that a person can read and other programs can check, a checkpoint in a signed note (C2SP
tlog-checkpoint and signed-note). Its first line names the log and says that the hash below is that of its chain, so
that it is never taken for the root of a tree:

    kiosk/<log_id>/chain
    <position>
    <chain, base64>
                                            an empty line ends the text
    — kiosk/<log_id>/chain <base64 of 4 bytes that name the key, and 64 of the signature>
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from domain.log.chain import Head
from domain.log.errors import CannotReadKey, CannotWriteKey, NotASigningKey, NotPrivate
from domain.log.writer_lock import write_new_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PUBLIC_KEY_SIZE, SIGNATURE_SIZE = 32, 64
"""Bytes."""
_ED25519 = b"\x01"
_KEY_NAME_SIZE = 4
_OTHERS = 0o077


class SignedHead(NamedTuple):
    """A head of a log, and who signed for it."""

    log_id: UUID
    head: Head
    signature: bytes


class SigningKey:
    """The private key of a machine."""

    def __init__(self, key: "Ed25519PrivateKey") -> None:
        """Use `create` or `load`."""
        self._key = key

    @classmethod
    def create(cls, file: Path) -> "SigningKey":
        """A new key in a new file, its owner's alone, on the disk when this returns. Raises: CannotWriteKey."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - 25 ms to load
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - same
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        key = Ed25519PrivateKey.generate()
        text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        try:
            write_new_file(file, text)
        except OSError as refused:
            raise CannotWriteKey(file, refused.strerror or str(refused)) from refused
        return cls(key)

    @classmethod
    def load(cls, file: Path, *, is_guarded: bool = False) -> "SigningKey":
        """The key in a file; one that `is_guarded` is kept from others by more than its mode.

        Raises: CannotReadKey, NotASigningKey, NotPrivate.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - same

        try:
            mode, text = file.stat().st_mode, file.read_bytes()
            key = load_pem_private_key(text, password=None)
        except OSError as refused:
            raise CannotReadKey(file, refused.strerror or str(refused)) from refused
        except (ValueError, TypeError) as refused:
            raise NotASigningKey(file, str(refused)) from refused
        if mode & _OTHERS and not is_guarded:
            raise NotPrivate(file, mode & 0o777)
        if not isinstance(key, Ed25519PrivateKey):
            raise NotASigningKey(file, type(key).__name__)
        return cls(key)

    @property
    def public(self) -> bytes:
        """What proves its signatures, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        """The signature over a text, 64 bytes."""
        return self._key.sign(text)

    def sign_head(self, log_id: UUID, head: Head) -> SignedHead:
        """A head, signed."""
        return SignedHead(log_id, head, self.sign(format_head(log_id, head)))


def is_signed(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether a text was signed with the key that belongs to a public one."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - most files of heads are read by their text
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - same

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_head_signed(public: bytes, signed: SignedHead) -> bool:
    """Whether a head was signed with the key that belongs to a public one."""
    return is_signed(public, format_head(signed.log_id, signed.head), signed.signature)


# --- Its text --------------------------------------------------------------------------------


def format_head(log_id: UUID, head: Head) -> bytes:
    """The text that is signed."""
    return _join_lines(_name_origin(log_id), str(head.position), b64encode(head.chain).decode())


def format_greeting(nonce: bytes, names: Sequence[UUID], held: Head, head: Head) -> bytes:
    """The text that a source signs when it greets, over a nonce that it was given for this one time."""
    chains = (f"{position} {b64encode(chain).decode()}" for position, chain in (held, head))
    return _join_lines("kiosk/greeting", b64encode(nonce).decode(), *map(str, names), *chains)


def format_note(signed: SignedHead, public: bytes) -> str:
    """A signed head as a note: the text, and under it the line with the signature."""
    origin = _name_origin(signed.log_id)
    mark = b64encode(_name_key(origin, public) + signed.signature).decode()
    return f"{format_head(signed.log_id, signed.head).decode()}\n— {origin} {mark}\n"


def parse_note(note: str, public: bytes) -> SignedHead:
    """A signed head from a note, of which the line for this key counts. Raises: ValueError."""
    text, _, marks = note.partition("\n\n")
    origin, position, chain, *_ = [*text.split("\n"), "", ""]
    log_id = UUID(origin.removeprefix("kiosk/").removesuffix("/chain"))
    head = Head(int(position), b64decode(chain, validate=True))
    for line in marks.splitlines():
        mark = b64decode(line.removeprefix(f"— {origin} "), validate=True) if line.startswith(f"— {origin} ") else b""
        signed = SignedHead(log_id, head, mark[_KEY_NAME_SIZE:])
        if mark[:_KEY_NAME_SIZE] == _name_key(origin, public) and format_note(signed, public).startswith(f"{text}\n\n"):
            return signed
    raise ValueError(note)


def _join_lines(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _name_origin(log_id: UUID) -> str:
    return f"kiosk/{log_id}/chain"


def _name_key(origin: str, public: bytes) -> bytes:
    return sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_NAME_SIZE]
