"""A witness: a second machine that co-signs the head of a log, and only one that extends the last that it co-signed.

Rule: what it co-signed is all that it knows, a folder of heads and its key. Which logs it speaks of, and with which
keys they sign, a person decides. It never opens a log: a head brings the proof that it extends the one before it.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from domain.log.checkpoint import Checkpoint, ProvedHead
from domain.log.signed_note import COSIGNATURE, NoteKey, cosign_text
from domain.log.signing import SigningKey
from kiosk.backups.heads.head_copies import copy_into
from kiosk.backups.heads.head_notes import (
    COSIGNED,
    READABLE,
    WITNESS,
    add_key,
    find_newest,
    format_name,
    is_folder,
    list_heads_of,
    list_note_files,
    list_signed_heads,
    list_witness_keys,
    name_witness,
    read_keys,
    read_note_file,
)
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import HEADS_FOLDER, KEYS_FILE, PRIVATE_FOLDER, write_atomically
from kiosk.input_files import SETTINGS_FILE
from kiosk.words.heads import WitnessText

KEY_FILE, TRUSTED_FILE = "witness.key", "trusted.txt"
LISTABLE = 0o755
"""What is handed back is for the account of the home to read, whatever the umask of this one is."""


class Witness:
    """What a witness knows: its folder, its key, the logs that it trusts."""

    def __init__(self, folder: Path, name: str) -> None:
        """Made where it is not there. Raises: UserError, LogError, OSError."""
        self.name = name
        _demand_own_folder(folder)
        known = [key for key in _list_own_keys(folder / KEYS_FILE) if key.algorithm == COSIGNATURE]
        _demand_own_name(folder, name, known)
        self._heads, self._trusted = folder / HEADS_FOLDER, folder / TRUSTED_FILE
        self._read_trusted()
        self._heads.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        key = folder / KEY_FILE
        if not key.exists() and list_note_files(self._heads):
            raise UserError(WitnessText.KEY_LOST.fill(path=key), EXIT_NO)
        self._key = SigningKey.load(key) if key.exists() else SigningKey.create(key)
        self.public = NoteKey(name_witness(name), self._key.public, COSIGNATURE)
        self._keys = [*known, self.public]
        self._demand_own_heads()
        add_key(folder, self.public)

    def _demand_own_heads(self) -> None:
        """A head that it keeps and cannot read is not forgotten: it would co-sign another one. Raises: UserError."""
        for file in list_note_files(self._heads):
            if not (_is_head(file) and read_note_file(file).is_signed_by(self._keys)):
                raise UserError(WitnessText.OWN_HEAD_DAMAGED.fill(path=file), EXIT_NO)

    def trust(self, keys: Iterable[NoteKey]) -> None:
        """Believe from now on what these keys of logs sign. Raises: OSError, UserError."""
        for key in keys:
            add_key(self._trusted.parent, key, file=TRUSTED_FILE)

    def find_last(self, log_id: UUID) -> Checkpoint | None:
        """The last head of a log that it co-signed."""
        last = find_newest(self._heads, log_id, self._keys)
        return last.checkpoint if last else None

    def list_logs(self) -> list[tuple[str, int]]:
        """How far each log that it trusts is co-signed; 0 where none of its heads was."""
        names = {key.name for key in self._read_trusted()}
        ends = dict.fromkeys(sorted(names), 0)
        for file in list_note_files(self._heads):
            checkpoint = read_note_file(file).checkpoint
            ends[checkpoint.name] = max(ends.get(checkpoint.name, 0), checkpoint.head.position)
        return list(ends.items())

    def _read_trusted(self) -> list[NoteKey]:
        return _list_own_keys(self._trusted)

    # --- Co-signing ---

    def cosign(self, places: Iterable[Path], now: datetime) -> Iterator[str]:
        """Co-sign the heads in files and folders, as far as they extend the last ones; what is wrong, a sentence each.

        Nothing that stands in a folder of others keeps the rest back. Where it cannot keep what it co-signed it ends,
        behind a sentence, and hands nothing on. Raises: UserError where its own files were damaged meanwhile.
        """
        places, logs = list(places), dict[UUID, list[tuple[Path, ProvedHead]]]()
        for file in _list_files(places):
            try:
                proved = read_note_file(file)
            except UserError as bad:
                yield str(bad)
            else:
                logs.setdefault(proved.checkpoint.log_id, []).append((file, proved))
        folders = [place for place in places if is_folder(place)]
        yield from (WitnessText.NONE_SHOWN.fill(path=folder) for folder in folders if _is_empty(folder))
        try:
            yield from self._recall(logs, folders)
            for found in logs.values():
                yield from self._cosign_log(found, now)
        except OSError as refused:
            yield WitnessText.CANNOT_KEEP.fill(path=self._heads.parent, reason=refused.strerror)
            return
        for folder in folders:
            seen = {log for log, found in logs.items() if any(file.parent == folder for file, _ in found)}
            yield from self._hand_back(folder, seen)

    def _recall(self, logs: Iterable[UUID], folders: Iterable[Path]) -> Iterator[str]:
        """What it co-signed once and does not know: its folder was restored from an older copy."""
        for folder in folders:
            for file, proved in list_heads_of(folder / f"{COSIGNED}{self.name}", set(logs)):
                position, last = proved.checkpoint.head.position, self.find_last(proved.checkpoint.log_id)
                known = last.head.position if last else 0
                if position > known and self.public.has_signed(proved.note):
                    self._keep(proved)
                    yield WitnessText.WAS_RESTORED.fill(path=file, known=known, position=position)

    def _cosign_log(self, found: list[tuple[Path, ProvedHead]], now: datetime) -> Iterator[str]:
        """The heads of one log, the shortest first; one that is not right is passed over, and said."""
        found = sorted(found, key=lambda one: one[1].checkpoint.head.position)
        last, newest, unproved = self.find_last(found[0][1].checkpoint.log_id), None, None
        if last and (behind := self._find_furthest_behind(found, last.head.position)):
            yield WitnessText.WENT_BACK.fill(path=behind, position=last.head.position)
        for file, proved in found:
            complaint = self._find_complaint(file, proved, last)
            if complaint:
                yield complaint
            elif last and last.head.position < proved.checkpoint.head.position and proved.old != last.head.position:
                unproved = unproved or WitnessText.NO_PROOF.fill(path=file, position=last.head.position, old=proved.old)
            elif last is None or last.head.position < proved.checkpoint.head.position:
                last, newest, unproved = proved.checkpoint, proved, None
        if newest:
            line = cosign_text(self._key, self.public.name, newest.note.text, now)
            self._keep(newest._replace(note=newest.note.add(line)))
        if unproved:
            yield unproved

    def _find_furthest_behind(self, found: list[tuple[Path, ProvedHead]], position: int) -> Path | None:
        """The file of the signed head that goes furthest, of heads in order, where it ends before a position.

        Shorter ones beside are the history of the log: of several that come at once only the last is co-signed.
        """
        keys = self._list_keys_of(found[0][1].checkpoint)
        for file, proved in reversed(found):
            if proved.is_signed_by(keys):
                return file if proved.checkpoint.head.position < position else None
        return None

    def _list_keys_of(self, checkpoint: Checkpoint) -> list[NoteKey]:
        """The keys that it trusts of the log of a checkpoint."""
        return [key for key in self._read_trusted() if key.name == checkpoint.name]

    def _find_complaint(self, file: Path, proved: ProvedHead, last: Checkpoint | None) -> str | None:
        """Why a head speaks against its log, or of none that is trusted; None where it does not."""
        checkpoint = proved.checkpoint
        keys = self._list_keys_of(checkpoint)
        if not keys:
            return WitnessText.UNKNOWN_LOG.fill(path=file, name=checkpoint.name)
        if not proved.is_signed_by(keys):
            return WitnessText.NOT_SIGNED.fill(path=file)
        if last and last.head.position == proved.old and not proved.extends(last):
            return WitnessText.ANOTHER_WAY.fill(path=file, position=last.head.position)
        known = [*self._list_known(checkpoint.log_id), *([last] if last else [])]
        if any(other.head.position == checkpoint.head.position and other != checkpoint for other in known):
            return WitnessText.ANOTHER_WAY.fill(path=file, position=checkpoint.head.position)
        return None

    def _list_known(self, log_id: UUID) -> Iterator[Checkpoint]:
        yield from (proved.checkpoint for _, proved in list_heads_of(self._heads, {log_id}))

    def _keep(self, proved: ProvedHead) -> None:
        write_atomically(self._heads / format_name(proved.checkpoint), proved.format().encode(), mode=READABLE)

    def _hand_back(self, folder: Path, logs: set[UUID]) -> Iterator[str]:
        """Copy what it co-signed into a folder of its own beside the heads, so that the office sees it work."""
        beside = folder / f"{COSIGNED}{self.name}"
        heads = [*list_signed_heads(self._heads, logs, [self.public])]
        try:
            if heads:
                beside.mkdir(exist_ok=True)
            if beside.is_symlink():  # made by others: it may lead to where this witness alone may write
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            if self._is_of_another(beside):
                yield from [WitnessText.NAME_TAKEN.fill(path=beside, name=self.name)] if heads else []
            elif beside.is_dir():
                _make_listable(beside)
                yield from copy_into(beside, heads, [self.public], WitnessText.NOT_HANDED_BACK)
        except OSError as refused:
            yield WitnessText.NOT_HANDED_BACK.fill(path=beside, reason=refused.strerror)

    def _is_of_another(self, beside: Path) -> bool:
        """Whether another witness of this name was first to hand back into a folder: each would undo the other's."""
        keys = list_witness_keys(beside)
        return bool(keys) and keys[0] not in self._keys


