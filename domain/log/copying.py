"""A copy of a log while others write to it: one state of it, complete, in a new file.

Rule: copying files would lose what stands in the WAL; SQLite writes the copy itself. It is opened read-only, so that
closing it can never checkpoint beside a writer.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from domain.log.errors import CannotRead, CannotWrite
from domain.log.writer_lock import private_file


def copy_log(source: Path, into: Path) -> None:
    """Write the log as it is now to a new file, its owner's alone. The chain, and so every proof, stays the same.

    Raises: CannotRead, CannotWrite.
    """
    try:
        os.close(private_file(into, os.O_RDWR | os.O_CREAT | os.O_EXCL))
    except OSError as refused:
        raise CannotWrite(into, refused.strerror or str(refused)) from refused
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(into),))
    except sqlite3.Error as refused:
        raise CannotRead(source, str(refused)) from refused
