"""A home that stands as a program left it: its read models answer at once, and nothing of it is opened to be written.

Rule: a shortcut and never another answer. Whatever a program that opens the home would find to do or to say, settings
to read, a log to recover, views to bring up to date, closes this way, and the home is opened.
"""

import fcntl
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar
from uuid import UUID

import msgspec

from domain.clock import MachineClock
from domain.log.errors import LogError
from domain.log.head_check import find_agreed_head
from domain.log.reserve import is_disk_full
from domain.spans import second
from domain.typed_decoding import decode_json
from kiosk.errors import UserError
from kiosk.home_files import (
    BACKUP_DESCRIPTION,
    JOINED_FILE,
    KEY_FILE,
    LOG_FILE,
    OTHERS,
    PEOPLE_FILE,
    SIGNING_KEY_FILE,
    VIEWS_FILE,
    WRITTEN_FILES,
    write_atomically,
)
from kiosk.home_switch import PLAN
from kiosk.input_files import SETTINGS_FILE
from kiosk.people.known_people import KnownNames, PeopleToRead, StandingPeople, read_known_names
from projections.engine.standing_views import NotStanding, StandingEnd, StandingViews

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from domain.log.standing_log import LogToRead
    from kiosk.home import Home
    from kiosk.people.people import People
    from kiosk.text.masking import Style


class Part(Protocol):
    """What is closed."""

    def close(self) -> None: ...  # noqa: D102 - as the log has it


P = TypeVar("P", bound=Part)

STAMP_FILE = "opened.json"
"""What the last program that opened the home found to be usable."""
PROVED_FILES = (SETTINGS_FILE, KEY_FILE)
"""What is read whenever a home is opened, and can be found wrong."""


class Stamp(msgspec.Struct, frozen=True):
    """A home that was opened, and by which program."""

    program: str
    log_id: UUID
    names: str
    """The events that this program knows: see `EventLog.fingerprint`."""
    files: tuple[tuple[int, int, int, int], ...]
    """Of each of `PROVED_FILES` the inode, size and times of change."""
    zone: str
    simulation: bool
    masking: Literal["surname-and-last", "surname-only"]
    """A `Style`, whose module loads what names alone need."""


def note_opened(home: "Home") -> None:
    """Note that this program has opened a home with its log in a file; nothing where it has a hub or is only read."""
    if home.read_only or home.sync_state or home.log.place != home.path / LOG_FILE:
        return
    with suppress(OSError):
        stamp = Stamp(
            compute_program_stamp(),
            home.log.log_id,
            home.log.fingerprint,
            _read_times(home.path),
            home.zone.key,
            home.simulation,
            home.settings.masking,
        )
        path, content = home.path / STAMP_FILE, msgspec.json.encode(stamp)
        if not path.exists() or path.read_bytes() != content:
            write_atomically(path, content)


