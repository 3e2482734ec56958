"""Lock files: an entrance, a nightly job or a backup holds one while it runs, so that there is one at a time.

Rule: the operating system releases the lock when the program ends, also by a crash; nothing has to be cleaned up.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from domain.log.writer_lock import open_private_file
from kiosk.errors import EXIT_NO, UserError
from kiosk.words.errors import HomeText


@contextmanager
def hold_lock_file(lock: Path, taken: str) -> Generator[None]:
    """Hold a lock file, made where it is missing. Raises: UserError, with `taken` as its text where it is held."""
    try:
        file = open_private_file(lock, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise UserError(HomeText.LOCK_NOT_WRITABLE.fill(parent=lock.parent, strerror=error.strerror)) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise UserError(taken, EXIT_NO) from None
    finally:
        os.close(file)


def is_held(lock: Path) -> bool:
    """Whether a program holds a lock file now."""
    try:
        file = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
