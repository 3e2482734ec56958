"""A coordinator's session at the roster: the PIN is asked for once, and holds until it is ended or grows old."""

import time
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from kiosk.pins import Pin
from kiosk.roster.corrections.corrections import CorrectionService
from kiosk.roster.corrections.dialog import Prompter, ThreadRunner
from kiosk.tui.lines import StyledLine
from kiosk.words.staff_words import CorrectionWords

SESSION_SECONDS = 300.0
"""Without a key."""


class PinHolder(NamedTuple):
    """Somebody who gave the right PIN."""

    actor: UUID
    name: str
    """Masked."""


class PinSession:
    """Who is believed now."""

    def __init__(self, seconds: float = SESSION_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds and never goes back."""
        self._seconds = seconds
        self._clock = clock
        self._holder: PinHolder | None = None
        self._until = 0.0

    @property
    def holder(self) -> PinHolder | None:
        """Who is believed, if anybody is."""
        return self._holder if self._clock() < self._until else None

    def begin(self, holder: PinHolder) -> None:
        """They gave the right PIN."""
        self._holder = holder
        self._until = self._clock() + self._seconds

    def extend(self) -> None:
        """A key was pressed."""
        if self.holder:
            self._until = self._clock() + self._seconds

    def end(self) -> None:
        """Nobody is believed."""
        self._holder = None


class PinDialog:
    """Asks until somebody is believed or gives up."""

    def __init__(
        self, prompter: Prompter, run_in_thread: ThreadRunner, corrections: CorrectionService, words: CorrectionWords
    ) -> None:
        self._prompter = prompter
        self._run_in_thread = run_in_thread
        self._corrections = corrections
        self._words = words

    async def authenticate(self, proof: PinSession) -> bool:
        """Whether somebody is believed, after they were asked if need be. Raises: DomainError, LogError, Mistake."""
        if proof.holder:
            return True
        names = await self._run_in_thread(self._corrections.list_coordinators)
        if not names:
            await self._prompter.show_message(self._words.nobody)
            return False
        people = [PinHolder(actor, name) for actor, name in names.items()]
        chosen = await self._prompter.ask_choice(self._words.who, [person.name for person in people])
        return chosen is not None and await self._ask_pin(people[chosen], proof)

    async def _ask_pin(self, person: PinHolder, proof: PinSession) -> bool:
        """Ask until the PIN is right, they give up, or the next try has to wait."""
        trouble: list[StyledLine] = []
        while True:
            await self._run_in_thread(self._corrections.check_lockout, person.actor)
            typed = await self._prompter.ask_secret(self._words.pin.format(who=person.name), trouble)
            if typed is None:
                return False
            pin = Pin(unicodedata.normalize("NFKC", typed))  # an input method for Chinese types wide digits
            if await self._run_in_thread(self._corrections.authenticate, person.actor, pin):
                proof.begin(person)
                return True
            trouble = [StyledLine(self._words.wrong, "alarm")]
