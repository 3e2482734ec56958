"""The queue of notices: a file for each in a private folder of the home, until it is long past what it is about.

Rule: a file says what a notice is about and never what it says: it is written anew whenever it is sent. So no name
lies in the queue, a volunteer who is erased is gone from it too, and nobody is reminded of a duty that was cancelled.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec

from domain.spans import Second
from domain.typed_decoding import decode_json
from kiosk.home_files import PRIVATE_FOLDER, flush_folder, hold_lock_file, write_atomically
from kiosk.words.notices import NoticeText

NOTICES_FOLDER, LOCK = "notices", "notices.lock"
SUFFIX = ".json"

RETRY_SECONDS, LONGEST_RETRY = 900, 6 * 3600
"""The first wait before a notice is tried again, which doubles each time, and the longest."""
KEPT_SECONDS = 14 * 86_400
"""How long it is remembered what became of a notice: longer than `kiosk status` reports it, or a clock is set back."""

State = Literal["waiting", "sent", "refused", "given_up", "dropped"]
"""`dropped`: there was nothing to be said any more, for the duty was cancelled or the address taken out."""
UNSENT: tuple[State, ...] = ("refused", "given_up")


class QueuedNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One notice, and how far it has come."""

    name: str
    """Derived from what it is about; its Message-ID, too."""
    kind: Literal["digest", "head", "reminder"]
    day: date
    """The day that begins; of a reminder the day of the duties."""
    queued_at: Second
    next_at: Second
    """When it is to be tried next."""
    address: str | None = None
    """Of a digest and a head: one of those in the settings."""
    volunteer: UUID | None = None
    """Of a reminder."""
    attempts: int = 0
    state: State = "waiting"
    changed_at: Second = 0
    """When it came to its state."""
    reason: str = ""
    """The code by which it was refused last, or `address`."""

    def is_due(self, now: Second) -> bool:
        """Whether it is to be tried now; also where the clock was ahead when the wait began."""
        return self.state == "waiting" and not now < self.next_at <= now + LONGEST_RETRY

    def begin_attempt(self, now: Second) -> "QueuedNotice":
        """The notice before it is sent: if the program is killed meanwhile, it waits like after any other failure."""
        wait = min(RETRY_SECONDS * 2 ** min(self.attempts, 10), LONGEST_RETRY)
        return msgspec.structs.replace(self, attempts=self.attempts + 1, next_at=now + wait)

    def end(self, state: State, now: Second, reason: str = "") -> "QueuedNotice":
        """The notice when it is not to be tried again."""
        return msgspec.structs.replace(self, state=state, changed_at=now, reason=reason)


class NoticeQueue:
    """The notices of one home."""

    def __init__(self, home: Path) -> None:
        self._home, self._folder = home, home / NOTICES_FOLDER

    def hold(self) -> AbstractContextManager[None]:
        """Hold the queue: one program sends at a time. Raises: UserError while another one does."""
        return hold_lock_file(self._home / LOCK, NoticeText.ALREADY_SENDING.fill(path=self._home))

    def add(self, notice: QueuedNotice) -> bool:
        """Queue a notice; False where it is known already, whatever became of it. Raises: OSError."""
        if self._find_file(notice.name).exists():
            return False
        if not self._folder.exists():
            self._folder.mkdir(mode=PRIVATE_FOLDER)
            flush_folder(self._home)
        self.save(notice)
        return True

    def save(self, notice: QueuedNotice) -> QueuedNotice:
        """Keep how far a notice has come, on the disk when this returns. Raises: OSError."""
        write_atomically(self._find_file(notice.name), msgspec.json.encode(notice))
        return notice

    def load(self) -> list[QueuedNotice]:
        """All notices, those first that have waited longest. A file that cannot be read is left alone."""
        found = [notice for file in self._list_files() if (notice := _read(file))]
        return sorted(found, key=lambda notice: (notice.queued_at, notice.kind, notice.name))

    def count_damaged(self) -> int:
        """How many files cannot be read: a hand was there."""
        return sum(_read(file) is None for file in self._list_files())

    def sweep(self, notices: Iterable[QueuedNotice], now: Second) -> None:
        """Forget those of some notices that ended long ago. Raises: OSError."""
        for notice in notices:
            if notice.state != "waiting" and notice.changed_at < now - KEPT_SECONDS:
                self._find_file(notice.name).unlink(missing_ok=True)

    def _list_files(self) -> Iterator[Path]:
        return self._folder.glob(f"[!.]*{SUFFIX}")

    def _find_file(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"


def _read(file: Path) -> QueuedNotice | None:
    try:
        return decode_json(file.read_bytes(), QueuedNotice)
    except (msgspec.DecodeError, OSError, ValueError):
        return None
