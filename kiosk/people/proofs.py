"""What proves the rows of the people store: digests under the site key, which events of the log carry.

Rule: a digest is salted, and its salt stands in the people store alone. Without it, and without the site key, no name
can be found by trying; when a person is erased, the salt goes with the row.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec

KeyedHash = Callable[[bytes], bytes]
"""The HMAC of a message under the site key of a home."""
KEY_CHECK, PERSON_ROW, ACTOR_ID, PIN_HASH, PASSWORD_HASH, BOOK_NUMBER = (
    b"vms-site-key-check-v1\0",
    b"vms-person-row-v1\0",
    b"vms-actor-id-v1\0",
    b"vms-pin-hash-v1\0",
    b"vms-password-hash-v1\0",
    b"vms-record-book-v1\0",
)
"""Each separates its HMAC from every other use of the site key."""
CHECK_BYTES = 16
"""Half of SHA-256: two keys share a check value once in 2^128."""
PROVABLE_ACTOR = 8
"""The version in the id of an actor that is made of the name; the id of an older one is random, and proves nothing."""


def build_keyed_hash(site_key: bytes) -> KeyedHash:
    """The HMAC under a key."""
    return lambda message: hmac.digest(site_key, message, "sha256")


def compute_key_check(keyed_hash: KeyedHash) -> str:
    """What tells a site key from another one and nothing else of it, hex."""
    return keyed_hash(KEY_CHECK)[:CHECK_BYTES].hex()


def compute_book_digest(keyed_hash: KeyedHash, number: str) -> str:
    """What stands for the number of a record book in the log, in whichever width it was typed, hex."""
    plain = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    return keyed_hash(BOOK_NUMBER + plain.encode()).hex()


FIRST_COLUMNS, WITH_CONTACTS = 7, 12
"""Of the row of a volunteer: those that there were before contacts, and before profiles."""


def compute_person_digest(keyed_hash: KeyedHash, salt: bytes, row: Sequence[str | None]) -> str:
    """The digest of the row of a volunteer, hex; of one without contacts or profile as before there were any."""
    row = next((row[:columns] for columns in (FIRST_COLUMNS, WITH_CONTACTS) if not any(row[columns:])), row)
    return keyed_hash(PERSON_ROW + salt + msgspec.json.encode(row)).hex()


def build_actor_id(keyed_hash: KeyedHash, salt: bytes, name: str) -> UUID:
    """An id that is the digest of the name, so that every event with it proves who acted."""
    digest = bytearray(keyed_hash(ACTOR_ID + salt + name.encode())[:CHECK_BYTES])
    digest[6] = digest[6] & 0x0F | PROVABLE_ACTOR << 4
    digest[8] = digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))


def compute_pin_digest(keyed_hash: KeyedHash, actor: UUID, hashed: str) -> str:
    """The digest of the hash that is kept of a PIN, hex."""
    return keyed_hash(PIN_HASH + actor.bytes + hashed.encode()).hex()


def compute_password_digest(keyed_hash: KeyedHash, actor: UUID, hashed: str) -> str:
    """The digest of the hash that is kept of a password, hex."""
    return keyed_hash(PASSWORD_HASH + actor.bytes + hashed.encode()).hex()


def compute_note_digest(salt: bytes, text: str) -> str:
    """The digest of a free text, hex."""
    return hashlib.sha256(salt + text.encode()).hexdigest()
