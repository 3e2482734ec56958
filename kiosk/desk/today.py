"""Today: the live roster, as the roster of the terminal shows it; followed for all browsers at once.

Rule: one task reads the log however many browsers look, and a view is written as a page once a language, with what
needs a person for those who may correct it, and without it for others.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol

from anyio import to_thread
from markupsafe import Markup

from kiosk.desk.pending.formatting import PendingFormat
from kiosk.desk.pending.view_model import Board
from kiosk.desk.templates import Templates
from kiosk.roster.formatting import format_alerts, format_counters, format_kiosks, format_lines, format_taps
from kiosk.roster.view_model import RosterSource, RosterView
from kiosk.words.desk.shared_words import DeskWords

LOG = logging.getLogger(__name__)

POLL_SECONDS = 0.25
"""Between two looks at the end of the log: a tap is on the page within a second."""
CHECK_SECONDS = 5.0
"""Between two looks whether the session of a browser goes on, while nothing changes."""
UNLIMITED = 10_000
"""Lines, or cells in a line: a page has room."""
TAPS_SHOWN = 10


PENDING_SHOWN = 12
"""Rows of what needs a person; the rest has a page of its own."""
STATE_SECONDS = 60.0
"""How long a look at the state of the home holds: its checks take a second."""


class Variant(NamedTuple):
    """Who a fragment is for."""

    words: DeskWords
    corrects: bool = False
    """Whether they are shown what needs a person."""
    sees_state: bool = False
    """Whether they may open the state of the home."""

    @property
    def key(self) -> tuple[object, ...]:
        """By which it is kept once it is written."""
        return (self.words.language, *self[1:])


class TodaySource(Protocol):
    """What stands beside the roster. Called from threads."""

    def load_board(self, kind: str, skip: int, most: int) -> Board:
        """What needs a person. Raises: LogError, UserError."""
        ...

    def list_troubles(self) -> Sequence[str]:
        """The checks of the home that are not all right, by name."""
        ...


class TodayFeed:
    """The newest view of a source, and who waits for the next one."""

    def __init__(self, source: RosterSource, beside: TodaySource, templates: Templates) -> None:
        self._source, self._beside, self._templates = source, beside, templates
        self._view: RosterView | None = None
        self._board: Board | None = None
        self._troubles: Sequence[str] | None = None
        """Of the home; None until it was looked at."""
        self._checked = -STATE_SECONDS
        self._checking: asyncio.Task[None] | None = None
        self._is_stalled = False
        self._version = 0
        self._written: dict[tuple[object, ...], tuple[int, Markup]] = {}
        """The fragment of a variant, and the version that it shows."""
        self._changed = asyncio.Event()
        """Set with the next version, which has another one."""
        self._polling = asyncio.Lock()
        self._is_closing = False

    async def follow(self) -> None:
        """Follow the log until the task is cancelled."""
        while True:
            await self.refresh()
            await asyncio.sleep(POLL_SECONDS)

    async def refresh(self) -> None:
        """Look at the log once; where it cannot be read, the view stays and says so."""
        async with self._polling:
            try:
                (view, board), is_stalled = await to_thread.run_sync(self._poll), False
            except Exception:
                if not self._is_stalled:
                    LOG.exception("the desk cannot read the roster")
                view, board, is_stalled = None, None, True
            if view is None and is_stalled == self._is_stalled:
                return
            self._view, self._board, self._is_stalled = view or self._view, board or self._board, is_stalled
            self._notify()

    def _poll(self) -> tuple[RosterView | None, Board | None]:
        view = self._source.poll()
        return view, None if view is None else self._beside.load_board("", 0, PENDING_SHOWN)

    def check_state(self) -> None:
        """Look at the state of the home beside everything else, unless that was done a moment ago."""
        if time.monotonic() - self._checked >= STATE_SECONDS and self._checking is None:
            self._checking = asyncio.create_task(self._check_state())

    async def _check_state(self) -> None:
        try:
            troubles = await to_thread.run_sync(self._beside.list_troubles)
        finally:
            self._checked, self._checking = time.monotonic(), None
        if troubles != self._troubles:
            self._troubles = troubles
            self._notify()

    def close(self) -> None:
        """End all streams: the server is to end."""
        self._is_closing = True
        self._notify()

    def _notify(self) -> None:
        """No lock: a browser that leaves is cancelled again and again, and would keep one."""
        self._version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    # --- What a page shows ---

    def write_fragment(self, variant: Variant) -> Markup:
        """The part of the page that changes, as HTML."""
        version, fragment = self._written.get(variant.key, (-1, Markup()))
        if version != self._version:
            values = {**self._describe(variant.words), **self._describe_pending(variant)}
            fragment = Markup(self._templates.write("today_fragment.html", variant.words, **values))  # noqa: S704 - escaped by the template
            self._written[variant.key] = self._version, fragment
        return fragment

    def _describe(self, words: DeskWords) -> dict[str, object]:
        """What the template shows: the words and marks of the roster, and for each the style of its state."""
        view, roster = self._view, words.roster
        if view is None:
            return {"view": None, "is_stalled": True}
        return {
            "view": view,
            "is_stalled": self._is_stalled,
            "counters": format_counters(view, roster, UNLIMITED)[0],
            "alerts": format_alerts(view._replace(pending={}), roster, UNLIMITED, UNLIMITED),
            "lines": list(format_lines(view.rows, roster)),
            "taps": format_taps(view, roster, TAPS_SHOWN),
            "kiosks": format_kiosks(view.kiosks, view.now, roster),
        }

    def _describe_pending(self, variant: Variant) -> dict[str, object]:
        """What needs a person; no board for those who may not correct it."""
        written = PendingFormat(variant.words)
        board = self._board if variant.corrects else None
        troubles = self._troubles if variant.sees_state else ()
        return {"board": board, "format": written, "pending": written.words, "troubles": troubles}

    async def stream(self, variant: Variant, is_awake: Callable[[], Awaitable[bool]]) -> AsyncGenerator[str]:
        """Server-sent events: the fragment now and after each change, until the session or the server ends."""
        shown = -1
        while not self._is_closing:
            if not await is_awake():
                yield "event: ended\ndata:\n\n"
                return
            if shown != self._version:
                shown = self._version
                yield format_event(self.write_fragment(variant))
            else:
                yield ": nothing new\n\n"  # finds out a browser that has gone
            await self._wait_for_change(shown)

    async def _wait_for_change(self, shown: int) -> None:
        if self._version == shown and not self._is_closing:
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_SECONDS):
                    await self._changed.wait()


def format_event(text: str) -> str:
    """A text as one server-sent event."""
    return "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"
