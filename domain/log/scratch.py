"""Scratch folders: everything that is derived or copied from a log for a while, in one kind of folder.

Rule: a scratch folder stands beside the log, on the same encrypted disk, is its owner's alone, and is held by the
program that uses it. What no program holds was left by one that was killed, and is swept when the home is opened.
Where nothing can be written beside the log, on read-only media or a full disk, the folder is in memory.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

from domain.log.errors import CannotWrite
from domain.log.reserve import count_free_bytes

ScratchKind = Literal["home", "backup", "views"]
"""What the folder holds: a whole home on trial, a backup that is being written, read models, which name no person."""

PREFIX = ".kiosk-scratch-"
NAME = re.compile(rf"{re.escape(PREFIX)}[a-z]+-\w+|\.(rehearsal|restoring|unfinished-backup)-\w+")
"""The name of a scratch folder, also of version 0.1, whose folders no program held."""
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
def hold_views_folder(folder: Path, log_size: int, *, read_only: bool) -> Generator[Path]:
    """A scratch folder for the read models of a log of so many bytes, in `folder` or, where that cannot be, in memory.

    Raises: CannotWrite.
    """
    places = (MEMORY,) if read_only or not _has_room(folder, log_size) else (folder, MEMORY)
    with ExitStack() as held:
        yield _enter_first(held, places)


def _enter_first(held: ExitStack, places: Sequence[Path]) -> Path:
    """A scratch folder in the first place that takes one. Raises: CannotWrite."""
    for place in places[:-1]:
        with suppress(OSError):
            return held.enter_context(hold_scratch_folder(place, "views"))
    try:
        return held.enter_context(hold_scratch_folder(places[-1], "views"))
    except OSError as refused:
        raise CannotWrite(places[-1], refused.strerror or str(refused)) from refused


def sweep_scratch_folders(*places: Path, alone: bool = False) -> list[Path]:
    """Delete the scratch folders that no program holds, in folders that may be missing; those that are held.

    On a disk that locks no folders, such as NFS, all count as held, unless the caller knows that it is `alone`.
    """
    found = [folder for place in places for folder in list_scratch_folders(place)]
    return [folder for folder in found if not _sweep(folder, alone=alone)]


def holds_personal_data(folder: Path) -> bool:
    """Whether a scratch folder may hold a people store."""
    return not folder.name.startswith(f"{PREFIX}views-")


def _has_room(folder: Path, log_size: int) -> bool:
    try:
        return os.access(folder, os.W_OK) and count_free_bytes(folder) > ROOM + log_size
    except OSError:
        return False


def _make_held(beside: Path, kind: ScratchKind) -> tuple[Path, int]:
    """A new folder and the descriptor that holds it; made again where another program swept it in between."""
    while True:
        folder = Path(mkdtemp(prefix=f"{PREFIX}{kind}-", dir=beside))
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                with suppress(OSError):  # on NFS no folder is locked
                    fcntl.flock(descriptor, fcntl.LOCK_EX)
                if os.path.samestat(os.fstat(descriptor), folder.stat()):
                    return folder, descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)


def list_scratch_folders(place: Path) -> list[Path]:
    """The scratch folders in a folder, held or not; none where it cannot be read."""
    try:
        return [entry for entry in place.iterdir() if NAME.fullmatch(entry.name)]
    except OSError:
        return []


def _sweep(folder: Path, *, alone: bool) -> bool:
    """Delete a scratch folder of this user that no program holds; False where a program holds it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return True  # gone meanwhile, no folder, or another user's: nothing of ours
    try:
        if os.fstat(descriptor).st_uid == os.geteuid():
            if not _is_free(descriptor, alone=alone):
                return False
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)
    return True


def _is_free(descriptor: int, *, alone: bool) -> bool:
    """Whether no program holds a folder; this one does then."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return alone
    return True
