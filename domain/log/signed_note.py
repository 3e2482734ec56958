"""Signed notes: a text that people can read, and under it a line for each key that signed it (C2SP signed-note).

    kiosk/<log_id>                            the text, its lines
    403
    ...
                                              an empty line ends it
    — kiosk/<log_id> <base64 of 4 bytes that name the key, and the signature>
    — kiosk/<log_id> <the same of the same key, with the instant at which it signed>
    — witness/annex <that of a second machine>

Rule: a name without its key proves nothing. Lines of unknown keys are kept and passed over.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from struct import Struct, error
from typing import Literal, NamedTuple

from domain.log.signing import PUBLIC_KEY_SIZE, SIGNATURE_SIZE, SigningKey, is_signed

Algorithm = Literal[1, 4]
"""Ed25519 over the text; Ed25519 over an instant and the text (C2SP tlog-cosignature)."""
ED25519: Algorithm = 1
COSIGNATURE: Algorithm = 4
_ALGORITHMS: Mapping[bytes, Algorithm] = {bytes([one]): one for one in (ED25519, COSIGNATURE)}
MARK = "— "
"""What a line of a signature begins with."""
KEY_ID_SIZE = 4
"""Bytes."""
_NAME = re.compile(r"[^\s+]+")
_INSTANT = Struct(">Q")


class SignatureLine(NamedTuple):
    """A line under a note."""

    name: str
    key_id: bytes
    signature: bytes


class SignedNote(NamedTuple):
    """A text, and who signed it."""

    text: str
    """Its lines, each ended by a line feed."""
    lines: Sequence[SignatureLine] = ()

    def format(self) -> str:
        """As it is written to a file; a text that nobody signed ends with the empty line."""
        lines = (f"{MARK}{one.name} {b64encode(one.key_id + one.signature).decode()}\n" for one in self.lines)
        return f"{self.text}\n{''.join(lines)}"

    def add(self, line: SignatureLine) -> "SignedNote":
        """The same note with one line more."""
        return self._replace(lines=(*self.lines, line))

    def as_of(self, at: datetime) -> "SignedNote":
        """Without the lines that were added after an instant, as they say themselves."""
        latest = int(at.timestamp())
        return self._replace(lines=tuple(one for one in self.lines if _split_instant(one.signature)[0] <= latest))

    def select_signed(self, keys: "Sequence[NoteKey]") -> "SignedNote":
        """With only the lines that one of these keys signed."""
        notes = (self._replace(lines=(line,)) for line in self.lines)
        return self._replace(lines=tuple(note.lines[0] for note in notes if any(key.has_signed(note) for key in keys)))


def parse_note(written: str) -> SignedNote:
    """A note from its file. Raises: ValueError."""
    text, empty, signed = written.partition("\n\n")
    if not empty or not text:
        raise ValueError(written)
    return SignedNote(f"{text}\n", tuple(_parse_line(line) for line in signed.splitlines()))


def _parse_line(line: str) -> SignatureLine:
    name, _, value = line.removeprefix(MARK).partition(" ")
    found = b64decode(value, validate=True)
    if not line.startswith(MARK) or not _NAME.fullmatch(name) or len(found) <= KEY_ID_SIZE:
        raise ValueError(line)
    return SignatureLine(name, found[:KEY_ID_SIZE], found[KEY_ID_SIZE:])


class NoteKey(NamedTuple):
    """What proves who signed a note: a public key, and the name under which it signs."""

    name: str
    public: bytes
    algorithm: Algorithm = ED25519

    @property
    def key_id(self) -> bytes:
        """What names it in a line."""
        return sha256(self.name.encode() + b"\n" + self._encode()).digest()[:KEY_ID_SIZE]

    def format(self) -> str:
        """In one line, as other programs take it (C2SP: a vkey)."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(self._encode()).decode()}"

    def has_signed(self, note: SignedNote) -> bool:
        """Whether the key signed the text of a note."""
        return any(self._is_right(line, note.text) for line in note.lines)

    def find_instant(self, note: SignedNote) -> datetime | None:
        """When the key signed a note together with that instant, by the clock of its machine; None where it did not."""
        right = (line for line in note.lines if self.algorithm == COSIGNATURE and self._is_right(line, note.text))
        return next((datetime.fromtimestamp(_split_instant(line.signature)[0], UTC) for line in right), None)

    def _encode(self) -> bytes:
        return bytes([self.algorithm]) + self.public

    def _is_right(self, line: SignatureLine, text: str) -> bool:
        if line.name != self.name or line.key_id != self.key_id:
            return False
        if self.algorithm == ED25519:
            return is_signed(self.public, text.encode(), line.signature)
        at, signature = _split_instant(line.signature)
        return is_signed(self.public, _format_cosigned(at, text), signature)


def parse_key(written: str) -> NoteKey:
    """A key from its line. Raises: ValueError."""
    name, _, rest = written.strip().partition("+")
    key_id, _, value = rest.partition("+")
    encoded = b64decode(value, validate=True)
    algorithm = _ALGORITHMS.get(encoded[:1])
    if algorithm is None or not _NAME.fullmatch(name) or len(encoded) != 1 + PUBLIC_KEY_SIZE:
        raise ValueError(written)
    key = NoteKey(name, encoded[1:], algorithm)
    if key.key_id.hex() != key_id:
        raise ValueError(written)
    return key


def sign_text(key: SigningKey, name: str, text: str) -> SignatureLine:
    """The line of a key over a text."""
    return SignatureLine(name, NoteKey(name, key.public).key_id, key.sign(text.encode()))


def cosign_text(key: SigningKey, name: str, text: str, at: datetime) -> SignatureLine:
    """The line of a key over a text and an instant: then this was the last that its machine had seen."""
    seconds = int(at.timestamp())
    signature = _INSTANT.pack(seconds) + key.sign(_format_cosigned(seconds, text))
    return SignatureLine(name, NoteKey(name, key.public, COSIGNATURE).key_id, signature)


def _format_cosigned(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _split_instant(signature: bytes) -> tuple[int, bytes]:
    """The instant before a signature, in seconds since 1970; 0 where there is no room for one."""
    try:
        (seconds,) = _INSTANT.unpack(signature[:-SIGNATURE_SIZE])
    except error:
        seconds = 0
    return min(seconds, _LAST_SECOND), signature[-SIGNATURE_SIZE:]


_LAST_SECOND = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