def _make_listable(folder: Path) -> None:
    """Let every account read a folder that is this account's own, also one that is there already. Raises: OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        found = os.fstat(descriptor)
        if found.st_uid == os.geteuid() and found.st_mode & LISTABLE != LISTABLE:
            os.fchmod(descriptor, stat.S_IMODE(found.st_mode) | LISTABLE)
    finally:
        os.close(descriptor)


def _demand_own_folder(folder: Path) -> None:
    """Keep its key, and what it trusts, out of a home and out of a folder with heads of a log. Raises: UserError."""
    files = list_note_files(folder) if folder.is_dir() else []
    if (folder / SETTINGS_FILE).exists() or any(map(_is_head, files)):
        raise UserError(WitnessText.NOT_ITS_FOLDER.fill(path=folder))


def _list_own_keys(path: Path) -> list[NoteKey]:
    """The keys in a file of the witness; none where it is not there. Raises: UserError."""
    try:
        return read_keys(path) if path.exists() else []
    except UserError:
        raise UserError(WitnessText.OWN_KEYS_DAMAGED.fill(path=path), EXIT_NO) from None


def _demand_own_name(folder: Path, name: str, known: Sequence[NoteKey]) -> None:
    """Under another name the same key is another one, and signed none of the heads there. Raises: UserError."""
    if known and known[0].name != name_witness(name):
        own = known[0].name.removeprefix(WITNESS)
        raise UserError(WitnessText.ANOTHER_NAME.fill(path=folder, name=own))


def _is_head(file: Path) -> bool:
    """Keys and notes of a person may lie there too."""
    try:
        read_note_file(file)
    except UserError:
        return False
    return True


def _is_empty(folder: Path) -> bool:
    """Whether no file of a folder is meant as a head: a share that is not mounted looks so. Not: it cannot be read."""
    try:
        return not list_note_files(folder)
    except OSError:
        return False


def _list_files(places: Iterable[Path]) -> Iterator[Path]:
    """The files in folders, and files; a folder that cannot be read stands for itself, which is no head."""
    for place in places:
        try:
            yield from list_note_files(place) if place.is_dir() else [place]
        except OSError:
            yield place
