"""Today: the live roster, as the roster of the terminal shows it; followed for all browsers at once.

Rule: one task reads the log however many browsers look, and a view is written as a page once a language.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable

from anyio import to_thread

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


class TodayFeed:
    """The newest view of a source, and who waits for the next one."""

    def __init__(self, source: RosterSource, templates: Templates) -> None:
        self._source, self._templates = source, templates
        self._view: RosterView | None = None
        self._is_stalled = False
        self._version = 0
        self._written: dict[str, tuple[int, str]] = {}
        """The fragment of a language, and the version that it shows."""
        self._changed = asyncio.Condition()
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
                view, is_stalled = await to_thread.run_sync(self._source.poll), False
            except Exception:
                if not self._is_stalled:
                    LOG.exception("the desk cannot read the roster")
                view, is_stalled = None, True
            if view is None and is_stalled == self._is_stalled:
                return
            self._view, self._is_stalled = view or self._view, is_stalled
            await self._notify()

    async def close(self) -> None:
        """End all streams: the server is to end."""
        self._is_closing = True
        await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._version += 1
            self._changed.notify_all()

    # --- What a page shows ---

    def write_fragment(self, words: DeskWords) -> str:
        """The part of the page that changes, as HTML."""
        version, fragment = self._written.get(words.language, (-1, ""))
        if version != self._version:
            fragment = self._templates.write("today_fragment.html", words, **self.describe(words))
            self._written[words.language] = self._version, fragment
        return fragment

    def describe(self, words: DeskWords) -> dict[str, object]:
        """What the template shows: the words and marks of the roster, and for each the style of its state."""
        view, roster = self._view, words.roster
        if view is None:
            return {"view": None, "is_stalled": True}
        return {
            "view": view,
            "is_stalled": self._is_stalled,
            "counters": format_counters(view, roster, UNLIMITED)[0],
            "alerts": format_alerts(view, roster, UNLIMITED),
            "lines": list(format_lines(view.rows, roster)),
            "taps": format_taps(view, roster, TAPS_SHOWN),
            "kiosks": format_kiosks(view.kiosks, view.now, roster),
        }

    async def stream(self, words: DeskWords, is_awake: Callable[[], Awaitable[bool]]) -> AsyncGenerator[str]:
        """Server-sent events: the fragment now and after each change, until the session or the server ends."""
        shown = -1
        while not self._is_closing:
            if not await is_awake():
                yield "event: ended\ndata:\n\n"
                return
            if shown != self._version:
                shown = self._version
                yield format_event(self.write_fragment(words))
            else:
                yield ": nothing new\n\n"  # finds out a browser that has gone
            await self._wait_for_change(shown)

    async def _wait_for_change(self, shown: int) -> None:
        async with self._changed:
            try:
                await asyncio.wait_for(
                    self._changed.wait_for(lambda: self._version != shown or self._is_closing), CHECK_SECONDS
                )
            except TimeoutError:
                return


def format_event(text: str) -> str:
    """A text as one server-sent event."""
    return "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"
