"""The file of a log before it is opened: made private, or found to be so; and its store, closed again where that fails.

Rule: nothing in here looks into the file.
"""

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from domain.log.datastore import LogDatastore
from domain.log.errors import CannotOpen, LogExists, LogMissing, NotALog, NotPrivate
from domain.log.read_connection import is_on_read_only_media
from domain.log.writer_lock import WriterLock, open_private_file


@contextmanager
def close_on_error(path: Path, timeout: float, *, newborn: bool) -> Generator[LogDatastore]:
    """The store stays open for a caller who succeeds and is closed for one who does not."""
    store = LogDatastore(path, WriterLock(path, timeout), newborn=newborn)
    try:
        yield store
    except BaseException:
        store.close()
        raise


def create_private_file(path: Path) -> None:
    """An empty file that is its owner's alone. Raises: LogExists, CannotOpen."""
    try:
        os.close(open_private_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        raise LogExists(path) from None
    except OSError as refused:
        raise CannotOpen(path, refused.strerror or str(refused)) from refused


def demand_private_file(path: Path) -> None:
    """A file, and its owner's alone, on media where that can be changed.

    Raises: LogMissing, CannotOpen, NotALog, NotPrivate.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise LogMissing(path) from None
    except OSError as refused:
        raise CannotOpen(path, refused.strerror or str(refused)) from refused
    if not stat.S_ISREG(mode):
        raise NotALog(path)
    if mode & (stat.S_IRWXG | stat.S_IRWXO) and not is_on_read_only_media(path):
        raise NotPrivate(path, stat.S_IMODE(mode))
