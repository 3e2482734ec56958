"""Files that a user or a line names: read only where they are regular files of a sensible size.

The rule: a path is opened without waiting and looked at before a byte is read, so that a pipe, a device or a socket
neither holds the program up nor answers. Its content stands in no sentence: it may be a file that the user of the
program must not read.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import UserError
from kiosk.words.errors import InputFileText

SETTINGS_FILE = "kiosk.toml"
"""The settings of a home, in its folder."""
LONGEST = 1 << 20
"""Bytes of a file by default: a calendar of a year has some 20 kB."""
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
"""Without waiting for a program that would write into a pipe, and without taking a terminal over."""


def read_input_file(path: Path, longest: int = LONGEST) -> bytes:
    """The content of a regular file of at most so many bytes. Raises: UserError; OSError where the system refuses."""
    with open_input_file(path) as file:
        content = file.read(longest + 1)
    if len(content) > longest:
        raise UserError(InputFileText.TOO_LARGE.fill(path=path, longest=longest))
    return content


def open_input_file(path: Path, *, piped: bool = False) -> BinaryIO:
    """A regular file, or with `piped` also what another program writes into a pipe without a name.

    Raises: UserError; OSError where the system refuses.
    """
    try:
        descriptor = os.open(path, _OPEN)
    except ValueError:
        raise UserError(InputFileText.NO_PATH.fill()) from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or (piped and stat.S_ISFIFO(mode) and not path.resolve().exists()):
        os.set_blocking(descriptor, True)
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise UserError(InputFileText.NOT_REGULAR.fill(path=path))
