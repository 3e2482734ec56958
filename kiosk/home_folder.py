"""The folder of a home before anything in it is opened: is it a home, whose is it, may it be written to.

Rule: every command that opens a home asks here first, and until then not a byte of it is changed.
"""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwuid
from typing import TypeVar

from domain.log.errors import LogError
from domain.log.read_connection import (
    ReadConnect,
    connect_unchanged,
    connect_without_room,
    is_on_read_only_media,
    is_refused_by_disk,
)
from domain.log.reserve import is_disk_full
from kiosk.errors import EXIT_NO, HomeFileLost, UserError
from kiosk.home_files import BACKUP_DESCRIPTION, KEY_FILE, LOG_FILE, PEOPLE_FILE, WRITTEN_FILES, demand_private
from kiosk.home_switch import PLAN, complete_switch
from kiosk.joined_home.joined import demand_join_complete
from kiosk.store_settings import find_store
from kiosk.words.errors import HomeText
from kiosk.words.moves import MoveText

T = TypeVar("T")


def demand_writable_home(path: Path) -> None:
    """Check that a folder is a home that may be written to.

    Raises: UserError where the folder is no home, is a backup, is another user's, or is open to other users.
    """
    demand_home(path)
    demand_no_backup(path)


def demand_home(path: Path) -> None:
    """Check that a folder is a home or a backup. Raises: UserError."""
    try:
        demand_join_complete(path)
        _demand_no_switch_left(path)
        if (path / LOG_FILE).exists() or find_store(path):
            _demand_ours_alone(path)
            _demand_no_wal_in_backup(path)
            return
    except PermissionError:
        raise UserError(HomeText.NO_PERMISSION.fill(path=path)) from None
    if (path / KEY_FILE).exists() or (path / PEOPLE_FILE).exists():
        raise HomeFileLost(HomeText.LOG_LOST.fill(path=path, log_file=LOG_FILE))
    raise UserError(HomeText.NOT_A_HOME.fill(path=path))


def _demand_no_switch_left(path: Path) -> None:
    """Complete a move of the log that was cut short. Raises: UserError."""
    if not (path / PLAN).exists():
        return
    if not is_ours_to_write(path):
        raise UserError(MoveText.CUT_SHORT.fill(path=path), EXIT_NO)
    complete_switch(path)


def _demand_ours_alone(path: Path) -> None:
    """Check that folder and files belong to this user, and that no other may enter; media that cannot change pass."""
    if is_on_read_only_media(path):
        return
    demand_own(path)
    demand_private(path)
    for entry in path.iterdir():
        if entry.name.startswith(WRITTEN_FILES):
            demand_own(entry)


def _demand_no_wal_in_backup(path: Path) -> None:
    """Check that nothing was put beside the files of a backup: SQLite would read it into them. Raises: UserError."""
    for name in (LOG_FILE, PEOPLE_FILE):
        if is_backup(path) and (wal := path / f"{name}-wal").exists():
            raise UserError(HomeText.WAL_IN_BACKUP.fill(path=path, wal=wal.name), EXIT_NO)


def demand_own(path: Path) -> None:
    """Check that a file or folder belongs to the user of this program: files that root leaves there shut it out.

    Raises: UserError; nothing where the path is not there (any more).
    """
    try:
        owner = path.stat().st_uid
    except FileNotFoundError:
        return
    if owner != os.geteuid():
        raise UserError(HomeText.OF_ANOTHER_USER.fill(path=path, owner=_find_user_name(owner)), EXIT_NO)


def demand_no_backup(path: Path) -> None:
    """Check that a folder is no backup, to which nothing is written. Raises: UserError."""
    if is_backup(path):
        raise UserError(HomeText.IS_A_BACKUP.fill(path=path), EXIT_NO)


def is_backup(path: Path) -> bool:
    """Whether a folder is a backup: its description stands in it."""
    return (path / BACKUP_DESCRIPTION).exists()


def is_ours_to_write(path: Path) -> bool:
    """Whether this program may leave files in a folder: the user's own, and no backup."""
    try:
        return (
            path.stat().st_uid == os.geteuid() and os.access(path, os.W_OK, effective_ids=True) and not is_backup(path)
        )
    except OSError:
        return False


def open_as_allowed(path: Path, open_to_write: Callable[[], T], open_to_read: Callable[[ReadConnect], T]) -> T:
    """What is in a folder, opened to write; only to read where it is not ours, or a full or failing disk refuses.

    Raises: what the two raise.
    """
    if not is_ours_to_write(path):
        return open_to_read(connect_unchanged)
    if not is_disk_full(path):  # to open it for writing would take the reserve, which is kept for taps
        try:
            return open_to_write()
        except (UserError, LogError) as refused:
            if not is_refused_by_disk(refused):
                raise
    return open_to_read(connect_without_room)


def find_owner_name(path: Path) -> str:
    """The name of the user to whom the folder of a home belongs, or the number of one who has none.

    Raises: UserError where the folder is not there.
    """
    return _find_user_name(_read_status(path).st_uid)


def _read_status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError:
        raise UserError(HomeText.NOT_A_HOME.fill(path=path)) from None


@contextmanager
def acting_as_owner(path: Path) -> Generator[None]:
    """Act as the owner of a home where root runs the program, so that no file of root's is left in it.

    Raises: UserError where the folder is not there.
    """
    found = _read_status(path)
    user, group = os.geteuid(), os.getegid()
    if user != 0 or found.st_uid == 0:
        yield
        return
    os.setegid(found.st_gid)
    os.seteuid(found.st_uid)
    try:
        yield
    finally:
        os.seteuid(user)
        os.setegid(group)


def _find_user_name(uid: int) -> str:
    """The name of a user, or the number of one who has none."""
    try:
        return getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
