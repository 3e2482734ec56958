"""The roster as a program: it follows the log, and shows what is new.

Rule: nothing on it changes anything, but for what a coordinator settles who has proved who they are. What cannot be
read is said on the screen and tried again; a bug ends the program, and no name is left on the terminal.
"""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, TypeVar

from textual import events, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import WorkerFailed

from kiosk.roster.corrections.corrections import Settlements
from kiosk.roster.corrections.pin_session import Believed, Proof
from kiosk.roster.corrections.question_screen import AskScreen, Question
from kiosk.roster.corrections.request import Coordinating
from kiosk.roster.day.screen import DayScreen
from kiosk.roster.muster_screen import MusterScreen
from kiosk.roster.screen import DayAsked, RosterScreen
from kiosk.roster.source_protocol import Looks, LooksAtDays
from kiosk.roster.view_model import Seen
from kiosk.words import roster_en, roster_zh_tw
from kiosk.words.settling_words import Kind

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 0.4
"""Between two looks at the log: a tap is seen within the second, and an idle roster costs next to nothing."""
PROOF_LOOKED_AT = 0.5
"""Seconds between two looks at whether a proof is over."""
LANGUAGES = (roster_zh_tw.WORDS, roster_en.WORDS)
R = TypeVar("R")

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""What a supervisor, or a connection that breaks, ends the roster with."""


class RosterApp(App[None], inherit_bindings=False):
    """The live roster, for the wall and for a coordinator's terminal."""

    CSS_PATH = "roster.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
        Binding("m", "muster", show=False),
        Binding("x", "disbelieve", show=False),
        Binding("l", "language", show=False),
        Binding("q,ctrl+q,ctrl+c", "quit", show=False),
    ]

    def __init__(
        self,
        lookout: Looks,
        seconds: float = LOOK_SECONDS,
        settlements: Settlements | None = None,
        proof: Proof | None = None,
    ) -> None:
        """Without `settlements` nothing can be settled: it is the past, or somebody only looks."""
        super().__init__()
        self._lookout = lookout
        self._seconds = seconds
        self._proof = proof or Proof()
        self._believed: Believed | None = None
        self._coordinating = Coordinating(self._ask, self._at_the_home, settlements, self._proof)
        self._in_turn = asyncio.Lock()
        self._woken = asyncio.Event()
        self._roster = RosterScreen()
        self._seen: Seen | None = None
        self._stalled = False
        self._days_due = False
        """The log has grown, and the day that is open was not read since."""
        self._words = LANGUAGES[0]
        self.fault: BaseException | None = None
        """The bug that ended the program, if one did."""

    def get_default_screen(self) -> RosterScreen:
        """The roster."""
        return self._roster

    def on_mount(self) -> None:
        """From before the first thing is drawn, a signal ends the roster and restores the terminal."""
        loop = asyncio.get_running_loop()
        for number in ENDING_SIGNALS:
            loop.add_signal_handler(number, self.exit)

    def on_ready(self) -> None:
        """Begin to look: the screen is there. The first look may have to read the whole log."""
        self._show()
        self._follow()
        self.set_interval(PROOF_LOOKED_AT, self._end_what_is_over)

    # --- Following the log ---

    @work(exclusive=True, group="log", exit_on_error=True)
    async def _follow(self) -> None:
        while True:
            try:
                seen = await self._at_the_home(self._lookout.look)
                self._seen, self._days_due = seen or self._seen, self._days_due or seen is not None
                await self._look_at_days(anew=self._days_due)
                self._days_due = False
            except Exception as error:
                if not self._stalled:
                    LOG.exception("the roster cannot be read (%s)", type(error).__name__)
                self._stalled = True
                self._show()
            else:
                if seen is not None or self._stalled:
                    self._stalled = False
                    self._show()
            await self._rest()

    async def _look_at_days(self, *, anew: bool) -> None:
        """Look at the day that is open, if the log has grown or nobody has looked at it yet."""
        for screen in self.screen_stack:
            if not (isinstance(screen, DayScreen) and isinstance(self._lookout, LooksAtDays)):
                continue
            if anew or screen.seen is None:
                screen.seen = await self._at_the_home(self._lookout.day, screen.who, screen.day)
                self._show()

    async def _at_the_home(self, call: Callable[..., R], *args: Any) -> R:
        """Call something of the home from a thread, one at a time: one thread may look, or settle."""
        async with self._in_turn:
            return await asyncio.to_thread(call, *args)

    async def _rest(self) -> None:
        """Until it is time for the next look, or there is something to look at."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), self._seconds)
        self._woken.clear()

    def _show(self) -> None:
        """Bring every screen that is open up to what is known."""
        if not self.is_running:  # a look may come back while the screens are taken down
            return
        stands = f"{self._seen.now:%H:%M}" if self._seen else "--:--"
        stalled = self._words.stalled.format(time=stands) if self._stalled else ""
        proved = self._words.settling.proved.format(who=self._believed.name) if self._believed else ""
        for screen in self.screen_stack:
            if isinstance(screen, RosterScreen):
                screen.show(self._seen, self._words, stalled, proved)
            elif isinstance(screen, MusterScreen):
                screen.show(self._seen, self._words, stalled)
            elif isinstance(screen, DayScreen):
                screen.show(screen.seen, self._words, stalled, proved)

    # --- Keys ---

    def action_search(self) -> None:
        """Look for somebody."""
        if self.screen is self._roster:
            self._roster.search()

    async def action_muster(self) -> None:
        """To the muster, and back."""
        if isinstance(self.screen, MusterScreen):
            await self.pop_screen()
        else:
            await self.push_screen(MusterScreen())
            self._show()

    @on(DayAsked)
    async def _open_day(self, message: DayAsked) -> None:
        """Somebody's day, of those that are on the roster now."""
        if self._seen and isinstance(self._lookout, LooksAtDays):
            await self.push_screen(DayScreen(message.who, self._seen.day))
            self._show()
            self._woken.set()

    async def action_back(self) -> None:
        """From a day back to the roster."""
        await self.pop_screen()

    def action_language(self) -> None:
        """The other language."""
        self._words = LANGUAGES[1 - LANGUAGES.index(self._words)]
        self._show()

    # --- A coordinator ---

    async def action_settle(self, kind: Kind) -> None:
        """Settle something of the day that is open."""
        self._serve(kind)

    async def action_prove(self) -> None:
        """Let a coordinator prove who they are, to read the reasons."""
        self._serve(None)

    @work(exclusive=True, group="coordinator", exit_on_error=True)
    async def _serve(self, kind: Kind | None) -> None:
        if isinstance(self.screen, DayScreen) and self.screen.seen:
            await self._coordinating.serve(kind, self.screen.seen, self._words)
            self._woken.set()

    async def _ask(self, question: Question) -> str | None:
        self._end_what_is_over()
        return await self.push_screen_wait(AskScreen(question))

    def action_disbelieve(self) -> None:
        """Nobody is believed any more, at once."""
        self._proof.end()
        self._end_what_is_over()

    def _end_what_is_over(self) -> None:
        """Show who is believed; with a proof end the questions that rest on it."""
        before, self._believed = self._believed, self._proof.holder
        if before and not self._believed and isinstance(self.screen, AskScreen):
            self.screen.dismiss(None)
        if before != self._believed:
            self._show()

    async def on_event(self, event: events.Event) -> None:
        """Every key says that whoever is believed is still there, whichever screen it is for."""
        if isinstance(event, events.Key | events.Paste):
            self._proof.touch()
        await super().on_event(event)

    # --- When something is wrong with the program ---

    def _handle_exception(self, error: Exception) -> None:
        """Textual's one way out for every exception: it is kept for whoever runs this."""
        self.fault = self.fault or (error.error if isinstance(error, WorkerFailed) else error)
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Textual would print the traceback with local variables, so with names."""
        self._exit_renderables.clear()