def compute_program_stamp() -> str:
    """Says which program this is, by the files of which it is made: another one opens the home first."""
    packages = Path(__file__).parents[1]
    said = sorted(chain(_list_sources(packages / "domain"), _list_sources(packages / "projections")))
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def _list_sources(folder: Path | str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            status = entry.stat()
            yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
        elif entry.name != "__pycache__" and entry.is_dir():
            yield from _list_sources(entry.path)


def _read_times(home: Path) -> tuple[tuple[int, int, int, int], ...]:
    found = [(home / name).stat() for name in PROVED_FILES]
    return tuple((one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for one in found)


class HomeToRead(Protocol):
    """What is read of a home, opened or not."""

    @property
    def path(self) -> Path: ...  # noqa: D102 - as in `Home`
    @property
    def log(self) -> "LogToRead": ...  # noqa: D102 - as in `Home`
    @property
    def people(self) -> "PeopleToRead": ...  # noqa: D102 - as in `Home`
    @property
    def zone(self) -> "ZoneInfo": ...  # noqa: D102 - as in `Home`


class StandingHome:
    """What a question needs of a home."""

    def __init__(self, path: Path, stamp: Stamp, views: StandingViews, known: KnownNames, held: ExitStack) -> None:
        """Use `hold_standing_home`."""
        self.path = path
        self.views = views
        self.people = StandingPeople(path / PEOPLE_FILE, known, self._open_people)
        self.zone_name = stamp.zone
        self.masking: Style = stamp.masking
        self.simulation = stamp.simulation
        self._held = held

    # --- What is opened for a question that views cannot answer alone ---

    @property
    def zone(self) -> "ZoneInfo":
        """The zone of the home."""
        return self._zone

    @cached_property
    def _zone(self) -> "ZoneInfo":
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - for questions about an instant alone

        return ZoneInfo(self.zone_name)

    @property
    def log(self) -> "LogToRead":
        """The log, which ends where the views stand. Raises: NotStanding."""
        return self._log

    @cached_property
    def _log(self) -> "LogToRead":
        from domain.log.standing_log import StandingLog  # noqa: PLC0415 - most questions are of views alone

        head = self.views.head
        if head is None:
            raise NotStanding
        return self._open(lambda: StandingLog.open(self.path / LOG_FILE, head))

    def _open_people(self) -> "People":
        return self._opened_people

    @cached_property
    def _opened_people(self) -> "People":
        from kiosk.people.people import People  # noqa: PLC0415 - most questions need no text of it

        return self._open(lambda: People.open(self.path / PEOPLE_FILE, simulation=self.simulation))

    def _open(self, open_part: Callable[[], P]) -> P:
        """A part of the home, opened as `Home` opens it; to open it would take the reserve of a full disk."""
        if is_disk_full(self.path):
            raise NotStanding
        try:
            part = open_part()
        except (UserError, LogError):
            raise NotStanding from None
        self._held.enter_context(suppress(LogError))  # a part that another process holds is left to the end of this one
        self._held.callback(part.close)
        return part


@contextmanager
def hold_standing_home(home: Path) -> Generator[StandingHome]:
    """One state of a home that needs not be opened. Raises: NotStanding."""
    try:
        stamp = decode_json((home / STAMP_FILE).read_bytes(), Stamp)
        _demand_usable(home, stamp)
        key = os.open(home / KEY_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except (OSError, ValueError, msgspec.MsgspecError):
        raise NotStanding from None
    try:
        _demand_not_moved(key)
        agreed, known = find_agreed_head(home / LOG_FILE), read_known_names(home / PEOPLE_FILE)
        if agreed is None or known is None:
            raise NotStanding
        log_id, head = agreed
        if log_id != stamp.log_id:
            raise NotStanding
        now = None if stamp.simulation else second(MachineClock().now())
        views = StandingViews.open(home / VIEWS_FILE, StandingEnd(log_id, *head, stamp.names), now)
        with ExitStack() as held:
            held.callback(views.close)
            yield StandingHome(home, stamp, views, known, held)
    finally:
        os.close(key)


def _demand_usable(home: Path, stamp: Stamp) -> None:
    """Check what a program checks before it opens a home. Raises: NotStanding, OSError."""
    if stamp.files != _read_times(home) or stamp.program != compute_program_stamp():
        raise NotStanding
    names = {entry.name: entry.stat() for entry in os.scandir(home)}
    if {BACKUP_DESCRIPTION, JOINED_FILE, SIGNING_KEY_FILE, PLAN} & names.keys():
        raise NotStanding
    private = [home.stat(), *(names[name] for name in (LOG_FILE, PEOPLE_FILE, KEY_FILE) if name in names)]
    own = [home.stat(), *(status for name, status in names.items() if name.startswith(WRITTEN_FILES))]
    if any(one.st_mode & OTHERS for one in private) or any(one.st_uid != os.geteuid() for one in own):
        raise NotStanding


def _demand_not_moved(key: int) -> None:
    """Hold the home as one that is open: its log is not moved meanwhile. Raises: NotStanding."""
    try:
        fcntl.flock(key, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        raise NotStanding from None
