"""The files of a home and its folder: their names, their permissions, and writing them durably.

Rule: what is written here is on the disk before anything depends on it, and only its owner can read it.
"""

import errno
import fcntl
import os
import re
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from domain.log.read_connection import is_on_read_only_media
from domain.log.writer_lock import open_private_file, write_new_file
from kiosk.errors import EXIT_NO, AlreadyRunning, HomeFileLost, UserError
from kiosk.input_files import SETTINGS_FILE
from kiosk.words.errors import HomeText

LOG_FILE, PEOPLE_FILE, KEY_FILE = "log.db", "people.db", "site.key"
VIEWS_FILE, NIGHT_FILE = "views.db", "night.db"
WRITTEN_FILES = ("log.", "people.", "views.", KEY_FILE)
"""The beginnings of the names of what the program must be able to write or to read as its owner."""
JOINED_FILE = "joined.json"
"""What the hub said when a kiosk joined; only the home of such a kiosk has it."""
SIGNING_KEY_FILE = "kiosk.key"
"""With it a kiosk that joined signs what it sends."""
BACKUP_DESCRIPTION = "backup.json"
"""Written last into a backup: a folder that holds it is one."""
LEDGER = "erasures.jsonl"
"""The volunteers who were erased, by random ids."""
CATALOGUE_FILE = "awards.toml"
"""The unit's own rows of the catalogue of awards."""
CODES_FILE, TEMPLATE_FILE = "codes.toml", "ministry.toml"
"""The codes of the ministry and the columns of its import file, as the unit has them."""
TRAININGS_FILE = "trainings.toml"
"""The unit's own rows of what a training needs."""
UNIT_FILES = (CATALOGUE_FILE, CODES_FILE, TEMPLATE_FILE, TRAININGS_FILE)
PROFILES = "profiles"
"""The folder of a home with reader profiles of its own."""
HEADS_FOLDER, KEYS_FILE = "heads", "keys.txt"
"""The folder of a home with the heads that it signed, and the keys that signed them, one a line."""
HEAD_KEYS = f"{HEADS_FOLDER}/{KEYS_FILE}"
"""Without it a restored home would know of no head that it signed it."""
HUB_FILES = ("hub.pem", "hub.key")
"""The certificate of a hub and its key: with another one, every kiosk would have to join anew."""
OPTIONAL_FILES = (LEDGER, HEAD_KEYS, *HUB_FILES, *UNIT_FILES)
"""What a home may have, and its backups then too."""
REPORTS_FOLDER = "reports"
"""The nightly reports, in the home."""
ENTRANCE_LOCK = "entrance.lock"
"""Held by the entrance while it is open."""
HUB_LOCK = "hub.lock"
"""Held by the hub of a home, and in a folder of units by theirs."""
KEY_BYTES = 32
PRIVATE_FOLDER, PRIVATE_FILE, OTHERS = 0o700, 0o600, stat.S_IRWXG | stat.S_IRWXO
ALLOWED_IN_NEW_HOME = {SETTINGS_FILE, "lost+found"}
"""What a folder may hold before it becomes a home."""


def list_written_files(home: Path) -> list[str]:
    """What people wrote beside `kiosk.toml`, as far as it is there: without it a copy of a home is another one."""
    profiles = sorted(path.relative_to(home).as_posix() for path in (home / PROFILES).glob("*.toml"))
    return [*(name for name in UNIT_FILES if (home / name).exists()), *profiles]


def is_written_file(name: str) -> bool:
    """Whether a file of a home is one of those that people wrote beside `kiosk.toml`, by its name."""
    return name in UNIT_FILES or _PROFILE_FILE.fullmatch(name) is not None


def is_optional_file(name: str) -> bool:
    """Whether a backup may have a file of this name beside those that every home has."""
    return name in OPTIONAL_FILES or is_written_file(name)


_PROFILE_FILE = re.compile(rf"{PROFILES}/[^/\0]+\.toml")


def clean_path(path: Path) -> Path:
    """A path without `..`, which a person can read; any other as it is."""
    return path.resolve() if ".." in path.parts else path


