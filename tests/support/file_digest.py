"""The digest of a database file by its pieces, as a program that has not seen it before finds it."""

from contextlib import closing
from pathlib import Path

from projections.engine.file_pieces import FilePieces


def compute_digest_anew(file: Path) -> str:
    """Of the whole file, as it stands on the disk."""
    with closing(FilePieces(file)) as pieces:
        return pieces.compute_digest()
