"""A coordinator's session at the roster: opened with a PIN, ended by a key or by inactivity."""

import time
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from kiosk.accounts.pins import Pin
from kiosk.roster.corrections.corrections import CorrectionService
from kiosk.roster.corrections.dialog import Prompter, ThreadRunner
from kiosk.tui.text import StyledLine
from kiosk.words.staff_words import CorrectionWords

SESSION_SECONDS = 300.0
"""Of inactivity, after which the session ends."""


class PinHolder(NamedTuple):
    """A coordinator who is authenticated."""

    actor: UUID
    name: str
    """Masked."""


class PinSession:
    """Holds who is authenticated, and for how long."""

    def __init__(self, seconds: float = SESSION_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds and never goes back."""
        self._seconds = seconds
        self._clock = clock
        self._holder: PinHolder | None = None
        self._until = 0.0

    @property
    def holder(self) -> PinHolder | None:
        """The authenticated coordinator; None without one."""
        return self._holder if self._clock() < self._until else None

    def begin(self, holder: PinHolder) -> None:
        """Begin the session of a coordinator who gave the right PIN."""
        self._holder = holder
        self._until = self._clock() + self._seconds

    def extend(self) -> None:
        """Restart the time of inactivity: a key was pressed."""
        if self.holder:
            self._until = self._clock() + self._seconds

    def end(self) -> None:
        """End the session."""
        self._holder = None


class PinDialog:
    """Asks for the coordinator and the PIN."""

    def __init__(
        self, prompter: Prompter, run_in_thread: ThreadRunner, corrections: CorrectionService, words: CorrectionWords
    ) -> None:
        self._prompter = prompter
        self._run_in_thread = run_in_thread
        self._corrections = corrections
        self._words = words

    async def authenticate(self, session: PinSession) -> bool:
        """Whether the session is open, or is opened with a PIN now. Raises: DomainError, LogError, UserError."""
        if session.holder:
            return True
        names = await self._run_in_thread(self._corrections.list_coordinators)
        if not names:
            await self._prompter.show_message(self._words.no_coordinators)
            return False
        holders = [PinHolder(actor, name) for actor, name in names.items()]
        chosen = await self._prompter.ask_choice(self._words.which_coordinator, [holder.name for holder in holders])
        return chosen is not None and await self._ask_pin(holders[chosen], session)

    async def _ask_pin(self, holder: PinHolder, session: PinSession) -> bool:
        """Ask until the PIN is right, the coordinator cancels, or the next try has to wait."""
        trouble: list[StyledLine] = []
        while True:
            await self._run_in_thread(self._corrections.check_lockout, holder.actor)
            typed = await self._prompter.ask_secret(self._words.pin.format(who=holder.name), trouble)
            if typed is None:
                return False
            pin = Pin(unicodedata.normalize("NFKC", typed))  # an input method for Chinese types wide digits
            if await self._run_in_thread(self._corrections.authenticate, holder.actor, pin):
                session.begin(holder)
                return True
            trouble = [StyledLine(self._words.wrong_pin, "alarm")]