def make_folder(path: Path) -> None:
    """Make the folder of a home, new or empty, closed to other users. Raises: UserError, and nothing was changed."""
    try:
        demand_outside_backups(path)
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        found = {entry.name for entry in path.iterdir()}
        is_of_another_user = path.stat().st_uid != os.geteuid()
    except FileExistsError:
        raise UserError(HomeText.PATH_IS_A_FILE.fill(path=path)) from None
    except OSError as error:
        raise UserError(HomeText.CANNOT_MAKE.fill(path=path, strerror=error.strerror)) from None
    if is_of_another_user:
        raise UserError(HomeText.FOLDER_OF_ANOTHER_USER.fill(path=path), EXIT_NO)
    if LOG_FILE in found:
        raise UserError(HomeText.ALREADY_A_HOME.fill(path=path), EXIT_NO)
    if foreign := found - ALLOWED_IN_NEW_HOME:
        raise UserError(HomeText.FOLDER_NOT_EMPTY.fill(path=path, name=min(foreign)), EXIT_NO)
    try:
        path.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise UserError(HomeText.CANNOT_CLOSE_TO_OTHERS.fill(path=path, strerror=error.strerror)) from None


def demand_outside_backups(path: Path) -> None:
    """Check that a folder to write to is no backup and lies in none. Raises: UserError, OSError."""
    whole = path.resolve()
    for folder in (whole, *whole.parents):
        if (folder / BACKUP_DESCRIPTION).exists():
            raise UserError(HomeText.INSIDE_A_BACKUP.fill(path=path, folder=folder), EXIT_NO)


def demand_private(path: Path) -> None:
    """Check that only its owner may read a file or folder, on media where that can be changed. Raises: UserError."""
    mode = path.stat().st_mode if path.exists() else 0
    if mode & OTHERS and not is_on_read_only_media(path):
        wanted = 700 if stat.S_ISDIR(mode) else 600
        raise UserError(HomeText.OPEN_TO_OTHERS.fill(path=path, wanted=wanted))


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read. Raises: UserError, also where the file exists."""
    try:
        write_new_file(path, content)
    except OSError as error:
        raise UserError(HomeText.CANNOT_WRITE.fill(path=path, strerror=error.strerror)) from None


def write_atomically(
    path: Path,
    content: bytes,
    *,
    mode: int = PRIVATE_FILE,
    draft: Path | None = None,
    check: Callable[[Path], object] | None = None,
) -> None:
    """Write a file, new or in the place of an older one, whole or not at all. Raises: OSError, and what `check` raises.

    It is written to `draft` first, by default its name with a dot before it. `check` reads the draft before it is put
    in place, and refuses it by raising.
    """
    draft = draft or path.with_name(f".{path.name}")
    descriptor = open_private_file(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK)  # awaits no pipe
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fchmod(descriptor, mode)
            file.flush()
            os.fsync(descriptor)
        if check:
            check(draft)
    except BaseException as refused:
        draft.unlink()
        if isinstance(refused, OSError) and refused.filename is None:
            refused.filename = str(path)  # else it would be said of what the command prints
        raise
    draft.replace(path)
    flush_folder(path.parent)


def flush_folder(path: Path) -> None:
    """Flush the names in a folder to the disk. Raises: OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_regular_file(path: Path) -> BufferedReader:
    """Open a file to read it; a link, a device or a pipe is none. Raises: OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return os.fdopen(descriptor, "rb")


def read_site_key(path: Path) -> bytes:
    """The key under which card numbers are hashed. Raises: UserError where it is missing or damaged."""
    key = b""
    with suppress(FileNotFoundError):
        key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise HomeFileLost(HomeText.SITE_KEY_MISSING.fill(path=path))
    demand_private(path)
    return key


@contextmanager
def hold_lock_file(lock: Path, taken: str) -> Generator[None]:
    """Hold a lock file, made where it is missing.

    Raises: AlreadyRunning, with `taken` as its text, where it is held; UserError where it cannot be opened.
    """
    try:
        file = open_private_file(lock, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise UserError(HomeText.LOCK_NOT_WRITABLE.fill(parent=lock.parent, strerror=error.strerror)) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise AlreadyRunning(taken) from None
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


def is_entrance_open(home: Path) -> bool:
    """Whether a program holds the entrance of a home."""
    return is_held(home / ENTRANCE_LOCK)
