"""The digest of a database file by its pieces: one that was proved whole is not read again, but for what was written.

Rule: which pieces were written is a hint that nothing rests on. A piece that was changed and is not among them keeps
its old digest, and the file differs from its digest when it is read next.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from projections.engine.seal import BUFFER_LENGTH, has_wal, sidecar_path

PIECE = 16_384
"""Bytes that are hashed together. Measured: of shorter ones the calls cost more, of longer ones more is read again."""
DIGEST_LENGTH = sha256().digest_size


class FilePieces:
    """The SHA-256 of each piece of a database file, as it was read or written here.

    Close it behind the last connection of this process to that database: see `is_open_here`.
    """

    def __init__(self, database: Path) -> None:
        """Read the whole file. Raises: OSError."""
        self._database = database
        self._file = database.open("rb")
        self._written: set[int] = set()
        self._digests = bytearray()
        buffer = memoryview(bytearray(BUFFER_LENGTH))
        while length := self._file.readinto(buffer):
            for begin in range(0, length, PIECE):
                self._digests += sha256(buffer[begin : min(begin + PIECE, length)]).digest()

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def compute_digest(self) -> str:
        """SHA-256 over the digests of the pieces, hex."""
        return sha256(self._digests).hexdigest()

    def note_wal(self) -> None:
        """What stands in the WAL is about to be written to the file. Raises: OSError."""
        if has_wal(self._database):
            self._written.update(_list_pieces_in_wal(sidecar_path(self._database, "-wal")))

    def hash_written(self) -> None:
        """Read again what was written since the last time, and where the file ends or ended. Raises: OSError."""
        known, length = len(self._digests) // DIGEST_LENGTH, -(-self._database.stat().st_size // PIECE)
        self._written.update(range(max(min(known, length) - 1, 0), length))
        del self._digests[length * DIGEST_LENGTH :]
        for piece in sorted(piece for piece in self._written if piece < length):
            begin = piece * DIGEST_LENGTH
            read = os.pread(self._file.fileno(), PIECE, piece * PIECE)
            self._digests[begin : begin + DIGEST_LENGTH] = sha256(read).digest()
        self._written.clear()


def _list_pieces_in_wal(wal: Path) -> Iterator[int]:
    """The pieces that a WAL has a page of.

    Source: SQLite's file format, section 4. Behind a header of 32 bytes, whose third number is the size of a page, each
    frame has a header of 24 bytes, whose first number is that of the page, counted from 1, and the page.
    """
    descriptor = os.open(wal, os.O_RDONLY)
    try:
        size = int.from_bytes(os.pread(descriptor, 4, 8))
        for offset in range(32, os.fstat(descriptor).st_size, 24 + size):
            ends = int.from_bytes(os.pread(descriptor, 4, offset)) * size
            yield from range((ends - size) // PIECE, -(-ends // PIECE))
    finally:
        os.close(descriptor)
