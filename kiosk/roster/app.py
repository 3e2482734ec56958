"""The roster's app: polls its source, shows what changed, and serves the keys.

Rule: nothing on it changes the log but the corrections of an authenticated coordinator. A source that cannot be read
is reported on the screen and polled again; a bug ends the program, and no name is left on the terminal.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on, work
from textual.binding import Binding, BindingType

from kiosk.roster.corrections.dialog import Question, QuestionScreen, wait_for_call
from kiosk.roster.corrections.pin_session import PinHolder, PinSession
from kiosk.roster.day.screen import DayScreen
from kiosk.roster.screen import DayRequested, MusterScreen, RosterScreen
from kiosk.roster.view_model import DaySource, DayView, EarlierDaySource, RosterSource, RosterView
from kiosk.tui.app import QuietCrashApp
from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.staff_words import CorrectionKind

if TYPE_CHECKING:
    from kiosk.roster.corrections.requests import CoordinatorRequests, OpenCorrections

LOG = logging.getLogger(__name__)

POLL_SECONDS = 0.4
"""Seconds between two polls of the source: a tap is shown within a second, and an idle roster costs next to nothing."""
SESSION_CHECK_SECONDS = 0.5
"""Seconds between two checks whether the coordinator's session has ended."""
LANGUAGES = (staff_zh_tw.ROSTER, staff_en.ROSTER)
R = TypeVar("R")


