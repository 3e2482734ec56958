"""The digests of a file's pieces, followed while SQLite writes, are those of the file as it stands."""

import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from projections.engine.file_pieces import FilePieces
from tests.support.file_digest import compute_digest_anew


@pytest.mark.parametrize("page", [512, 32_768])
def test_followed_digests_are_those_of_the_whole_file(tmp_path: Path, page: int) -> None:
    """While rows come and go, long ones too, the file grows by odd numbers of pages, and shrinks."""
    chance, file = Random(page), tmp_path / "file.db"  # noqa: S311 - replayable
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for statement in (f"page_size={page}", "auto_vacuum=FULL", "journal_mode=WAL", "wal_autocheckpoint=0"):
            db.execute(f"PRAGMA {statement}")
        db.execute("CREATE TABLE rows (key INTEGER PRIMARY KEY, text BLOB)")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pieces, sizes = FilePieces(file), [file.stat().st_size]
        for _ in range(16):
            for _ in range(chance.randrange(4)):
                rows = [(chance.randrange(99), chance.randbytes(chance.randrange(2 * page))) for _ in range(9)]
                db.executemany("INSERT OR REPLACE INTO rows VALUES (?,?)", rows)
                db.execute("DELETE FROM rows WHERE key > ?", (chance.randrange(199),))
                if chance.random() < 0.3:  # written back, and hashed later on
                    pieces.note_wal()
                    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            pieces.note_wal()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            pieces.hash_written()
            assert pieces.compute_digest() == compute_digest_anew(file)
            sizes.append(file.stat().st_size)
        pieces.close()
    assert len(set(sizes)) > 6
    assert any(later < earlier for earlier, later in pairwise(sizes))
