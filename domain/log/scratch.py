"""Scratch folders: everything that is derived or copied from a log for a while, in one kind of folder.

Rule: a scratch folder stands beside the log, on the same encrypted disk, is its owner's alone, and is held by the
program that uses it. What no program holds was left by one that was killed, and whoever opens the home sweeps it.
Where nothing can be written beside the log, on read-only media or a full disk, the folder is in memory.
"""

import fcntl
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

from domain.log.errors import CannotWrite
from domain.log.reserve import count_free_bytes

ScratchKind = Literal["home", "backup", "views"]
"""What the folder holds: a whole home on trial, a backup that is being written, read models. The last name nobody."""

PREFIX = ".kiosk-scratch-"
OLD_PREFIXES = (".rehearsal-", ".restoring-", ".unfinished-")
"""The prefixes of version 0.1, whose folders were held by nobody."""
MEMORY = Path("/dev/shm")  # noqa: S108 - the folders in it are made like all others, and only where there is no disk
ROOM = 16 * 2**20
"""Bytes that a disk has free beyond the log's own size where read models are built on it, and not in memory."""


@contextmanager
def hold_scratch_folder(beside: Path, kind: ScratchKind) -> Generator[Path]:
    """A new scratch folder in a folder; what is left of it at the end of the block is deleted. Raises: OSError."""
    folder, descriptor = _make_held(beside, kind)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


@contextmanager
def hold_views_folder(log_file: Path, *, read_only: bool) -> Generator[Path]:
    """A scratch folder for read models, in memory where nothing may or can be written beside the log.

    Raises: CannotWrite.
    """
    beside = MEMORY if read_only or not _has_room(log_file) else log_file.parent
    with ExitStack() as held:
        try:
            folder = held.enter_context(hold_scratch_folder(beside, "views"))
        except OSError as refused:
            raise CannotWrite(beside, refused.strerror or str(refused)) from refused
        yield folder


def sweep_scratch_folders(*places: Path) -> list[Path]:
    """Delete the scratch folders that no program holds, in folders that may be missing; those that are held."""
    return [folder for place in places for folder in _list_scratch_folders(place) if not _sweep(folder)]


def holds_personal_data(folder: Path) -> bool:
    """Whether a scratch folder may hold a people store."""
    return not folder.name.startswith(f"{PREFIX}views-")


def _has_room(log_file: Path) -> bool:
    try:
        return os.access(log_file.parent, os.W_OK) and (
            count_free_bytes(log_file.parent) > ROOM + log_file.stat().st_size
        )
    except OSError:
        return False


def _make_held(beside: Path, kind: ScratchKind) -> tuple[Path, int]:
    """A new folder and the descriptor that holds it; made again where another program swept it in between."""
    while True:
        folder = Path(mkdtemp(prefix=f"{PREFIX}{kind}-", dir=beside))
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if os.path.samestat(os.fstat(descriptor), folder.stat()):
                    return folder, descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)


def _list_scratch_folders(place: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from [entry for entry in place.iterdir() if entry.name.startswith((PREFIX, *OLD_PREFIXES))]


def _sweep(folder: Path) -> bool:
    """Delete a scratch folder of this user that nobody holds; False where a program holds it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return True  # gone meanwhile, no folder, or another user's: nothing of ours
    try:
        if os.fstat(descriptor).st_uid == os.geteuid():
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
