"""One program at a time: the file that an entrance, a nightly job or a backup holds while it works.

Rule: the system lets go of it with the program, however that ends; nothing has to be cleaned up after a crash.
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
    """Hold a file, which is made where it is missing. Raises: Mistake that says `taken`, when somebody holds it."""
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
    """Whether a program holds it now."""
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
