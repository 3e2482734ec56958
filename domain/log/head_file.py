"""The last head, kept in a small file beside the log: how far the log reached at the last acknowledged event.

Rule: written after the commit and before the answer, inside the writer's lock. So it is never ahead of a log that is
sound, and a log that ends before it has lost acknowledged events: SQLite drops a damaged end of its WAL in silence.

Two slots, a page each, take turns: a write that is torn spoils the older one. Numbers are big-endian:

    KLOGHEAD    8    what it is
    sequence    8    the greater of two sound slots is the newer
    log_id     16    the log's name then
    position    8    of the last event
    chain      32    after that event
    position    8    how far the whole chain was walked last, and found to fit
    chain      32    there
    SHA-256    32    of all that

It is not synchronised at each commit: the log is, so after a power cut this file is behind it, which is no harm. It
is synchronised when it is made and when the log is closed.
"""

import logging
import os
from hashlib import sha256
from pathlib import Path
from struct import Struct
from typing import NamedTuple
from uuid import UUID

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.errors import CannotReadHead
from domain.log.writer_lock import open_private_file

LOG = logging.getLogger(__name__)

SLOT = 4096
"""Bytes between the beginnings of the slots: no disk tears one write into two of these."""
_MAGIC = b"KLOGHEAD"
_RECORD = Struct(">8sQ16sq32sq32s")
_LENGTH = _RECORD.size + 32


class KeptHead(NamedTuple):
    """What the file knows."""

    log_id: UUID
    head: Head
    verified_head: Head = EMPTY_HEAD
    """How far the whole chain was last verified."""
    sequence: int = 0


class HeadFile:
    """The file beside one log. Who writes holds the writer's lock; who reads need not."""

    def __init__(self, log_file: Path) -> None:
        self.path = log_file.with_suffix(".head")
        self._file: int | None = None
        self._writes = True
        self._slots: list[bytes] = []
        """As they were after the last write, of which the newest is known."""
        self._newest: KeptHead | None = None
        self._last_read: KeptHead | None = None
        self._reads = True

    def read(self) -> KeptHead | None:
        """The newest slot that is sound; None where there is none, or no file.

        Raises: CannotReadHead: a disk that does not answer, or a file of another user, is no home without heads.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as refused:
            raise CannotReadHead(self.path, refused.strerror or str(refused)) from refused
        self._last_read = _find_newest(*_split(content))
        return self._last_read

    def read_or_recall(self) -> KeptHead | None:
        """As `read`; where the file cannot be read, the newest head that was read or written here, and it is logged.

        For a log that is open: it still has to hold that head, and taps that could be recorded are.
        """
        try:
            kept = self.read()
        except CannotReadHead as unreadable:
            if self._reads:
                LOG.warning("%s cannot be read (%s): the log itself is", self.path, unreadable.reason)
            self._reads = False
            return self._newest or self._last_read
        self._reads = True
        return kept

    def save(self, log_id: UUID, head: Head, checked: Head | None = None) -> None:
        """Put a head into the slot whose turn it is; `checked` stays where none is given.

        A disk that refuses is logged, and the event is in the log all the same.
        """
        try:
            self._write(log_id, head, checked)
        except OSError as refused:
            self._warn_once(refused)
        else:
            self._writes = True

    def close(self) -> None:
        """Have the disk take what it was given, and let go. Closing twice is closing once."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            os.fsync(file)
        except OSError as refused:
            self._warn_once(refused)
        finally:
            os.close(file)

    def _write(self, log_id: UUID, head: Head, checked: Head | None) -> None:
        if self._file is None:
            self._file = _open_or_create(self.path)
        slots = _split(os.pread(self._file, SLOT + _LENGTH, 0))
        before = self._newest if slots == self._slots else _find_newest(*slots)
        if checked is None:
            checked = before.verified_head if before and before.log_id == log_id else EMPTY_HEAD
        kept = KeptHead(log_id, head, checked, before.sequence + 1 if before else 1)
        turn = kept.sequence % 2
        slots[turn] = _encode_slot(kept)
        os.pwrite(self._file, slots[turn], turn * SLOT)
        self._slots, self._newest = slots, kept

    def _warn_once(self, refused: OSError) -> None:
        """Once, until it works again."""
        if self._writes:
            LOG.warning("%s cannot be written (%s): the log itself is", self.path, refused.strerror)
        self._writes = False


def _open_or_create(path: Path) -> int:
    """Open the file, which has its full length before anything is kept in it: a full disk cannot refuse it later."""
    file = open_private_file(path, os.O_RDWR | os.O_CREAT)
    if os.fstat(file).st_size < 2 * SLOT:
        os.pwrite(file, bytes(2 * SLOT), 0)
        os.fsync(file)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)
    return file


def _encode_slot(kept: KeptHead) -> bytes:
    record = _RECORD.pack(_MAGIC, kept.sequence, kept.log_id.bytes, *kept.head, *kept.verified_head)
    return record + sha256(record).digest()


def _split(content: bytes) -> list[bytes]:
    """The two slots of a file."""
    return [content[:_LENGTH], content[SLOT : SLOT + _LENGTH]]


def _find_newest(*slots: bytes) -> KeptHead | None:
    return max(filter(None, map(_decode_slot, slots)), key=lambda kept: kept.sequence, default=None)


def _decode_slot(slot: bytes) -> KeptHead | None:
    """What a slot holds; None where it is not sound."""
    record, digest = slot[: _RECORD.size], slot[_RECORD.size :]
    if record[: len(_MAGIC)] != _MAGIC or sha256(record).digest() != digest:
        return None
    _, sequence, log_id, position, chain, walked, walked_chain = _RECORD.unpack(record)
    return KeptHead(UUID(bytes=log_id), Head(position, chain), Head(walked, walked_chain), sequence)
