"""The head of a home's log, signed each night, and copied to where the owner of the machine cannot change it.

Rule: only what extends the last signed head is signed. The key is read by the nightly job alone: where systemd gives it
to that job, another program of the home can read it only while the job runs; where it stands in the home, always.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from domain.log.chain import Head
from domain.log.checkpoint import ProvedHead, name_log
from domain.log.errors import LogError
from domain.log.proofs import EMPTY_FRONTIER, Frontier, prove_onward
from domain.log.signed_note import NoteKey, cosign_text, sign_text
from domain.log.signing import SigningKey
from domain.typed_decoding import decode_json
from kiosk.backups.heads.head_copies import copy_into
from kiosk.backups.heads.head_notes import (
    add_key,
    find_newest,
    format_name,
    list_heads_folders,
    list_log_keys,
    list_names,
    list_note_files,
    read_keys,
    read_note_file,
)
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_files import HEADS_FOLDER, KEYS_FILE, PRIVATE_FILE, PRIVATE_FOLDER, write_atomically
from kiosk.settings import Settings
from kiosk.words.heads import SignedHeadText
from kiosk.words.log_errors import explain_log_error

KEY_FILE = "head.key"
FRONTIER_FILE = "heads.tree"
"""May be deleted at any time."""
ROOT_SIZE = 32
"""Bytes."""
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""Where systemd puts what it loads for one service (systemd.exec(5))."""


def sign_head(home: Home) -> ProvedHead:
    """Sign the head of now; one that was signed already is found again. Raises: UserError."""
    folder, head = home.path / HEADS_FOLDER, home.log.head()
    older = _find_last(home)
    if older and older.checkpoint.head == head:
        return older
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        key = load_key(home)
        add_key(folder, NoteKey(name_log(home.log.log_id), key.public), PRIVATE_FILE)
        older = older or _find_last(home)  # the line of the key may have been lost
        return older if older and older.checkpoint.head == head else _sign_onward(home, head, older, key)
    except LogError as error:
        raise UserError(SignedHeadText.NOT_SIGNED.fill(reason=explain_log_error(error)), EXIT_NO) from None
    except OSError as error:
        raise UserError(SignedHeadText.NOT_SIGNED.fill(reason=f"{folder}: {error.strerror}"), EXIT_NO) from None


def _find_last(home: Home) -> ProvedHead | None:
    """The last head of the log that a key of keys.txt signed."""
    folder = home.path / HEADS_FOLDER
    return find_newest(folder, home.log.log_id, list_log_keys(folder))


def _sign_onward(home: Home, head: Head, older: ProvedHead | None, key: SigningKey) -> ProvedHead:
    """Sign a head with the proof that it extends the older one. Raises: UserError, LogError, OSError."""
    folder = home.path / HEADS_FOLDER
    known = (older and _find_frontier(home, older, key)) or EMPTY_FRONTIER
    old = older.checkpoint.head.position if older else 0
    proved, frontier = prove_onward(home.log, head, old, known)
    if older and not proved.extends(older.checkpoint):
        raise UserError(SignedHeadText.NOT_SIGNED_ANOTHER_WAY.fill(path=folder), EXIT_NO)
    name, note = proved.checkpoint.name, proved.note
    at = cosign_text(key, name, note.text, home.now_recorded())  # says when, also where the file is a copy
    signed = proved._replace(note=note.add(sign_text(key, name, note.text)).add(at))
    write_atomically(folder / format_name(signed.checkpoint), signed.format().encode())
    _keep_frontier(home, frontier)
    return signed


class KeptFrontier(msgspec.Struct, frozen=True):
    """The frontier of the tree at the head that was signed last, so that the next night reads what followed."""

    position: int
    chain: bytes
    roots: tuple[bytes, ...]


def _find_frontier(home: Home, older: ProvedHead, key: SigningKey) -> Frontier | None:
    """The frontier at an older head: where it leads to the root that this key signed, and the log has that head."""
    checkpoint = older.checkpoint
    try:
        kept = decode_json((home.path / FRONTIER_FILE).read_bytes(), KeptFrontier)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    frontier = Frontier(Head(kept.position, kept.chain), kept.roots)
    if frontier.head != checkpoint.head or [*map(len, kept.roots)] != [ROOT_SIZE] * kept.position.bit_count():
        return None
    is_signed = NoteKey(checkpoint.name, key.public).has_signed(older.note)
    is_right = is_signed and frontier.compute_root() == checkpoint.root
    return frontier if is_right and home.log.find_objection(frontier.head) is None else None


def _keep_frontier(home: Home, frontier: Frontier) -> None:
    """Without it the next night reads the whole log."""
    kept = KeptFrontier(*frontier.head, tuple(frontier.roots))
    with suppress(OSError):
        write_atomically(home.path / FRONTIER_FILE, msgspec.json.encode(kept))


def load_key(home: Home) -> SigningKey:
    """The key of the heads: of the service that runs, of the settings, or of the home, where it is made once.

    Raises: CannotReadKey, NotPrivate, CannotWriteKey.
    """
    given = Path(os.environ.get(CREDENTIALS, "")) / KEY_FILE
    if os.environ.get(CREDENTIALS) and given.exists():
        return SigningKey.load(given, is_guarded=True)
    if home.settings.heads and home.settings.heads.key:
        return SigningKey.load(home.path / home.settings.heads.key)
    own = home.path / KEY_FILE
    return SigningKey.load(own) if own.exists() else SigningKey.create(own)


def copy_heads(home: Path, settings: Settings) -> Iterator[str]:
    """Copy what each night signed, and the keys, to the folders elsewhere that lack it; why not, a sentence each."""
    own, *elsewhere = list_heads_folders(home, settings)
    for folder in elsewhere:
        try:
            keys = read_keys(own / KEYS_FILE)
            yield from copy_into(folder, list(_list_of_nights(own, keys)), keys, SignedHeadText.NOT_COPIED)
        except OSError as error:
            yield SignedHeadText.NOT_COPIED.fill(path=folder, reason=error.strerror)
        except UserError as error:
            yield str(error)


def _list_of_nights(own: Path, keys: Sequence[NoteKey]) -> Iterator[ProvedHead]:
    """What a night signed and named: what a person puts beside may change under its name, and is not copied."""
    for file in list_note_files(own):
        with suppress(UserError):
            proved = read_note_file(file)
            if file.name in list_names(proved.checkpoint) and proved.is_signed_by(keys):
                yield proved
