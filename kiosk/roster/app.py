"""The roster as a program: it follows the log, and shows what is new.

Rule: nothing on it changes anything. What cannot be read is said on the screen and tried again; a bug ends the
program, and no name is left on the terminal.
"""

import asyncio
import logging
import signal
from typing import ClassVar, Protocol

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import WorkerFailed

from kiosk.roster.muster_screen import MusterScreen
from kiosk.roster.screen import RosterScreen
from kiosk.roster.sight import Seen
from kiosk.sentences import roster_en, roster_zh_tw

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 0.4
"""Between two looks at the log: a tap is seen within the second, and an idle roster costs next to nothing."""
LANGUAGES = (roster_zh_tw.WORDS, roster_en.WORDS)
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""What a supervisor, or a connection that breaks, ends the roster with."""


class Looks(Protocol):
    """Something that can be looked at again and again."""

    def look(self) -> Seen | None:
        """What there is to see; None while it is what was seen before. Called from a thread of its own."""
        ...


class RosterApp(App[None], inherit_bindings=False):
    """The live roster, for the wall and for a coordinator's terminal."""

    CSS_PATH = "roster.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
        Binding("m", "muster", show=False),
        Binding("l", "language", show=False),
        Binding("q,ctrl+q,ctrl+c", "quit", show=False),
    ]

    def __init__(self, lookout: Looks, seconds: float = LOOK_SECONDS) -> None:
        super().__init__()
        self._lookout = lookout
        self._seconds = seconds
        self._roster = RosterScreen()
        self._seen: Seen | None = None
        self._stalled = False
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

    # --- Following the log ---

    @work(exclusive=True, group="log", exit_on_error=True)
    async def _follow(self) -> None:
        while True:
            try:
                seen = await asyncio.to_thread(self._lookout.look)
            except Exception as error:
                if not self._stalled:
                    LOG.exception("the roster cannot be read (%s)", type(error).__name__)
                self._stalled = True
                self._show()
            else:
                if seen is not None or self._stalled:
                    self._seen, self._stalled = seen or self._seen, False
                    self._show()
            await asyncio.sleep(self._seconds)

    def _show(self) -> None:
        """Bring every screen that is open up to what is known."""
        if not self.is_running:  # a look may come back while the screens are taken down
            return
        stands = f"{self._seen.now:%H:%M}" if self._seen else "--:--"
        stalled = self._words.stalled.format(time=stands) if self._stalled else ""
        for screen in self.screen_stack:
            if isinstance(screen, RosterScreen | MusterScreen):
                screen.show(self._seen, self._words, stalled)

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

    def action_language(self) -> None:
        """The other language."""
        self._words = LANGUAGES[1 - LANGUAGES.index(self._words)]
        self._show()

    # --- When something is wrong with the program ---

    def _handle_exception(self, error: Exception) -> None:
        """Textual's one way out for every exception: it is kept for whoever runs this."""
        self.fault = self.fault or (error.error if isinstance(error, WorkerFailed) else error)
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Textual would print the traceback with local variables, so with names."""
        self._exit_renderables.clear()
