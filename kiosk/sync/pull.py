"""The line on which a kiosk fetches what others wrote, as soon as the hub has it, and the names of its screen."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol

from typing_extensions import override

from domain.log.sqlite_copy import CopyCursor
from kiosk.sync.exchange import Exchange, Session, Sessions
from kiosk.sync.hub_connection import HubConnection, HubNotReached
from kiosk.sync.retry import Draw, Pause, draw_at_random
from kiosk.sync.sync_report import SyncReport
from kiosk.sync.unit_heads import UnitHeads
from kiosk.wire_protocol.messages import (
    EXCHANGE,
    LONGEST_WAIT,
    NAMES,
    Copied,
    ExchangeAnswer,
    ExchangeRequest,
    MaskedName,
    NamesAnswer,
    NamesRequest,
    Pull,
)

NAMES_SECONDS = 300.0
"""How often it is asked whether names have changed, beside each change of a volunteer."""
LEAST_POLL_SECONDS = 1.0
"""Between two pulls that brought nothing: a hub that does not wait is not asked without a pause."""
_WHO_IS_NAMED = ("volunteer.", "card.")
"""How the stored names of events begin after which names may be others, or those of others."""


class Copy(Protocol):
    """What the conversation needs of the copy of the unit's log."""

    @property
    def cursor(self) -> CopyCursor:
        """How far it goes."""
        ...

    def apply(self, asked: CopyCursor, copied: Copied, *, is_complete: bool) -> None:
        """Take what the hub sent behind a cursor, and where it ends; `is_complete`: the unit's log ends there too."""
        ...

    def ensure_intact(self) -> None:
        """Make it anew where it was changed since it was written."""
        ...


class Names(Protocol):
    """What it needs of the store of masked names."""

    def find_names_digest(self) -> bytes:
        """Of the names that are there; empty before the first."""
        ...

    def replace_masked_names(self, names: Sequence[MaskedName], digest: bytes) -> None:
        """Keep these names and no others."""
        ...


class Puller(Exchange):
    """Fetches what others wrote as soon as the hub has it, and the names that the screen shows."""

    def __init__(
        self,
        connection: HubConnection,
        sessions: Sessions,
        report: SyncReport,
        copy: Copy,
        names: Names,
        heads: UnitHeads,
        draw: Draw = draw_at_random,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(connection, sessions, report, draw)
        self._copy = copy
        self._names = names
        self._heads = heads
        self._seconds = seconds
        self._is_complete = False
        """Whether the last pull brought all that there was."""
        self._names_due = 0.0

    @override
    def _begin(self, session: Session) -> None:
        self._copy.ensure_intact()  # each hour, as long as a session lasts
        self._names_due, self._is_complete = self._seconds(), False

    @override
    def _talk(self, session: Session) -> Pause:
        if self._seconds() >= self._names_due:
            self._fetch_names(session)
        cursor, began = self._copy.cursor, self._seconds()
        wait = LONGEST_WAIT if self._is_complete else 0.0
        pull = Pull(cursor.unit, cursor.upto, cursor.chain_upto, cursor.since, wait_seconds=wait)
        self._is_complete = False
        answer = self.connection.send(EXCHANGE, ExchangeRequest(session.token, pull=pull), ExchangeAnswer, wait)
        is_new = self._take(answer, cursor)
        is_too_fast = wait > 0 and not is_new and self._seconds() - began < LEAST_POLL_SECONDS
        return Pause(LEAST_POLL_SECONDS if is_too_fast else 0.0)

    def _take(self, answer: ExchangeAnswer, asked: CopyCursor) -> bool:
        """Keep what a pull from there brought; whether that was anything. Raises: HubNotReached."""
        copied = answer.copied
        if copied is None:
            raise HubNotReached("no_hub")
        is_new = copied.begins_anew or copied.upto != asked.upto or copied.unit != asked.unit
        is_complete = copied.upto >= answer.position
        if is_new:
            self._heads.take(asked, copied, is_complete=is_complete)
            self._copy.apply(asked, copied, is_complete=is_complete)
        if copied.begins_anew or any(row.topic.startswith(_WHO_IS_NAMED) for row in copied.rows):
            self._names_due = self._seconds()
        self._is_complete = is_complete or not is_new
        self._report.record_pull(answer, is_complete=self._is_complete)
        return is_new

    def _fetch_names(self, session: Session) -> None:
        request = NamesRequest(session.token, self._names.find_names_digest())
        answer = self.connection.send(NAMES, request, NamesAnswer)
        if answer.names is not None:
            self._names.replace_masked_names(answer.names, answer.digest)
        self._names_due = self._seconds() + NAMES_SECONDS