class RosterApp(QuietCrashApp, inherit_bindings=False):
    """The live roster, for the wall and for a coordinator's terminal."""

    CSS_PATH = "roster.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
        Binding("m", "muster", show=False),
        Binding("x", "log_out", show=False),
        Binding("l", "language", show=False),
        Binding("q,ctrl+q,ctrl+c", "quit", show=False),
    ]

    def __init__(
        self,
        source: RosterSource,
        poll_seconds: float = POLL_SECONDS,
        open_corrections: "OpenCorrections" = lambda: None,
        pin_session: PinSession | None = None,
    ) -> None:
        """Without `open_corrections` nothing can be corrected, as in a view of the past."""
        super().__init__()
        self._source = source
        self._poll_seconds = poll_seconds
        self._pin_session = pin_session or PinSession()
        self._pin_holder: PinHolder | None = None
        self._open_corrections = open_corrections
        self._requests: CoordinatorRequests | None = None
        self._is_serving = asyncio.Lock()
        """Held while a coordinator's key is served."""
        self._thread_lock = asyncio.Lock()
        self._slow_calls = ThreadPoolExecutor(1, "slow-call")  # one that was left ends before the next begins
        self._poll_now = asyncio.Event()
        self._roster = RosterScreen()
        self._today: RosterView | None = None
        self._view: RosterView | None = None
        """What the roster shows: today, or an earlier day."""
        self._earlier_day: date | None = None
        self._stalled = False
        self._day_is_stale = False
        """Whether the log has grown since the open day was loaded."""
        self._words = LANGUAGES[0]

    def get_default_screen(self) -> RosterScreen:
        """The roster's screen."""
        return self._roster

    def on_ready(self) -> None:
        """Begin to poll once the screen is shown: the first poll may have to read the whole log."""
        self._show()
        self._follow()
        self.set_interval(SESSION_CHECK_SECONDS, self._update_pin_session)

    @on(events.Unmount)
    async def _wait_for_slow_calls(self) -> None:
        """The home is closed after the screen, and the call that runs may read it."""
        await asyncio.to_thread(self._slow_calls.shutdown, cancel_futures=True)

    # --- Following the log ---

    @work(exclusive=True, group="log", exit_on_error=True)
    async def _follow(self) -> None:
        while True:
            try:
                polled, shown = await self._run_in_thread(self._source.poll), self._view
                self._today, self._day_is_stale = polled or self._today, self._day_is_stale or polled is not None
                await self._poll_roster(reload=self._day_is_stale)
                await self._poll_days(reload=self._day_is_stale)
                self._day_is_stale = False
            except Exception as error:
                if not self._stalled:
                    LOG.exception("the roster cannot be read (%s)", type(error).__name__)
                self._stalled = True
                self._show()
            else:
                if self._view is not shown or self._stalled:
                    self._stalled = False
                    self._show()
            await self._wait_for_next_poll()

    async def _poll_roster(self, *, reload: bool) -> None:
        """Choose what the roster shows; an earlier day is loaded if the log has grown, or it was not loaded yet."""
        source, day = self._source, self._earlier_day
        if day is None or not isinstance(source, EarlierDaySource):
            self._view = self._today
        elif reload or self._view is None or self._view.day != day:
            self._view = await self._run_in_thread(source.load_roster, day)

    async def _poll_days(self, *, reload: bool) -> None:
        """Load the open day, if the log has grown or the day was not loaded yet."""
        for screen in self.screen_stack:
            if not (isinstance(screen, DayScreen) and isinstance(self._source, DaySource)):
                continue
            if reload or screen.view is None:
                view = await self._run_in_thread(self._source.load_day, screen.volunteer, screen.day)
                screen.view = view if view.date == screen.day else None  # another day may be wanted by now
                self._show()

    async def _run_in_thread(self, call: Callable[..., R], *args: Any) -> R:
        """Call the source or the corrections in a thread, one call at a time."""
        async with self._thread_lock:
            return await asyncio.to_thread(call, *args)

    async def _wait_for_next_poll(self) -> None:
        """Wait until the next poll is due, or is wanted at once."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._poll_now.wait(), self._poll_seconds)
        self._poll_now.clear()

    def _show(self) -> None:
        """Show the current view on every open screen."""
        if not self.is_running:  # a poll may end while the screens are taken down
            return
        shown_at = f"{self._today.now:%H:%M}" if self._today else "--:--"
        stalled = self._words.stalled.format(time=shown_at) if self._stalled else ""
        pin_holder = self._words.corrections.authenticated.format(who=self._pin_holder.name) if self._pin_holder else ""
        for screen in self.screen_stack:
            if isinstance(screen, RosterScreen):
                screen.show(self._view, self._words, stalled, pin_holder)
            elif isinstance(screen, MusterScreen):
                screen.show(self._today, self._words, stalled)
            elif isinstance(screen, DayScreen):
                screen.show(screen.view, self._words, stalled, pin_holder, self._view.banner if self._view else "")

    # --- Keys ---

    def action_search(self) -> None:
        """Open the search."""
        if self.screen is self._roster:
            self._roster.search()

    async def action_muster(self) -> None:
        """Open the muster sheet, or close it."""
        if isinstance(self.screen, MusterScreen):
            await self.pop_screen()
        else:
            await self.push_screen(MusterScreen())
            self._show()

    @on(DayRequested)
    async def _open_day(self, message: DayRequested) -> None:
        """Open the day of a volunteer on the roster."""
        if self._view and isinstance(self._source, DaySource) and self.screen is self._roster:
            await self.push_screen(DayScreen(message.volunteer_id, self._view.day))
            self._show()
            self._poll_now.set()

    def action_change_day(self, step: int) -> None:
        """Show the day before or the day after, on the roster or of the open volunteer; there is none after today."""
        if self._today is None:
            return
        today, screen = self._today.day, self.screen
        shown = screen.day if isinstance(screen, DayScreen) else self._earlier_day or today
        day = min(shown + timedelta(days=step), today)
        if isinstance(screen, DayScreen) and day != shown:
            screen.change_day(day)
        elif screen is self._roster:
            self._earlier_day = day if day < today else None
        self._show()
        self._poll_now.set()

    async def action_back(self) -> None:
        """Close a day, once: a second key may have come with the first."""
        if isinstance(self.screen, DayScreen):
            await self.pop_screen()

    def action_language(self) -> None:
        """Change to the other language."""
        self._words = LANGUAGES[1 - LANGUAGES.index(self._words)]
        self._show()

    # --- A coordinator ---

    async def action_correct(self, kind: CorrectionKind) -> None:
        """Make a correction of the open day."""
        self._serve(kind)

    async def action_authenticate(self) -> None:
        """Authenticate a coordinator, who may then read the reasons."""
        self._serve(None)

    @asynccontextmanager
    async def _hold_requests(self) -> "AsyncGenerator[CoordinatorRequests]":
        """What serves a coordinator's key, loaded with the first one; another key does nothing meanwhile."""
        async with self._is_serving:
            if not self._requests:
                from kiosk.roster.corrections.requests import CoordinatorRequests  # noqa: PLC0415 - no row needs it

                wait_for = partial(wait_for_call, self, self._slow_calls)
                callbacks = self._ask, self._run_in_thread, wait_for, self._open_corrections
                self._requests = CoordinatorRequests(*callbacks, self._pin_session)
            yield self._requests
        self._poll_now.set()

    @work(group="coordinator", exit_on_error=True)
    async def _serve(self, kind: CorrectionKind | None) -> None:
        view = self.screen.view if isinstance(self.screen, DayScreen) else None
        if view and not self._is_serving.locked():
            async with self._hold_requests() as requests:
                await requests.serve(kind, view, self._words)

    async def action_without_card(self) -> None:
        """Record the arrival or the departure of a volunteer who came without the card."""
        self._serve_without_card()

    @work(group="coordinator", exit_on_error=True)
    async def _serve_without_card(self) -> None:
        source, view, today = self._source, self._view, self._today
        if view and today and isinstance(source, DaySource) and not self._is_serving.locked():
            where = self._roster.chosen_number, view.day, today.day
            async with self._hold_requests() as requests:
                await requests.serve_without_card(*where, source.load_day, self._words)

    async def action_what_if(self) -> None:
        """Show what would change if a visit or a shift of the open day, or of the chosen volunteer, were different."""
        self._serve_trial()

    @work(group="coordinator", exit_on_error=True)
    async def _serve_trial(self) -> None:
        if not self._is_serving.locked():
            async with self._hold_requests() as requests:
                await requests.serve_trial(self._load_chosen_day, self._words)

    async def _load_chosen_day(self) -> DayView | None:
        """The open day, or that of the volunteer who is chosen on the roster."""
        source, screen = self._source, self.screen
        if isinstance(screen, DayScreen) and screen.view:
            return screen.view
        wanted = (screen.volunteer, screen.day) if isinstance(screen, DayScreen) else self._roster.chosen_day
        if wanted is None or not isinstance(source, DaySource):
            return None
        return await self._run_in_thread(source.load_day, *wanted)

    async def _ask(self, question: Question) -> str | None:
        """The answer; None without asking where the session has just ended, or what is shown would stay."""
        before = self._pin_holder
        self._update_pin_session()
        if before and not self._pin_holder:
            return None
        return await self.push_screen_wait(QuestionScreen(question))

    def action_log_out(self) -> None:
        """End the coordinator's session."""
        self._pin_session.end()
        self._update_pin_session()

    def _update_pin_session(self) -> None:
        """Show who is authenticated; close the open question when the session ends."""
        before, self._pin_holder = self._pin_holder, self._pin_session.holder
        if before and not self._pin_holder and isinstance(self.screen, QuestionScreen):
            self.screen.dismiss(None)
        if before != self._pin_holder:
            self._show()

    async def on_event(self, event: events.Event) -> None:
        """Extend the coordinator's session with every key, whichever screen it is for."""
        if isinstance(event, events.Key | events.Paste):
            self._pin_session.extend()
            self._update_pin_session()  # a key behind its end begins anew: it answers nothing that is still open
        await super().on_event(event)
